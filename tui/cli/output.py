"""What reaches the terminal: data on stdout, words about it on stderr, no control characters."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, TextIO

from store.errors import DocketError

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# JSON keeps what it is given, so there these characters are spelled out instead of dropped.
_ESCAPED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class OutputError(DocketError):
    """What was to be printed could not be written; what was to be logged is logged."""


def printable(text: str) -> str:
    """Return `text` fit for a terminal: controls gone but LF, bidi controls as `<U+202E>`."""
    shown = _UNSEEN.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", shown))


def one_line(text: str) -> str:
    """Return `text` fit for a terminal, on one line."""
    return printable(" ".join(text.split()))


def say(text: str = "") -> None:
    """Print a line of data."""
    _write(sys.stdout, printable(text))


def tell(text: str) -> None:
    """Print a line about the data."""
    _write(sys.stderr, printable(text))


def say_json(value: Any) -> None:
    """Print `value` as one JSON document; BMP characters that drive a terminal are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    _write(sys.stdout, _ESCAPED.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text))


def flush() -> None:
    """Send on what is still held back; OutputError and BrokenPipeError as for `say`."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _lost(error) from error


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(f"{text}\n")
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "backslashreplace").decode("ascii") + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _lost(error) from error


def _lost(error: OSError) -> OutputError:
    return OutputError(
        "The output could not be written",
        error.strerror or str(error),
        "What was to be logged is logged; send the output elsewhere",
    )
