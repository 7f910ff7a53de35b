"""What was corrected or noted later in an account: a paper sent before says the first value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from store.docket import Standing
from store.entries import (
    CostData,
    CreditData,
    DisputedData,
    Entry,
    InvoiceData,
    MoneyBackData,
    PaymentData,
)
from store.money import Money
from store.records.markdown import Md, bullets, inline
from store.records.statement.figures import Figures

_BOOKED = InvoiceData | PaymentData | CreditData | MoneyBackData | CostData | DisputedData


def remark(figures: Figures, seq: int) -> Md:
    """Return what entry `seq` said first and when it was corrected, or when it was noted later.

    Empty for one that says what it always said, and was there on the last day.
    """
    say, found = figures.texts.say, figures.docket.find(seq)
    if found is None:
        return Md("")
    noted: date | None = _noted(found.original)
    if noted and noted <= max(figures.options.until, found.entry.day):
        noted = None
    if found.amendments:
        when = max(one.recorded_local.date() for one in found.amendments)
        first = figures.texts.side_by_side(_first(figures, found))
        return say("statement.corrected", first=first, day=when, noted=noted)
    return say("statement.noted", noted=noted) if noted else Md("")


def withdrawn(figures: Figures) -> Md:
    """Return what was in the account up to the last day and is not any more, and since when."""
    return bullets(_each(figures))


def _each(figures: Figures) -> Iterator[Md]:
    until, code, say = figures.options.until, figures.options.currency, figures.texts.say
    for found in figures.docket.as_of(date.max).standing:
        data, on = found.original.data, found.original.day
        if not isinstance(data, _BOOKED) or data.currency != code or on > until:
            continue
        seq, number = Md(str(found.seq)), getattr(data, "number", None)
        whole = Money(data.amount, data.currency)
        if found.void is not None:
            when = _noted(found.void)
            yield say("statement.withdrawn", seq=seq, number=number, sum=whole, day=on, when=when)
        elif found.entry.day > until or getattr(found.entry.data, "currency", code) != code:
            why = remark(figures, found.seq)
            yield say("statement.moved", seq=seq, number=number, sum=whole, day=on, remark=why)


def _noted(entry: Entry) -> date:
    return entry.recorded_local.date()


def _first(figures: Figures, found: Standing) -> Iterator[Md]:
    """Yield what of the first values is another now."""
    say, first, now = figures.texts.say, found.original, found.entry
    for name in ("number", "of_invoice"):
        if (value := getattr(first.data, name, None)) != getattr(now.data, name, None):
            yield inline(value) if value else say("statement.first-no-number")
    was, is_now = _amount(first), _amount(now)
    if was and was != is_now:
        yield figures.texts.value(was)
    for name, tell in (("vat", _vat), ("fee", _fee)):
        part, code = getattr(first.data, name, None), getattr(first.data, "currency", "")
        if part is not None and part != getattr(now.data, name, None):
            yield tell(figures, Money(part, code))
    due = getattr(first.data, "due", None)
    if due != getattr(now.data, "due", None):
        yield say("statement.first-due", due=due)
    if first.day != now.day:
        yield say("statement.first-day", day=first.day)


def _vat(figures: Figures, vat: Money) -> Md:
    return figures.texts.say("statement.first-vat", sum=vat)


def _fee(figures: Figures, fee: Money) -> Md:
    return figures.texts.say("statement.first-fee", sum=fee)


def _amount(entry: Entry) -> Money | None:
    amount = getattr(entry.data, "amount", None)
    currency = getattr(entry.data, "currency", None)
    return Money(amount, currency) if isinstance(amount, Decimal) and currency else None
