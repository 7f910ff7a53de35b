"""What is surely open of each bill as bills and payments come, told without booking day by day."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from store.docket.day_sums import DaySums
from store.entries import (
    CostData,
    CreditData,
    DisputedData,
    Draft,
    Entry,
    InstalmentsData,
    InvoiceData,
    MoneyBackData,
    PaymentData,
)

_BESIDE = (DisputedData, CostData, InstalmentsData)
"""What says something of a bill, or is none of it, and leaves as much open."""
_HARMLESS = (InvoiceData, PaymentData, CreditData, MoneyBackData, *_BESIDE)


_ROUNDED = Decimal(1)
"""What a discount may be more by being rounded, in whatever currency."""


@dataclass(slots=True)
class _Bill:
    """A bill: its place by due date, what payments name of it, and what is off it at most.

    What may be taken off for paying early counts as taken. `gone` is what of `named` was paid by
    payments that were returned whole, up to `back_on`.
    """

    place: tuple[date, int]
    issued: date
    currency: str
    amount: Decimal
    early: Decimal
    credited: Decimal = Decimal(0)
    named: Decimal = Decimal(0)
    gone: Decimal = Decimal(0)
    back_on: date = date.min
    payers: dict[int, tuple[date, Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, data: InvoiceData) -> _Bill:
        """Return the bill that an entry is."""
        early = data.amount * (data.discount_percent or Decimal(0)) / 100
        early += _ROUNDED if early else Decimal(0)
        place = (data.due, entry.seq)
        return cls(place, entry.day, data.currency, data.amount, early)

    @property
    def asked(self) -> Decimal:
        """What it surely asks for."""
        return max(Decimal(0), self.amount - self.early - self.credited)

    @property
    def rest(self) -> Decimal:
        """What of it no payment names that it still has."""
        return max(Decimal(0), self.amount - self.early - self.credited - self.named + self.gone)

    @property
    def cover(self) -> Decimal:
        """What no payment has ever named, which took money that names none before later bills."""
        return max(Decimal(0), self.amount - self.early - self.credited - self.named)

    @property
    def most(self) -> Decimal:
        """What may be named of it and taken off it without any being too much."""
        return max(Decimal(0), self.amount - self.early)

    @property
    def ever(self) -> Decimal:
        """What was named of it and taken off it, also what went back."""
        return self.named + self.credited

    @property
    def over(self) -> Decimal:
        """What is named and taken off beyond what it asked for: such money is free."""
        return max(Decimal(0), self.ever - self.gone - self.most)


class OpenBills:
    """The bills of a docket as they come, with an upper bound of the money that names none.

    Such money goes to the bill that is due first. As long as what is left of older bills is more
    than all of it, none can have come to a later one, of which then all is open that nobody named.
    Money that goes back only leaves more open; it is counted as money that once was there.
    """

    def __init__(self, entries: Iterable[Entry], today: date) -> None:
        self._today = today
        self._odd: set[int] = set()
        self._bills: dict[str, _Bill] = {}
        self._unknown: set[str] = set()
        self._free: defaultdict[str, Decimal] = defaultdict(Decimal)
        self._order: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
        self._placed: dict[tuple[date, int], _Bill] = {}
        self._paid: dict[int, Entry] = {}
        self._back: defaultdict[int, Decimal] = defaultdict(Decimal)
        self._refunded: defaultdict[str, DaySums] = defaultdict(DaySums)
        self._unsure: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in an entry about money, whatever its day."""
        self._keep_order(entry)
        if not isinstance(entry.data, _HARMLESS) or entry.day > self._today:
            self._odd.add(entry.seq)
        elif isinstance(entry.data, InvoiceData):
            self._add_bill(entry, entry.data)
        elif isinstance(entry.data, PaymentData):
            self._pay(entry, entry.data, 1)
        elif isinstance(entry.data, CreditData):
            self._add_credit(entry, entry.data)
        elif isinstance(entry.data, MoneyBackData) and entry.followed:
            self._take_back(entry, entry.data, entry.followed.seq)

    def give_back(self, entry: Entry, data: MoneyBackData) -> None:
        """Take in that a refund was surely in their favour on its day: it went to no bill."""
        if data.currency not in self._unsure:
            self._refunded[data.currency].add(entry.day, data.amount)

    def _keep_order(self, entry: Entry) -> None:
        """Count refunds no more once something came before one: it may have been for that."""
        for currency, sums in self._refunded.items():
            if entry.day < sums.last and not isinstance(entry.data, _BESIDE):
                self._unsure.add(currency)
        for currency in self._unsure:
            self._refunded.pop(currency, None)

    def drop(self, entry: Entry) -> bool:
        """Leave out an entry that was taken in; False, with nothing done, where that cannot be."""
        data = entry.data
        if entry.seq in self._odd or entry.day > self._today:
            return False
        if isinstance(data, PaymentData) and entry.seq not in self._back:
            if any(part.invoice.casefold() in self._unknown for part in data.for_invoices):
                return False
            self._keep_order(entry)
            self._pay(entry, data, -1)
            return True
        if isinstance(data, InvoiceData):
            bill = self._bills[data.number.casefold()]
            if bill.payers or bill.gone or bill.credited:
                return False
            self._keep_order(entry)
            self._leave(bill)
            del self._bills[data.number.casefold()], self._placed[bill.place]
            return True
        return isinstance(data, _BESIDE)

    def agree_to(self, draft: Draft | Entry) -> bool:
        """Whether money surely fits the bills it names, or what is said of them.

        False is no answer. The number on a paper is not looked at.
        """
        data = draft.data
        if isinstance(data, PaymentData):
            return not data.for_charges and self._covers(data, draft.day)
        if isinstance(data, DisputedData):
            bill = self._bill(data.number, data.currency)
            return bill is not None and data.amount <= bill.asked
        if isinstance(data, InstalmentsData):
            known = not data.of_invoice or self._bill(data.of_invoice, data.currency)
            return bool(known) and data.parts[0].due >= draft.day
        if isinstance(data, CreditData) and (bill := self._bill(data.of_invoice, data.currency)):
            whole = draft.kind == "credit"
            left = bill.asked if whole else self._open(data.of_invoice, data.currency, draft.day)
            return bill.issued <= draft.day and data.amount <= left
        return False

    def _covers(self, data: PaymentData, day: date) -> bool:
        told: defaultdict[str, Decimal] = defaultdict(Decimal)
        for part in data.for_invoices:
            told[part.invoice.casefold()] += part.amount
        if any(bill.back_on >= day for bill in map(self._bills.get, told) if bill):
            return False  # it was paid then, though it is open now
        return all(
            amount <= self._open(number, data.currency, day) for number, amount in told.items()
        )

    def _bill(self, number: str, currency: str) -> _Bill | None:
        """Return a bill in that currency; None where it cannot be told which it is."""
        bill = self._bills.get(number.casefold()) if not self._odd else None
        return bill if bill and bill.currency == currency else None

    def _open(self, number: str, currency: str, day: date) -> Decimal:
        """Return what is surely open of a bill on a day; 0 where that cannot be told."""
        bill = self._bill(number, currency)
        if bill is None:
            return Decimal(0)
        covered = Decimal(0)
        free = self._free[currency] - self._refunded[currency].up_to(day)
        for place in self._order[currency]:
            if covered >= free:
                break
            if place >= bill.place:
                return Decimal(0)
            if self._placed[place].issued <= bill.issued:
                covered += self._placed[place].cover
        return bill.rest if covered >= free else Decimal(0)

    def _add_bill(self, entry: Entry, data: InvoiceData) -> None:
        number = data.number.casefold()
        if number in self._bills or number in self._unknown:
            self._odd.add(entry.seq)
            return
        bill = _Bill.of(entry, data)
        self._bills[number] = self._placed[bill.place] = bill
        self._enter(bill)

    def _pay(self, entry: Entry, data: PaymentData, sign: int) -> None:
        """Take a payment in, or out again where `sign` is below zero."""
        free = data.settles
        for part in data.for_invoices:
            number = part.invoice.casefold()
            bill = self._bills.get(number)
            if bill is None:
                self._unknown.add(number)
            elif bill.currency == data.currency:
                free -= part.amount
                self._leave(bill)
                bill.named += sign * part.amount
                before = bill.payers.pop(entry.seq, (entry.day, Decimal(0)))[1]
                if left := before + sign * part.amount:
                    bill.payers[entry.seq] = entry.day, left
                self._enter(bill)
                if entry.day <= bill.back_on and bill.ever > bill.most:
                    self._odd.add(entry.seq)  # it came when the bill was paid, and was free then
        self._free[data.currency] += sign * free
        self._paid[entry.seq] = entry

    def _add_credit(self, entry: Entry, data: CreditData) -> None:
        """Take something off a bill; what was paid of that is free, and may come to others."""
        number = data.of_invoice.casefold()
        bill = self._bills.get(number)
        if bill is None:
            self._unknown.add(number)
        elif bill.currency == data.currency:
            self._leave(bill)
            bill.credited += data.amount
            self._enter(bill)
            if entry.day <= bill.back_on and bill.ever > bill.most:
                self._odd.add(entry.seq)

    def _take_back(self, entry: Entry, data: MoneyBackData, seq: int) -> None:
        """Open the bills again that a payment names, once all of it was returned."""
        paid = self._paid.get(seq)
        self._back[seq] += data.amount
        if paid is None or not isinstance(paid.data, PaymentData):
            return
        if data.currency != paid.data.currency or self._back[seq] < paid.data.settles:
            return
        day = max(entry.day, paid.day)
        for bill in {part.invoice.casefold() for part in paid.data.for_invoices}:
            self._reopen(self._bills.get(bill), entry.seq, seq, day)

    def _reopen(self, bill: _Bill | None, back: int, seq: int, day: date) -> None:
        part = bill.payers.pop(seq, None) if bill else None
        if bill is None or part is None:
            return
        later = bill.ever > bill.most and any(on >= day for on, _ in bill.payers.values())
        if bill.over or later:  # it was paid twice for a time
            self._odd.add(back)
        self._leave(bill)
        bill.gone += part[1]
        bill.back_on = max(bill.back_on, day)
        self._enter(bill)

    def _leave(self, bill: _Bill) -> None:
        """Count a bill no more while it changes."""
        self._free[bill.currency] -= bill.over
        if bill.cover:
            order = self._order[bill.currency]
            del order[bisect_left(order, bill.place)]

    def _enter(self, bill: _Bill) -> None:
        """Count a bill as it is."""
        self._free[bill.currency] += bill.over
        if bill.cover:
            insort(self._order[bill.currency], bill.place)
