"""Hours: how many went into what, as time that was logged and as incidents tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from store.docket.docket import Docket
from store.entries import KINDS, Entry, HoursClass, HoursData, IncidentData


def hours_spent(docket: Docket, days: int | None = None) -> dict[HoursClass, Decimal]:
    """Return hours by class, in the last `days` days or ever; those of an incident as it has it.

    Incidents of rework count as rework, of silence as chase, the rest as conflict (advice 13, 22
    and 41).
    """
    since = docket.today - timedelta(days=days) if days else date.min
    spent: dict[HoursClass, Decimal] = {}
    for entry in docket.shaped(HoursData, IncidentData):
        if entry.day < since:
            continue
        for kind, hours in hours_of(entry):
            spent[kind] = spent.get(kind, Decimal(0)) + hours
    return spent


def hours_of(entry: Entry) -> Sequence[tuple[HoursClass, Decimal]]:
    """Return the hours that an entry tells of, by class; those of an incident were lost by it."""
    if isinstance(entry.data, HoursData):
        return [(entry.data.spent, entry.data.hours)]
    lost = getattr(entry.data, "hours", None)
    if entry.group == "incident" and isinstance(lost, Decimal):
        return [(KINDS[entry.kind].lost, lost)]
    return []
