"""Books told in passing: where every payment says what it is for, and what surely is in favour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from store.docket.booking import invoice_of
from store.docket.day_sums import DaySums
from store.docket.lateness import LateTerms
from store.docket.ledger import Invoice, Settlement
from store.entries import (
    ChargeHead,
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

_BESIDE = (DisputedData, InstalmentsData)
_NOTHING = Decimal(0)


class ToldBooks:
    """Bills and payments that come day by day, each payment saying all it is for.

    Nothing is then in anybody's favour, and each bill and each charge has what was named of it.
    Where anything else is on the docket, they agree to nothing.
    """

    def __init__(self, entries: Iterable[Entry], terms: LateTerms) -> None:
        """Take the money of a docket, and what lateness costs besides what was spent on it."""
        self._terms = LateTerms(terms.rates, terms.fixed)
        self._last = date.min
        self._odd = False
        self._bills: dict[str, Invoice] = {}
        self._left: dict[int, Decimal] = {}
        self._open: defaultdict[str, dict[int, Invoice]] = defaultdict(dict)
        self._closed: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self._come: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        self._paid: defaultdict[tuple[str, ChargeHead], Decimal] = defaultdict(Decimal)
        for entry in sorted(entries, key=lambda one: (one.day, one.seq)):
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in an entry about money; one of an earlier day than the last ends it."""
        data = entry.data
        if self._odd or isinstance(data, _BESIDE):
            return
        if entry.day < self._last:
            self._odd = True
        elif isinstance(data, InvoiceData):
            self._bill(entry, data)
        elif isinstance(data, CostData):
            self._closed[data.currency, "cost"] += data.amount
        elif isinstance(data, PaymentData) and self.agree_to(data, entry.day):
            self._pay(entry, data)
        else:
            self._odd = True
        self._last = max(self._last, entry.day)

    def agree_to(self, data: PaymentData, day: date) -> bool:
        """Whether all that a payment is for was surely open on its day. False is no answer."""
        if self._odd or day < self._last:
            return False
        told: defaultdict[int, Decimal] = defaultdict(Decimal)
        for part in data.for_invoices:
            bill = self._bills.get(part.invoice.casefold())
            if bill is None or bill.amount.currency != data.currency or bill.issued > day:
                return False
            told[bill.seq] += part.amount
        charges = _charges(data)
        if sum(told.values()) + sum(charges.values()) != data.settles:
            return False
        if any(amount > self._left[seq] for seq, amount in told.items()):
            return False
        return not charges or self._has_come(data.currency, charges, told, day)

    def _has_come(
        self, currency: str, charges: Mapping[ChargeHead, Decimal], named: Iterable[int], day: date
    ) -> bool:
        """Whether so much of each charge had surely come up; the bills that are `named` come first.

        What is settled and what is named are looked at before all that is open.
        """
        own = [one for seq in named if (one := self._open[currency].get(seq))]
        late = self._late(own, currency, day)
        for head, amount in charges.items():
            whole = self._paid[currency, head] + amount
            sure = self._closed[currency, head] + late[head]
            if whole > max(sure, self._come[currency, head]) and whole > self._exact(
                currency, head, day
            ):
                return False
        return True

    def _bill(self, entry: Entry, data: InvoiceData) -> None:
        number = data.number.casefold()
        if number in self._bills or data.discount_percent:
            self._odd = True
            return
        bill = invoice_of(entry, data)
        self._bills[number] = self._open[data.currency][bill.seq] = bill
        self._left[bill.seq] = data.amount

    def _pay(self, entry: Entry, data: PaymentData) -> None:
        for part in data.for_invoices:
            bill = self._bills[part.invoice.casefold()]
            bill.settlements.append(Settlement(entry.seq, entry.day, part.amount))
            self._left[bill.seq] -= part.amount
            if not self._left[bill.seq]:
                del self._open[data.currency][bill.seq]
                for head, amount in self._late([bill], data.currency, entry.day).items():
                    self._closed[data.currency, head] += amount
        for head, amount in _charges(data).items():
            self._paid[data.currency, head] += amount

    def _late(
        self, bills: Iterable[Invoice], currency: str, day: date
    ) -> Mapping[ChargeHead, Decimal]:
        return self._terms.accrued(bills, currency, day)

    def _exact(self, currency: str, head: ChargeHead, day: date) -> Decimal:
        """Return what one head comes to by a day; it never gets less."""
        late = self._late(self._open[currency].values(), currency, day)
        for one, amount in late.items():
            self._come[currency, one] = self._closed[currency, one] + amount
        return self._come[currency, head]


