"""When an entry happened and was recorded; needs no models, as `docket log` prints it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.dates import day_words, offset
from store.entries import own_words
from store.entries.words import entry_named
from store.journal.chain import NOT_YET
from store.text import plural

NOT_ON_RECORD: Final = "not yet on record"
"""What is said of an entry that waits in the outbox."""

if TYPE_CHECKING:
    from decimal import Decimal

    from store.entries import Entry
    from store.entries.plain import Logged

    Dated = Entry | Logged


def kind_called(entry: Dated) -> str:
    """Return the kind of an entry; with a word of the user's own, `seagull (micro change)`."""
    return own_words(entry.called, entry.kind) if entry.called else entry.kind


def occurred_words(entry: Dated) -> str:
    """Return when an entry occurred, as exactly as it is known."""
    at = entry.occurred_at
    if entry.precision in ("minute", "hour"):
        return f"{day_words(at)} {at:%H:%M}{elsewhere(at)}"
    return f"about {day_words(at)}" if entry.precision == "about" else day_words(at)


def recorded_words(entry: Dated) -> str:
    """Return when it was recorded, with the lag: `22 Nov 10:20 (1 day later)`."""
    at = entry.recorded_local
    year = "" if at.year == entry.occurred_at.year else f" {at.year}"
    return f"{at:%-d %b}{year} {at:%H:%M}{elsewhere(at)} ({lag_words(entry)})"


def recorded_or_waits(entry: Dated) -> str:
    """Return when it was recorded, and typed where that was before; or that it waits."""
    if entry.seq >= NOT_YET:
        return NOT_ON_RECORD
    return f"recorded {recorded_words(entry)}{typed_words(entry)}"


def typed_words(entry: Dated) -> str:
    """Return `, typed 20 Nov 09:12` of what waited for the server before it was recorded."""
    at, late = entry.typed_local, entry.recorded_local
    if at is None or (entry.seq < NOT_YET and f"{at:%F%R}" == f"{late:%F%R}"):
        return ""
    return f", typed {at:%-d %b} {at:%H:%M}{elsewhere(at)}"


def lag_words(entry: Dated) -> str:
    """Return how long after it occurred an entry was logged: `same day`."""
    return f"{plural(entry.lag_days, 'day')} later" if entry.lag_days else "same day"


def elsewhere(at: datetime) -> str:
    """Return the offset of a moment told by other clocks than those of this machine's zone."""
    return "" if at.utcoffset() == at.astimezone().utcoffset() else f" {offset(at)}"


def logged(entry: Dated) -> str:
    """Return the line that acknowledges an entry."""
    return (
        f"{entry_named(entry.client, entry.seq)} {kind_called(entry)}, "
        f"occurred {occurred_words(entry)}, {recorded_or_waits(entry)}"
    )


def short_day(day: date, today: date) -> str:
    """Return a day in few cells: the year only where it is not this one, and then no day."""
    return f"{day:%-d %b}" if day.year == today.year else f"{day:%b %y}"


def compact(hours: Decimal) -> str:
    """Return hours as a figure: `15.25h`."""
    return f"{hours.normalize():f}h"
