"""The books of a client, day by day: one payment may settle several invoices.

No later bill changes what a payment settled; a credit note or a returned payment frees it again.
A bill's own discount for paying early is taken at the end of the day on which the rest had come.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import get_args

from store.docket.ledger import (
    EARLY_PAID,
    Early,
    Invoice,
    Ledger,
    MoneyBack,
    Payment,
    Reduction,
    Settlement,
)
from store.entries import ChargeHead, CreditData, Entry, InvoiceData, MoneyBackData, PaymentData
from store.money import Money

Accrued = Callable[[Iterable[Invoice], str, date], Mapping[ChargeHead, Decimal]]
"""Returns what lateness has added to invoices of one currency by a day, head by head, in all."""


Coming = Callable[[], Container[tuple[str, str]]]
"""Returns the numbers of invoices of later days, each with its currency."""


def ledger(
    entries: Sequence[Entry],
    accrued: Accrued = lambda *_: {},
    coming: Coming = frozenset,
) -> Ledger:
    """Build the ledger, day by day, so that no later bill changes what a payment settled.

    What is taken off a bill comes first on its day. A payment settles what it names, then the
    invoices billed by its day, the one due first before the others; what names no invoice then
    settles costs, interest and fixed sums as `accrued` by then; what is left is in the client's
    favour and waits for the next invoice. A payment that is returned is taken from what is left of
    it, then from what it settled last; a refund from what is in the client's favour, the latest
    money first, then from what such money has settled since it came, the last of it first. All of
    it in one currency. What names an invoice that is `coming` on a later day waits for that one.
    """
    books = _Books(entries, accrued, coming)
    for day in books.days:
        books.pass_day(day)
    payments = [paid for day in sorted(books.paid_on) for paid in books.paid_on[day]]
    return Ledger(
        tuple(books.invoices),
        tuple(paid.told() for paid in payments),
        tuple(back.told() for day in sorted(books.back_on) for back in books.back_on[day]),
    )


class _Incoming:
    """A payment while it is being set against what is owed."""

    def __init__(self, entry: Entry, data: PaymentData) -> None:
        self.entry = entry
        self.data = data
        self.left = data.settles
        self.charges: defaultdict[ChargeHead, Decimal] = defaultdict(Decimal)
        self.waiting: dict[str, Decimal] = {}
        self.applied: list[tuple[Invoice | ChargeHead, Decimal]] = []

    @property
    def free(self) -> Decimal:
        """What of it waits for no invoice that it names."""
        return max(self.left - sum(self.waiting.values(), Decimal(0)), Decimal(0))

    @property
    def unnamed(self) -> Decimal:
        """What of it is for no invoice by name: the rest is never taken for anything but bills."""
        named = sum((part.amount for part in self.data.for_invoices), Decimal(0))
        return self.data.settles - named - sum(self.charges.values(), Decimal(0))

    def settle(self, invoice: Invoice, most: Decimal, day: date) -> Decimal:
        """Set it against an invoice, up to `most` of it, at the end of `day`; return how much.

        An invoice that came after it was paid beforehand. One that was there settles on the day the
        money was free, which is later where it had waited for an invoice that asked for less.
        """
        amount = min(most, self.left, invoice.balance.amount)
        if amount > 0:
            paid_on = self.entry.day if invoice.issued == day else day
            invoice.settlements.append(Settlement(self.entry.seq, paid_on, amount))
            self.applied.append((invoice, amount))
            self.left -= amount
        return max(amount, Decimal(0))

    def free_from(self, invoice: Invoice, most: Decimal, day: date) -> None:
        """Take off an invoice again what it had of this, up to `most`."""
        had = sum((amount for what, amount in self.applied if what is invoice), Decimal(0))
        amount = min(most, had)
        if amount > 0:
            invoice.settlements.append(Settlement(self.entry.seq, day, -amount))
            self.applied.append((invoice, -amount))
            self.left += amount

    def told(self) -> Payment:
        """Return it once all is settled that can be."""
        currency = self.data.currency
        whole, left = Money(self.data.settles, currency), Money(self.left, currency)
        charges = {head: amount for head, amount in self.charges.items() if amount}
        return Payment(self.entry.seq, self.entry.day, whole, left, charges)


class _Outgoing:
    """Money that went back, while it is taken from what had come in."""

    def __init__(self, entry: Entry, data: MoneyBackData, of: _Incoming | None) -> None:
        self.entry = entry
        self.of = of
        self.amount = min(data.amount, of.data.settles) if of else data.amount
        self.currency = data.currency
        self.number = data.number or ""
        self.left = self.amount

    @property
    def day(self) -> date:
        """The day it went back, and never before it came in."""
        return max(self.entry.day, self.of.entry.day) if self.of else self.entry.day

    def take(self, paid: _Incoming) -> None:
        """Take it from what of a payment settles nothing."""
        amount = min(self.left, paid.left)
        paid.left -= amount
        self.left -= amount

    def told(self) -> MoneyBack:
        """Return it once it is taken from all that there was."""
        return MoneyBack(
            self.entry.seq,
            self.day,
            Money(self.amount, self.currency),
            self.entry.kind,
            self.number,
            Money(self.left, self.currency),
        )


class _Charges:
    """What lateness has added to what was billed, and what was paid on that."""

    def __init__(self, accrued: Accrued) -> None:
        self.accrued = accrued
        self.billed: defaultdict[str, list[Invoice]] = defaultdict(list)
        self.running: defaultdict[str, list[Invoice]] = defaultdict(list)
        self.paid: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self.closed: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self.owed: dict[str, Mapping[ChargeHead, Decimal]] = {}

    def bill(self, invoice: Invoice) -> None:
        """Take in a new invoice."""
        self.billed[invoice.amount.currency].append(invoice)
        self.running[invoice.amount.currency].append(invoice)

    def reopen(self, currency: str) -> None:
        """Reckon all invoices of a currency anew: what one asks for, or got, has changed."""
        self.running[currency] = list(self.billed[currency])
        for head in get_args(ChargeHead):
            self.closed[currency, head] = Decimal(0)
        self.owed.pop(currency, None)

    def pay(self, currency: str, head: ChargeHead, most: Decimal, day: date) -> Decimal:
        """Pay up to `most` on what one head has come to by `day`; return how much."""
        owed = self._owed(currency, day).get(head, Decimal(0))
        amount = max(min(most, owed - self.paid[currency, head]), Decimal(0))
        self.paid[currency, head] += amount
        return amount

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


class _Books:
    """The state of all accounts of a docket at the end of a day."""

    def __init__(
        self,
        entries: Sequence[Entry],
        accrued: Accrued,
        coming: Coming,
    ) -> None:
        self.coming = coming
        self.charges = _Charges(accrued)
        self.invoices = sorted(_invoices(entries), key=lambda one: (one.due, one.seq))
        self.numbered: dict[str, Invoice] = {}
        self.billed_on: defaultdict[date, list[Invoice]] = defaultdict(list)
        for invoice in self.invoices:
            self.numbered.setdefault(invoice.number.casefold(), invoice)
            self.billed_on[invoice.issued].append(invoice)
        self.payments: dict[int, _Incoming] = {}
        self.paid_on: defaultdict[date, list[_Incoming]] = defaultdict(list)
        self.cut_on: defaultdict[date, list[tuple[Entry, CreditData, Invoice]]] = defaultdict(list)
        self.back_on: defaultdict[date, list[_Outgoing]] = defaultdict(list)
        for entry in sorted(entries, key=lambda one: one.seq):
            self._read(entry)
        self.unsettled: defaultdict[str, list[Invoice]] = defaultdict(list)
        self.credit: defaultdict[str, list[_Incoming]] = defaultdict(list)
        self.drawn: defaultdict[str, list[tuple[_Incoming, Invoice, Decimal]]] = defaultdict(list)
        self.going: list[_Outgoing] = []
        self.offering: list[Invoice] = []

    def _read(self, entry: Entry) -> None:
        """Take in an entry for its day; what is about something withdrawn says nothing."""
        if isinstance(entry.data, PaymentData):
            self.payments[entry.seq] = _Incoming(entry, entry.data)
            self.paid_on[entry.day].append(self.payments[entry.seq])
        elif isinstance(entry.data, CreditData):
            invoice = self.numbered.get(entry.data.of_invoice.casefold())
            if invoice and invoice.amount.currency == entry.data.currency:
                day = max(entry.day, invoice.issued)
                self.cut_on[day].append((entry, entry.data, invoice))
        elif isinstance(entry.data, MoneyBackData):
            link = entry.followed
            of = self.payments.get(link.seq) if link else None
            if link is None or (of and of.data.currency == entry.data.currency):
                back = _Outgoing(entry, entry.data, of)
                self.back_on[back.day].append(back)

    @property
    def days(self) -> list[date]:
        """The days on which something is booked."""
        return sorted({*self.billed_on, *self.paid_on, *self.cut_on, *self.back_on})

    def pass_day(self, day: date) -> None:
        """Bill what is billed on `day` and take off what is taken off; then take what comes in.

        Money that goes back is taken first from what was there, then from what came in.
        """
        self.charges.owed.clear()
        going = self.back_on.get(day, ())
        cut = self.cut_on.get(day, ())
        touched = {back.currency for back in going} | {data.currency for _, data, _ in cut}
        for invoice in self.billed_on.get(day, ()):
            self.charges.bill(invoice)
            self.offering += [invoice] if invoice.early else []
            insort(self.unsettled[invoice.amount.currency], invoice, key=_by_due)
            touched.add(invoice.amount.currency)
        for entry, data, invoice in cut:
            self._reduce(entry, data, invoice, day)
        self.going += going
        self._give_back(day, came=False)
        for currency in touched:
            self._draw_on_credit(currency, day)
        self._take_in(day)
        self._give_back(day, came=True)
        for currency in {back.currency for back in going}:
            self._draw_on_credit(currency, day)
        self._take_early(day)

    def _take_in(self, day: date) -> None:
        incoming = self.paid_on.get(day, ())
        for paid in incoming:
            self._settle_named(paid, day)
        for paid in incoming:
            self._settle_oldest(paid, day)
            self._settle_charges(paid, day)
            self._hold(paid)

    def _reduce(self, entry: Entry, data: CreditData, invoice: Invoice, day: date) -> None:
        """Take off an invoice what it still asks for at the most; free what is paid too much."""
        amount = min(data.amount, invoice.asked.amount)
        if entry.kind == "discount":  # it says again what the bill itself has offered
            amount = min(data.amount - invoice.taken(EARLY_PAID), amount)
        if amount > 0:
            self._take_off(invoice, entry.seq, day, amount, entry.kind, data.number or "")

    def _take_early(self, day: date) -> None:
        """Take off what bills offer whoever pays by a day, where all the rest had come by then."""
        self.offering = [one for one in self.offering if one.early and one.early.until >= day]
        for invoice in self.offering:
            if invoice.paid.amount > 0 and 0 < invoice.balance.amount <= invoice.discount:
                last = max(invoice.settlements, key=lambda one: (one.day, one.seq))
                seq, amount = last.seq, invoice.balance.amount
                self._take_off(invoice, seq, day, amount, EARLY_PAID)

    def _take_off(
        self, invoice: Invoice, seq: int, day: date, amount: Decimal, kind: str, number: str = ""
    ) -> None:
        currency = invoice.amount.currency
        off = Money(amount, currency)
        invoice.reductions.append(Reduction(seq, day, off, kind, number, invoice.number))
        for part in reversed(list(invoice.settlements)):
            paid = self.payments[part.seq]
            paid.free_from(invoice, -invoice.balance.amount, day)
            self._hold(paid)
        if invoice.balance.amount <= 0:
            waiting = self.unsettled[currency]
            waiting[:] = [one for one in waiting if one is not invoice]
        self.charges.reopen(currency)

    def _hold(self, paid: _Incoming) -> None:
        """Keep what is left of a payment in the client's favour, the earlier payment first."""
        held = self.credit[paid.data.currency]
        if paid.left > 0 and not any(one is paid for one in held):
            insort(held, paid, key=lambda one: (one.entry.day, one.entry.seq))

    def _give_back(self, day: date, came: bool) -> None:
        """Take what went back up to `day`; payments of the day have come or not."""
        for back in self.going:
            if back.of is None:
                for paid in reversed(self.credit[back.currency]):
                    back.take(paid)
                if came:
                    self._take_drawn(back, day)
            elif came or back.of.entry.day < day:
                self._take_back(back, back.of, day)
        self.going = [back for back in self.going if back.left > 0]

    def _take_drawn(self, back: _Outgoing, day: date) -> None:
        """Take a refund from bills that money in the client's favour has settled, the last first.

        That money had come for no bill that was there, and now it is not there either.
        """
        drawn = self.drawn[back.currency]
        while back.left > 0 and drawn:
            paid, invoice, amount = drawn.pop()
            left = paid.left
            paid.free_from(invoice, min(back.left, amount), day)
            freed = paid.left - left
            if freed < amount and back.left == freed:
                drawn.append((paid, invoice, amount - freed))
            if freed:
                self._reopen(invoice, back.entry.seq, day)
                back.take(paid)

    def _take_back(self, back: _Outgoing, paid: _Incoming, day: date) -> None:
        """Take a returned payment from what is left of it, then from what it settled last."""
        back.take(paid)
        for what, had in reversed(list(paid.applied)):
            if had < 0:
                continue
            if isinstance(what, Invoice):
                paid.free_from(what, back.left, day)
                self._reopen(what, back.entry.seq, day)
            else:
                self._uncharge(paid, what, back.left)
            back.take(paid)

    def _reopen(self, invoice: Invoice, seq: int, day: date) -> None:
        """Let money settle an invoice again of which some is owed anew: its discount has lapsed."""
        early = invoice.taken(EARLY_PAID)
        if invoice.balance.amount > 0 and early:
            self._take_off(invoice, seq, day, -early, EARLY_PAID)
        waiting = self.unsettled[invoice.amount.currency]
        if invoice.balance.amount > 0 and not any(one is invoice for one in waiting):
            insort(waiting, invoice, key=_by_due)
        self.charges.reopen(invoice.amount.currency)

    def _uncharge(self, paid: _Incoming, head: ChargeHead, most: Decimal) -> None:
        amount = min(most, paid.charges[head])
        paid.charges[head] -= amount
        paid.left += amount
        self.charges.paid[paid.data.currency, head] -= amount

    def _draw_on_credit(self, currency: str, day: date) -> None:
        for paid in self.credit[currency]:
            for number, amount in list(paid.waiting.items()):
                invoice = self.numbered.get(number)
                if invoice and invoice.issued <= day:
                    self._settle(paid, invoice, amount, day)
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
                if (number, currency) in self.coming():
                    paid.waiting[number] = part.amount
            elif invoice.amount.currency == currency and invoice.issued <= day:
                paid.settle(invoice, part.amount, day)
            elif invoice.amount.currency == currency:
                paid.waiting[number] = part.amount
        for charge in paid.data.for_charges or ():
            self._charge(paid, charge.head, charge.amount, day)

    def _settle(self, paid: _Incoming, invoice: Invoice, most: Decimal, day: date) -> None:
        amount = paid.settle(invoice, most, day)
        if amount and day > paid.entry.day:
            self.drawn[paid.data.currency].append((paid, invoice, amount))

    def _settle_oldest(self, paid: _Incoming, day: date) -> None:
        unsettled = self.unsettled[paid.data.currency]
        while paid.free > 0 and unsettled:
            self._settle(paid, unsettled[0], paid.free, day)
            if unsettled[0].balance.amount <= 0:
                unsettled.pop(0)

    def _settle_charges(self, paid: _Incoming, day: date) -> None:
        for head in get_args(ChargeHead):
            self._charge(paid, head, min(paid.free, paid.unnamed), day)

    def _charge(self, paid: _Incoming, head: ChargeHead, most: Decimal, day: date) -> None:
        if most > 0:
            amount = self.charges.pay(paid.data.currency, head, min(most, paid.left), day)
            paid.charges[head] += amount
            paid.applied += [(head, amount)] if amount else []
            paid.left -= amount


def _by_due(invoice: Invoice) -> tuple[date, int]:
    return invoice.due, invoice.seq


def _invoices(entries: Sequence[Entry]) -> Iterator[Invoice]:
    for entry in entries:
        if isinstance(entry.data, InvoiceData):
            yield invoice_of(entry, entry.data)


def invoice_of(entry: Entry, bill: InvoiceData) -> Invoice:
    """Return the invoice that an entry is, of which nothing was paid or taken off yet."""
    amount, early = Money(bill.amount, bill.currency), None
    if bill.discount_percent and bill.discount_until:
        early = Early(bill.discount_percent, bill.discount_until)
    return Invoice(entry.seq, bill.number, amount, entry.day, bill.due, early=early)
