"""`docket pay`: what money is for, as typed on the day it came in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.tui.cli.conftest import Cli


@pytest.fixture
def acme(cli: Cli) -> Cli:
    """A client on 14 days who pays interest and a fee when late."""
    cli.ok("new", "Acme", "--id", "acme", "--currency", "EUR", "--terms", "net14")
    return cli


def due(cli: Cli, day: str) -> Decimal:
    """Return the total due by the statement of a day."""
    return Decimal(cli("statement", "acme", "--until", day, "--json").json["total_due"])


def test_a_later_bill_never_takes_money_that_was_there_before(acme: Cli) -> None:
    acme.ok("rate", "acme", "10", "--from", "2026-01-01", "--source", "Contract")
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-01-01", "--due", "2026-01-15")
    acme.ok("invoice", "acme", "B", "1000", "--issued", "2026-03-15", "--due", "2026-04-01")
    acme.ok("pay", "acme", "1000", "--on", "2026-03-01", "--for", "A")
    acme.ok("pay", "acme", "1000", "--on", "2026-02-01")
    totals = [
        acme("statement", "acme", "--until", day, "--json").json["interest_total"]
        for day in ("2026-02-28", "2026-03-20", "2026-06-01")
    ]
    assert totals == ["4.66"] * 3


def test_a_fee_that_was_paid_is_not_due_again(acme: Cli) -> None:
    acme.ok("rate", "acme", "--fixed", "40", "--source", "Directive")
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-01-01", "--due", "2026-01-15")
    said = acme("pay", "acme", "1040", "--on", "2026-02-01")
    assert "EUR 40.00 of it is for fixed sums." in said.err
    acme.ok("invoice", "acme", "B", "500", "--issued", "2026-03-01", "--due", "2026-03-15")
    assert [due(acme, day) for day in ("2026-02-10", "2026-03-14", "2026-03-16")] == [0, 0, 540]


@pytest.mark.parametrize(
    ("amount", "named", "left", "told"),
    [
        ("40", "fee=40", 1030, "40.00 on fixed sums"),
        ("40", "fee", 1030, "40.00 on fixed sums"),
        ("30", "costs=30", 1040, "30.00 on costs"),
    ],
)
def test_it_may_be_said_to_be_for_a_charge(
    acme: Cli, amount: str, named: str, left: int, told: str
) -> None:
    acme.ok("rate", "acme", "--fixed", "40", "--source", "Directive")
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-01-01", "--due", "2026-01-15")
    spent = ("--set", "amount=30", "--set", "currency=EUR", "--on", "2026-01-20")
    acme.ok("log", "acme", "cost", "Registered mail", *spent)
    acme.ok("pay", "acme", amount, "--on", "2026-02-01", "--for", named)
    assert due(acme, "2026-02-10") == left
    assert told in acme.ok("show", "acme")


def test_more_than_had_come_up_is_refused_with_what_had(acme: Cli) -> None:
    acme.ok("rate", "acme", "--fixed", "40", "--source", "Directive")
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-01-01", "--due", "2026-01-15")
    refused = acme("pay", "acme", "60", "--on", "2026-02-01", "--for", "fee=60")
    assert refused.status == 2
    assert "EUR 40.00 of fixed sums had come up by 1 Feb 2026" in refused.err
