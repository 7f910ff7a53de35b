"""Whether to ask for a check-in just now, and whether the last ones call for a look at the whole.

Pure: what is asked depends on the docket and the private file alone, so nothing is remembered of
a question that was passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile
from typing import Final

from store.entries import KINDS, Entry
from store.private.model import CheckIn, Private
from store.settings.config import Config

DREAD: Final = 6
"""From here on, 0 to 10, it is dread (advice 42)."""
DREAD_DAYS: Final = 14
WEEK: Final = 7
"""Days after which the last check-in is old (advice 63)."""
_ENOUGH: Final = 5
"""Entries before a client who was never checked in about is asked about."""
ONE_IN: Final = 3
"""Of so many inbound messages, one asks (advice 42): all of them would be noise."""

_WRITTEN_OR_SAID = frozenset({"email", "chat", "phone"})


def inbound(entry: Entry) -> bool:
    """Whether `entry` tells of a message or a call of theirs, not of something I did."""
    if entry.group in ("step", "correction"):
        return False
    if entry.quotes and all(quote.by == "me" for quote in entry.quotes):
        return False
    theirs = entry.group in ("incident", "good-day") or KINDS[entry.kind].theirs
    if entry.source == "message":
        # Of a note or a request, a channel alone does not say who wrote to whom.
        return theirs or not entry.channel or bool(entry.quotes or entry.exhibits)
    return theirs and entry.channel in _WRITTEN_OR_SAID


def checkin_due(
    entry: Entry, before: Iterable[Entry], private: Private, now: datetime, config: Config
) -> bool:
    """Whether `entry`, logged at `now`, is a moment to ask how its client makes you feel.

    One in three inbound messages is, and the first entry after a week without a check-in; never
    twice in a day. `before` is the rest of the client's docket, newest first: an entry of today
    that was such a moment has had its question, answered or not.
    """
    if not config.ask_checkin:
        return False
    days = [_day(checkin, now) for checkin in private.checkins]
    if now.date() in days:
        return False
    since = (now.date() - max(days)).days if days else None
    earlier = takewhile(lambda one: _recorded(one, now) == now.date(), before)
    return _asks(entry, since) and not any(_asks(one, since) for one in earlier)


def _asks(entry: Entry, since: int | None) -> bool:
    """Whether `entry` asks, `since` days after the last check-in or with none so far.

    Its own random id, read as a number, decides on the one in three: no dice, and the same answer
    every time. Any text gives one, since another program may have written it.
    """
    weekly = entry.seq >= _ENOUGH if since is None else since >= WEEK
    return weekly or (inbound(entry) and int.from_bytes(entry.id.encode()) % ONE_IN == 0)


def dreads_twice(private: Private, today: date) -> bool:
    """Whether two values of dread of 6 or more lie within the 14 days to `today` (advice 42)."""
    found = [
        one
        for one in private.checkins
        if one.dread is not None
        and one.dread >= DREAD
        and 0 <= (today - one.at.date()).days <= DREAD_DAYS
    ]
    return len(found) > 1


def dreaded_again(private: Private, checkin: CheckIn) -> bool:
    """Whether `checkin`, which is kept by now, is of dread, and not the first within two weeks."""
    dreads = checkin.dread is not None and checkin.dread >= DREAD
    return dreads and dreads_twice(private, checkin.at.date())


def _day(checkin: CheckIn, now: datetime) -> date:
    return checkin.at.astimezone(now.tzinfo).date()


def _recorded(entry: Entry, now: datetime) -> date:
    return entry.recorded_at.astimezone(now.tzinfo).date()
