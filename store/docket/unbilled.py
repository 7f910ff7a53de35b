"""Work that is logged and on no invoice yet: hours since the last bill, at the agreed rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.docket import Docket
from store.entries import HoursData
from store.money import Money


@dataclass(frozen=True, slots=True)
class Unbilled:
    """Hours of work since the last invoice (None: there is none), and their worth where known."""

    hours: Decimal
    since: date | None
    worth: Money | None


def unbilled(docket: Docket, currency: str) -> Unbilled | None:
    """Return the work that no invoice in `currency` can hold, as of the docket's day; None if none.

    As the verdict counts what is at stake: work after the day of the last invoice. Without a rate
    that is agreed in `currency` it has no worth that could be told.
    """
    bills = [i.issued for i in docket.ledger.invoices if i.amount.currency == currency]
    since = max(bills, default=None)
    hours = sum(
        (
            entry.data.hours
            for entry in docket.kind("hours")
            if isinstance(entry.data, HoursData)
            and entry.data.spent == "work"
            and (since is None or entry.day > since)
        ),
        Decimal(0),
    )
    terms = docket.terms
    if not hours or terms.currency not in (None, currency):
        return None
    worth = Money(hours * terms.rate, currency) if terms.rate is not None else None
    return Unbilled(hours, since, worth)