class InFavour:
    """What surely is in the client's favour on a day: what came in less all that could take it."""

    def __init__(self, entries: Iterable[Entry], terms: LateTerms) -> None:
        """Take the money of a docket, and what lateness costs besides what was spent on it."""
        self._odd = False
        self._lateness = _AtMost(terms)
        self._sums: defaultdict[str, DaySums] = defaultdict(DaySums)
        self._asked: dict[str, tuple[InvoiceData, date, Decimal]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in an entry about money, whatever its day."""
        data, day = entry.data, entry.day
        if isinstance(data, PaymentData):
            self._sums[data.currency].add(day, data.settles)
        elif isinstance(data, InvoiceData):
            number = data.number.casefold()
            self._odd = self._odd or number in self._asked
            rest = _NOTHING if data.discount_percent else data.amount  # what of it may be credited
            self._asked[number] = data, day, rest
            self._sums[data.currency].add(day, -data.amount)
            self._lateness.add(data)
        elif isinstance(data, CreditData) and entry.kind != "discount":
            self._credit(data, day)
        elif isinstance(data, CostData | MoneyBackData):
            self._sums[data.currency].add(day, -data.amount)

    def agree_to(self, data: MoneyBackData, day: date) -> bool:
        """Whether so much was surely in favour on a day. False is no answer."""
        if self._odd:
            return False
        left = self._sums[data.currency].up_to(day) - self._lateness.by(data.currency, day)
        return left >= data.amount

    def _credit(self, data: CreditData, day: date) -> None:
        number = data.of_invoice.casefold()
        if number not in self._asked:
            return
        bill, issued, rest = self._asked[number]
        if bill.currency == data.currency:
            amount = min(rest, data.amount)
            self._asked[number] = bill, issued, rest - amount
            self._sums[data.currency].add(max(day, issued), amount)


class _AtMost:
    """What interest and fixed sums come to at the very most: as if nothing had ever been paid."""

    def __init__(self, terms: LateTerms) -> None:
        self._percent = max((rate.percent for rate in terms.rates.listed), default=_NOTHING)
        self._fixed = {
            code: max(band.amount for band in sums.data.bands) for code, sums in terms.fixed.items()
        }
        self._count: defaultdict[str, DaySums] = defaultdict(DaySums)
        self._amount: defaultdict[str, DaySums] = defaultdict(DaySums)
        self._weight: defaultdict[str, DaySums] = defaultdict(DaySums)

    def add(self, bill: InvoiceData) -> None:
        """Take in a bill, which may be late from the day on which it was due."""
        self._count[bill.currency].add(bill.due, Decimal(1))
        self._amount[bill.currency].add(bill.due, bill.amount)
        self._weight[bill.currency].add(bill.due, bill.amount * bill.due.toordinal())

    def by(self, currency: str, day: date) -> Decimal:
        """Return it by a day: each bill by the highest rate there is, and rounded up."""
        count = self._count[currency].up_to(day)
        whole = self._amount[currency].up_to(day) * day.toordinal()
        days = whole - self._weight[currency].up_to(day)  # amounts times days
        interest = days * self._percent / (365 * 100) + (count if self._percent else 0)
        return interest + count * self._fixed.get(currency, _NOTHING)


class PassingBooks:
    """Both, made when they are first asked for, and anew once something was corrected."""

    def __init__(self, money: Callable[[], Iterable[Entry]], late: Callable[[], LateTerms]) -> None:
        """Take what tells the money that counts by now, and what lateness costs."""
        self._money, self._late = money, late
        self._told: ToldBooks | None = None
        self._favour: InFavour | None = None

    def forget(self) -> None:
        """Make them anew: something was corrected, or lateness costs something else."""
        self._told = self._favour = None

    def add(self, entry: Entry) -> None:
        """Take in an entry about money."""
        if self._told is not None:
            self._told.add(entry)
        if self._favour is not None:
            self._favour.add(entry)

    def agree_to(self, money: Draft | Entry) -> bool:
        """Whether a payment, or money back that names none, surely fits. False is no answer."""
        data = money.data
        if isinstance(data, PaymentData):
            self._told = self._told or ToldBooks(self._money(), self._late())
            return self._told.agree_to(data, money.day)
        if isinstance(data, MoneyBackData):
            if self._favour is None:
                self._favour = InFavour(self._money(), self._late())
            return self._favour.agree_to(data, money.day)
        return False


def _charges(data: PaymentData) -> dict[ChargeHead, Decimal]:
    found: dict[ChargeHead, Decimal] = {}
    for part in data.for_charges or ():
        found[part.head] = found.get(part.head, _NOTHING) + part.amount
    return found
