"""A statement of a past day changes by nothing logged later but corrections, told by their day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.entries import Entry, InvoiceData, PaymentData
from store.errors import UsageError
from store.records.statement.document import statement
from store.records.statement.figures import StatementOptions
from tests.examples import examples
from tests.store.building import TODAY, entry, invoice, payment
from tests.store.docket.test_account import books
from tests.store.records.case import NOW


def said(entries: list[Entry], day: date) -> str:
    """Return the statement in euros as of `day`, or why there is none."""
    options = StatementOptions("EUR", None, day, "Ann Berg")
    try:
        return statement(Docket.of("acme", entries, TODAY), options, NOW).markdown
    except UsageError as error:
        return str(error)


def short(day: date) -> str:
    """Return a day as a table of a statement has it."""
    return f"{day:%-d %b %Y}"


def names(one: Entry, numbers: set[str]) -> bool:
    """Whether a payment names one of these invoices: it was logged when they were there."""
    parts = one.data.for_invoices if isinstance(one.data, PaymentData) else ()
    return any(part.invoice in numbers for part in parts)


@examples(200)
@given(books(), st.integers(0, 700))
def test_nothing_of_a_later_day_changes_it(entries: list[Entry], back: int) -> None:
    day = TODAY - timedelta(days=back)
    later = {
        one.data.number for one in entries if isinstance(one.data, InvoiceData) and one.day > day
    }
    known = [one for one in entries if not names(one, later)]
    then = [one for one in known if one.day <= day]
    assert said(known, day) == said(then, day)


@examples(60)
@given(st.integers(1, 300), st.sampled_from(["amount", "due", "occurred_at"]))
def test_a_correction_says_what_was_first_and_its_day(back: int, field: str) -> None:
    bill = invoice(1, back + 20, back + 6, "INV-1", "1000")
    day = TODAY - timedelta(days=back)
    due = day - timedelta(days=6)
    first = {
        "amount": "EUR 1,000.00",
        "due": f"due {short(due)}",
        "occurred_at": f"of {short(bill.day)}",
    }
    now = {
        "amount": "800",
        "due": (day - timedelta(days=1)).isoformat(),
        "occurred_at": (bill.occurred_at + timedelta(days=1)).isoformat(),
    }
    change = entry(2, "amendment", 0, data={"changes": {field: now[field]}}, link=("amends", 1))
    assert f"(was {first[field]}, corrected on {short(TODAY)})" in said([bill, change], day)


def test_f12_what_was_credited_or_corrected_is_in_the_statement_with_its_number() -> None:
    entries = [
        invoice(1, 80, 66, "INV-1", "1000"),
        entry(
            2,
            "credit",
            60,
            "Two hours not needed",
            data={"of_invoice": "INV-1", "amount": "340", "currency": "EUR", "number": "CN-1"},
        ),
    ]
    text = said(entries, TODAY)
    assert "| CN-1  |" in text
    assert "Credit note for INV-1: Two hours not needed" in text
    assert "**660.00**" in text


def test_f11_what_was_paid_too_much_is_a_credit_and_never_a_sum_below_zero_that_is_due() -> None:
    text = said([invoice(1, 80, 66, "INV-1", "1300"), payment(2, 70, "1800")], TODAY)
    assert f"**Credit in your favour on {TODAY:%-d %B %Y}** | **500.00**" in text
    assert "Closing balance, in your favour" in text
    assert "Total due on" not in text


def test_what_was_withdrawn_later_is_told_with_its_day() -> None:
    entries = [
        invoice(1, 80, 66, "INV-1", "1000"),
        invoice(2, 79, 65, "INV-2", "500"),
        entry(3, "void", 10, link=("voids", 2)),
    ]
    text = said(entries, TODAY - timedelta(days=40))
    assert f"INV-2, EUR 500.00, of {TODAY - timedelta(days=79):%-d %B %Y}: withdrawn on" in text
