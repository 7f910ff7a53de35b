"""What is claimed beside the invoices: interest, fixed sums and costs; and what is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from store.docket.docket import Docket
from store.docket.interest import Interest, daily, interest
from store.docket.lateness import Cost, FixedSums
from store.docket.ledger import Invoice, Reduction
from store.entries import ChargeHead, CostData, Data, DisputedData, FixedSumData, InterestData
from store.money import Money

_STATED = (InterestData, FixedSumData, DisputedData, CostData)


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

    def credited_since(self, invoice: Invoice) -> list[Reduction]:
        """Return what was credited on the invoice after it was disputed."""
        found = (off for off in invoice.reductions if off.kind == "credit")
        return [off for off in found if (off.day, off.seq) > (self.day, self.seq)]


@dataclass(frozen=True, slots=True)
class FixedSum:
    """The fixed sum for one late invoice."""

    invoice: Invoice
    amount: Money
    source: FixedSums


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is claimed in one currency on a day; `running` is the interest of the next day.

    `charges_paid` is what was paid on interest, fixed sums and costs; `favour` what is in the
    client's favour, below zero where more was sent back to them than that.
    """

    currency: str
    principal: Money
    interest: tuple[Interest, ...]
    fixed: tuple[FixedSum, ...]
    costs: tuple[Cost, ...]
    running: Decimal
    charges_paid: Mapping[ChargeHead, Money]
    favour: Money

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
        """What lateness has added to the invoices, paid or not."""
        return self.interest_total + self.fixed_total + self.costs_total

    @property
    def beside_paid(self) -> Money:
        """What was paid on that."""
        return _sum(self.charges_paid.values(), self.currency)

    @property
    def before(self) -> Money:
        """All that is claimed, before what is in the client's favour is set off against it."""
        return self.principal + self.beside - self.beside_paid

    @property
    def credit(self) -> Money:
        """What of that is set off by what is in the client's favour."""
        least = _none(self.currency)
        there = max(self.favour, least, key=_amount)
        return min(max(self.before, least, key=_amount), there, key=_amount)

    @property
    def sent_back(self) -> Money:
        """What was sent back to them beyond what was in their favour: they owe it again."""
        return max(Money(-self.favour.amount, self.currency), _none(self.currency), key=_amount)

    @property
    def total(self) -> Money:
        """All that is claimed: what the statement of the same day calls due, and never below zero.

        What falls due on the day itself is in the statement, and not claimed before it is late.
        """
        left = self.before - self.credit + self.sent_back
        return max(left, _none(self.currency), key=_amount)

    @property
    def touched(self) -> bool:
        """Whether there is anything to be made up, even if nothing of it is left."""
        return any(one.amount for one in (self.principal, self.beside, self.favour))


def claims(docket: Docket, currency: str) -> Claims:
    """Return what is claimed in `currency` as of the docket's day.

    Invoices that were paid late count too: a debt carries interest until it is paid, and the
    fixed sum is due for the lateness.
    """
    today, terms = docket.today, docket.late_terms
    billed = [i for i in docket.ledger.invoices if i.amount.currency == currency]
    late = [invoice for invoice in billed if invoice.charged_late(today)]
    sums = terms.fixed.get(currency)
    return Claims(
        currency,
        _sum((invoice.balance for invoice in billed if invoice.overdue(today)), currency),
        tuple(interest(invoice, terms.rates, today) for invoice in late)
        if terms.rates.listed
        else (),
        tuple(_fixed(late, sums)) if sums else (),
        terms.spent(currency, today),
        sum((daily(invoice, terms.rates, today) for invoice in billed), Decimal(0)),
        _charges_paid(docket, currency),
        docket.ledger.favour(currency),
    )


def _charges_paid(docket: Docket, currency: str) -> dict[ChargeHead, Money]:
    paid: dict[ChargeHead, Money] = {}
    for payment in docket.ledger.payments:
        if payment.amount.currency == currency:
            for head, amount in payment.charges.items():
                paid[head] = paid.get(head, Money(Decimal(0), currency)) + Money(amount, currency)
    return paid


def disputes(docket: Docket) -> dict[int, Dispute]:
    """Return what is disputed, by the number of the invoice's entry.

    The last word on an invoice holds: it says how much of it is disputed in all.
    """
    found = {}
    for entry in docket.shaped(DisputedData):
        if isinstance(entry.data, DisputedData):
            invoice = docket.ledger.find(entry.data.number)
            if invoice and invoice.amount.currency == entry.data.currency:
                amount = Money(entry.data.amount, entry.data.currency)
                found[invoice.seq] = Dispute(entry.seq, entry.day, amount, entry.statement)
    return found


def stated(docket: Docket) -> dict[int, Data]:
    """Return what entries say that claims are worked out from, invoices and payments aside."""
    return {e.seq: e.data for e in docket.shaped(*_STATED)}


def currencies(docket: Docket) -> list[str]:
    """Return the currencies of invoices, payments, money given back and costs, in order."""
    billed = {invoice.amount.currency for invoice in docket.ledger.invoices}
    paid = {payment.amount.currency for payment in docket.ledger.payments}
    back = {one.amount.currency for one in docket.ledger.given_back}
    spent = {e.data.currency for e in docket.shaped(CostData) if isinstance(e.data, CostData)}
    return sorted(billed | paid | back | spent)


def _fixed(late: Iterable[Invoice], sums: FixedSums) -> Iterator[FixedSum]:
    for invoice in late:
        amount = sums.on(invoice.asked.amount)
        if amount is not None:
            yield FixedSum(invoice, Money(amount, invoice.amount.currency), sums)


def _amount(money: Money) -> Decimal:
    return money.amount


def _none(currency: str) -> Money:
    return Money(Decimal(0), currency)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum((one.amount for one in amounts), Decimal(0)), currency)
