"""A day to come, as typed into a form."""

from __future__ import annotations

from datetime import date

from store.dates import day_in_full, parse_day
from store.errors import UsageError


def day_ahead(typed: str, today: date) -> date | None:
    """Return the day that is meant, None where none is wanted; UsageError if it is past."""
    if not typed.strip():
        return None
    day = parse_day(typed, today)
    if day <= today:
        raise UsageError(
            f"{day_in_full(day)} is not ahead", "", "Type a day to come, such as in 4 weeks"
        )
    return day
