"""Entries as they stand, each read when it is asked for, with no more than what corrects it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property

from store.docket.outline import Outline
from store.docket.standing import Corrections, Standing
from store.entries import KINDS, Entry


class AtHand:
    """The entries of one docket as of a day, by position and by what stands near them."""

    def __init__(self, entries: Sequence[Entry], outline: Outline, today: date) -> None:
        """Take the entries, and an outline of these, and perhaps of some that came later."""
        self._entries, self._outline, self._today = entries, outline, today
        self._corrections: Corrections | None = None

    def stand(self, position: int) -> Standing:
        """Return an entry as it stands."""
        entry = self._entries[position]
        return (self._corrections or self._corrections_of(entry.seq)).stand(entry)

    def all(self) -> Iterator[Standing]:
        """Yield every entry as it stands, in order of number."""
        if self._corrections is None:
            positions = self._outline.related(Corrections.RELATIONS, len(self._entries))
            self._corrections = Corrections([self._entries[position] for position in positions])
        return map(self._corrections.stand, self._entries)

    @cached_property
    def moved(self) -> set[int]:
        """The numbers of the entries that an amendment gives another moment."""
        found = set[int]()
        for position in self._outline.moving:
            link = self._entries[position].followed if position < len(self._entries) else None
            if link and link.seq in self._corrections_of(link.seq).moved:
                found.add(link.seq)
        return found

    def naming(self, seq: int) -> list[Entry]:
        """Return what counts and names entry `seq`, oldest first."""
        positions = self._outline.naming_entry(seq, len(self._entries))
        found = [one.entry for one in map(self.stand, positions) if self._counts(one)]
        naming = [entry for entry in found if any(link.seq == seq for link in entry.links)]
        return sorted(naming, key=lambda entry: (entry.occurred_at, entry.seq))

    def before(self, entry: Entry, *kinds: str) -> Iterator[Entry]:
        """Yield what counts, is of these kinds and came before an entry, the newest first."""
        at = entry.day.toordinal(), entry.seq
        return self._walk(kinds, lambda when: when < at, back=True)

    def since(self, entry: Entry, *kinds: str) -> Iterator[Entry]:
        """Yield what counts, is of these kinds and came after an entry, the oldest first."""
        at = entry.day.toordinal(), entry.seq
        return self._walk(kinds, lambda when: when > at, back=False)

    def _walk(
        self, kinds: Sequence[str], wanted: Callable[[tuple[int, int]], bool], *, back: bool
    ) -> Iterator[Entry]:
        outline, moved = self._outline, self.moved
        found: list[tuple[float, int, int]] = []
        for position in outline.of_kind(kinds, len(self._entries)):
            number, moment = outline.numbers[position], outline.moments[position]
            day = outline.days[position]
            if number in moved:
                at = self.stand(position).entry.occurred_at
                day, moment = at.toordinal(), at.timestamp()
            if wanted((day, number)):
                found.append((moment, number, position))
        for _, _, position in sorted(found, reverse=back):
            one = self.stand(position)
            if self._counts(one) and one.entry.kind in kinds:
                yield one.entry

    def _corrections_of(self, seq: int) -> Corrections:
        positions = self._outline.correcting(seq, len(self._entries))
        return Corrections([self._entries[position] for position in positions])

    def _counts(self, one: Standing) -> bool:
        inside = KINDS[one.entry.kind].inside
        return one.counts and not inside and one.entry.day <= self._today
