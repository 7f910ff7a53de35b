"""What was agreed to be paid in parts: which are due, what has come of each, what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.docket import Docket
from store.docket.ledger import Invoice, come_to
from store.entries import Entry, InstalmentsData
from store.money import Money

_Came = tuple[date, int, Decimal]
"""The day on which some has come, the entry, and how much."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan, what of it has come, and the day on which all of it had."""

    due: date
    amount: Money
    came: Money
    paid_on: date | None

    @property
    def open(self) -> Money:
        """What of it has not come."""
        return self.amount - self.came

    def missed(self, today: date) -> bool:
        """Whether its day has passed, and some of it has not come."""
        return self.paid_on is None and self.due < today

    @property
    def days_late(self) -> int:
        """Days from its due date to the day it was paid; 0 while it is open."""
        return max(0, (self.paid_on - self.due).days) if self.paid_on else 0


@dataclass(frozen=True, slots=True)
class InstalmentPlan:
    """The parts by their days; `invoice` is empty where it is about all that is open."""

    seq: int
    agreed: date
    invoice: str
    currency: str
    parts: tuple[Instalment, ...]

    @property
    def whole(self) -> Money:
        """What the parts come to."""
        return _sum((part.amount for part in self.parts), self.currency)

    @property
    def came(self) -> Money:
        """What has come of all parts."""
        return _sum((part.came for part in self.parts), self.currency)

    def due(self, today: date) -> Money:
        """Return what the parts come to whose day has come."""
        return _sum((part.amount for part in self.parts if part.due <= today), self.currency)

    def missed(self, today: date) -> Money:
        """Return what has not come of the parts whose day has passed."""
        return _sum((part.open for part in self.parts if part.missed(today)), self.currency)

    @property
    def next(self) -> Instalment | None:
        """The first part of which some is open."""
        return next((part for part in self.parts if part.paid_on is None), None)


def instalment_plans(docket: Docket) -> tuple[InstalmentPlan, ...]:
    """Return the plans in force, oldest first: the last one for a bill, or for all in a currency.

    What has come since a plan was agreed on goes to the part due first: money, and what was taken
    off the bills since. A plan moves no due date of a bill.
    """
    found: dict[tuple[str, str], InstalmentPlan] = {}
    for entry in docket.shaped(InstalmentsData):
        data = entry.data
        assert isinstance(data, InstalmentsData)
        bill = docket.ledger.find(data.of_invoice) if data.of_invoice else None
        if data.of_invoice and (bill is None or bill.amount.currency != data.currency):
            continue
        key = bill.number if bill else "", data.currency
        found.pop(key, None)
        found[key] = _plan(docket, entry, data, bill)
    return tuple(found.values())


def _plan(
    docket: Docket, entry: Entry, data: InstalmentsData, bill: Invoice | None
) -> InstalmentPlan:
    came = list(_came(docket, entry, data.currency, bill))
    parts, before = [], Decimal(0)
    whole = sum((amount for _, _, amount in came), Decimal(0))
    for part in data.parts:
        by = come_to(before + part.amount, came)
        had = min(max(whole - before, Decimal(0)), part.amount)
        amounts = Money(part.amount, data.currency), Money(had, data.currency)
        parts.append(Instalment(part.due, *amounts, by[0] if by else None))
        before += part.amount
    number = bill.number if bill else ""
    return InstalmentPlan(entry.seq, entry.day, number, data.currency, tuple(parts))


def _came(docket: Docket, plan: Entry, currency: str, bill: Invoice | None) -> Iterator[_Came]:
    """Yield what has come since a plan: on its bill, or on all that was billed before it."""
    since = plan.day, plan.seq
    books = docket.ledger
    paid = {one.seq: one for one in books.payments if (one.day, one.seq) > since}
    bills = [bill] if bill else [one for one in books.invoices if one.amount.currency == currency]
    for one in bills:
        if bill or (one.issued, one.seq) < since:
            yield from ((p.day, p.seq, p.amount) for p in one.settlements if p.seq in paid)
            off = [r for r in one.reductions if (r.day, r.seq) > since]
            yield from ((r.day, r.seq, r.amount.amount) for r in off)
    for payment in paid.values() if bill is None else ():
        if payment.amount.currency == currency:
            yield payment.day, payment.seq, sum(payment.charges.values(), Decimal(0))


def _sum(amounts: Iterator[Money], currency: str) -> Money:
    return Money(sum((one.amount for one in amounts), Decimal(0)), currency)
