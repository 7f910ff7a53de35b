"""What both the command line and the app say: words, fit for a terminal, of any width."""

from __future__ import annotations

import re
from typing import Final

NEVER_EXPORTED: Final = "private, never exported"
"""What is said of whatever no document of Docket holds."""
_CONTROLS = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]"
_UNSEEN = r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_SURROGATES = r"[\ud800-\udfff]"


def printable(text: str) -> str:
    """Return `text` fit for a terminal: controls gone but LF, bidi controls as `<U+202E>`."""
    if text.isprintable():  # none of what is replaced here counts as printable
        return text
    shown = re.sub(_UNSEEN, lambda mark: f"<U+{ord(mark[0]):04X}>", text)
    return re.sub(_SURROGATES, "\ufffd", re.sub(_CONTROLS, "", shown))


def one_line(text: str) -> str:
    """Return `text` fit for a terminal, on one line."""
    return printable(" ".join(text.split()))


def copied(what: str = "", more: str = "") -> str:
    """Return that something was copied, as far as anybody can know, and what more there is."""
    said = f"{what} copied" if what else "Copied"
    return f"{said}, if your terminal allows OSC 52. {more}".rstrip()
