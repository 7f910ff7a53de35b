"""How a text looks on the terminal, and the fewest codes that change one look into another."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import Final, NamedTuple

_RESET: Final = frozenset({"", "0"})


class Look(NamedTuple):
    """What the terminal draws with: attributes by their codes, and colours, empty for its own."""

    attributes: frozenset[str] = frozenset()
    front: str = ""
    ground: str = ""


BARE: Final = Look()
_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""What takes an attribute away; of bold and dim, both."""


_ON_BLANKS: Final = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where there is no letter."""


def alike(one: Look, other: Look) -> bool:
    """Whether a blank looks the same in both."""
    shows = (one.attributes | other.attributes) & _ON_BLANKS
    return one.ground == other.ground and not shows


@lru_cache(maxsize=1024)
def on_blank(look: Look) -> Look:
    """Return what of a look is seen on a blank."""
    return look if look.attributes & _ON_BLANKS else Look(ground=look.ground)


@lru_cache(maxsize=1024)
def after(codes: str, before: Look) -> Look:
    """Return the look after `codes`."""
    rest = deque(codes.split(";"))
    attributes, front, ground = before
    while rest:
        code = rest.popleft()
        if code in _RESET:
            attributes, front, ground = BARE
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
    return Look(attributes, front, ground)


@lru_cache(maxsize=4096)
def change(on: Look, wanted: Look) -> str:
    """Return the shorter way from one look to another: what differs, or all of it anew."""
    anew = _codes(BARE, wanted)
    said = f"\x1b[;{anew}m" if anew and on != BARE else f"\x1b[{anew}m"
    if all(code in _OFF for code in on.attributes - wanted.attributes):
        return min(f"\x1b[{_codes(on, wanted)}m", said, key=len)
    return said


def _codes(on: Look, wanted: Look) -> str:
    off = {_OFF[code] for code in on.attributes - wanted.attributes}
    kept = on.attributes - ({"1", "2"} if "22" in off else set())
    codes = [*sorted(off), *sorted(wanted.attributes - kept)]
    codes += [wanted.front or "39"] if wanted.front != on.front else []
    codes += [wanted.ground or "49"] if wanted.ground != on.ground else []
    return ";".join(codes)
