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


def test_what_names_a_bill_is_cut_by_no_money_of_a_later_day(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-09-01", "--due", "2026-10-01")
    acme.ok("pay", "acme", "1200", "--on", "2026-10-20", "--for", "A")
    acme.ok("invoice", "acme", "B", "500", "--issued", "2026-09-15", "--due", "2026-10-15")
    said = acme("pay", "acme", "500", "--on", "2026-10-01", "--for", "B")
    assert "500.00 on B" in said.out
    made = acme("statement", "acme", "--json").json
    assert [one["days_late"] for one in made["invoices"]] == [19, 0]
    assert (made["total_due"], made["in_favour"]) == ("0.00", "200.00")
    more = acme("pay", "acme", "600", "--on", "2026-09-30", "--for", "B=600")
    assert "B has only EUR 500.00 open on 30 Sep 2026" in more.err


def test_what_was_in_their_favour_and_went_back_pays_no_bill_and_each_is_said(acme: Cli) -> None:
    acme.ok("pay", "acme", "300", "--on", "2026-01-01")
    acme.ok("refund", "acme", "200", "--on", "2026-01-20")
    said = acme("invoice", "acme", "A", "250", "--issued", "2026-01-10", "--due", "2026-01-24").err
    assert "EUR 100.00 that was in the client's favour pays for it: EUR 150.00 is open." in said
    said = acme("invoice", "acme", "B", "40", "--issued", "2026-01-10", "--due", "2026-01-24").err
    assert "What was in the client's favour for it went back on 20 Jan 2026: EUR 40.00" in said
    assert "B" not in acme("invoice", "acme", "C", "9", "--issued", "2026-02-01").err


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


def test_an_invoice_states_its_vat_and_net_and_vat_come_to_the_amount(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "1250", "--issued", "2026-01-01", "--vat", "25%")
    more = ("--net", "900", "--vat", "0", "--vat-note", "Reverse charge")
    acme.ok("invoice", "acme", "B", "900", "--issued", "2026-01-01", *more)
    acme.ok("credit", "acme", "B", "90", "--number", "CN-1", "--vat", "0")
    refused = acme("invoice", "acme", "C", "100", "--net", "80", "--vat", "10")
    assert "80.00 net and 10.00 VAT do not come to 100.00" in refused.err
    other = acme("invoice", "acme", "C", "1250", "--vat", "250", "--vat-percent", "12")
    assert "12 % of EUR 1,000.00 is EUR 120.00: EUR 250.00 of VAT was given" in other.err
    assert "The VAT is all of the sum" in acme("invoice", "acme", "C", "100", "--vat", "100").err
    assert "--vat is there twice" in acme("invoice", "acme", "C", "9", *["--vat", "1"] * 2).err
    made = acme("statement", "acme", "--json").json
    stated = [(one["net"], one["vat"], one.get("vat_note")) for one in made["invoices"]]
    assert stated == [("1000.00", "250.00", None), ("900.00", "0.00", "Reverse charge")]
    assert made["total_due"] == "2060.00"
    assert "CN-1" in acme.ok("statement", "acme").partition("## VAT")[2]


def test_paid_early_less_the_discount_is_settled_and_a_rest_is_named(acme: Cli) -> None:
    for number in ("A", "B"):
        term = ("--discount", "2% within 10 days")
        acme.ok("invoice", "acme", number, "1000", "--issued", "2026-01-01", *term)
    said = acme("pay", "acme", "980", "--on", "2026-01-11", "--for", "A")
    assert "A: EUR 20.00 is taken off, as it was paid early." in said.err
    late = acme("pay", "acme", "980", "--on", "2026-01-12", "--for", "B")
    assert "B: EUR 20.00 is still open" in late.err
    text = acme.ok("statement", "acme")
    assert "B: EUR 20.00 is left, as the discount of 2 % was for payment of all else by" in text
    acme.ok("discount", "acme", "B")
    assert due(acme, "2026-02-01") == 20
    assert acme("statement", "acme", "--json").json["total_due"] == "0.00"
    acme.ok("invoice", "acme", "C", "1000", "--issued", "2026-01-01")
    all_of_it = acme("discount", "acme", "C").err
    assert "EUR 1,000.00 is open, and no discount is agreed" in all_of_it


def test_a_fee_says_who_bears_it_and_what_was_paid_in_dollars_its_rate(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "1000", "--issued", "2026-01-01")
    acme.ok("invoice", "acme", "B", "1000", "--issued", "2026-01-01")
    assert "Who bears the fee" in acme("pay", "acme", "987.50", "--fee", "12.50").err
    acme.ok("pay", "acme", "987.50", "--for", "A", "--fee", "12.50", "--fee-by", "me")
    paid = ("pay", "acme", "990", "--for", "B", "--fee", "10", "--fee-by", "client")
    assert "Give --rate and --rate-source" in acme(*paid, "--paid-as", "1100 USD").err
    dear = acme(*paid, "--paid-as", "1100 USD", "--rate", "0.92", "--rate-source", "ECB")
    assert "USD 1,100.00 at 0.92 is EUR 1,012.00, not EUR 1,000.00." in dear.err
    assert "B: EUR 10.00 is still open" in dear.err
    text = acme.ok("statement", "acme")
    assert "EUR 987.50 arrived. A fee of EUR 12.50" in text
    assert "paid as USD 1,100.00; EUR 990.00 at a rate of 0.92 EUR for 1 USD" in text


def test_instalments_are_told_with_what_was_missed(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "900", "--issued", "2026-01-01")
    parts = ("2026-02-15=300", "2026-03-15=300")
    said = acme("instalments", "acme", "A", *parts, "--on", "2026-02-01", "--text", "By phone")
    assert "EUR 300.00 that is open is in no part." in said.err
    acme.ok("pay", "acme", "300", "--on", "2026-02-14", "--for", "A")
    plan = acme("statement", "acme", "--until", "2026-03-16", "--json").json["instalments"][0]
    assert (plan["due"], plan["missed"]) == ("600.00", "300.00")
    assert [one["paid_on"] for one in plan["parts"]] == ["2026-02-14", None]
    early = acme("instalments", "acme", "A", "2026-01-15=300", "--on", "2026-02-01")
    assert "15 Jan 2026 is before the plan was agreed on" in early.err
    assert "There is no invoice X" in acme("instalments", "acme", "X", "2027-01-15=300").err


def test_it_is_said_when_a_discount_ended_and_what_a_word_is_no_rate_of(acme: Cli) -> None:
    term = ("--discount", "2% by 2026-10-10")
    acme.ok("invoice", "acme", "A", "100", "--issued", "2026-10-01", "--due", "2026-10-20", *term)
    acme.ok("invoice", "acme", "B", "500", "--issued", "2026-10-02", "--due", "2026-11-20")
    said = acme("pay", "acme", "150", "--on", "2026-10-12", "--for", "B=52", "--for", "A=98").err
    assert "A: EUR 2.00 is still open, due 20 Oct 2026. The discount ended on 10 Oct 2026." in said
    vat = acme("invoice", "acme", "C", "1", "--due", "+3d", "--vat-percent", "x")
    assert "'x' is no rate of VAT" in vat.err
    assert "Write the number of one it has" in acme("credit", "acme", "X-9", "1").err
    assert "a credit note takes it back" in acme("void", "acme#4", "--reason", "wrong").err
