"""The register of access in words: what was asked for, granted, withheld and given back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from store.dates import day_words
from store.docket.access import Access

ACCESS_HEAD: Final = ("what", "asked", "granted", "withheld", "given back")


def access_row(one: Access) -> tuple[str, ...]:
    """Return a row under ACCESS_HEAD."""
    leave = "leave: " if one.seeks == "leave" else ""
    granted = f"in part {_day(one.partly)}" if one.partly and not one.granted else _day(one.granted)
    what = f"#{one.seq} {leave}{one.what}"
    return (what, _day(one.asked), granted, _day(one.withheld), _day(one.returned))


def access_json(one: Access) -> dict[str, Any]:
    """Return a row of the register as `docket access --json` prints it."""
    days = {name: getattr(one, name) for name in ("asked", "partly", "granted", "withheld")}
    told = {**days, "returned": one.returned}
    return {
        "seq": one.seq,
        "what": one.what,
        "seeks": one.seeks,
        **{name: day.isoformat() if day else None for name, day in told.items()},
        "withheld_by": one.withheld_by or None,
    }


def _day(day: date | None) -> str:
    return day_words(day) if day else "-"
