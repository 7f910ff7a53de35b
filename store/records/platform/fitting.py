"""Fitting text into a field of a form: how its characters are counted, and what is cut in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Rank: TypeAlias = Literal["hours", "notes", "events", "kept", "aside"]
"""What a line is; whoever has to cut cuts the first of these before the next, and never `kept`.

What stands `aside` is for whoever sends it, and goes into no field.
"""

CUT_FIRST: Final[tuple[Rank, ...]] = ("hours", "notes", "events")


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line of a block, and what it is."""

    text: str
    rank: Rank = "kept"


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of some lines fits, how many of each rank do not, and how much is still too many."""

    pieces: tuple[PackLine, ...]
    gone: tuple[tuple[Rank, int], ...] = ()
    over: int = 0

    @property
    def text(self) -> str:
        """The lines as they are pasted."""
        return as_pasted(self.pieces)


def characters(text: str) -> int:
    """Return how many characters a form counts: those of a browser, which counts UTF-16 units.

    So an emoji is two, and a Khmer letter or mark one. A form that counts otherwise counts fewer.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_pasted(pieces: Sequence[PackLine]) -> str:
    """Return lines one under the other."""
    return "\n".join(piece.text for piece in pieces)


def cut_to(pieces: Sequence[PackLine], limit: int) -> Fitted:
    """Return as much of the lines as fits: by rank, within a rank the first ones go first."""
    over = characters(as_pasted(pieces)) - limit
    gone: set[int] = set()
    for rank in CUT_FIRST:
        for at, piece in enumerate(pieces):
            if over > 0 and piece.rank == rank:
                gone.add(at)
                over -= characters(piece.text) + 1
    counts = Counter(pieces[at].rank for at in gone)
    left = tuple(piece for at, piece in enumerate(pieces) if at not in gone)
    return Fitted(
        left, tuple((rank, counts[rank]) for rank in CUT_FIRST if counts[rank]), max(0, over)
    )
