"""What is sent to the terminal, in as few bytes, and so that columns stand where they should.

Textual names both default colours for every piece of text, and takes each look back at its end,
to give it again at once where the next piece has the same. And it counts on the terminal to take
as many cells for a text as it does itself, which for some scripts no two terminals do.
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from typing import Final, NamedTuple

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
    on = wanted = _PLAIN
    column = 0  # that the cursor is in, counted from 1; 0 while that is not known
    for piece in _PIECES.finditer(data):
        kind, said = piece.lastgroup, piece[0]
        if kind == "look":
            wanted = _after(said[2:-1], wanted)
        elif kind in ("move", "column"):  # goes nowhere by its look
            sent.append(said)
            column = int(piece["column"] or 1) if said[0] == "\x1b" else 0
        else:
            if kind == "other":  # what it does may depend on it
                wanted, column = _PLAIN, 0
            if wanted != on and not (said.isspace() and _alike(on, wanted)):
                sent.append(_change(on, wanted))
                on = wanted
            sent.append(_placed(said, column) if column and unsure(said) else said)
            column += cell_len(said) if column else 0
    if on != _PLAIN:
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


class _Look(NamedTuple):
    """What the terminal draws with: attributes by their codes, and colours, empty for its own."""

    attributes: frozenset[str] = frozenset()
    front: str = ""
    ground: str = ""


_PLAIN: Final = _Look()
_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""What takes an attribute away; of bold and dim, both."""


_ON_BLANKS: Final = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where there is no letter."""


def _alike(one: _Look, other: _Look) -> bool:
    """Whether a blank looks the same in both."""
    shows = (one.attributes | other.attributes) & _ON_BLANKS
    return one.ground == other.ground and not shows


@lru_cache(maxsize=1024)
def _after(codes: str, before: _Look) -> _Look:
    """Return the look after `codes`."""
    rest = deque(codes.split(";"))
    attributes, front, ground = before
    while rest:
        code = rest.popleft()
        if code in _RESET:
            attributes, front, ground = _PLAIN
        elif code in ("38", "48"):
            taken = [
                rest.popleft() for _ in range(min(len(rest), 4 if rest and rest[0] == "2" else 2))
            ]
            whole = ";".join([code, *taken])
            front, ground = (whole, ground) if code == "38" else (front, whole)
        elif code == "39" or (code[:1] in ("3", "9") and len(code) == 2):
            front = "" if code == "39" else code
        elif code == "49" or (code[:1] in ("4", "1") and len(code) >= 2):
            ground = "" if code == "49" else code
        else:
            attributes |= {code}
    return _Look(attributes, front, ground)


@lru_cache(maxsize=4096)
def _change(on: _Look, wanted: _Look) -> str:
    """Return the shorter way from one look to another: what differs, or all of it anew."""
    anew = _codes(_PLAIN, wanted)
    said = f"\x1b[;{anew}m" if anew and on != _PLAIN else f"\x1b[{anew}m"
    if all(code in _OFF for code in on.attributes - wanted.attributes):
        return min(f"\x1b[{_codes(on, wanted)}m", said, key=len)
    return said


def _codes(on: _Look, wanted: _Look) -> str:
    off = {_OFF[code] for code in on.attributes - wanted.attributes}
    kept = on.attributes - ({"1", "2"} if "22" in off else set())
    codes = [*sorted(off), *sorted(wanted.attributes - kept)]
    codes += [wanted.front or "39"] if wanted.front != on.front else []
    codes += [wanted.ground or "49"] if wanted.ground != on.ground else []
    return ";".join(codes)
