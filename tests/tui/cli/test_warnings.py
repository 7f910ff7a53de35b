"""Slips about money, days and hours: refused where they are sure, told where they are likely."""

from __future__ import annotations

from datetime import date

import pytest

from store.workspace import Workspace
from tests.tui.cli.conftest import Cli


@pytest.fixture
def billed(acme: Cli) -> Cli:
    """acme, with INV-1 (acme#3) of 100 and INV-2 (acme#4) of 30 EUR open."""
    acme.ok("invoice", "acme", "INV-1", "100", "--issued", "30d ago")
    acme.ok("invoice", "acme", "INV-2", "30", "--issued", "20d ago")
    return acme


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("+14d", date(2026, 1, 24)),
        ("14d", date(2026, 1, 24)),
        ("in 2 weeks", date(2026, 1, 24)),
        ("30 Jan", date(2026, 1, 30)),
        ("2026-02-01", date(2026, 2, 1)),
    ],
)
def test_an_invoice_is_due_counted_from_the_day_it_was_issued(
    acme: Cli, due: str, day: date
) -> None:
    acme.ok("invoice", "acme", "INV-9", "100", "--issued", "2026-01-10", "--due", due)
    (bill,) = Workspace.open(acme.root).docket("acme").ledger.invoices
    assert bill.due == day


def test_an_invoice_due_tomorrow_is_due_tomorrow(acme: Cli) -> None:
    acme.ok("invoice", "acme", "INV-9", "100", "--issued", "2026-01-10", "--due", "tomorrow")
    workspace = Workspace.open(acme.root)
    (bill,) = workspace.docket("acme").ledger.invoices
    assert (bill.due - workspace.clock().date()).days == 1


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["pay", "acme", "50", "INV-2"], "--for INV-2"),
        (["pay", "acme", "50", "for", "inv-2"], "--for INV-2"),
        (["pay", "acme", "50", "INV-7"], "INV-7 is no invoice of theirs (they have INV-1, INV-2)"),
        (["pay", "acme", "50", "MV-99", "by", "bank"], 'or as a text: "by MV-99"'),
        (["pay", "acme", "50", "EUR"], "--currency EUR"),
        (["pay", "acme", "50", "usd"], "--currency USD"),
        (["pay", "acme", "50", "EUR", "by", "bank"], "--currency EUR"),
        (["invoice", "acme", "INV-3", "50", "USD"], "--currency USD"),
        (["log", "acme", "late-payment", "x", "--invoice", "INV-7"], "it has INV-1, INV-2"),
        (["pay", "acme", "10", "--for", "INV-1=12"], "EUR 10.00 came in"),
        (["pay", "acme", "50", "--for", "INV-1=40", "--for", "INV-2=20"], "EUR 10.00 of it is"),
    ],
)
def test_a_sure_slip_is_refused_with_the_right_words(
    billed: Cli, words: list[str], remedy: str
) -> None:
    before = billed.files()
    result = billed(*words)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert remedy in result.err
    assert billed.files() == before


def test_words_that_only_look_like_a_slip_are_a_text(billed: Cli) -> None:
    for words in (
        ["pay", "acme", "1", "INV-2", "--for", "INV-1"],
        ["pay", "acme", "1", "All of it, says Bo"],
        ["pay", "acme", "1", "half of INV-2"],
        ["invoice", "acme", "INV-5", "50", "top", "banner"],
    ):
        assert billed(*words).status == 0, words


def test_likely_slips_are_told_and_logged(billed: Cli) -> None:
    for words, said in (
        (["pay", "acme", "150"], "EUR 20.00 of it is more than was open"),
        (["invoice", "acme", "INV-3", "5", "--currency", "USD"], "USD, though EUR is agreed"),
        (["hours", "acme", "26"], "26 hours in one entry"),
        (["log", "acme", "rework", "x", "--hours", "200"], "200 hours in one entry"),
    ):
        result = billed(*words)
        assert (result.status, said in result.err) == (0, True), result
    for words in (["hours", "acme", "24"], ["pay", "acme", "5", "--currency", "USD"]):
        assert "?" not in billed(*words).err
    assert "more than was open" not in billed("invoice", "acme", "INV-4", "20").err


def test_voiding_a_paid_invoice_tells_where_the_money_goes(billed: Cli) -> None:
    billed.ok("pay", "acme", "100", "--for", "INV-1")
    result = billed("void", "acme#3", "--reason", "never sent")
    told = "Payment acme#5 paid for INV-1; now EUR 30.00 for INV-2, EUR 70.00 for no invoice."
    assert told in result.err
    assert "Payment" not in billed("void", "acme#2", "--reason", "typo").err
