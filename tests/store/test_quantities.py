"""Quantities as people write them, and the day an invoice is due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.quantities import check_due, due_date, due_day, parse_hours, parse_payment_terms


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("0.5", "0.50"),
        ("1,25", "1.25"),
        ("2h", "2.00"),
        ("1:30", "1.50"),
        ("45m", "0.75"),
        ("90 min", "1.50"),
        ("1h30", "1.50"),
        ("1h 30m", "1.50"),
        ("1 hour 30 minutes", "1.50"),
        ("2 hours", "2.00"),
        (".5h", "0.50"),
        ("1½", "1.50"),
        ("¾ h", "0.75"),
        ("٣", "3.00"),
    ],
)
def test_hours_as_people_type_them(typed: str, hours: str) -> None:
    assert parse_hours(typed) == Decimal(hours)


@pytest.mark.parametrize(
    "typed", ["-1", "0", "0:00", "1001", "1:75", "two", "", "1e3", "h", ".", "1h75", "½m"]
)
def test_hours_that_cannot_be(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_hours(typed)


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("+14d", date(2026, 11, 3)),
        ("net14", date(2026, 11, 3)),
        ("30 nov", date(2026, 11, 30)),
        ("fri", date(2026, 11, 27)),
    ],
)
def test_a_due_day_counts_from_the_bill_and_a_weekday_from_today(typed: str, due: date) -> None:
    assert due_day(typed, date(2026, 10, 20), date(2026, 11, 22)) == due


@pytest.mark.parametrize(
    ("terms", "issued", "due"),
    [
        ("net14", date(2026, 12, 25), date(2027, 1, 8)),
        ("net0", date(2026, 12, 25), date(2026, 12, 25)),
        ("receipt", date(2026, 2, 28), date(2026, 2, 28)),
        ("day1", date(2026, 11, 30), date(2026, 12, 1)),
        ("day1", date(2026, 12, 1), date(2027, 1, 1)),
        ("day15", date(2026, 11, 3), date(2026, 11, 15)),
        ("day31", date(2027, 1, 31), date(2027, 2, 28)),
        ("day31", date(2028, 1, 31), date(2028, 2, 29)),
        ("day31", date(2026, 4, 1), date(2026, 4, 30)),
        ("net30eom", date(2026, 1, 15), date(2026, 2, 28)),
        ("net30eom", date(2026, 1, 1), date(2026, 1, 31)),
        ("net60eom", date(2026, 10, 31), date(2026, 12, 31)),
        ("eom30", date(2026, 1, 15), date(2026, 3, 2)),
        ("eom30", date(2026, 4, 1), date(2026, 5, 30)),
        ("eom0", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_due_dates_by_terms(terms: str, issued: date, due: date) -> None:
    assert due_date(terms, issued) == due


@given(st.dates(date(1970, 1, 1), date(2999, 1, 1)), st.integers(min_value=1, max_value=31))
def test_a_day_of_the_month_comes_within_a_month(issued: date, day: int) -> None:
    assert 0 < (due_date(f"day{day}", issued) - issued).days <= 31


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Net14", "net14"),
        ("day31", "day31"),
        ("net 14 days", "net14"),
        ("14 days", "net14"),
        ("Payable within 30 days", "net30"),
        ("30 days end of month", "net30eom"),
        ("30 days after the end of the month", "eom30"),
        ("due at the end of the month", "eom0"),
        ("due on receipt", "receipt"),
    ],
)
def test_payment_terms_as_people_type_them(typed: str, kept: str) -> None:
    assert parse_payment_terms(typed) == kept


@pytest.mark.parametrize("typed", ["", "net", "net1000", "day0", "day32", "receipts", "14"])
def test_payment_terms_that_are_none(typed: str) -> None:
    with pytest.raises(UsageError, match="no payment terms"):
        parse_payment_terms(typed)


def test_an_invoice_is_not_due_before_it_was_issued() -> None:
    check_due("INV-1", date(2026, 11, 1), date(2026, 11, 1))
    with pytest.raises(UsageError, match="INV-1 would be due 31 Oct 2026"):
        check_due("INV-1", date(2026, 10, 31), date(2026, 11, 1))
