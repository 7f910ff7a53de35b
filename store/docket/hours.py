"""Hours: how many went into what, as time that was logged and as incidents tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from store.docket.docket import Docket
from store.entries import KINDS, Entry, HoursClass, HoursData, IncidentData

_SO_MANY_HOURS: Final = re.compile(
    r"(?<![\w.,])(\d{1,4}(?:[.,]\d{1,2})?) ?(?:h|hrs?|hours?)\b", re.IGNORECASE
)


_NUMBERS: Final = dict(
    zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)
)
_HOURS_IN_WORDS: Final = re.compile(rf"\b({'|'.join(_NUMBERS)}) hours?\b", re.IGNORECASE)


class BilledHours(NamedTuple):
    """An invoice that bills hours at the agreed rate, and the hours of work noted for its time.

    That time is from the day after the invoice before it to its own day.
    """

    seq: int
    number: str
    hours: Decimal
    noted: Decimal


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


def billed_hours(docket: Docket) -> list[BilledHours]:
    """Return the invoices of which it is sure what hours they bill, oldest first.

    It is where an invoice says so many hours, and its sum, net where it states a tax, is those at
    the agreed rate.
    """
    terms, found = docket.terms, []
    worked = sorted((one.day, hours) for one in docket.counted for hours in _worked(one))
    at = 0
    for invoice in sorted(docket.ledger.invoices, key=lambda one: (one.issued, one.seq)):
        noted = Decimal(0)
        while at < len(worked) and worked[at][0] <= invoice.issued:
            noted, at = noted + worked[at][1], at + 1
        standing = docket.find(invoice.seq)
        if not standing or not terms.rate or terms.currency != invoice.amount.currency:
            continue
        entry = standing.entry
        tax = getattr(entry.data, "tax", None)
        net = tax[0] if tax else invoice.amount.amount
        said = stated_hours(entry.statement)
        if said and said * terms.rate == net:
            found.append(BilledHours(invoice.seq, invoice.number, said, noted))
    return found


def stated_hours(text: str) -> Decimal | None:
    """Return the hours that a text names, in figures or in English; None for none or several."""
    found = [Decimal(one.replace(",", ".")) for one in _SO_MANY_HOURS.findall(text)]
    found += [Decimal(_NUMBERS[one.lower()]) for one in _HOURS_IN_WORDS.findall(text)]
    return found[0] if len(found) == 1 else None


def _worked(entry: Entry) -> list[Decimal]:
    return [hours for spent, hours in hours_of(entry) if spent == "work"]
