"""What was billed, what was paid, and how late: one payment may settle several invoices."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import get_args

from store.entries import ChargeHead, Entry, InvoiceData, PaymentData
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
    """Money that came in: what of it went to interest, fixed sums and costs, and to nothing yet."""

    seq: int
    day: date
    amount: Money
    unallocated: Money
    charges: Mapping[ChargeHead, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """All invoices by due date, and all payments by day."""

    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def lumps(self) -> list[int]:
        """The payments that went to several invoices each, by number (advice 103)."""
        parts = Counter(seq for bill in self.invoices for seq in {p.seq for p in bill.settlements})
        return [payment.seq for payment in self.payments if parts[payment.seq] > 1]

    def overdue(self, today: date) -> list[Invoice]:
        """Invoices that are owed after their due date, oldest first."""
        return [invoice for invoice in self.invoices if invoice.overdue(today)]

    def open(self) -> list[Invoice]:
        """Invoices of which some is owed, oldest first."""
        return [invoice for invoice in self.invoices if invoice.settled_on is None]

    @cached_property
    def numbers(self) -> Mapping[int, str]:
        """The number of each invoice by that of its entry."""
        return {one.seq: one.number for one in self.invoices}

    def find(self, number: str) -> Invoice | None:
        """Return the invoice with that number, whatever the case."""
        wanted = number.casefold()
        return next((i for i in self.invoices if i.number.casefold() == wanted), None)


Accrued = Callable[[Iterable[Invoice], str, date], Mapping[ChargeHead, Decimal]]
"""Returns what lateness has added to invoices of one currency by a day, head by head, in all."""


def ledger(
    entries: Sequence[Entry],
    accrued: Accrued = lambda *_: {},
    coming: Callable[[], Container[str]] = frozenset,
) -> Ledger:
    """Build the ledger, day by day, so that no later bill changes what a payment settled.

    A payment settles what it names, then the invoices billed by its day, the one due first before
    the others; what names no invoice then settles costs, interest and fixed sums as `accrued` by
    then; what is left waits for the next invoice. Only what is in the payment's own currency is
    settled by it. What names an invoice that is `coming` on a later day waits for that one.
    """
    books = _Books(entries, accrued, coming)
    for day in sorted({*books.billed_on, *books.paid_on}):
        books.pass_day(day)
    payments = [paid for day in sorted(books.paid_on) for paid in books.paid_on[day]]
    return Ledger(tuple(books.invoices), tuple(paid.told() for paid in payments))


class _Incoming:
    """A payment while it is being set against what is owed."""

    def __init__(self, entry: Entry, data: PaymentData) -> None:
        self.entry = entry
        self.data = data
        self.left = data.amount
        self.charges: defaultdict[ChargeHead, Decimal] = defaultdict(Decimal)
        self.waiting: dict[str, Decimal] = {}

    @property
    def free(self) -> Decimal:
        """What of it waits for no invoice that it names."""
        return max(self.left - sum(self.waiting.values(), Decimal(0)), Decimal(0))

    @property
    def unnamed(self) -> Decimal:
        """What of it is for no invoice by name: the rest is never taken for anything but bills."""
        named = sum((part.amount for part in self.data.for_invoices), Decimal(0))
        return self.data.amount - named - sum(self.charges.values(), Decimal(0))

    def settle(self, invoice: Invoice, most: Decimal, day: date) -> None:
        """Set it against an invoice, up to `most` of it, at the end of `day`.

        An invoice that came after it was paid beforehand. One that was there settles on the day the
        money was free, which is later where it had waited for an invoice that asked for less.
        """
        amount = min(most, self.left, invoice.balance.amount)
        if amount > 0:
            paid_on = self.entry.day if invoice.issued == day else day
            invoice.settlements.append(Settlement(self.entry.seq, paid_on, amount))
            self.left -= amount

    def told(self) -> Payment:
        """Return it once all is settled that can be."""
        currency = self.data.currency
        whole, left = Money(self.data.amount, currency), Money(self.left, currency)
        return Payment(self.entry.seq, self.entry.day, whole, left, dict(self.charges))


class _Books:
    """The state of all accounts of a docket at the end of a day."""

    def __init__(
        self, entries: Sequence[Entry], accrued: Accrued, coming: Callable[[], Container[str]]
    ) -> None:
        self.accrued = accrued
        self.coming = coming
        self.invoices = sorted(_invoices(entries), key=lambda one: (one.due, one.seq))
        self.numbered: dict[str, Invoice] = {}
        self.billed_on: defaultdict[date, list[Invoice]] = defaultdict(list)
        for invoice in self.invoices:
            self.numbered.setdefault(invoice.number.casefold(), invoice)
            self.billed_on[invoice.issued].append(invoice)
        self.paid_on: defaultdict[date, list[_Incoming]] = defaultdict(list)
        for entry in sorted(entries, key=lambda one: one.seq):
            if isinstance(entry.data, PaymentData):
                self.paid_on[entry.day].append(_Incoming(entry, entry.data))
        self.running: defaultdict[str, list[Invoice]] = defaultdict(list)
        self.unsettled: defaultdict[str, list[Invoice]] = defaultdict(list)
        self.credit: defaultdict[str, list[_Incoming]] = defaultdict(list)
        self.charged: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self.closed: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self.owed: dict[str, Mapping[ChargeHead, Decimal]] = {}

    def pass_day(self, day: date) -> None:
        """Bill what is billed on `day`, to which earlier credit goes; then take what comes in."""
        self.owed.clear()
        for invoice in self.billed_on.get(day, ()):
            currency = invoice.amount.currency
            self.running[currency].append(invoice)
            insort(self.unsettled[currency], invoice, key=lambda one: (one.due, one.seq))
        for currency in {one.amount.currency for one in self.billed_on.get(day, ())}:
            self._draw_on_credit(currency, day)
        incoming = self.paid_on.get(day, ())
        for paid in incoming:
            self._settle_named(paid, day)
        for paid in incoming:
            self._settle_oldest(paid, day)
            self._settle_charges(paid, day)
            if paid.left > 0:
                self.credit[paid.data.currency].append(paid)

    def _draw_on_credit(self, currency: str, day: date) -> None:
        for paid in self.credit[currency]:
            for number, amount in list(paid.waiting.items()):
                invoice = self.numbered.get(number)
                if invoice and invoice.issued <= day:
                    paid.settle(invoice, amount, day)
                    del paid.waiting[number]
        for paid in self.credit[currency]:
            self._settle_oldest(paid, day)
        self.credit[currency] = [paid for paid in self.credit[currency] if paid.left > 0]

    def _settle_named(self, paid: _Incoming, day: date) -> None:
        currency = paid.data.currency
        for part in paid.data.for_invoices:
            number = part.invoice.casefold()
            invoice = self.numbered.get(number)
            if invoice is None:
                if number in self.coming():
                    paid.waiting[number] = part.amount
            elif invoice.amount.currency == currency and invoice.issued <= day:
                paid.settle(invoice, part.amount, day)
            elif invoice.amount.currency == currency:
                paid.waiting[number] = part.amount
        for charge in paid.data.for_charges or ():
            self._charge(paid, charge.head, charge.amount, day)

    def _settle_oldest(self, paid: _Incoming, day: date) -> None:
        unsettled = self.unsettled[paid.data.currency]
        while paid.free > 0 and unsettled:
            paid.settle(unsettled[0], paid.free, day)
            if unsettled[0].balance.amount <= 0:
                unsettled.pop(0)

    def _settle_charges(self, paid: _Incoming, day: date) -> None:
        for head in get_args(ChargeHead):
            self._charge(paid, head, min(paid.free, paid.unnamed), day)

    def _charge(self, paid: _Incoming, head: ChargeHead, most: Decimal, day: date) -> None:
        if most <= 0:
            return
        currency = paid.data.currency
        owed = self._owed(currency, day).get(head, Decimal(0))
        amount = min(most, paid.left, owed - self.charged[currency, head])
        if amount > 0:
            paid.charges[head] += amount
            paid.left -= amount
            self.charged[currency, head] += amount

    def _owed(self, currency: str, day: date) -> Mapping[ChargeHead, Decimal]:
        """Return what lateness has added by `day`, worked out once: its payments alter none of it.

        An invoice that was settled before adds the same ever after; only costs are of no invoice.
        """
        if currency not in self.owed:
            billed = self.running[currency]
            done = [one for one in billed if (one.settled_on or day) < day]
            self.running[currency] = [one for one in billed if (one.settled_on or day) >= day]
            for head, amount in self.accrued(done, currency, day).items() if done else ():
                self.closed[currency, head] += amount if head != "cost" else Decimal(0)
            accrued = self.accrued(self.running[currency], currency, day)
            self.owed[currency] = {
                head: amount + self.closed[currency, head] for head, amount in accrued.items()
            }
        return self.owed[currency]


def _invoices(entries: Sequence[Entry]) -> Iterator[Invoice]:
    for entry in entries:
        if isinstance(entry.data, InvoiceData):
            bill = entry.data
            amount = Money(bill.amount, bill.currency)
            yield Invoice(entry.seq, bill.number, amount, entry.day, bill.due)
