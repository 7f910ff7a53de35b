"""Blocks: the days on which work could not go on for want of something of theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from store.docket.access import accesses
from store.docket.docket import Docket
from store.docket.tracking import Promise, disjoint
from store.entries import Entry
from store.entries.kinds import kinds_that
from store.text import top_line
from store.working_days import WorkingDays

_WAITS: Final = kinds_that(lambda kind: kind.group == "incident" and kind.lost == "wait")
_HELD: Final = kinds_that(lambda kind: kind.ground in ("approvals", "access")) & _WAITS
"""Incidents that say that work waits for an approval, or for something to be handed over."""
_GIVEN: Final = ("acceptance", "answer", "concession", "confirmation")
"""What says that it has come, where it names the incident."""
_DAY: Final = timedelta(days=1)


class Block(NamedTuple):
    """One thing that work waits for: the entry that says so, and the days after `after` to `until`.

    `until` is None while nothing on the docket says that it has come. `counted` says that the days
    may be held against them: a day for it was named or agreed, or its end is on record.
    """

    seq: int
    what: str
    after: date
    until: date | None
    counted: bool = True


class Shift(NamedTuple):
    """A promise of mine that blocked days have moved: the day it had, and the one it has."""

    promise: Promise
    old: date
    new: date


def blocks(docket: Docket) -> tuple[Block, ...]:
    """Return everything that has held up work so far, by the day it began.

    An answer blocks from the day after it was due. What waits for an approval or for access blocks
    from the day of its entry; as long as no end of it is on record, that day alone is sure, and it
    is not counted, unless access or leave was asked for by an entry that it names.
    """
    agreed = docket.terms.reply_within_days is not None
    found = [
        Block(
            one.seq,
            top_line(one.parts[-1].missing if one.parts else "") or top_line(one.statement),
            one.expected,
            one.answered,
            agreed or one.needed_by is not None,
        )
        for one in docket.requests
        if one.days_over(docket.today) > 0
    ]
    ends = _ends(docket)
    register = {one.withheld_by: one for one in accesses(docket) if one.withheld_by}
    for entry in docket.kind(*_HELD):
        end = ends.get(entry.seq)
        counted = bool(end)
        if (one := register.get(entry.seq)) is not None:
            end = one.granted
            counted = bool(end) or one.asked is not None
        found.append(Block(entry.seq, top_line(entry.statement), entry.day - _DAY, end, counted))
    return tuple(sorted(found, key=lambda one: (one.after, one.seq)))


def working_days_blocked(docket: Docket, working: WorkingDays) -> frozenset[date]:
    """Return the working days that they have blocked; one on which several things did is one."""
    spans = ((one.after, one.until or docket.today) for one in blocks(docket) if one.counted)
    return frozenset(day for start, end in disjoint(spans) for day in working.days(start, end))


def moved(promise: Promise, days: Iterable[date], working: WorkingDays) -> date:
    """Return the day by which a promise of mine is to be kept, as blocked `days` have moved it.

    Each blocked day between the promise and its day moves that by a working day. A block that
    begins only once the day has passed moves nothing: by then I was late on my own.
    """
    due, blocked = promise.due, sorted(days)
    for place in range(bisect_right(blocked, promise.made), len(blocked)):
        if blocked[place] > due:
            break
        due = working.after(due, 1)
    return due


def shifts(docket: Docket, working: WorkingDays) -> tuple[Shift, ...]:
    """Return the promises of mine that are open and have been moved, by the day they had."""
    days = sorted(working_days_blocked(docket, working)) if docket.promises else []
    mine = (one for one in docket.promises if one.by == "me" and one.open)
    found = (Shift(one, one.due, moved(one, days, working)) for one in mine)
    return tuple(one for one in found if one.new != one.old)


def _ends(docket: Docket) -> dict[int, date]:
    """Return the day on which an incident's end is on record, by its number."""
    found: dict[int, date] = {}
    given: list[Entry] = docket.kind(*_GIVEN)
    for entry in given:
        for link in entry.links:
            found.setdefault(link.seq, entry.day)
    return found
