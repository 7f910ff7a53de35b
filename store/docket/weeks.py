"""Where the time went, week by week: waited for them, for me, stopped, or none of it on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from store.docket.blocked import moved, working_days_blocked
from store.docket.docket import Docket
from store.docket.tracking import disjoint
from store.entries import HoursData, StepData
from store.working_days import WorkingDays

_DAY: Final = timedelta(days=1)


class Week(NamedTuple):
    """One week from a Monday on: its working days by whom was waited for, and what was done in it.

    `stopped` are days on which I had stopped the work and nobody was waited for, `went_on` all
    others on which nobody was, so that the four add up to `days`. `deliveries` and `hours` tell
    what was handed over, and the hours on the work.
    """

    monday: date
    went_on: int = 0
    on_them: int = 0
    on_me: int = 0
    stopped: int = 0
    deliveries: tuple[int, ...] = ()
    hours: Decimal = Decimal(0)

    @property
    def days(self) -> int:
        """The working days of the week that are looked at."""
        return self.went_on + self.on_them + self.on_me + self.stopped


def weeks(docket: Docket, working: WorkingDays) -> tuple[Week, ...]:
    """Return every week from the first entry to the docket's day, or to the end of it.

    A day on which they held up the work, and I was late with something of my own all the same, is
    mine.
    """
    if docket.started is None:
        return ()
    last = docket.ended.day if docket.ended else docket.today
    theirs = working_days_blocked(docket, working)
    mine = _late(docket, theirs, working)
    stopped = _stopped(docket, last, working)
    found = {day: Week(day) for day in _mondays(docket.started, last)}
    for day in working.days(docket.started - _DAY, last):
        week = found[_monday(day)]
        if day in mine:
            week = week._replace(on_me=week.on_me + 1)
        elif day in theirs:
            week = week._replace(on_them=week.on_them + 1)
        elif day in stopped:
            week = week._replace(stopped=week.stopped + 1)
        else:
            week = week._replace(went_on=week.went_on + 1)
        found[week.monday] = week
    return tuple(_done(docket, found).values())


def as_one_week(found: Iterable[Week]) -> Week:
    """Return weeks as if they were one, the first."""
    known = list(found)
    return Week(
        known[0].monday if known else date.min,
        sum(one.went_on for one in known),
        sum(one.on_them for one in known),
        sum(one.on_me for one in known),
        sum(one.stopped for one in known),
        tuple(seq for one in known for seq in one.deliveries),
        sum((one.hours for one in known), Decimal(0)),
    )


def _late(docket: Docket, theirs: frozenset[date], working: WorkingDays) -> frozenset[date]:
    """Return the working days on which I was late with a promise, its day moved as it may be."""
    spans = (
        (moved(one, theirs, working), one.settled_on or docket.today)
        for one in docket.promises
        if one.by == "me"
    )
    return frozenset(day for start, end in disjoint(spans) for day in working.days(start, end))


def _stopped(docket: Docket, last: date, working: WorkingDays) -> frozenset[date]:
    """Return the working days on which I had stopped the work.

    From the day after I said so, or a later day named for it, until the day it was taken up again.
    """
    found: set[date] = set()
    after: date | None = None
    for turn in docket.kind("stop", "resume"):
        if turn.kind == "stop":
            named = turn.data.effective if isinstance(turn.data, StepData) else None
            begins = max(named - _DAY, turn.day - _DAY) if named else turn.day
            after = begins if after is None else min(after, begins)
        elif after is not None:
            found.update(working.days(after, turn.day - _DAY))
            after = None
    if after is not None:
        found.update(working.days(after, last))
    return frozenset(found)


def _done(docket: Docket, found: dict[date, Week]) -> dict[date, Week]:
    """Return the weeks with what was handed over in each, and the hours on the work."""
    for entry in docket.kind("delivery", "hours"):
        week = found.get(_monday(entry.day))
        if week is None:
            continue
        if isinstance(entry.data, HoursData):
            spent = entry.data.hours if entry.data.spent == "work" else Decimal(0)
            found[week.monday] = week._replace(hours=week.hours + spent)
        else:
            found[week.monday] = week._replace(deliveries=(*week.deliveries, entry.seq))
    return found


def _mondays(first: date, last: date) -> Iterable[date]:
    day = _monday(first)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
