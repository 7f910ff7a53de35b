"""What reading a file yields: texts, what of it could not be read, and parts as they are."""

from __future__ import annotations

from typing import NamedTuple


class FoundText(NamedTuple):
    """Text that stands in a file: where, in which charset it was read, and what it says.

    `start` and `end` are its bytes in what it stands in; `charsets` are those of what holds it.
    A `guess` is what bytes would say in a charset, or undone from a code, that nothing names.
    """

    place: str
    charset: str
    text: str
    start: int
    end: int
    charsets: tuple[str, ...] = ()
    guess: bool = False


class Unread(NamedTuple):
    """Something in a file that could not be read: where, and what it is."""

    place: str
    why: str


Piece = FoundText | Unread | bytes
"""What is read of a file; bytes are those of a part as they are, whatever they may be."""
