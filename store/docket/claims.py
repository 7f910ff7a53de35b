"""What is claimed beside the invoices: interest, fixed sums and costs; and what is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.docket import Docket
from store.docket.interest import Interest, Rates, daily, interest
from store.docket.ledger import Invoice
from store.entries import CostData, Data, DisputedData, Entry, FixedSumData
from store.money import Money


@dataclass(frozen=True, slots=True)
class FixedSums:
    """What each late invoice in one currency costs, by its amount, and the entry that states it."""

    seq: int
    data: FixedSumData

    def on(self, amount: Decimal) -> Decimal | None:
        """Return the sum for an invoice of `amount`: the highest band it reaches, or None."""
        reached = [band.amount for band in self.data.bands if band.at_least <= amount]
        return reached[-1] if reached else None


@dataclass(frozen=True, slots=True)
class LateTerms:
    """What lateness costs: rates for all currencies, fixed sums for each that has some."""

    rates: Rates
    fixed: Mapping[str, FixedSums]

    @classmethod
    def of(cls, docket: Docket) -> LateTerms:
        """Return what the docket states; a later entry of fixed sums replaces those before it."""
        fixed = {
            entry.data.currency: FixedSums(entry.seq, entry.data)
            for entry in docket.kind("fixed-sum")
            if isinstance(entry.data, FixedSumData)
        }
        return cls(Rates.of(docket.kind("interest")), fixed)


@dataclass(frozen=True, slots=True)
class Dispute:
    """What the client says is not owed of one invoice."""

    seq: int
    day: date
    amount: Money
    statement: str

    def of(self, invoice: Invoice) -> Money:
        """Return the part of what is still owed that is in dispute."""
        owed = Money(max(invoice.balance.amount, Decimal(0)), self.amount.currency)
        return min(self.amount, owed, key=lambda money: money.amount)


@dataclass(frozen=True, slots=True)
class FixedSum:
    """The fixed sum for one late invoice."""

    invoice: Invoice
    amount: Money
    source: FixedSums


@dataclass(frozen=True, slots=True)
class Cost:
    """Money spent to go after what is owed."""

    entry: Entry
    amount: Money


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is claimed in one currency on a day; `running` is the interest of the next day."""

    currency: str
    principal: Money
    interest: tuple[Interest, ...]
    fixed: tuple[FixedSum, ...]
    costs: tuple[Cost, ...]
    running: Decimal

    @property
    def interest_total(self) -> Money:
        """The interest on all invoices: the sum of what is claimed on each."""
        return _sum((one.amount for one in self.interest), self.currency)

    @property
    def fixed_total(self) -> Money:
        """All fixed sums."""
        return _sum((one.amount for one in self.fixed), self.currency)

    @property
    def costs_total(self) -> Money:
        """All costs."""
        return _sum((one.amount for one in self.costs), self.currency)

    @property
    def beside(self) -> Money:
        """What is claimed beside the invoices."""
        return self.interest_total + self.fixed_total + self.costs_total

    @property
    def total(self) -> Money:
        """All that is claimed."""
        return self.principal + self.beside


def claims(docket: Docket, currency: str, terms: LateTerms) -> Claims:
    """Return what is claimed in `currency` as of the docket's day.

    `terms` may be of a later day: a rate holds from the day it starts, whenever it was stated.
    Invoices that were paid late count too: a debt carries interest until it is paid, and the
    fixed sum is due for the lateness (RECORDS C9).
    """
    today = docket.today
    billed = [i for i in docket.ledger.invoices if i.amount.currency == currency]
    late = [invoice for invoice in billed if invoice.days_late(today) > 0]
    sums = terms.fixed.get(currency)
    return Claims(
        currency,
        _sum((invoice.balance for invoice in billed if invoice.overdue(today)), currency),
        tuple(interest(invoice, terms.rates, today) for invoice in late)
        if terms.rates.listed
        else (),
        tuple(_fixed(late, sums)) if sums else (),
        costs(docket, currency),
        sum((daily(invoice, terms.rates, today) for invoice in billed), Decimal(0)),
    )


def disputes(docket: Docket) -> dict[int, Dispute]:
    """Return what is disputed, by the number of the invoice's entry.

    The last word on an invoice holds: it says how much of it is disputed in all.
    """
    found = {}
    for entry in docket.kind("disputed"):
        if isinstance(entry.data, DisputedData):
            invoice = docket.ledger.find(entry.data.number)
            if invoice and invoice.amount.currency == entry.data.currency:
                amount = Money(entry.data.amount, entry.data.currency)
                found[invoice.seq] = Dispute(entry.seq, entry.day, amount, entry.statement)
    return found


def costs(docket: Docket, currency: str) -> tuple[Cost, ...]:
    """Return the costs in `currency`, oldest first."""
    return tuple(
        Cost(entry, Money(entry.data.amount, currency))
        for entry in docket.kind("cost")
        if isinstance(entry.data, CostData) and entry.data.currency == currency
    )


def stated(docket: Docket) -> dict[int, Data]:
    """Return what entries say that claims are worked out from, invoices and payments aside."""
    return {e.seq: e.data for e in docket.kind("interest", "fixed-sum", "disputed", "cost")}


def currencies(docket: Docket) -> list[str]:
    """Return the currencies of invoices, payments and costs, in order."""
    billed = {invoice.amount.currency for invoice in docket.ledger.invoices}
    paid = {payment.amount.currency for payment in docket.ledger.payments}
    spent = {e.data.currency for e in docket.kind("cost") if isinstance(e.data, CostData)}
    return sorted(billed | paid | spent)


def _fixed(late: Iterable[Invoice], sums: FixedSums) -> Iterator[FixedSum]:
    for invoice in late:
        amount = sums.on(invoice.amount.amount)
        if amount is not None:
            yield FixedSum(invoice, Money(amount, invoice.amount.currency), sums)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum((one.amount for one in amounts), Decimal(0)), currency)
