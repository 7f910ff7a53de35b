"""The rates of interest that were set, by the day from which each holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from store.recheck.entries import Entry


class Rates:
    """All rates; the one that starts last before a day holds on it, and of two the later said."""

    def __init__(self, said: list[Entry]) -> None:
        by_start = sorted(said, key=lambda one: (one.data["starts"], one.at, one.seq))
        self._days = [date.fromisoformat(one.data["starts"]) for one in by_start]
        self._percents = [str(one.data["percent"]) for one in by_start]
        latest = max(said, key=lambda one: (one.at, one.seq), default=None)
        self.frozen = latest is not None and latest.data.get("policy") == "frozen"
        """Whether the rate of the first late day holds on."""

    def on(self, day: date) -> str | None:
        """Return the yearly rate in force on a day."""
        place = bisect_right(self._days, day)
        return self._percents[place - 1] if place else None

    def starts(self, first: date, last: date) -> Iterable[date]:
        """Return the days after `first`, up to `last`, from which another holds."""
        return self._days[bisect_right(self._days, first) : bisect_right(self._days, last)]
