"""What was billed, what was paid, and how late: one payment may settle several invoices."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from store.entries import Entry, InvoiceData, PaymentData
from store.money import Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """The part of a payment that went to one invoice."""

    seq: int
    day: date
    amount: Decimal


@dataclass(slots=True)
class Invoice:
    """A bill and what came in for it; days late are negative when it was paid early."""

    seq: int
    number: str
    amount: Money
    issued: date
    due: date
    settlements: list[Settlement] = field(default_factory=list)

    @property
    def paid(self) -> Money:
        """What has come in for it."""
        total = sum((part.amount for part in self.settlements), Decimal(0))
        return Money(total, self.amount.currency)

    @property
    def balance(self) -> Money:
        """What is still owed."""
        return self.amount - self.paid

    @property
    def settled_on(self) -> date | None:
        """The day the last of it came in, or None while some is owed."""
        if self.balance.amount > 0:
            return None
        return max((part.day for part in self.settlements), default=self.due)

    def days_late(self, today: date) -> int:
        """Days from the due date to the day it was settled, or to `today` while it is open."""
        return ((self.settled_on or today) - self.due).days

    def overdue(self, today: date) -> bool:
        """Whether some of it is owed after its due date."""
        return self.settled_on is None and today > self.due


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in, and what of it no invoice has claimed."""

    seq: int
    day: date
    amount: Money
    unallocated: Money


@dataclass(frozen=True, slots=True)
class Ledger:
    """All invoices by due date, and all payments by day."""

    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()

    def overdue(self, today: date) -> list[Invoice]:
        """Invoices that are owed after their due date, oldest first."""
        return [invoice for invoice in self.invoices if invoice.overdue(today)]

    def open(self) -> list[Invoice]:
        """Invoices of which some is owed, oldest first."""
        return [invoice for invoice in self.invoices if invoice.settled_on is None]

    def find(self, number: str) -> Invoice | None:
        """Return the invoice with that number, whatever the case."""
        wanted = number.casefold()
        return next((i for i in self.invoices if i.number.casefold() == wanted), None)


def ledger(entries: Sequence[Entry]) -> Ledger:
    """Build the ledger: payments go where they say, what is left to the oldest open invoice.

    Only invoices in the payment's own currency are settled by it (SEEDS row 45).
    """
    invoices = [
        Invoice(
            seq=entry.seq,
            number=entry.data.number,
            amount=Money(entry.data.amount, entry.data.currency),
            issued=entry.day,
            due=entry.data.due,
        )
        for entry in entries
        if isinstance(entry.data, InvoiceData)
    ]
    invoices.sort(key=lambda invoice: (invoice.due, invoice.seq))
    numbered: dict[str, Invoice] = {}
    unsettled: defaultdict[str, deque[Invoice]] = defaultdict(deque)
    for invoice in invoices:
        numbered.setdefault(invoice.number.casefold(), invoice)
        unsettled[invoice.amount.currency].append(invoice)
    incoming = sorted(
        (entry for entry in entries if isinstance(entry.data, PaymentData)),
        key=lambda entry: (entry.day, entry.seq),
    )
    left = {entry.seq: _as_told(entry, numbered) for entry in incoming}
    payments = [_oldest_first(entry, left[entry.seq], unsettled) for entry in incoming]
    return Ledger(tuple(invoices), tuple(payments))


def _as_told(entry: Entry, numbered: Mapping[str, Invoice]) -> Money:
    """Settle the invoices a payment names; return what is left of it."""
    assert isinstance(entry.data, PaymentData)
    left = Money(entry.data.amount, entry.data.currency)
    for part in entry.data.for_invoices:
        invoice = numbered.get(part.invoice.casefold())
        if invoice and invoice.amount.currency == left.currency:
            left = _settle(entry, invoice, Money(part.amount, left.currency), left)
    return left


def _oldest_first(entry: Entry, left: Money, unsettled: Mapping[str, deque[Invoice]]) -> Payment:
    """Settle the oldest invoices in its currency, which leave `unsettled` once they are paid."""
    assert isinstance(entry.data, PaymentData)
    invoices = unsettled[left.currency]
    while left.amount > 0 and invoices:
        left = _settle(entry, invoices[0], left, left)
        if invoices[0].balance.amount <= 0:
            invoices.popleft()
    whole = Money(entry.data.amount, entry.data.currency)
    return Payment(entry.seq, entry.day, whole, left)


def _settle(entry: Entry, invoice: Invoice, offered: Money, left: Money) -> Money:
    amount = min(offered.amount, left.amount, invoice.balance.amount)
    if amount <= 0:
        return left
    invoice.settlements.append(Settlement(entry.seq, entry.day, amount))
    return left - Money(amount, left.currency)
