"""What can be told of entries without reading them whole: enough to find and order them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, get_args

from store.entries import KINDS, Entry, Relation

if TYPE_CHECKING:
    from store.docket.filter import Filter

RELATIONS: Final = frozenset(get_args(Relation))

_WRITTEN: Final = len("2026-11-21T14:30:00+01:00")
"""Moments of any other length, or without two hyphens, are left to the entry itself."""


class Outline:
    """Entries by their position on the docket, without their words.

    By position: `numbers`, `moments` (when it occurred, POSIX seconds), `days` (the local day of
    that, as an ordinal). Positions, in order: `kinds` and `relations` by name. Amendments are not
    applied. An entry that fits its kind otherwise than it seems is an unreadable note once read.
    """

    def __init__(self) -> None:
        self.numbers = array("q")
        self.moments = array("d")
        self.days = array("l")
        self.kinds: defaultdict[str, list[int]] = defaultdict(list)
        self.relations: defaultdict[str, list[int]] = defaultdict(list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Outline:
        """Return the outline of entries that are there whole."""
        outline = cls()
        for entry in entries:
            outline.add(entry)
        return outline

    def __len__(self) -> int:
        """Return how many entries it tells of."""
        return len(self.numbers)

    def position(self, seq: int) -> int:
        """Return the position of entry `seq`, or that after the last where there is none."""
        if 0 < seq <= len(self) and self.numbers[seq - 1] == seq:  # on a docket with no gap: all
            return seq - 1
        return self.numbers.index(seq) if seq in self.numbers else len(self)

    def add(self, entry: Entry) -> None:
        """Take in one more entry."""
        position = len(self.numbers)
        for relation in {link.rel for link in entry.links}:
            self.relations[relation].append(position)
        self.kinds[entry.kind].append(position)
        self.moments.append(entry.occurred_at.timestamp())
        self.days.append(entry.day.toordinal())
        self.numbers.append(entry.seq)

    def peek(self, numbers: array[int], peeked: Sequence[tuple[Any, ...]], count: int) -> None:
        """Take in entries by what was peeked of them (PEEK), up to one that takes a whole look.

        `numbers` and `peeked` begin with those that the outline tells of already; those from
        position `count` on are left out.
        """
        start = position = len(self.numbers)
        kinds, moments, days = self.kinds, self.moments, self.days
        read, known = datetime.fromisoformat, KINDS
        try:
            while position < count:
                kind, occurred_at, links = peeked[position]
                if kind not in known or len(occurred_at) != _WRITTEN or occurred_at[4] != "-":
                    break
                at = read(occurred_at)
                moment = at.timestamp()
                related = {link["rel"] for link in links} if links else ()
                if occurred_at[7] != "-" or moment < 0 or not RELATIONS.issuperset(related):
                    break
                for relation in related:
                    self.relations[relation].append(position)
                kinds[kind].append(position)
                moments.append(moment)
                days.append(at.toordinal())
                position += 1
        except (TypeError, KeyError, IndexError, ValueError, OverflowError):
            pass
        self.numbers += numbers[start:position]

    def of_kind(self, kinds: Iterable[str], count: int) -> list[int]:
        """Return the positions below `count` of entries of these kinds, in order."""
        return _positions(self.kinds, kinds, count)

    def within(self, asked: Filter, count: int, moved: Collection[int]) -> Sequence[int]:
        """Return the positions below `count` of what may fit, in order.

        `moved` are the numbers of entries that were given another day than stands here.
        """
        found: Sequence[int] = range(count)
        if asked.kinds is not None and "note" not in asked.kinds:  # what cannot be read is a note
            found = self.of_kind(asked.kinds, count)
        if asked.numbers:
            first, last = asked.numbers
            found = [p for p in found if first <= self.numbers[p] <= last]
        if asked.days:
            first, last = (day.toordinal() for day in asked.days)
            known = self.numbers
            found = [p for p in found if first <= self.days[p] <= last or known[p] in moved]
        return found

    def related(self, relations: Iterable[str], count: int) -> list[int]:
        """Return the positions below `count` of entries with a link of these relations."""
        return _positions(self.relations, relations, count)


def _positions(by_name: dict[str, list[int]], names: Iterable[str], count: int) -> list[int]:
    found = chain.from_iterable(by_name[name] for name in names if name in by_name)
    return sorted({position for position in found if position < count})
