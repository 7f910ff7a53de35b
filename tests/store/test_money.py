"""Money: exact, in one currency, and refused where a person could have meant two things."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.money import CURRENCIES, Money, digits, parse_amount, parse_currency, totals

codes = st.sampled_from(sorted(CURRENCIES))


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("1200", "EUR", "1200.00"),
        ("1,200.50", "EUR", "1200.50"),
        ("1200,5", "EUR", "1200.50"),
        ("1 200", "ISK", "1200"),
        ("1'200.00", "CHF", "1200.00"),
        ("0.125", "KWD", "0.125"),
        ("1.000,50", "EUR", "1000.50"),
        ("1.234.567,8", "EUR", "1234567.80"),
        ("1.234.567", "EUR", "1234567.00"),
        ("1,234,567", "EUR", "1234567.00"),
        ("12,34,567.50", "INR", "1234567.50"),
        ("1 000,50", "EUR", "1000.50"),
        ("1\u202f000,50", "EUR", "1000.50"),
        ("1’000.50", "CHF", "1000.50"),
        ("1200.-", "CHF", "1200.00"),
        ("1200,--", "EUR", "1200.00"),
        ("1.234,500", "KWD", "1234.500"),
        ("5.00", "JPY", "5"),
        ("١٢٠", "AED", "120.00"),
        ("១២០០", "KHR", "1200.00"),
    ],
)
def test_amounts_as_people_type_them(typed: str, currency: str, amount: str) -> None:
    assert str(parse_amount(typed, currency)) == amount


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("1,200", "EUR"),
        ("1.200", "EUR"),
        ("12.000", "JPY"),
        ("1.00,50", "EUR"),
        ("1,00.50", "EUR"),
        ("1 2 3", "EUR"),
        ("12 34", "EUR"),
        ("1.234,567", "EUR"),
        ("--5", "EUR"),
        ("0", "EUR"),
        ("-5", "EUR"),
        ("1e3", "EUR"),
        ("NaN", "EUR"),
        ("1.005", "EUR"),
        ("10.5", "JPY"),
        ("", "EUR"),
        ("9999999999999", "EUR"),
    ],
)
def test_amounts_that_are_refused(typed: str, currency: str) -> None:
    with pytest.raises(UsageError):
        parse_amount(typed, currency)


@pytest.mark.parametrize("typed", ["-50", "−50", "- 50", "(50)", "50-", "-1.000,50", "-€50"])
def test_a_minus_is_called_one(typed: str) -> None:
    with pytest.raises(UsageError, match="has a minus"):
        parse_amount(typed, "EUR")


@given(codes, st.integers(min_value=1, max_value=10**11), st.sampled_from(".,' "))
def test_a_sum_reads_the_same_however_it_is_grouped(code: str, units: int, group: str) -> None:
    point = {".": ",", ",": ".", "'": ".", " ": ","}[group]
    amount = Decimal(units).scaleb(-digits(code))
    whole, _, rest = f"{amount:,}".partition(".")
    typed = whole.replace(",", group) + (f"{point}{rest}" if rest else "")
    if re.fullmatch(r"\d{1,3},\d{3}" if digits(code) == 3 else r"\d{1,3}[.,]\d{3}", typed):
        with pytest.raises(UsageError, match="thousands or a fraction"):
            parse_amount(typed, code)
    else:
        assert parse_amount(typed, code) == amount


@given(codes, st.integers(min_value=1, max_value=10**11))
def test_what_is_printed_reads_back(code: str, units: int) -> None:
    amount = Decimal(units).scaleb(-digits(code))
    assert parse_amount(str(Money(amount, code).rounded()), code) == amount


@given(st.lists(st.builds(Money, st.decimals(-1000, 1000, places=2), codes)))
def test_currencies_are_never_added_together(sums: list[Money]) -> None:
    by_code = totals(sums)
    assert [m.currency for m in by_code] == sorted({m.currency for m in sums})
    for money in by_code:
        same = [m.amount for m in sums if m.currency == money.currency]
        assert money.amount == sum(same, Decimal(0))


def test_mixing_two_currencies_is_an_error() -> None:
    with pytest.raises(ValueError, match="EUR and USD"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(Decimal(1), "USD") - Money(Decimal(1), "EUR")


def test_currency_codes() -> None:
    assert parse_currency(" khr ") == "KHR"
    for wrong in ("", "EURO", "€", "XXX"):
        with pytest.raises(UsageError, match="is not a currency"):
            parse_currency(wrong)


def test_halves_round_away_from_zero() -> None:
    assert str(Money(Decimal("169.485"), "EUR")) == "EUR 169.49"
    assert str(Money(Decimal("1234567.5"), "JPY")) == "JPY 1,234,568"
