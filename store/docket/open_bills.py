"""What is surely open of each bill as bills and payments come, told without booking day by day."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.entries import (
    CostData,
    CreditData,
    DisputedData,
    Draft,
    Entry,
    InstalmentsData,
    InvoiceData,
    PaymentData,
)

_HARMLESS = (InvoiceData, PaymentData, CreditData, DisputedData, CostData, InstalmentsData)


_ROUNDED = Decimal(1)
"""What a discount may be more by being rounded, in whatever currency."""


@dataclass(slots=True)
class _Bill:
    """A bill: its place by due date, what payments have named of it, and what is off it at most.

    What may be taken off for paying early counts as taken.
    """

    place: tuple[date, int]
    issued: date
    currency: str
    amount: Decimal
    off: Decimal
    named: Decimal = Decimal(0)

    @property
    def asked(self) -> Decimal:
        """What it surely asks for."""
        return max(Decimal(0), self.amount - self.off)

    @property
    def rest(self) -> Decimal:
        """What no payment has named."""
        return max(Decimal(0), self.amount - self.off - self.named)


class OpenBills:
    """The bills of a docket as they come, with an upper bound of the money that names none.

    Such money goes to the bill that is due first. As long as what is left of older bills is more
    than all of it, none can have come to a later one, of which then all is open that nobody named.
    """

    def __init__(self, entries: Iterable[Entry], today: date) -> None:
        self._today = today
        self._sure = True
        self._bills: dict[str, _Bill] = {}
        self._unknown: set[str] = set()
        self._free: defaultdict[str, Decimal] = defaultdict(Decimal)
        self._order: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
        self._placed: dict[tuple[date, int], _Bill] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in an entry about money, whatever its day."""
        if not isinstance(entry.data, _HARMLESS) or entry.day > self._today:
            self._sure = False
        elif isinstance(entry.data, InvoiceData):
            self._add_bill(entry, entry.data)
        elif isinstance(entry.data, PaymentData):
            self._add_payment(entry.data)
        elif isinstance(entry.data, CreditData):
            self._add_credit(entry.data)

    def agree_to(self, draft: Draft) -> bool:
        """Whether money surely fits the bills it names, or what is said of them.

        False is no answer. The number on a paper is not looked at.
        """
        data = draft.data
        if isinstance(data, PaymentData):
            return not data.for_charges and self._covers(data)
        if isinstance(data, DisputedData):
            bill = self._bill(data.number, data.currency)
            return bill is not None and data.amount <= bill.asked
        if isinstance(data, InstalmentsData):
            known = not data.of_invoice or self._bill(data.of_invoice, data.currency)
            return bool(known) and data.parts[0].due >= draft.day
        if isinstance(data, CreditData) and (bill := self._bill(data.of_invoice, data.currency)):
            whole = draft.kind == "credit"
            left = bill.asked if whole else self._open(data.of_invoice.casefold(), data.currency)
            return bill.issued <= draft.day and data.amount <= left
        return False

    def _covers(self, data: PaymentData) -> bool:
        told: defaultdict[str, Decimal] = defaultdict(Decimal)
        for part in data.for_invoices:
            told[part.invoice.casefold()] += part.amount
        return all(amount <= self._open(number, data.currency) for number, amount in told.items())

    def _bill(self, number: str, currency: str) -> _Bill | None:
        """Return a bill in that currency; None where it cannot be told which it is."""
        bill = self._bills.get(number.casefold()) if self._sure else None
        return bill if bill and bill.currency == currency else None

    def _open(self, number: str, currency: str) -> Decimal:
        """Return what is surely open of a bill; 0 where that cannot be told."""
        bill = self._bill(number, currency)
        if bill is None:
            return Decimal(0)
        covered = Decimal(0)
        for place in self._order[currency]:
            if covered >= self._free[currency]:
                break
            if place >= bill.place:
                return Decimal(0)
            if self._placed[place].issued <= bill.issued:
                covered += self._placed[place].rest
        return bill.rest

    def _add_bill(self, entry: Entry, data: InvoiceData) -> None:
        number = data.number.casefold()
        if number in self._bills or number in self._unknown:
            self._sure = False
            return
        off = data.amount * (data.discount_percent or Decimal(0)) / 100
        off += _ROUNDED if off else Decimal(0)
        bill = _Bill((data.due, entry.seq), entry.day, data.currency, data.amount, off)
        self._bills[number] = self._placed[bill.place] = bill
        insort(self._order[data.currency], bill.place)

    def _add_payment(self, data: PaymentData) -> None:
        free = data.settles
        for part in data.for_invoices:
            number = part.invoice.casefold()
            bill = self._bills.get(number)
            if bill is None:
                self._unknown.add(number)
            elif bill.currency == data.currency:
                taken = min(part.amount, bill.rest)
                free -= taken
                bill.named += taken
                self._drop_settled(bill, taken)
        self._free[data.currency] += free

    def _add_credit(self, data: CreditData) -> None:
        """Take something off a bill; what was paid of that is free, and may come to others."""
        number = data.of_invoice.casefold()
        bill = self._bills.get(number)
        if bill is None:
            self._unknown.add(number)
        elif bill.currency == data.currency:
            taken = min(data.amount, bill.rest)
            bill.off += data.amount
            self._free[data.currency] += data.amount - taken
            self._drop_settled(bill, taken)

    def _drop_settled(self, bill: _Bill, taken: Decimal) -> None:
        if taken and not bill.rest:
            order = self._order[bill.currency]
            del order[bisect_left(order, bill.place)]
