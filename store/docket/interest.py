"""Simple interest on a late invoice, day by day at the rates that were entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import cached_property
from itertools import pairwise

from store.docket.ledger import Invoice
from store.entries import Entry, InterestData, RatePolicy
from store.money import Money

_DAY = timedelta(days=1)
_EXACT = Context(prec=60)  # holds every sum there can be, so that only the last step rounds
_BASE = Decimal(365 * 100)  # days of a year times per cent; 29 February is a day like another


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate in per cent, in force from the day it starts, and the entry that states it."""

    seq: int
    percent: Decimal
    starts: date
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates by the day they start, and what a change means for a debt that is late already.

    By `split` each day counts at the rate of that day, by `frozen` all of them at the rate of the
    day on which the debt became late.
    """

    listed: tuple[Rate, ...] = ()
    policy: RatePolicy = "split"

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Rates:
        """Return the rates that entries state, oldest entry first.

        A later entry replaces an earlier one that starts on the same day; its policy holds for all.
        """
        starting: dict[date, Rate] = {}
        policy: RatePolicy = "split"
        for entry in entries:
            if isinstance(entry.data, InterestData):
                data, policy = entry.data, entry.data.policy
                starting[data.starts] = Rate(entry.seq, data.percent, data.starts, data.source)
        return cls(tuple(starting[day] for day in sorted(starting)), policy)

    def on(self, day: date) -> Rate | None:
        """Return the rate in force on `day`, or None where none had started."""
        return next((rate for rate in reversed(self.listed) if rate.starts <= day), None)

    def for_debt(self, due: date, day: date) -> Rate | None:
        """Return the rate that counts on `day` for a debt that was due on `due`."""
        return self.on(due + _DAY if self.policy == "frozen" else day)


@dataclass(frozen=True, slots=True)
class InterestSpan:
    """Days of a debt at one principal and one rate: those after `start`, up to and with `end`."""

    start: date
    end: date
    principal: Money
    rate: Rate | None

    @property
    def first(self) -> date:
        """The first day that counts."""
        return self.start + _DAY

    @property
    def days(self) -> int:
        """How many days count."""
        return (self.end - self.start).days

    @property
    def exact(self) -> Decimal:
        """The interest of these days, not rounded; 0 where no rate is in force."""
        return _EXACT.divide(self.product, _BASE)

    @property
    def product(self) -> Decimal:
        """Principal times per cent times days, which is exact."""
        if self.rate is None:
            return Decimal(0)
        return _EXACT.multiply(
            _EXACT.multiply(self.principal.amount, self.rate.percent), Decimal(self.days)
        )


@dataclass(frozen=True)
class Interest:
    """What lateness of one invoice adds up to; no days are in it where it was never late."""

    invoice: Invoice
    spans: tuple[InterestSpan, ...]

    @cached_property
    def amount(self) -> Money:
        """The interest on the invoice, rounded once, at the end."""
        total = Decimal(0)
        for span in self.spans:
            total = _EXACT.add(total, span.product)
        currency = self.invoice.amount.currency
        return Money(Money(_EXACT.divide(total, _BASE), currency).rounded(), currency)


def interest(invoice: Invoice, rates: Rates, until: date) -> Interest:
    """Return the interest on `invoice` from the day after it was due, up to and with `until`.

    The day a payment comes in still counts on what was owed that morning. An invoice that was
    paid late carries interest until the day it was paid.
    """
    parts = [part for part in invoice.settlements if part.day <= until]
    turns = {part.day for part in parts}
    if rates.policy == "split":
        turns |= {rate.starts - _DAY for rate in rates.listed}
    between = sorted(turn for turn in turns if invoice.due < turn < until)
    edges = [invoice.due, *between, until] if until > invoice.due else []
    spans: list[InterestSpan] = []
    for start, end in pairwise(edges):
        principal = _owed(invoice, start)
        if principal.amount <= 0:
            continue
        _join(spans, InterestSpan(start, end, principal, rates.for_debt(invoice.due, start + _DAY)))
    return Interest(invoice, tuple(spans))


def daily(invoice: Invoice, rates: Rates, day: date) -> Decimal:
    """Return what the day after `day` adds to the interest on `invoice`, not rounded."""
    if day < invoice.due:
        return Decimal(0)
    rate = rates.for_debt(invoice.due, day + _DAY)
    return InterestSpan(day, day + _DAY, _owed(invoice, day), rate).exact


def _owed(invoice: Invoice, day: date) -> Money:
    """Return what is owed once the payments of `day` are in.

    What was credited or let go, whenever that was, bears no interest: it is claimed no more.
    """
    paid = sum((part.amount for part in invoice.settlements if part.day <= day), Decimal(0))
    return invoice.asked - Money(paid, invoice.amount.currency)


def _join(spans: list[InterestSpan], span: InterestSpan) -> None:
    """Add a span, or lengthen the last one where nothing but the date has changed."""
    last = spans[-1] if spans else None
    if last and (last.principal, _percent(last), last.end) == (
        span.principal,
        _percent(span),
        span.start,
    ):
        spans[-1] = InterestSpan(last.start, span.end, span.principal, span.rate)
    else:
        spans.append(span)


def _percent(span: InterestSpan) -> Decimal | None:
    """Return its yearly rate: the same one, stated once more, is no change."""
    return span.rate.percent if span.rate else None
