"""One currency's account: what was charged and paid line by line, what is open, and how old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.docket import Docket
from store.docket.ledger import Invoice, MoneyBack, Payment, Reduction

AGES: tuple[tuple[str, int | None], ...] = (
    ("not late", 0),
    ("1-30 days", 30),
    ("31-60 days", 60),
    ("61-90 days", 90),
    ("over 90 days", None),
)
"""The columns of the ageing, each up to and with so many days late."""


Booked = Invoice | Payment | Reduction | MoneyBack


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What was billed, taken off, paid or given back on its day, and the balance after it."""

    day: date
    item: Booked
    balance: Decimal

    @property
    def adds(self) -> bool:
        """Whether it adds to what is owed: an invoice, money that went back, a lapsed discount."""
        return isinstance(self.item, Invoice | MoneyBack) or self.item.amount.amount < 0

    @property
    def charge(self) -> Decimal:
        """What it adds to what is owed."""
        return abs(self.item.amount.amount) if self.adds else Decimal(0)

    @property
    def payment(self) -> Decimal:
        """What it takes off what is owed."""
        return Decimal(0) if self.adds else self.item.amount.amount


@dataclass(frozen=True, slots=True)
class Account:
    """The account in one currency from `since` (None: the start) to `until`, both included.

    `ageing` has one sum for each of AGES; `charges_paid` is what was paid on costs, interest and
    fixed sums, `credit` what is in the client's favour, below zero where more was given back than
    that; `began` is the day of the very first line. Ageing less both is the closing balance.
    """

    currency: str
    since: date | None
    until: date
    opening: Decimal
    lines: tuple[AccountLine, ...]
    invoices: tuple[Invoice, ...]
    ageing: tuple[Decimal, ...]
    charges_paid: Decimal
    credit: Decimal
    began: date | None

    @property
    def closing(self) -> Decimal:
        """What is owed in the end: opening plus charges less payments and credits."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def billed(self) -> Decimal:
        """What the invoices of the period come to."""
        return self._of(Invoice)

    @property
    def credited(self) -> Decimal:
        """What was taken off invoices in the period."""
        return self._of(Reduction)

    @property
    def received(self) -> Decimal:
        """What came in in the period, less what went back."""
        return self._of(Payment) - self._of(MoneyBack)

    def _of(self, kind: type[Booked]) -> Decimal:
        found = (one.item.amount.amount for one in self.lines if isinstance(one.item, kind))
        return sum(found, Decimal(0))

    @property
    def charged(self) -> Decimal:
        """The charges of the period."""
        return sum((line.charge for line in self.lines), Decimal(0))

    @property
    def paid(self) -> Decimal:
        """The payments and credits of the period."""
        return sum((line.payment for line in self.lines), Decimal(0))

    @property
    def not_yet_due(self) -> Decimal:
        """What is owed and due on a later day."""
        later = (i.balance.amount for i in self.invoices if i.due > self.until)
        return sum(later, Decimal(0))

    @property
    def listed(self) -> list[Invoice]:
        """The invoices that are open, or that the period has seen issued or paid."""
        return [one for one in self.invoices if one.balance.amount > 0 or self._moved(one)]

    def _moved(self, invoice: Invoice) -> bool:
        days = [invoice.issued, *(part.day for part in invoice.settlements)]
        days += [one.day for one in invoice.reductions]
        return self.since is None or max(days) >= self.since


def account(docket: Docket, currency: str, since: date | None = None) -> Account:
    """Return the account in `currency` as of the docket's day; `since` begins the period."""
    books = docket.ledger
    invoices = tuple(i for i in books.invoices if i.amount.currency == currency)
    payments = [p for p in books.payments if p.amount.currency == currency]
    reductions = [one for invoice in invoices for one in invoice.reductions]
    back = [one for one in books.given_back if one.amount.currency == currency]
    lines = tuple(_running([*invoices, *payments, *back, *reductions]))
    before = [line for line in lines if since is not None and line.day < since]
    ages = [Decimal(0)] * len(AGES)
    for invoice in invoices:
        ages[age_of(invoice.days_late(docket.today))] += invoice.balance.amount
    return Account(
        currency=currency,
        since=since,
        until=docket.today,
        opening=before[-1].balance if before else Decimal(0),
        lines=lines[len(before) :],
        invoices=invoices,
        ageing=tuple(ages),
        charges_paid=sum((sum(p.charges.values(), Decimal(0)) for p in payments), Decimal(0)),
        credit=books.favour(currency).amount,
        began=lines[0].day if lines else None,
    )


def _running(items: list[Booked]) -> Iterator[AccountLine]:
    dated = [(one.issued if isinstance(one, Invoice) else one.day, one) for one in items]
    balance = Decimal(0)
    for day, item in sorted(dated, key=lambda one: (one[0], one[1].seq)):
        balance += item.amount.amount * (1 if isinstance(item, Invoice | MoneyBack) else -1)
        yield AccountLine(day, item, balance)


def age_of(days: int) -> int:
    """Return which of AGES an invoice is of that is so many days late."""
    return next(n for n, (_, most) in enumerate(AGES) if most is None or days <= most)
