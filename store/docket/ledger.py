"""What was billed, what was taken off, paid and given back, and how late: one client's accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from store.entries import ChargeHead
from store.money import Money

LET_GO = "write-off"
"""The kind of reduction that was owed until its day; what was credited never was."""
EARLY_PAID = "early-discount"
"""The kind of reduction that a bill itself offers to whoever pays by a day."""
_DISCOUNTS = (EARLY_PAID, "discount")


@dataclass(frozen=True, slots=True)
class Settlement:
    """The part of a payment that went to one invoice; below zero, what of it was taken off again.

    It is where the payment was returned, or where a credit note made it more than is asked.
    """

    seq: int
    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Reduction:
    """What an invoice asks for less by a credit note, a discount or a write-off: its `kind`.

    `number` is that of the paper, empty where there is none. It is below zero where a discount for
    paying early has lapsed, since the payment was taken back.
    """

    seq: int
    day: date
    amount: Money
    kind: str
    number: str
    invoice: str


@dataclass(frozen=True, slots=True)
class Early:
    """So many per cent may be taken off a bill of which the rest is paid by a day."""

    percent: Decimal
    until: date


@dataclass(slots=True)
class Invoice:
    """A bill, what was taken off it and what came in; days late are negative when paid early."""

    seq: int
    number: str
    amount: Money
    issued: date
    due: date
    settlements: list[Settlement] = field(default_factory=list)
    reductions: list[Reduction] = field(default_factory=list)
    early: Early | None = None

    @property
    def reduced(self) -> Money:
        """What was taken off it."""
        total = sum((one.amount.amount for one in self.reductions), Decimal(0))
        return Money(total, self.amount.currency)

    @property
    def let_go(self) -> bool:
        """Whether some of that was let go of, and so was owed until then."""
        return any(one.kind == LET_GO for one in self.reductions)

    @property
    def asked(self) -> Money:
        """What it asks for, less what was taken off it."""
        return self.amount - self.reduced if self.reductions else self.amount

    @property
    def paid(self) -> Money:
        """What has come in for it."""
        total = sum((part.amount for part in self.settlements), Decimal(0))
        return Money(total, self.amount.currency)

    @property
    def balance(self) -> Money:
        """What is still owed."""
        return self.asked - self.paid

    def taken(self, *kinds: str) -> Decimal:
        """Return what was taken off it by reductions of these kinds."""
        found = (one.amount.amount for one in self.reductions if one.kind in kinds)
        return sum(found, Decimal(0))

    @property
    def discount(self) -> Decimal:
        """What may be taken off it for paying early, by its own terms, and was not taken yet."""
        if self.early is None:
            return Decimal(0)
        whole = (self.amount.amount - self.taken("credit")) * self.early.percent / 100
        rounded = Money(whole, self.amount.currency).rounded()
        return max(rounded - self.taken(*_DISCOUNTS), Decimal(0))

    @property
    def evidence(self) -> tuple[int, ...]:
        """The entries that say so: its own, then those of what was taken off and what came in."""
        off, paid = (one.seq for one in self.reductions), (one.seq for one in self.settlements)
        return tuple(dict.fromkeys((self.seq, *off, *paid)))

    @property
    def done(self) -> str:
        """How nothing was left of it, in a word; empty while some is owed."""
        if self.balance.amount > 0:
            return ""
        if self.paid.amount > 0 or not self.reductions:
            return "paid"
        return "let go of" if self.reductions[-1].kind == LET_GO else "credited"

    @property
    def settled_by(self) -> tuple[date, int] | None:
        """The day and the entry with which nothing was left of it; None while some is owed.

        What was let go was owed until then; what was credited never was, so that an invoice that
        was credited in full was settled by its due date.
        """
        if self.balance.amount > 0:
            return None
        if not self.reductions and all(one.amount > 0 for one in self.settlements):
            return max(
                ((one.day, one.seq) for one in self.settlements), default=(self.due, self.seq)
            )
        gone = [one for one in self.reductions if one.kind == LET_GO]
        parts = [(one.day, one.seq, one.amount) for one in self.settlements]
        parts += [(one.day, one.seq, one.amount.amount) for one in gone]
        let_go = sum((one.amount.amount for one in gone), Decimal(0))
        return come_to(self.asked.amount + let_go, parts) or (self.due, self.seq)

    @property
    def settled_on(self) -> date | None:
        """The day the last of it came in or was let go, or None while some is owed."""
        by = self.settled_by
        return by[0] if by else None

    def days_late(self, today: date) -> int:
        """Days from the due date to the day it was settled, or to `today` while it is open."""
        return ((self.settled_on or today) - self.due).days

    def overdue(self, today: date) -> bool:
        """Whether some of it is owed after its due date."""
        return self.settled_on is None and today > self.due

    def charged_late(self, today: date) -> bool:
        """Whether what it still asks for came in after the due date, or is owed after it.

        Nothing is claimed for the lateness of what was credited or let go.
        """
        if self.asked.amount <= 0:
            return False
        parts = [(one.day, one.seq, one.amount) for one in self.settlements]
        by = None if self.balance.amount > 0 else come_to(self.asked.amount, parts)
        return (by[0] if by else today) > self.due


def come_to(whole: Decimal, parts: Iterable[tuple[date, int, Decimal]]) -> tuple[date, int] | None:
    """Return the day and the entry from which on `parts` come to `whole`; None where none do."""
    by: tuple[date, int] | None = None
    days: dict[date, tuple[int, Decimal]] = {}
    for day, seq, amount in parts:
        before = days.get(day, (0, Decimal(0)))
        days[day] = max(before[0], seq), before[1] + amount
    come = Decimal(0)
    for day in sorted(days):
        come += days[day][1]
        if come < whole:
            by = None
        elif by is None:
            by = day, days[day][0]
    return by if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in: what of it went to interest, fixed sums and costs, and to nothing yet.

    `unallocated` is in the client's favour; what was given back of it is none of it.
    """

    seq: int
    day: date
    amount: Money
    unallocated: Money
    charges: Mapping[ChargeHead, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Money that went back: a refund, or a payment that was returned, by its `kind`.

    `beyond` is what of a refund was more than was in the client's favour: they hold it.
    """

    seq: int
    day: date
    amount: Money
    kind: str
    number: str
    beyond: Money


@dataclass(frozen=True)
class Ledger:
    """All invoices by due date, all payments and what went back by day."""

    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()
    given_back: tuple[MoneyBack, ...] = ()

    def received(self, since: date = date.min, until: date = date.max) -> list[Money]:
        """Return what came in from one day to another less what went back, where some is left."""
        came: dict[str, Decimal] = {}
        for sign, moved in ((1, self.payments), (-1, self.given_back)):
            for one in moved:
                if since <= one.day <= until:
                    code = one.amount.currency
                    came[code] = came.get(code, Decimal(0)) + sign * one.amount.amount
        return [Money(amount, code) for code, amount in sorted(came.items()) if amount > 0]

    def favour(self, currency: str) -> Money:
        """Return what was received in `currency` beyond all that was billed, and not given back."""
        paid = (p.unallocated.amount for p in self.payments if p.amount.currency == currency)
        beyond = (b.beyond.amount for b in self.given_back if b.amount.currency == currency)
        return Money(sum(paid, Decimal(0)) - sum(beyond, Decimal(0)), currency)

    def sent_back(self, payment: Payment) -> Money:
        """Return what of a payment went back: it is set against nothing, and waits for nothing."""
        charged = sum(payment.charges.values(), payment.unallocated.amount)
        used = charged + self._settled.get(payment.seq, Decimal(0))
        return Money(payment.amount.amount - used, payment.amount.currency)

    @cached_property
    def _settled(self) -> dict[int, Decimal]:
        """What each payment has settled of bills, by its number."""
        found: dict[int, Decimal] = {}
        for bill in self.invoices:
            for part in bill.settlements:
                found[part.seq] = found.get(part.seq, Decimal(0)) + part.amount
        return found

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
        return self._by_number.get(number.casefold())

    @cached_property
    def _by_number(self) -> dict[str, Invoice]:
        return {one.number.casefold(): one for one in reversed(self.invoices)}
