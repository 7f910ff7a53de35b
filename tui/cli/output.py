"""What reaches the terminal: data on stdout, words about it on stderr, no control characters."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, TextIO

from store.errors import DocketError
from store.text.cells import cell_width
from tui.text import fit, line_width, wrap
from tui.words import one_line, printable

# JSON keeps what it is given, so there these characters are spelled out instead of dropped. Most
# runs print none, and do without the pattern.
_ESCAPED = r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


class OutputError(DocketError):
    """What was to be printed could not be written; what was to be logged is logged."""


def say(*lines: str) -> None:
    """Print lines of data."""
    for line in lines:
        _write(sys.stdout, printable(line))


def say_isolated(*lines: str) -> None:
    """Print lines of a letter; the marks that keep a text of the other direction together stay."""
    from tui.words.letter import isolated

    for line in lines:
        _write(sys.stdout, isolated(line))


def say_wrapped(line: str) -> None:
    """Print a line of data as wide as the terminal; what is wrapped keeps its indent."""
    bare = line.lstrip(" ")
    say(*wrap(bare, line_width(), " " * (len(line) - len(bare))))


def say_hanging(line: str, indent: str) -> None:
    """Print a line of data as wide as the terminal, with `indent` before all but its first row."""
    first, *more = wrap(line, line_width())
    say(first)
    if more:
        say(*wrap(" ".join(more), line_width(), indent))


def tell(*lines: str) -> None:
    """Print lines about the data."""
    for line in lines:
        _write(sys.stderr, printable(line))


def say_json(value: Any) -> None:
    """Print `value` as one JSON document; BMP characters that drive a terminal are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    _write(sys.stdout, re.sub(_ESCAPED, lambda mark: f"\\u{ord(mark[0]):04x}", text))


def copy(text: str) -> None:
    """Send `text` to the clipboard of the terminal that the command runs in, by OSC 52."""
    from base64 import b64encode

    if not sys.stderr.isatty():
        raise DocketError("There is no terminal to copy with", "", "Use -o FILE, or a pipe")
    _write(sys.stderr, f"\x1b]52;c;{b64encode(text.encode()).decode()}\a", end="")
    sys.stderr.flush()


def read_back(name: str, *parts: str) -> str:
    """Return on one line of the terminal whose entry was logged, and what it says."""
    said = one_line("; ".join(filter(None, parts)))
    line = f"  {one_line(name)}: {said}" if said else f"  {one_line(name)}"
    wide = line_width()
    return line if 2 * len(line) <= wide or cell_width(line) <= wide else fit(line, wide).rstrip()


def flush() -> None:
    """Send on what is still held back; OutputError and BrokenPipeError as for `say`."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _lost(error) from error


def _write(stream: TextIO, text: str, end: str = "\n") -> None:
    try:
        stream.write(f"{text}{end}")
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "backslashreplace").decode("ascii") + end)
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
