"""What is sent to the terminal, in as few bytes, and so that columns stand where they should.

Textual names both default colours for every piece of text, and takes each look back at its end,
to give it again at once where the next piece has the same. And it counts on the terminal to take
as many cells for a text as it does itself, which for some scripts no two terminals do.
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len

from tui.widgets.scripts import UNSURE, unsure

_PIECES: Final = re.compile(
    r"(?P<look>\x1b\[[\d;]*m)"
    r"|(?P<move>\x1b\[\d*(?:;(?P<column>\d*))?H|[\r\n])"
    r"|(?P<other>\x1b)"
    r"|(?P<text>[^\x1b\r\n]+)"
)
_RESET: Final = frozenset({"", "0"})


def thin(data: str) -> str:
    """Return what shows the same as `data`, which begins and ends without any look."""
    if "\x1b[" not in data:
        return data
    sent: list[str] = []
    on = wanted = ""
    column = 0  # that the cursor is in, counted from 1; 0 while that is not known
    for piece in _PIECES.finditer(data):
        kind, said = piece.lastgroup, piece[0]
        if kind == "look":
            wanted = _look(said[2:-1], wanted)
        elif kind in ("move", "column"):  # goes nowhere by its look
            sent.append(said)
            column = int(piece["column"] or 1) if said[0] == "\x1b" else 0
        else:
            if kind == "other":  # what it does may depend on it
                wanted, column = "", 0
            if wanted != on:
                sent.append(_change(on, wanted))
                on = wanted
            sent.append(_placed(said, column) if column and unsure(said) else said)
            column += cell_len(said) if column else 0
    if on:
        sent.append("\x1b[m")
    return "".join(sent)


def _placed(text: str, column: int) -> str:
    """Return a text that begins in `column`, each part over blanks, and what follows it placed.

    So nothing of what was there before shows, and nothing is shifted, if the terminal takes more or
    fewer cells for it.
    """
    sent, begun = [], 0
    for part in UNSURE.finditer(text):
        column += cell_len(text[begun : part.start()])
        sent.append(text[begun : part.start()])
        rest = text[part.end() :]
        blanks = len(rest) - len(rest.lstrip(" "))  # which it may take, if it takes more
        wide = cell_len(part[0]) + blanks
        sent += [" " * wide, f"\x1b[{column}G", part[0]]
        column += wide
        sent.append(f"\x1b[{column}G")
        begun = part.end() + blanks
    return "".join([*sent, text[begun:]])


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
