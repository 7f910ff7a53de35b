"""Next steps as an iCalendar file, for those whose day lives in a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from store.playbook.step import NextStep

_MAKER: Final = "-//Docket//next steps//EN"


def as_calendar(steps: Iterable[NextStep], now: datetime) -> bytes:
    """Return an iCalendar file with a whole-day event for each step.

    An event holds the day, the client's id and the neutral name of the step, nothing else: a
    calendar is often read by others, or lies with somebody else. Its UID is the step's own, so a
    later file moves it instead of adding another.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    for step in steps:
        event = Event()
        event.add("uid", f"{step.client}-{step.key.replace(':', '-')}@docket")
        event.add("dtstamp", now)
        event.add("dtstart", step.due)
        event.add("dtend", step.due + timedelta(days=1))
        event.add("summary", f"{step.client}: {step.neutral}")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def is_own_calendar(raw: bytes) -> bool:
    """Tell whether a file is one that `as_calendar` made, so that a later one may replace it."""
    return raw.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{_MAKER}".encode() in raw[:200]
