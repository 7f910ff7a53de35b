"""A docket's log as it is shown: newest first, corrections inside the entries they correct."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Final, SupportsIndex, overload

from store.docket.outline import Outline
from store.docket.standing import Standing
from store.entries.kinds import kinds_that

INSIDE: Final = kinds_that(lambda kind: kind.inside)


class Log(Sequence[Standing]):
    """Entries as they stand, each read when it is looked at; `numbers` are theirs, in order."""

    def __init__(
        self,
        positions: array[int],
        numbers: array[int],
        stand: Callable[[int], Standing],
        moved: Mapping[int, float] | None = None,
    ) -> None:
        """Take what stands where; `moved` tells by position of other moments than it was given."""
        self.numbers = numbers
        self._moved = moved or {}
        self._positions = positions
        self._stand = stand

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._positions)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Standing: ...

    @overload
    def __getitem__(self, index: slice) -> list[Standing]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Standing | list[Standing]:
        """Return one entry as it stands, or a list of several."""
        if isinstance(index, slice):
            return [self._stand(position) for position in self._positions[index]]
        return self._stand(self._positions[index])

    def led_by(self, waiting: Sequence[Standing]) -> Log:
        """Return the log with entries before it that are on no docket yet."""
        positions = array("q", range(-len(waiting), 0)) + self._positions
        numbers = array("q", (one.seq for one in waiting)) + self.numbers
        return Log(positions, numbers, lambda at: waiting[at] if at < 0 else self._stand(at))

    def grown(
        self, outline: Outline, new: range, stand: Callable[[int], Standing], today: date
    ) -> Log | None:
        """Return the log once entries at `new` positions were added to those that it is of.

        None where one of them may give others another moment.
        """
        if outline.moving and any(outline.corrects(position) for position in new):
            return None
        positions, numbers, moved = self._positions[:], self.numbers[:], self._moved
        inside = set(outline.of_kind(INSIDE, new.stop, new.start))

        def back(position: int) -> float:
            return -moved.get(position, outline.moments[position])

        for position in new:
            if position in inside or outline.days[position] > today.toordinal():
                continue
            place = bisect_left(positions, back(position), key=back)
            positions.insert(place, position)
            numbers.insert(place, outline.numbers[position])
        return Log(positions, numbers, stand, moved)

    def only(self, numbers: Collection[int]) -> Log:
        """Return those of the log that have one of these numbers."""
        chosen = [n for n, number in enumerate(self.numbers) if number in numbers]
        positions = array("q", (self._positions[n] for n in chosen))
        return Log(positions, array("q", (self.numbers[n] for n in chosen)), self._stand)


def newest_first(
    outline: Outline,
    count: int,
    moved: Collection[int],
    stand: Callable[[int], Standing],
    today: date,
) -> Log:
    """Return the log of the first `count` entries of an outline, up to `today`.

    Only entries that were given another moment are read. One that turns out to be unreadable
    stays where what it says of its moment puts it.
    """
    moments, days = outline.moments[:count], outline.days[:count]
    numbers = outline.numbers
    elsewhen: dict[int, float] = {}
    if moved:
        for position in range(count):
            if numbers[position] in moved:
                at = stand(position).entry.occurred_at
                moments[position], days[position] = at.timestamp(), at.toordinal()
                elsewhen[position] = moments[position]
    inside = set(outline.of_kind(INSIDE, count))
    last = today.toordinal()
    # Of the same moment, the later number first: sorting keeps the order it finds.
    shown = [p for p in reversed(range(count)) if days[p] <= last and p not in inside]
    shown.sort(key=moments.__getitem__, reverse=True)
    found = array("q", (numbers[position] for position in shown))
    return Log(array("q", shown), found, stand, elsewhen)
