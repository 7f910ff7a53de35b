"""Which hours went into rounds of changes that were agreed when they were had: those are work."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from store.docket.bundles import Bundles, project_of
from store.docket.docket import Docket
from store.docket.items import OF_ITEMS, ROUND, makes_item, rounds_of, theirs
from store.entries import Entry, HoursData, IncidentData, TermsData


def agreed_rework(docket: Docket) -> frozenset[int]:
    """Return the entries whose hours went into rounds that were agreed: they are work (advice 22).

    A round, or hours of such a class, is looked at as of its own day: what is agreed later, and
    what is added to an item later, makes no round of the past one that was not agreed.
    """
    entries = docket.kind(*OF_ITEMS)
    terms = [one for one in docket.shaped(TermsData) if _revisions(one) is not None]
    if not terms and all(rounds_of(one) is None for one in entries):
        return frozenset()
    again = [one for one in docket.shaped(HoursData, IncidentData) if _again(one)]
    walk = _Walk(entries, terms)
    found: set[int] = set()
    for day, those in groupby(sorted(again, key=_day), key=_day):
        walk.to(day)
        found |= {one.seq for one in those if walk.agreed(one)}
    return frozenset(found)


@dataclass(slots=True)
class _Item:
    """What is kept of one item, or of what names none: its rounds, in order, and those agreed.

    `told` is what the last delivery says that says how many are agreed, and its place.
    """

    rounds: list[tuple[int, int]] = field(default_factory=list)
    told: tuple[tuple[int, int], int] | None = None
    named: bool = False

    def take(self, place: tuple[int, int], entry: Entry) -> None:
        """Take in an entry, which has that place in the order."""
        if entry.kind == ROUND and theirs(entry):
            insort(self.rounds, place)
        if (told := rounds_of(entry)) is not None:
            self.told = max(self.told or (place, told), (place, told))


class _Named:
    """How many items are named; it is no part of the walk, so that this ends with its last use."""

    def __init__(self) -> None:
        self.count = 0

    def joined(self, one: _Item, other: _Item) -> _Item:
        """Return one item of two."""
        if len(one.rounds) < len(other.rounds):
            one, other = other, one
        for place in other.rounds:
            insort(one.rounds, place)
        if other.told:
            one.told = max(one.told or other.told, other.told)
        self.count -= one.named and other.named
        one.named = one.named or other.named
        return one


class _Walk:
    """The items as the days go by, and what was agreed for all of them by then.

    Where there is one item or none, all that names none is of it.
    """

    def __init__(self, entries: Sequence[Entry], terms: Sequence[Entry]) -> None:
        self._coming = _by_day(entries)
        self._terms = _by_day(terms)
        self._general: tuple[int, int | None] = (-1, None)
        self._places: dict[int, int] = {}
        self._items = _Named()
        self._bundles = Bundles[_Item](self._items.joined)
        self._whole = _Item()

    def to(self, day: date) -> None:
        """Go on to the end of a day."""
        while self._terms and self._terms[-1][1].day <= day:
            place, entry = self._terms.pop()
            self._general = max(self._general, (place, _revisions(entry)), key=lambda one: one[0])
        while self._coming and self._coming[-1][1].day <= day:
            self._add(*self._coming.pop())

    def agreed(self, entry: Entry) -> bool:
        """Whether the hours of an entry of that day went into a round that is agreed."""
        if entry.kind != ROUND:
            found = self._of(entry)
            return any(len(one.rounds) <= most for one in found if (most := self._most(one)))
        item = self._bundle(entry.seq)
        if item is None or not theirs(entry):
            return False
        at = entry.day.toordinal() if item is self._whole else self._places[entry.seq]
        return bisect_left(item.rounds, (at, entry.seq)) < (self._most(item) or 0)

    def _add(self, place: int, entry: Entry) -> None:
        item = _Item(named=makes_item(entry))
        self._items.count += item.named
        self._places[entry.seq] = place
        item.take((place, entry.seq), entry)
        self._whole.take((entry.day.toordinal(), entry.seq), entry)
        self._bundles.add(entry, item)

    def _bundle(self, name: int | str) -> _Item | None:
        item = self._bundles.of(name)
        return self._whole if item and self._items.count <= 1 else item

    def _most(self, item: _Item) -> int | None:
        """Return how many rounds are agreed; for what names none of several items, none are."""
        if item is not self._whole and not item.named:
            return None
        return item.told[1] if item.told else self._general[1]

    def _of(self, entry: Entry) -> list[_Item]:
        """Return what hours are of, as their links or project say, or as there is no other."""
        project = project_of(entry)
        if not project and not entry.links:
            return [self._whole] if self._items.count <= 1 else []
        names: list[int | str] = [link.seq for link in entry.links]
        names += [project] if project else []
        return [item for name in names if (item := self._bundle(name)) is not None]


def _by_day(entries: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """Return entries with their places, the first day last."""
    return sorted(enumerate(entries), key=lambda one: (one[1].day, one[0]), reverse=True)


def _day(entry: Entry) -> date:
    return entry.day


def _revisions(entry: Entry) -> int | None:
    return entry.data.revisions if isinstance(entry.data, TermsData) else None


def _again(entry: Entry) -> bool:
    """Whether it holds hours of a round."""
    data = entry.data
    if isinstance(data, HoursData):
        return data.spent == "rework"
    return entry.kind == ROUND and isinstance(data, IncidentData) and bool(data.hours)
