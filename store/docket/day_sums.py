"""A sum that grows day by day, and what it came to on any of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal


class DaySums:
    """What was added up to each day; adding to the last one costs nothing more as it grows."""

    def __init__(self) -> None:
        self._days: list[date] = []
        self._sums: list[Decimal] = []

    def add(self, day: date, amount: Decimal) -> None:
        """Add an amount on a day."""
        place = bisect_left(self._days, day)
        if place == len(self._days) or self._days[place] != day:
            self._days.insert(place, day)
            self._sums.insert(place, self._sums[place - 1] if place else Decimal(0))
        self._sums[place:] = map(amount.__add__, self._sums[place:])

    def up_to(self, day: date) -> Decimal:
        """Return the sum at the end of a day."""
        place = bisect_right(self._days, day)
        return self._sums[place - 1] if place else Decimal(0)

    @property
    def last(self) -> date:
        """The last day on which something was added."""
        return self._days[-1] if self._days else date.min
