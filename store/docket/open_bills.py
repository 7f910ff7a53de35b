"""What is surely open of each bill as bills and payments come, told without booking day by day."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.entries import CostData, DisputedData, Entry, InstalmentsData, InvoiceData, PaymentData

_HARMLESS = (InvoiceData, PaymentData, DisputedData, CostData, InstalmentsData)


@dataclass(slots=True)
class _Bill:
    """A bill: its place by due date, and what payments have named of it."""

    place: tuple[date, int]
    issued: date
    currency: str
    amount: Decimal
    named: Decimal = Decimal(0)

    @property
    def rest(self) -> Decimal:
        """What no payment has named."""
        return self.amount - self.named


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

    def agree_to(self, data: object) -> bool:
        """Whether a payment, or what is disputed, surely fits what it names; False is no answer."""
        if isinstance(data, DisputedData):
            bill = self._bills.get(data.number.casefold()) if self._sure else None
            if bill is None or bill.currency != data.currency:
                return False
            return data.amount <= bill.amount
        if not isinstance(data, PaymentData) or data.for_charges:
            return False
        told: defaultdict[str, Decimal] = defaultdict(Decimal)
        for part in data.for_invoices:
            told[part.invoice.casefold()] += part.amount
        return all(amount <= self._open(number, data.currency) for number, amount in told.items())

    def _open(self, number: str, currency: str) -> Decimal:
        """Return what is surely open of a bill; 0 where that cannot be told."""
        bill = self._bills.get(number) if self._sure else None
        if bill is None or bill.currency != currency:
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
        if number in self._bills or number in self._unknown or data.discount_percent:
            self._sure = False
            return
        bill = _Bill((data.due, entry.seq), entry.day, data.currency, data.amount)
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
                if taken and not bill.rest:
                    order = self._order[bill.currency]
                    del order[bisect_left(order, bill.place)]
        self._free[data.currency] += free
