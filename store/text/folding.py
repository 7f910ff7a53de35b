"""Text folded for searching as `store.text.fold` does it, with the way back to each letter."""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import NamedTuple

from store.text import fold
from store.text.characters import UNSEEN

_AS_APOSTROPHE = frozenset("’`´ʼ＇")
_UNSEEN = "Cf"  # soft hyphens and joiners: a word is the same word with and without them


class Folded(NamedTuple):
    """`text` without case and accents; `places[i]` is where its letter `i` stands in the original.

    `places` has one more item, the length of the original, and is None where nothing moved.
    """

    text: str
    places: array[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the letters from `start` to before `end`, at least one, stand originally."""
        if self.places is None:
            return start, end
        # Letters that became two (æ) share a place, and the mark of an accent has none.
        return self.places[start], max(self.places[end], self.places[end - 1] + 1)


class _Table(dict[int, str]):
    """What each letter is folded to, worked out when first met; `moving` ones not one to one."""

    def __init__(self) -> None:
        super().__init__()
        self.moving: set[str] = set()

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _AS_APOSTROPHE:
            bare = "'"
        else:
            unseen = unicodedata.category(letter) == _UNSEEN or re.match(UNSEEN, letter)
            bare = "" if unseen else fold(letter)
        if len(bare) != 1:
            self.moving.add(letter)
        self[code] = bare
        return bare


_TABLE = _Table()


def folded(text: str) -> Folded:
    """Return `text` folded letter by letter; a curly apostrophe is folded to a straight one."""
    flat = text.translate(_TABLE)
    if _TABLE.moving.isdisjoint(text):
        return Folded(flat, None)
    places = array("l")
    for place, letter in enumerate(text):
        places.extend([place] * len(_TABLE[ord(letter)]))
    places.append(len(text))
    return Folded(flat, places)
