"""A stranger's reckoning of a long account: as many steps for twice the entries as twice over."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from types import FrameType
from typing import Any

from store.recheck.account import Account
from store.recheck.entries import Docket
from store.recheck.journal import Journal, Line
from store.recheck.sums import Sums

START, AS_OF = date(2016, 1, 1), date(2026, 11, 30)


def said(bills: int) -> Iterator[tuple[date, str, dict[str, Any]]]:
    """Yield an account over ten years: of five invoices four are paid, late, one of them in part.

    Every ninth payment is more than its invoice, so that charges are paid with the rest.
    """
    yield START, "fixed-sum", {"bands": [{"at_least": "0", "amount": "40"}]}
    for half in range(20):
        day = START + timedelta(180 * half)
        yield day, "interest", {"percent": str(8 + half % 3), "starts": day.isoformat()}
    for place in range(1, bills + 1):
        day = START + timedelta(3_600 * place // bills)
        due = (day + timedelta(14)).isoformat()
        yield day, "invoice", {"number": f"N-{place}", "amount": f"{100 + place}", "due": due}
        paid = day + timedelta(20 + place % 60)
        if place % 5:
            part = 100 + place - (50 if place % 5 == 1 else 0) + (60 if place % 9 == 0 else 0)
            named = [{"invoice": f"N-{place}", "amount": f"{part}"}] if place % 3 == 0 else []
            yield paid, "payment", {"amount": f"{part}", "for_invoices": named}
        if place % 40 == 0:
            yield paid, "credit", {"of_invoice": f"N-{place}", "amount": "10", "number": "C"}
            yield paid, "refund", {"amount": "5"}


def lines(bills: int) -> list[Line]:
    """Return the entries as a journal has them."""
    found = sorted(said(bills), key=lambda one: one[0])
    return [
        Line(
            seq,
            {
                "kind": kind,
                "occurred_at": f"{day}T10:00:00+00:00",
                "recorded_at": f"{day}T10:00:00+00:00",
                "data": {"currency": "EUR", **data},
            },
            "",
        )
        for seq, (day, kind, data) in enumerate(found, start=1)
    ]


def steps(bills: int) -> int:
    """Return how many functions are called to reckon an account of so many invoices."""
    known, count = lines(bills), 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        Sums(Journal("x", "", known), {"made_at": AS_OF.isoformat(), "options": {}})
    finally:
        sys.setprofile(None)
    return count


def test_twice_the_entries_are_reckoned_in_about_twice_the_steps() -> None:
    few, many = steps(30), steps(120)
    assert many < 6 * few, f"{few} steps for 30 invoices, {many} for 120"


def test_interest_by_stretches_is_interest_by_days() -> None:
    """Day by day is what a stretch stands for: each day's sum at that day's rate."""
    account = Account(Docket(lines(15)), AS_OF)
    for bill in account.invoices:
        rows = account.interest(bill)
        by_days = {
            row.first + timedelta(past): (row.owed, row.percent)
            for row in rows
            for past in range(row.days)
        }
        assert len(by_days) == sum(row.days for row in rows), "no day counts twice"
        for past in range(1, (AS_OF - bill.due).days + 1):
            day = bill.due + timedelta(past)
            owed = bill.open_on(day - timedelta(1))
            expected = (owed, account.rate(day)) if owed > 0 and bill.asked else None
            assert by_days.get(day) == expected
