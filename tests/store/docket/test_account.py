"""The account: ageing less credit is the closing balance, whatever was billed and paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision.asof import exposure_months
from store.decision.timeline import read_timeline
from store.docket.account import AGES, account
from store.docket.claims import claims, currencies, disputes
from store.docket.unbilled import unbilled
from store.entries import Entry
from store.errors import UsageError
from store.money import Money
from store.private.model import Private
from store.settings.config import Config
from tests.store.building import TODAY, docket, entry, invoice, payment, workspace

EURO = "EUR"


def euros(amount: str) -> Money:
    """Return an amount in euros."""
    return Money(Decimal(amount), EURO)


def disputed(seq: int, day: int, number: str, amount: str) -> Entry:
    """Return a dispute in euros, so many days before TODAY."""
    data = {"number": number, "amount": amount, "currency": EURO}
    return entry(seq, "disputed", day, "Says it was not ordered", data=data)


def rate(seq: int, percent: str, starts: str = "2026-01-01") -> Entry:
    """Return a rate, stated today."""
    return entry(
        seq, "interest", 0, data={"percent": percent, "starts": starts, "source": "Act, s. 6"}
    )


UK = {
    "currency": EURO,
    "source": "Act, s. 5A",
    "bands": [
        {"at_least": "0", "amount": "40"},
        {"at_least": "1000", "amount": "70"},
        {"at_least": "10000", "amount": "100"},
    ],
}


@st.composite
def stated(draw: st.DrawFn, amount: Decimal, issued: date) -> dict[str, str]:
    """Return what a bill may state of its VAT, and offer to whoever pays early."""
    said: dict[str, str] = {}
    if draw(st.booleans()):
        vat = draw(st.integers(0, int(amount * 100)).map(lambda count: Decimal(count) / 100))
        said = draw(st.sampled_from([{"vat": str(vat)}, {"net": str(amount - vat)}]))
        said |= {"vat_percent": "19"} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        until = issued + timedelta(days=draw(st.integers(0, 30)))
        percent = draw(st.sampled_from(["2", "3.5", "33.3333"]))
        said |= {"discount_percent": percent, "discount_until": until.isoformat()}
    return said


@st.composite
def kept_on_the_way(draw: st.DrawFn, cents: st.SearchStrategy[str]) -> dict[str, Any]:
    """Return a fee that a payment may have lost, and the currency that it may have come in."""
    side = draw(st.sampled_from([None, None, "me", "client"]))
    said: dict[str, Any] = {"fee": draw(cents), "fee_by": side} if side else {}
    if draw(st.integers(0, 3)) == 0:
        paid = {"amount": draw(cents), "currency": "SEK"}
        said |= {"paid_as": paid, "paid_rate": "0.0888", "rate_source": "ECB"}
    return said


@st.composite
def planned(
    draw: st.DrawFn,
    seq: int,
    count: int,
    cents: st.SearchStrategy[str],
    codes: st.SearchStrategy[str],
) -> Entry:
    """Return a plan to pay a bill, or all that is open, in parts."""
    day = draw(st.integers(0, 700))
    dues = sorted({day - draw(st.integers(0, 90)) for _ in range(3)}, reverse=True)
    days = [(TODAY - timedelta(days=due)).isoformat() for due in dues]
    parts = [{"due": due, "amount": draw(cents)} for due in days]
    bill = {"of_invoice": f"I{draw(st.integers(0, count - 1))}"} if count else {}
    bill = bill if draw(st.booleans()) else {}
    return entry(seq, "instalments", day, data={"currency": draw(codes), "parts": parts, **bill})


@st.composite
def books(draw: st.DrawFn) -> list[Entry]:
    """Return invoices, payments and disputes of two years in two currencies."""
    entries: list[Entry] = []
    count = draw(st.integers(0, 6))
    cents = st.integers(1, 10**7).map(lambda count: str(Decimal(count) / 100))
    codes = st.sampled_from([EURO, "USD"])
    for number in range(count):
        day = draw(st.integers(0, 700))
        due = TODAY - timedelta(days=day - draw(st.integers(0, 60)))
        data = {"amount": draw(cents), "currency": draw(codes), "due": due.isoformat()}
        data |= draw(stated(Decimal(data["amount"]), TODAY - timedelta(days=day)))
        entries.append(
            entry(len(entries) + 1, "invoice", day, data=data | {"number": f"I{number}"})
        )
    for _ in range(draw(st.integers(0, 6))):
        sum_of: dict[str, Any] = {"amount": draw(cents), "currency": draw(codes)}
        named = draw(st.sampled_from(range(count))) if count and draw(st.booleans()) else None
        parts = [] if named is None else [{"invoice": f"I{named}", "amount": sum_of["amount"]}]
        sum_of |= draw(kept_on_the_way(cents))
        day = draw(st.integers(0, 700))
        entries.append(
            entry(len(entries) + 1, "payment", day, data=sum_of | {"for_invoices": parts})
        )
    for _ in range(draw(st.integers(0, 2))):
        entries.append(draw(planned(len(entries) + 1, count, cents, codes)))
    for _ in range(draw(st.integers(0, 3)) if count else 0):
        bill = f"I{draw(st.integers(0, count - 1))}"
        said = {"number": bill, "amount": draw(cents), "currency": draw(codes)}
        entries.append(entry(len(entries) + 1, "disputed", draw(st.integers(0, 700)), data=said))
    paid = [one.seq for one in entries if one.kind == "payment"]
    for _ in range(draw(st.integers(0, 4))):
        seq, day = len(entries) + 1, draw(st.integers(0, 700))
        data = {"amount": draw(cents), "currency": draw(codes)}
        kind = draw(st.sampled_from(["credit", "discount", "write-off", "refund", "returned"]))
        if kind == "returned" and paid:
            of = draw(st.sampled_from(paid))
            entries.append(entry(seq, "payment-returned", day, data=data, link=("about", of)))
        elif kind == "refund":
            entries.append(entry(seq, kind, day, data=data))
        elif count and kind != "returned":
            bill = f"I{draw(st.integers(0, count - 1))}"
            entries.append(entry(seq, kind, day, data=data | {"of_invoice": bill}))
    return entries


@given(books(), st.integers(-100, 750), st.integers(0, 700))
def test_ageing_less_credit_is_the_closing_balance(
    entries: list[Entry], since: int, until: int
) -> None:
    known = docket(entries, TODAY - timedelta(days=until))
    begin = TODAY - timedelta(days=since)
    for currency in (EURO, "USD"):
        found = account(known, currency, begin)
        settled = found.charges_paid + found.credit
        assert sum(found.ageing, Decimal(0)) - settled == found.closing
        assert found.opening + found.charged - found.paid == found.closing
        back = any(one.amount.currency == currency for one in known.ledger.given_back)
        assert found.credit >= 0 or back
        assert all(one >= 0 for one in (*found.ageing, found.not_yet_due))
        balance = found.opening
        for line in found.lines:
            balance += line.charge - line.payment
            assert line.balance == balance
        assert balance == found.closing
        whole = account(known, currency)
        assert (whole.opening, whole.closing) == (Decimal(0), found.closing)
        for bill in found.invoices:
            if dispute := disputes(known).get(bill.seq):
                assert 0 <= dispute.of(bill).amount <= bill.balance.amount


def test_the_first_day_of_a_period_is_inside_it() -> None:
    known = docket([invoice(1, 60, 46, "A"), payment(2, 30, "40")])
    found = account(known, EURO, TODAY - timedelta(days=30))
    assert (found.opening, found.paid, found.closing) == (Decimal(100), Decimal(40), Decimal(60))


@pytest.mark.parametrize(
    ("due", "column"),
    [(-9, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)
def test_each_open_invoice_is_in_the_column_of_its_age(due: int, column: int) -> None:
    found = account(docket([invoice(1, 120, due, "A", "70")]), EURO)
    assert [bool(one) for one in found.ageing] == [n == column for n in range(len(AGES))]
    assert found.not_yet_due == (70 if due < 0 else 0)


def test_one_payment_over_two_invoices_and_what_is_left_of_it() -> None:
    """Two invoices paid as one lump (advice 45)."""
    found = account(
        docket([invoice(1, 60, 46, "A"), invoice(2, 50, 36, "B"), payment(3, 10, "260")]), EURO
    )
    assert [(line.day, line.balance) for line in found.lines][-1] == (
        TODAY - timedelta(days=10),
        Decimal(-60),
    )
    assert (found.closing, found.credit, *found.ageing) == (
        Decimal(-60),
        Decimal(60),
        *[Decimal(0)] * len(AGES),
    )


def test_what_was_settled_before_the_period_is_in_the_opening_balance_alone() -> None:
    entries = [
        invoice(1, 90, 76, "A"),
        payment(2, 80, "100"),
        invoice(3, 60, 46, "B"),
        payment(4, 20, "30"),
        invoice(5, 5, -9, "C", "50"),
    ]
    found = account(docket(entries), EURO, TODAY - timedelta(days=30))
    assert found.opening == 100
    assert [one.number for one in found.listed] == ["B", "C"]
    assert (found.closing, found.not_yet_due) == (Decimal(120), Decimal(50))


def test_the_last_word_on_an_invoice_is_what_is_disputed_of_it() -> None:
    known = docket(
        [
            invoice(1, 60, 46, "A"),
            disputed(2, 40, "A", "90"),
            disputed(3, 30, "a", "60"),
            payment(4, 20, "55"),
        ]
    )
    found = disputes(known)[1]
    assert (found.seq, found.amount) == (3, euros("60"))
    assert found.of(known.ledger.invoices[0]) == euros("45")


@pytest.mark.parametrize(
    ("amount", "wanted"),
    [("999.99", "40"), ("1000", "70"), ("9999.99", "70"), ("10000", "100")],
)
def test_the_fixed_sum_goes_by_the_band_of_the_invoice(amount: str, wanted: str) -> None:
    known = docket([invoice(1, 60, 46, "A", amount), entry(2, "fixed-sum", 1, data=UK)])
    found = claims(known, EURO)
    assert [one.amount for one in found.fixed] == [euros(wanted)]
    assert found.total == euros(amount) + euros(wanted)


def test_no_fixed_sum_below_the_first_band_in_time_or_in_another_currency() -> None:
    bands = UK | {"bands": [{"at_least": "200", "amount": "40"}]}
    known = docket(
        [
            invoice(1, 60, 46, "SMALL", "199.99"),
            invoice(2, 60, -5, "EARLY", "500"),
            entry(3, "fixed-sum", 1, data=bands | {"currency": "GBP"}),
            entry(4, "fixed-sum", 1, data=bands),
        ]
    )
    assert claims(known, EURO).fixed == ()


def test_what_was_paid_late_still_carries_interest_and_fixed_sum() -> None:
    known = docket(
        [
            invoice(1, 60, 46, "A", "1000"),
            payment(2, 16, "1000"),
            rate(3, "12"),
            entry(4, "fixed-sum", 1, data=UK),
        ]
    )
    found = claims(known, EURO)
    assert found.principal == euros("0")
    assert found.interest_total.rounded() == Decimal("9.86")
    assert (found.fixed_total, found.running) == (euros("70"), Decimal(0))


def test_a_rate_holds_from_the_day_it_starts_whenever_it_was_stated() -> None:
    known = docket([invoice(1, 60, 46, "A", "1000"), rate(2, "12")])
    earlier = known.as_of(TODAY - timedelta(days=16))
    assert claims(earlier, EURO).interest_total.rounded() == Decimal("9.86")


def test_interest_runs_on_at_the_sum_of_what_each_open_invoice_adds() -> None:
    known = docket(
        [
            invoice(1, 60, 46, "A", "3650"),
            invoice(2, 60, 0, "TODAY", "7300"),
            invoice(3, 60, -1, "LATER", "99999"),
            payment(4, 0, "1000", A="1000"),
            rate(5, "10"),
        ]
    )
    found = claims(known, EURO)
    assert round(found.running, 4) == Decimal("2.7260")  # (2650 + 7300) at 10 % for a day


def test_costs_count_in_their_own_currency() -> None:
    spent = [
        entry(n, "cost", n, data={"amount": amount, "currency": code})
        for n, (amount, code) in enumerate([("35.50", EURO), ("20", "GBP"), ("4.50", EURO)], 1)
    ]
    known = docket(spent)
    assert claims(known, EURO).total == euros("40.00")
    assert currencies(known) == [EURO, "GBP"]


def hours(seq: int, day: int, count: str, spent: str = "work") -> Entry:
    """Return hours, so many days before TODAY."""
    return entry(seq, "hours", day, data={"hours": count, "spent": spent})


def test_unbilled_is_work_after_the_last_invoice_as_the_assessment_has_it() -> None:
    """Advice 29: an invoice of 100 is a month of billing, and long overdue."""
    terms = entry(1, "terms", 200, data={"rate": "85", "currency": EURO})
    known = docket(
        [
            terms,
            invoice(2, 90, 76, "A", "100"),
            hours(3, 95, "9"),
            hours(4, 90, "8"),
            hours(5, 20, "2.5"),
            hours(6, 10, "4", "chase"),
            hours(7, 0, "1"),
        ]
    )
    found = unbilled(known, EURO)
    assert found is not None
    assert (found.hours, found.worth) == (Decimal("3.5"), euros("297.5"))
    timeline = read_timeline(known, Private(), Config())
    months = exposure_months(timeline, TODAY.toordinal())
    assert months == pytest.approx(float(100 + Decimal("297.5")) / 100, abs=0.01)


def test_unbilled_work_has_no_worth_without_a_rate_and_none_in_another_currency() -> None:
    found = unbilled(docket([hours(1, 5, "2")]), EURO)
    assert found is not None
    assert (found.hours, found.since, found.worth) == (Decimal(2), None, None)
    terms = entry(2, "terms", 200, data={"rate": "85", "currency": "USD"})
    assert unbilled(docket([hours(1, 5, "2"), terms]), EURO) is None
    assert unbilled(docket([hours(1, 5, "2", "chase")]), EURO) is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"number": "X"}, "There is no invoice X on acme"),
        ({"currency": "USD"}, "INV-1 is in EUR: USD is disputed, and currencies are never mixed"),
        ({"amount": "100.01"}, r"INV-1 is about EUR 100\.00: 100\.01 is more than the invoice"),
    ],
)
def test_a_dispute_is_about_an_invoice_and_no_more_than_it(
    tmp_path: Path, data: dict[str, Any], message: str
) -> None:
    made = workspace(tmp_path)
    bill = {"number": "INV-1", "amount": "100.00", "currency": EURO, "due": "2026-11-01"}
    made.log(made.draft("acme", "invoice", data=bill))
    fits = {"number": "inv-1", "amount": "100.00", "currency": EURO}
    made.log(made.draft("acme", "disputed", data=fits))
    with pytest.raises(UsageError, match=message):
        made.log(made.draft("acme", "disputed", data=fits | data))
    links = [{"rel": "amends", "seq": 4}]
    with pytest.raises(UsageError, match=message):
        made.log(made.draft("acme", "amendment", links=links, data={"changes": data}))
    assert len(made.entries("acme")) == 4


@pytest.mark.parametrize("second", ["0", "0.00"])
def test_bands_of_fixed_sums_go_up(tmp_path: Path, second: str) -> None:
    made = workspace(tmp_path)
    bands = [{"at_least": "0", "amount": "40"}, {"at_least": second, "amount": "70"}]
    with pytest.raises(UsageError, match="comes after the one from 0: each band begins above"):
        made.log(made.draft("acme", "fixed-sum", data=UK | {"bands": bands}))


def test_a_rate_needs_its_source(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for source in ("", "  "):
        with pytest.raises(UsageError, match="source"):
            made.draft(
                "acme",
                "interest",
                data={"percent": "8", "starts": "2026-01-01", "source": source},
            )
