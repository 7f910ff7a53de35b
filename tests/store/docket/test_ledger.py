"""Payments: what each settles is decided by what was there on its day, and never changes later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.docket.booking import ledger
from store.docket.claims import claims
from store.docket.ledger import Invoice
from store.entries import ChargeHead, Entry
from tests.store.building import TODAY, docket, entry, invoice, payment

EURO = "EUR"


def rate(seq: int, percent: str = "10") -> Entry:
    """Return a rate in force from long ago, stated today."""
    return entry(
        seq, "interest", 0, data={"percent": percent, "starts": "2020-01-01", "source": "Contract"}
    )


def fixed(seq: int, amount: str = "40") -> Entry:
    """Return one fixed sum for every late invoice, stated today."""
    bands = [{"at_least": "0", "amount": amount}]
    data = {"currency": EURO, "source": "Directive", "bands": bands}
    return entry(seq, "fixed-sum", 0, data=data)


def paid_on(seq: int, day: int, amount: str, **charges: str) -> Entry:
    """Return a payment that names charges, such as `fixed_sum="40"`."""
    parts = [{"head": head.replace("_", "-"), "amount": told} for head, told in charges.items()]
    data = {"amount": amount, "currency": EURO, "for_charges": parts}
    return entry(seq, "payment", day, data=data)


def settled(known: Docket) -> dict[str, list[tuple[int, float]]]:
    """Return by invoice what it got, from which entry."""
    return {
        i.number: [(p.seq, float(p.amount)) for p in i.settlements] for i in known.ledger.invoices
    }


def total(known: Docket, day: int) -> Decimal:
    """Return all that is claimed so many days before TODAY, as a statement of that day says."""
    return claims(known.as_of(TODAY - timedelta(days=day)), EURO).total.amount


def test_money_goes_to_what_was_billed_when_it_came() -> None:
    """The account stood at nothing from day 50 on, whatever a later payment names."""
    known = docket(
        [
            invoice(1, 80, 66, "A", "1000"),
            invoice(2, 20, 6, "B", "1000"),
            payment(3, 30, "1000", A="1000"),
            payment(4, 50, "1000"),
            rate(5),
        ]
    )
    assert settled(known) == {"A": [(4, 1000)], "B": [(3, 1000)]}
    interest = [
        claims(known.as_of(TODAY - timedelta(days=d)), EURO).interest_total for d in (40, 0)
    ]
    assert [one.rounded() for one in interest] == [Decimal("4.38")] * 2  # 16 days of 1000 at 10 %


def test_what_it_names_comes_first_of_what_was_billed() -> None:
    known = docket(
        [
            invoice(1, 80, 66, "A"),
            invoice(2, 70, 56, "B"),
            payment(3, 50, "100", B="100"),
            payment(4, 40, "60"),
        ]
    )
    assert settled(known) == {"A": [(4, 60)], "B": [(3, 100)]}


def test_a_deposit_waits_for_the_invoice_it_names() -> None:
    known = docket(
        [
            invoice(1, 80, 66, "A"),
            payment(2, 60, "100", B="100"),
            invoice(3, 20, 6, "B"),
        ]
    )
    assert settled(known) == {"A": [], "B": [(2, 100)]}
    before = known.as_of(TODAY - timedelta(days=30))
    assert settled(before) == {"A": []}
    assert before.ledger.payments[0].unallocated.amount == 100


def test_a_late_fee_that_was_paid_is_not_claimed_again() -> None:
    known = docket(
        [
            invoice(1, 80, 66, "A", "1000"),
            payment(2, 50, "1040"),
            invoice(3, 20, 6, "B", "500"),
            fixed(4),
        ]
    )
    assert [total(known, day) for day in (51, 40, 10, 0)] == [1040, 0, 0, 540]
    assert known.ledger.payments[0].charges == {"fixed-sum": Decimal(40)}
    assert settled(known)["B"] == []


def test_a_payment_may_name_charges_while_an_invoice_is_open() -> None:
    known = docket(
        [invoice(1, 80, 66, "A", "1000"), paid_on(2, 50, "40", fixed_sum="40"), fixed(3)]
    )
    assert total(known, 40) == 1000
    assert settled(known) == {"A": []}


def test_what_is_named_beyond_what_came_up_goes_to_the_invoices() -> None:
    known = docket(
        [invoice(1, 80, 66, "A", "1000"), paid_on(2, 50, "90", fixed_sum="90"), fixed(3)]
    )
    assert settled(known) == {"A": [(2, 50)]}
    assert total(known, 0) == 950


def test_costs_come_before_interest_and_interest_before_fixed_sums() -> None:
    spent = entry(2, "cost", 60, data={"amount": "30", "currency": EURO})
    known = docket(
        [invoice(1, 80, 66, "A", "1000"), spent, payment(3, 50, "1032"), rate(4), fixed(5)]
    )
    assert known.ledger.payments[0].charges == {"cost": Decimal(30), "interest": Decimal(2)}
    # 4.38 of interest and the fixed sum of 40, less 2.
    assert total(known, 0) == Decimal("42.38")


def test_what_lateness_has_added_is_worked_out_once_a_day_and_for_a_settled_bill_once() -> None:
    made: list[Entry] = [rate(1), fixed(2)]
    for number in range(40):
        day = 200 - 4 * number
        made.append(invoice(len(made) + 1, day + 30, day + 20, f"I{number}"))
        made += [payment(len(made) + 1 + more, day, "160") for more in range(2)]
    known = docket(made)
    looked: list[int] = []

    def accrued(bills: Iterable[Invoice], currency: str, day: date) -> Mapping[ChargeHead, Decimal]:
        several = list(bills)
        looked.extend(bill.seq for bill in several)
        return known.late_terms.accrued(several, currency, day)

    found = ledger(known.counted, accrued)
    assert found == known.ledger
    assert sum(any(one.charges.values()) for one in found.payments) > 1
    assert max(map(looked.count, looked)) <= 2


cents = st.integers(1, 10**5).map(lambda count: str(Decimal(count) / 100))
days = st.integers(0, 120)


@st.composite
def books(draw: st.DrawFn) -> list[Entry]:
    """Return invoices, payments of every sort, and what lateness costs."""
    made: list[Entry] = []
    count = draw(st.integers(0, 5))
    for number in range(count):
        day = draw(days)
        due = day - draw(st.integers(0, 40))
        made.append(invoice(len(made) + 1, day, due, f"I{number}", draw(cents)))
    for _ in range(draw(st.integers(0, 6))):
        amount = draw(cents)
        data: dict[str, Any] = {"amount": amount, "currency": EURO}
        named = draw(st.sampled_from(["", "", "cost", "interest", "fixed-sum", "bill"]))
        if named == "bill" and count:
            bill = f"I{draw(st.integers(0, count - 1))}"
            data["for_invoices"] = [{"invoice": bill, "amount": amount}]
        elif named and named != "bill":
            data["for_charges"] = [{"head": named, "amount": amount}]
        made.append(entry(len(made) + 1, "payment", draw(days), data=data))
    if draw(st.booleans()):
        data = {"amount": draw(cents), "currency": EURO}
        made.append(entry(len(made) + 1, "cost", draw(days), data=data))
    made += [rate(len(made) + 1)] if draw(st.booleans()) else []
    made += [fixed(len(made) + 1)] if draw(st.booleans()) else []
    return made


def parts(known: Docket, day: int) -> tuple[set[tuple[int, int, Decimal]], list[object]]:
    """Return what was settled by so many days before TODAY, as `known` has it."""
    until = TODAY - timedelta(days=day)
    books = known.ledger
    bills = {
        (bill.seq, part.seq, part.amount)
        for bill in books.invoices
        for part in bill.settlements
        if bill.issued <= until and part.day <= until
    }
    return bills, [(one.seq, one.charges) for one in books.payments if one.day <= until]


@given(books(), days)
def test_what_was_settled_by_a_day_is_never_settled_otherwise_later(
    made: list[Entry], day: int
) -> None:
    known = docket(made)
    assert parts(known.as_of(TODAY - timedelta(days=day)), day) == parts(known, day)


@given(books())
def test_no_cent_is_lost_or_made(made: list[Entry]) -> None:
    known = docket(made)
    for one in known.ledger.payments:
        on_bills: Iterable[Decimal] = (
            part.amount
            for bill in known.ledger.invoices
            for part in bill.settlements
            if part.seq == one.seq
        )
        charged = sum(one.charges.values(), Decimal(0))
        assert sum(on_bills, Decimal(0)) + charged + one.unallocated.amount == one.amount.amount
    assert all(bill.balance.amount >= 0 for bill in known.ledger.invoices)
    found = claims(known, EURO)
    assert found.beside.amount >= found.beside_paid.amount
