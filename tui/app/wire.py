"""What is sent to the terminal, in as few bytes: the same picture, without what changes nothing.

Textual names both default colours for every piece of text, and takes each look back at its end,
to give it again at once where the next piece has the same.
"""

from __future__ import annotations

import re
from typing import Final

_PIECES: Final = re.compile(
    r"(\x1b\[[\d;]*m)|(\x1b\[\d*(?:;\d*)?[HG]|[\r\n])|(\x1b)|([^\x1b\r\n]+)"
)
_RESET: Final = frozenset({"", "0"})


def thin(data: str) -> str:
    """Return what shows the same as `data`, which begins and ends without any look."""
    if "\x1b[" not in data:
        return data
    sent: list[str] = []
    on = wanted = ""
    for look, move, other, text in _PIECES.findall(data):
        if look:
            wanted = _look(look[2:-1], wanted)
        elif move:  # goes nowhere by its look
            sent.append(move)
        else:
            if other:  # what it does may depend on it
                wanted = ""
            if wanted != on:
                sent.append(_change(on, wanted))
                on = wanted
            sent.append(other or text)
    if on:
        sent.append("\x1b[m")
    return "".join(sent)


def _look(codes: str, before: str) -> str:
    """Return the look after `codes`: default colours on a look without any are none."""
    if codes in _RESET:
        return ""
    if not before:
        codes = re.sub(r"(?:^|;)39;49$", "", codes)
    return f"{before};{codes}" if before and codes else codes or before


def _change(on: str, wanted: str) -> str:
    if not wanted:
        return "\x1b[m"
    return f"\x1b[;{wanted}m" if on else f"\x1b[{wanted}m"
