"""Working days: which days are worked on, and how many of them lie between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = timedelta(days=1)
_PLACE: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_FOR_EVER: Final = 366


class WorkingDays(NamedTuple):
    """The days of the week that are worked on, Monday being 0, and where holidays are kept.

    `place` is a country or a part of one, such as `NO` or `DE-BY`; nothing where no holiday counts.
    `off` are days named one by one, on which nobody works either.
    """

    week: frozenset[int] = frozenset(range(5))
    place: str = ""
    off: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        """Whether a day is worked on."""
        if not isinstance(day, date) or day.weekday() not in self.week or day in self.off:
            return False
        return not self.place or day not in _holidays(self.place, day.year)

    @property
    def names(self) -> str:
        """The days of the week that are worked on, in words."""
        return ", ".join(name.capitalize() for n, name in enumerate(_NAMES) if n in self.week)

    def spelled(self, first: date, last: date) -> WorkingDays:
        """Return the same between two days, its holidays named one by one.

        What is written down so does not change when others learn of another holiday.
        """
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        off = frozenset(day for day in span if day.weekday() in self.week and day not in self)
        return WorkingDays(self.week, "", off)

    def at_or_after(self, day: date) -> date:
        """Return the day itself if it is worked on, else the next that is."""
        for _ in range(_FOR_EVER):
            if day in self or day == date.max:
                return day
            day += _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the day that is so many working days after a day; 0 is the day itself."""
        for _ in range(count):
            if day == date.max:
                return day
            day = self.at_or_after(day + _DAY)
        return day

    def days(self, after: date, until: date) -> Iterator[date]:
        """Yield the working days after a day, up to and with another."""
        for count in range(1, (until - after).days + 1):
            if (day := after + timedelta(days=count)) in self:
                yield day

    def between(self, after: date, until: date) -> int:
        """Return how many working days lie after a day, up to and with another."""
        return sum(1 for _ in self.days(after, until))


MON_FRI: Final = WorkingDays()
"""Where nobody says otherwise."""


def parse_week(text: str) -> frozenset[int] | None:
    """Return the days of the week in `mon-fri`, `sun-thu` or `mon,wed,fri`; None for no such."""
    found: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in _NAMES or (dash and last not in _NAMES):
            return None
        begin, end = _NAMES.index(first), _NAMES.index(last if dash else first)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return frozenset(found)


def is_place(text: str) -> bool:
    """Whether `text` is written as a country or a part of one is: `NO`, `DE-BY`."""
    return _PLACE.fullmatch(text) is not None


def keeps_holidays(place: str) -> bool:
    """Whether the holidays of a place are known."""
    return _calendar(place) is not None


@lru_cache(maxsize=256)
def _holidays(place: str, year: int) -> frozenset[date]:
    """Return the public holidays of a year; none where they are not known."""
    calendar = _calendar(place)
    if calendar is None:
        return frozenset()
    country, _, part = place.partition("-")
    return frozenset(calendar(country, subdiv=part or None, years=year))


def _calendar(place: str) -> Any:
    """Return what lists the holidays of a place, loaded only where one is set."""
    import holidays

    country, _, part = place.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country in known and (not part or part in known[country]):
        return holidays.country_holidays
    return None
