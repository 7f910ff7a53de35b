"""What both the command line and the app say: words, fit for a terminal, of any width."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` fit for a terminal: controls gone but LF, bidi controls as `<U+202E>`."""
    shown = _UNSEEN.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", shown))


def one_line(text: str) -> str:
    """Return `text` fit for a terminal, on one line."""
    return printable(" ".join(text.split()))
