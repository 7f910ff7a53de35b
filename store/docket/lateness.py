"""What lateness costs: rates, fixed sums and costs as entries state them, and what has accrued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from store.docket.interest import Rates, interest
from store.docket.ledger import Invoice
from store.entries import ChargeHead, CostData, Entry, FixedSumData
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
class Cost:
    """Money spent to go after what is owed."""

    entry: Entry
    amount: Money


@dataclass(frozen=True, slots=True)
class LateTerms:
    """What lateness costs: rates for all currencies, fixed sums by currency, and all costs."""

    rates: Rates = field(default_factory=Rates)
    fixed: Mapping[str, FixedSums] = field(default_factory=dict)
    costs: tuple[Cost, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> LateTerms:
        """Return what entries state; a later entry of fixed sums replaces those before it."""
        known = list(entries)
        fixed = {
            entry.data.currency: FixedSums(entry.seq, entry.data)
            for entry in known
            if isinstance(entry.data, FixedSumData)
        }
        costs = (
            Cost(entry, Money(entry.data.amount, entry.data.currency))
            for entry in known
            if isinstance(entry.data, CostData)
        )
        return cls(Rates.of(known), fixed, tuple(costs))

    def spent(self, currency: str, day: date) -> tuple[Cost, ...]:
        """Return the costs in `currency` up to and with `day`, oldest first."""
        return tuple(
            cost
            for cost in self.costs
            if cost.amount.currency == currency and cost.entry.day <= day
        )

    def accrued(
        self, invoices: Iterable[Invoice], currency: str, day: date
    ) -> dict[ChargeHead, Decimal]:
        """Return what `day` adds to these invoices of one currency, head by head, in all."""
        late = [one for one in invoices if one.charged_late(day)]
        sums = self.fixed.get(currency)
        fixed = [sums.on(one.asked.amount) or Decimal(0) for one in late] if sums else []
        accrued = [interest(one, self.rates, day).amount.amount for one in late]
        return {
            "cost": sum((one.amount.amount for one in self.spent(currency, day)), Decimal(0)),
            "interest": sum(accrued, Decimal(0)),
            "fixed-sum": sum(fixed, Decimal(0)),
        }
