"""What was agreed to be paid in parts: which are due, what has come of each, what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    code = data.currency
    came = list(_came(docket, entry, code, bill))
    left = sum((amount for _, _, amount in came), Decimal(0))
    full: list[date | None] = []
    had: list[Decimal] = []
    before = Decimal(0)
    for part in data.parts:
        before += part.amount
        by = come_to(before, came)
        full.append(by[0] if by else None)
        had.append(min(max(left, Decimal(0)), part.amount))
        left -= part.amount
    missing = [part.amount - some for part, some in zip(data.parts, had, strict=True)]
    rows = zip(data.parts, had, _still_owed(docket, entry, code, bill, missing), full, strict=True)
    parts = [
        Instalment(part.due, Money(part.amount, code), Money(some, code), Money(open_, code), on)
        for part, some, open_, on in rows
    ]
    return InstalmentPlan(entry.seq, entry.day, bill.number if bill else "", code, tuple(parts))


def _still_owed(
    docket: Docket, plan: Entry, currency: str, bill: Invoice | None, missing: Sequence[Decimal]
) -> list[Decimal]:
    """Return what is open of each part of which so much is missing: together what is owed at most.

    A bill may be paid by what is no part of its plan, such as money of an earlier day.
    """
    left = sum(missing, Decimal(0))
    owed = sum((one.balance.amount for one in _bills(docket, plan, currency, bill)), Decimal(0))
    if bill is None and left > owed:
        beside = claims(docket, currency)
        owed += (beside.beside - beside.beside_paid).amount
    found = []
    for amount in missing:
        found.append(min(amount, max(owed, Decimal(0))))
        owed -= amount
    return found


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
