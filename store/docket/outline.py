"""What can be told of entries without reading them whole: enough to find and order them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, get_args

from store.entries import KINDS, AmendmentData, Entry, Relation
from store.entries.kinds import CORRECTS

if TYPE_CHECKING:
    from store.docket.filter import Filter

RELATIONS: Final = frozenset(get_args(Relation))

TIES: Final = {
    one.id: one.follows.relation
    for one in KINDS.values()
    if one.follows.own and one.follows.relation in CORRECTS
}
"""By which link the kinds that correct an entry name it."""
_WHOLE: Final = frozenset(name for name, relation in TIES.items() if relation == "amends")
"""The kinds that are looked at whole: an amendment may give an entry another moment."""
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
        self.days = array("i")
        self.kinds: defaultdict[str, array[int]] = defaultdict(_positions_of)
        self.relations: defaultdict[str, array[int]] = defaultdict(_positions_of)
        self.corrected: defaultdict[int, list[int]] = defaultdict(list)
        self.naming, self.named = _positions_of(), array("q")
        self.moving, self.relinking = _positions_of(), _positions_of()

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
        for link in entry.links:
            self.naming.append(position)
            self.named.append(link.seq)
        self.kinds[entry.kind].append(position)
        if entry.kind in TIES and (followed := entry.followed):
            self.corrected[followed.seq].append(position)
            changes = entry.data.changes if isinstance(entry.data, AmendmentData) else {}
            if "occurred_at" in changes:
                self.moving.append(position)
            if "links" in changes:
                self.relinking.append(position)
        self.moments.append(entry.occurred_at.timestamp())
        self.days.append(entry.day.toordinal())
        self.numbers.append(entry.seq)

    def copy(self) -> Outline:
        """Return the same outline, to add others to."""
        same = Outline()
        same.numbers, same.moments, same.days = self.numbers[:], self.moments[:], self.days[:]
        for name, positions in self.kinds.items():
            same.kinds[name] = positions[:]
        for name, positions in self.relations.items():
            same.relations[name] = positions[:]
        for seq, correcting in self.corrected.items():
            same.corrected[seq] = correcting[:]
        same.naming, same.named = self.naming[:], self.named[:]
        same.moving, same.relinking = self.moving[:], self.relinking[:]
        return same

    def peek(
        self, numbers: array[int], peeked: Sequence[tuple[Any, ...]], first: int, count: int
    ) -> None:
        """Take in entries by what was peeked of them (PEEK), up to one that takes a whole look.

        `numbers` begin with those that the outline tells of already, and so does `peeked`, but for
        `first`; those from position `count` on are left out.
        """
        start = position = len(self.numbers)
        kinds, moments, days = self.kinds, self.moments, self.days
        read, known = datetime.fromisoformat, KINDS
        try:
            while position < count:
                kind, occurred_at, links = peeked[position - first]
                if (
                    kind not in known
                    or kind in _WHOLE
                    or len(occurred_at) != _WRITTEN
                    or occurred_at[4] != "-"
                ):
                    break
                at = read(occurred_at)
                moment = at.timestamp()
                if occurred_at[7] != "-" or moment < 0:
                    break
                if links:
                    self._tie(position, kind, links)
                kinds[kind].append(position)
                moments.append(moment)
                days.append(at.toordinal())
                position += 1
        except (TypeError, KeyError, IndexError, ValueError, OverflowError):
            pass
        self.numbers += numbers[start:position]

    def _tie(self, position: int, kind: str, links: Sequence[Mapping[str, Any]]) -> None:
        """Take in what an entry names, all or nothing; ValueError where it says too much."""
        named = array("q", (link["seq"] for link in links))
        related = {link["rel"] for link in links}
        target = _target(TIES[kind], links) if kind in TIES else None
        if not RELATIONS.issuperset(related):
            raise ValueError(related)
        for relation in related:
            self.relations[relation].append(position)
        self.naming.extend([position] * len(named))
        self.named.extend(named)
        if target is not None:
            self.corrected[target].append(position)

    def of_kind(self, kinds: Iterable[str], count: int, first: int = 0) -> list[int]:
        """Return the positions from `first` to below `count` of these kinds, in order."""
        return _positions(self.kinds, kinds, count, first)

    def corrects(self, position: int) -> bool:
        """Whether the entry there amends, adds to or withdraws another."""
        kinds = (self.kinds[kind] for kind in TIES if kind in self.kinds)
        return any(_at(positions, position) for positions in kinds)

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

    def naming_entry(self, seq: int, count: int) -> list[int]:
        """Return the positions below `count` of what may name entry `seq`, in order."""
        found = {p for p, named in zip(self.naming, self.named, strict=True) if named == seq}
        amended = {seq for seq, ps in self.corrected.items() if set(ps) & set(self.relinking)}
        found.update(map(self.position, amended))
        return sorted(position for position in found if position < count)

    def correcting(self, seq: int, count: int) -> list[int]:
        """Return the positions below `count` of what corrects entry `seq`, or corrects that."""
        found, around = set[int](), [seq]
        while around:
            known = (self.corrected.get(one, ()) for one in around)
            more = {position for positions in known for position in positions if position < count}
            around = [self.numbers[position] for position in more - found]
            found |= more
        return sorted(found)


def _positions_of() -> array[int]:
    return array("I")


def _target(relation: str, links: Iterable[Mapping[str, Any]] | None) -> int | None:
    """Return the number in the first link of that relation, as an entry tells it once read."""
    return next((int(link["seq"]) for link in links or () if link["rel"] == relation), None)


def _positions(
    by_name: Mapping[str, Sequence[int]], names: Iterable[str], count: int, first: int = 0
) -> list[int]:
    known = (by_name[name] for name in names if name in by_name)
    found = chain.from_iterable(them[bisect_left(them, first) :] for them in known)
    return sorted({position for position in found if position < count})


def _at(positions: Sequence[int], position: int) -> bool:
    at = bisect_left(positions, position)
    return at < len(positions) and positions[at] == position
