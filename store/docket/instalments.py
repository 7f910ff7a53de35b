"""What was agreed to be paid in parts: which are due, what has come of each, what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.claims import claims
from store.docket.docket import Docket
from store.docket.ledger import Invoice, come_to
from store.entries import Entry, InstalmentsData
from store.money import Money

_Came = tuple[date, int, Decimal]
"""The day on which some has come, the entry, and how much."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan, what of it has come, and the day on which all of it had.

    `open` is what has not come and is still owed: less than the rest where the bill owes less.
    """

    due: date
    amount: Money
    came: Money
    open: Money
    paid_on: date | None

    def missed(self, today: date) -> bool:
        """Whether its day has passed, and some of it is open."""
        return self.open.amount > 0 and self.due < today

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
        return next((part for part in self.parts if part.open.amount > 0), None)


def instalment_plans(docket: Docket) -> tuple[InstalmentPlan, ...]:
    """Return the plans in force, oldest first: the last one for a bill, or for all in a currency.

    What has come since a plan was agreed on goes to the part due first: money, and what was taken
    off the bills since. Where less is owed than the parts that are left come to, the last of them
    ask for less. A plan moves no due date of a bill.
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
    code, moved = data.currency, list(_came(docket, entry, data.currency, bill))
    left = max(sum((amount for _, _, amount in moved), Decimal(0)), Decimal(0))
    whole = sum((part.amount for part in data.parts), Decimal(0))
    owed = _owed(docket, entry, code, bill, whole - left)
    parts, before = [], Decimal(0)
    for part in data.parts:
        before += part.amount
        by = come_to(before, moved)
        had = min(left, part.amount)
        open_ = min(owed, part.amount - had)
        left, owed = left - had, owed - open_
        amount, came, rest = (Money(one, code) for one in (part.amount, had, open_))
        parts.append(Instalment(part.due, amount, came, rest, by[0] if by else None))
    number = bill.number if bill else ""
    return InstalmentPlan(entry.seq, entry.day, number, code, tuple(parts))


def _owed(
    docket: Docket, plan: Entry, currency: str, bill: Invoice | None, rest: Decimal
) -> Decimal:
    """Return what is owed of what a plan is about; of all, with what lateness has added.

    A bill may be paid by what is no part of its plan, such as money of an earlier day. What is
    more than the `rest` of the parts is of no use, and need not be worked out.
    """
    owed = sum((one.balance.amount for one in _bills(docket, plan, currency, bill)), Decimal(0))
    if bill is None and rest > owed:
        beside = claims(docket, currency)
        owed += (beside.beside - beside.beside_paid).amount
    return max(owed, Decimal(0))


def _bills(docket: Docket, plan: Entry, currency: str, bill: Invoice | None) -> Iterator[Invoice]:
    """Yield the bills that a plan is about: its own, or all that were sent before it."""
    if bill:
        yield bill
        return
    for one in docket.ledger.invoices:
        if one.amount.currency == currency and (one.issued, one.seq) < (plan.day, plan.seq):
            yield one


def _came(docket: Docket, plan: Entry, currency: str, bill: Invoice | None) -> Iterator[_Came]:
    """Yield what has come since a plan: on its bill, or on all that was billed before it."""
    since = plan.day, plan.seq
    books = docket.ledger
    paid = {one.seq: one for one in books.payments if (one.day, one.seq) > since}
    for one in _bills(docket, plan, currency, bill):
        yield from ((p.day, p.seq, p.amount) for p in one.settlements if p.seq in paid)
        off = [r for r in one.reductions if (r.day, r.seq) > since]
        yield from ((r.day, r.seq, r.amount.amount) for r in off)
    for payment in paid.values() if bill is None else ():
        if payment.amount.currency == currency:
            yield payment.day, payment.seq, sum(payment.charges.values(), Decimal(0))


def _sum(amounts: Iterator[Money], currency: str) -> Money:
    return Money(sum((one.amount for one in amounts), Decimal(0)), currency)
