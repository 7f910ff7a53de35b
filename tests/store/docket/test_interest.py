"""Interest: worked examples to the cent, and each day added up by itself, exactly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.docket import Invoice, Settlement
from store.docket.interest import Rate, Rates, daily, interest
from store.entries import RatePolicy
from store.money import Money, digits
from tests.store.building import entry

START = date(2026, 1, 1)
DAYS = st.integers(0, 800).map(lambda count: START + timedelta(days=count))
PERCENTS = st.decimals("0.0001", "100", places=4)


def bill(amount: str, due: date, *paid: tuple[date, str], currency: str = "EUR") -> Invoice:
    """Return an invoice and what came in for it."""
    parts = [Settlement(9, day, Decimal(part)) for day, part in paid]
    return Invoice(1, "INV-1", Money(Decimal(amount), currency), due, due, parts)


def rates(*stated: tuple[str, date], policy: RatePolicy = "split") -> Rates:
    """Return rates in per cent from days on."""
    listed = [Rate(n, Decimal(percent), day, "Act") for n, (percent, day) in enumerate(stated, 2)]
    return Rates(tuple(sorted(listed, key=lambda rate: rate.starts)), policy)


HALF_YEARS = (("10.15", date(2026, 1, 1)), ("10.40", date(2026, 7, 1)))


@pytest.mark.parametrize(
    ("amount", "percent", "days", "wanted"),
    [
        ("5000", "12.25", 101, "169.49"),
        ("1000", "12", 30, "9.86"),
        ("2000", "13.25", 45, "32.67"),
    ],
)
def test_one_rate_is_rounded_once(amount: str, percent: str, days: int, wanted: str) -> None:
    found = interest(bill(amount, START), rates((percent, START)), START + timedelta(days=days))
    assert found.amount == Money(Decimal(wanted), "EUR")
    assert [span.days for span in found.spans] == [days]
    assert found.spans[0].first == START + timedelta(days=1)


@pytest.mark.parametrize(("policy", "wanted"), [("split", "187.35"), ("frozen", "184.37")])
def test_a_change_of_rate_splits_or_is_frozen(policy: RatePolicy, wanted: str) -> None:
    owed = bill("3000", date(2026, 4, 15))
    found = interest(owed, rates(*HALF_YEARS, policy=policy), date(2026, 11, 22))
    assert str(found.amount.amount) == wanted
    told = [(span.days, str(span.exact.quantize(Decimal("0.01")))) for span in found.spans]
    assert told == ([(76, "63.40"), (145, "123.95")] if policy == "split" else [(221, "184.37")])


def test_a_part_payment_counts_from_the_day_after_it() -> None:
    owed = bill("3000", date(2026, 4, 15), (date(2026, 9, 1), "1000"))
    found = interest(owed, rates(*HALF_YEARS), date(2026, 11, 22))
    assert str(found.amount.amount) == "163.98"
    told = [(str(span.principal.amount), span.end, round(span.exact, 2)) for span in found.spans]
    assert told == [
        ("3000", date(2026, 6, 30), Decimal("63.40")),
        ("3000", date(2026, 9, 1), Decimal("53.85")),
        ("2000", date(2026, 11, 22), Decimal("46.73")),
    ]
    assert round(daily(owed, rates(*HALF_YEARS), date(2026, 11, 22)), 4) == Decimal("0.5699")


def test_frozen_is_the_rate_of_the_day_on_which_it_became_late() -> None:
    """Due on 30 June it is late from 1 July, when the second rate starts."""
    owed = bill("3000", date(2026, 6, 30))
    found = interest(owed, rates(*HALF_YEARS, policy="frozen"), date(2026, 11, 22))
    assert [span.rate and span.rate.percent for span in found.spans] == [Decimal("10.40")]


def test_days_without_a_rate_carry_no_interest_and_are_kept_apart() -> None:
    owed = bill("3000", date(2026, 6, 20))
    found = interest(owed, rates(("10.40", date(2026, 7, 1))), date(2026, 7, 10))
    assert [(span.days, span.rate is None) for span in found.spans] == [(10, True), (10, False)]
    assert found.amount == Money(Decimal("8.55"), "EUR")


def test_a_debt_that_was_paid_late_carries_interest_until_that_day() -> None:
    owed = bill("1000", START, (START + timedelta(days=30), "1000"))
    found = interest(owed, rates(("12", START)), START + timedelta(days=300))
    assert str(found.amount.amount) == "9.86"
    assert daily(owed, rates(("12", START)), START + timedelta(days=300)) == 0


def test_no_interest_before_it_is_late_or_where_it_was_paid_in_time() -> None:
    known = rates(("12", START))
    due = START + timedelta(days=10)
    assert interest(bill("1000", due), known, due).amount.amount == 0
    assert interest(bill("1000", due), known, START).spans == ()
    assert interest(bill("1000", due, (due, "1000")), known, due + timedelta(days=9)).spans == ()
    assert daily(bill("1000", due), known, due - timedelta(days=1)) == 0
    assert daily(bill("1000", due), known, due) > 0


def test_yen_are_rounded_to_yen() -> None:
    owed = bill("90000", START, currency="JPY")
    assert str(interest(owed, rates(("3", START)), START + timedelta(days=31)).amount) == "JPY 229"


def test_a_later_entry_replaces_the_rate_of_the_same_day_and_sets_the_policy() -> None:
    said = [("8", "2026-01-01", "split"), ("9", "2026-07-01", "split"), ("8.5", "2026-01-01", "")]
    entries = [
        entry(
            seq,
            "interest",
            10 - seq,
            data={"percent": percent, "starts": day, "source": "Act", "policy": policy or "frozen"},
        )
        for seq, (percent, day, policy) in enumerate(said, 2)
    ]
    found = Rates.of(entries)
    assert found.policy == "frozen"
    assert [(rate.seq, str(rate.percent)) for rate in found.listed] == [(4, "8.5"), (3, "9")]
    assert found.on(date(2025, 12, 31)) is None


@st.composite
def debts(draw: st.DrawFn) -> Invoice:
    """Return an invoice with some payments, which never exceed it."""
    cents = draw(st.integers(1, 10**9))
    parts, left = [], cents
    for day in sorted(draw(st.lists(DAYS, max_size=5))):
        part = draw(st.integers(0, left))
        left -= part
        if part:
            parts.append((day, str(Decimal(part) / 100)))
    code = draw(st.sampled_from(["EUR", "JPY"]))
    return bill(str(Decimal(cents) / 100), draw(DAYS), *parts, currency=code)


@st.composite
def tariffs(draw: st.DrawFn) -> Rates:
    """Return rates that start on days of their own."""
    days = draw(st.lists(DAYS, max_size=4, unique=True))
    policy: RatePolicy = draw(st.sampled_from(["split", "frozen"]))
    return rates(*((str(draw(PERCENTS)), day) for day in days), policy=policy)


def day_by_day(invoice: Invoice, known: Rates, until: date) -> Fraction:
    """Return the interest as the sum of its days, each worked out by itself."""
    total = Fraction(0)
    day = invoice.due + timedelta(days=1)
    late_since = day
    while day <= until:
        paid = sum((part.amount for part in invoice.settlements if part.day < day), Decimal(0))
        asked = late_since if known.policy == "frozen" else day
        started = [rate for rate in known.listed if rate.starts <= asked]
        if started:
            percent = max(started, key=lambda rate: rate.starts).percent
            owed = Fraction(invoice.amount.amount) - Fraction(paid)
            total += owed * Fraction(percent) / 100 / 365
        day += timedelta(days=1)
    return total


@given(debts(), tariffs(), DAYS)
def test_the_spans_add_up_to_every_day_by_itself(
    invoice: Invoice, known: Rates, until: date
) -> None:
    wanted = day_by_day(invoice, known, until)
    found = interest(invoice, known, until)
    unit = 10 ** digits(invoice.amount.currency)
    halves_up = (wanted * unit + Fraction(1, 2)).__floor__()
    assert Fraction(found.amount.amount) * unit == halves_up
    following = day_by_day(invoice, known, until + timedelta(days=1)) - wanted
    assert abs(Fraction(daily(invoice, known, until)) - following) < Fraction(1, 10**20)


@given(debts(), tariffs(), DAYS)
def test_interest_is_never_negative_and_never_shrinks(
    invoice: Invoice, known: Rates, until: date
) -> None:
    sums = [interest(invoice, known, until + timedelta(days=n)).amount.amount for n in (0, 1, 40)]
    assert 0 <= sums[0] <= sums[1] <= sums[2]


@given(debts(), PERCENTS, DAYS, st.lists(DAYS, max_size=3))
def test_one_rate_is_the_same_split_or_frozen(
    invoice: Invoice, percent: Decimal, until: date, changes: list[date]
) -> None:
    """Also where it is stated anew, unchanged, on other days."""
    stated = [(str(percent), day) for day in {START - timedelta(days=1), *changes}]
    split = interest(invoice, rates(*stated), until)
    frozen = interest(invoice, rates(*stated, policy="frozen"), until)
    assert split.amount == frozen.amount


@given(debts(), tariffs(), DAYS)
def test_the_days_are_those_from_the_due_date(invoice: Invoice, known: Rates, until: date) -> None:
    found = interest(invoice, known, until)
    paid = invoice.settled_on
    end = min(until, paid) if paid else until
    assert sum(span.days for span in found.spans) == max(0, (end - invoice.due).days)
    assert all(a.end == b.start for a, b in zip(found.spans, found.spans[1:], strict=False))


def test_halves_are_rounded_away_from_zero() -> None:
    """1 at 36.5 % for 5 days is exactly half a cent."""
    found = interest(bill("1", START), rates(("36.5", START)), START + timedelta(days=5))
    assert found.spans[0].exact == Decimal("0.005")
    assert found.amount.amount == Decimal("0.005").quantize(Decimal("0.01"), ROUND_HALF_UP)
