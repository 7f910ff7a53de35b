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
    found = figures.docket.find(seq)
    if found is None:
        return Md("")
    said = []
    if found.amendments:
        when = max(one.recorded_local.date() for one in found.amendments)
        first = ", ".join(_first(found))
        said.append(f"was {first}, corrected on {when}" if first else f"corrected on {when}")
    noted = _noted(found.original)
    if noted > max(figures.options.until, found.entry.day):
        said.append(f"noted on {noted}")
    return Md("; ".join(said))


def withdrawn(figures: Figures) -> Md:
    """Return what was in the account up to the last day and is not any more, and since when."""
    return bullets(_each(figures))


def _each(figures: Figures) -> Iterator[Md]:
    until, code = figures.options.until, figures.options.currency
    for found in figures.docket.as_of(date.max).standing:
        data = found.original.data
        if not isinstance(data, _BOOKED) or data.currency != code or found.original.day > until:
            continue
        what = f"Entry {found.seq}, {_called(data)} of {found.original.day}"
        if found.void is not None:
            yield Md(f"{what}: withdrawn on {_noted(found.void)}.")
        elif found.entry.day > until or getattr(found.entry.data, "currency", code) != code:
            yield Md(f"{what}: {remark(figures, found.seq) or 'corrected'}.")


def _called(data: _BOOKED) -> str:
    number = getattr(data, "number", None)
    amount = Money(data.amount, data.currency)
    return f"{inline(number)}, {amount}," if number else f"{amount}"


def _noted(entry: Entry) -> date:
    return entry.recorded_local.date()


def _first(found: Standing) -> Iterator[str]:
    """Yield what of the first values is another now."""
    first, now = found.original, found.entry
    for name in ("number", "of_invoice"):
        if (value := getattr(first.data, name, None)) != getattr(now.data, name, None):
            yield inline(str(value or "without a number"))
    was, is_now = _amount(first), _amount(now)
    if was and was != is_now:
        yield str(was)
    due = getattr(first.data, "due", None)
    if due != getattr(now.data, "due", None):
        yield f"due {due}"
    if first.day != now.day:
        yield f"of {first.day}"


def _amount(entry: Entry) -> Money | None:
    amount = getattr(entry.data, "amount", None)
    currency = getattr(entry.data, "currency", None)
    return Money(amount, currency) if isinstance(amount, Decimal) and currency else None
