"""`docket statement`, `rate`, `dispute` and costs by command: what is logged, said and written."""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.errors import UsageError
from store.money import parse_bands
from store.quantities import parse_percent
from store.settings.config import Config
from tests.tui.cli.conftest import Cli, Result
from tests.tui.cli.desk import Desk
from tui.cli.policy import config_toml
from tui.cli.run import run

SOURCE = "Directive 2011/7"


@pytest.fixture
def desk(cli: Cli) -> Desk:
    """Return a desk with an invoice of 1,000 that was due 30 days ago."""
    made = Desk(cli)
    made("invoice", "acme", "INV-1", "1000", "--issued", "2026-10-09", "--due", "2026-10-23")
    return made


def at_noon(desk: Desk, *words: str) -> Result:
    """Run a command at the desk's noon, whatever comes of it."""
    desk.cli.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    desk.cli.capsys.readouterr()
    noon = datetime(desk.today.year, desk.today.month, desk.today.day, 12, tzinfo=UTC)
    argv = ["--workspace", str(desk.cli.root), *words]
    status = run(argv, open_app=lambda _: 0, clock=lambda: noon)
    return Result(status, *desk.cli.capsys.readouterr())


def refused(desk: Desk, *words: str) -> str:
    """Run a command that is wrong usage and return what it said."""
    result = at_noon(desk, *words)
    assert result.status == 2, result
    return result.err


def figures(desk: Desk, *words: str) -> dict[str, object]:
    """Return the statement as JSON."""
    found: dict[str, object] = json.loads(desk("statement", "acme", "--json", *words))
    return found


def test_from_a_rate_to_the_cent(desk: Desk) -> None:
    said = desk("rate", "acme", "12", "--from", "2026-01-01", "--source", SOURCE)
    assert "acme#4 interest" in said
    assert "12 % a year from 1 Jan" in said
    found = figures(desk)
    assert (found["interest_total"], found["total_due"]) == ("9.86", "1009.86")
    printed = desk("statement", "acme")
    assert "| INV-1   | 24 Oct 2026 | 22 Nov 2026 |   30 | 1,000.00 |" in printed
    assert f"- 12 % from 1 January 2026: {SOURCE} (entry 4)" in printed
    shown = desk("show", "acme", "--kind", "interest")
    assert "12 % a year from 1 Jan 2026, split where it changes, source: Directive" in shown


def test_the_policy_stays_until_another_is_said(desk: Desk) -> None:
    rate = ("rate", "acme", "10.4%", "--source", SOURCE, "--from")
    desk(*rate, "2026-01-01", "--policy", "frozen")
    desk(*rate, "2026-11-01")
    assert figures(desk)["rate_policy"] == "frozen"
    desk(*rate, "2026-11-02", "--policy", "split")
    assert figures(desk)["rate_policy"] == "split"


def test_fixed_sums_by_band_and_their_replacement(desk: Desk) -> None:
    desk("rate", "acme", "--fixed", "40,1000:70,10000:100", "--source", SOURCE)
    assert figures(desk)["fixed_sums"] == [
        {"invoice": "INV-1", "amount": "70.00", "source": SOURCE, "seq": 4}
    ]
    desk("rate", "acme", "--fixed", "40", "--source", SOURCE)
    assert figures(desk)["total_due"] == "1040.00"
    told = at_noon(desk, "rate", "acme", "--fixed", "50", "--source", SOURCE).err
    assert told == "They replace the fixed sums in EUR from before.\n"


def test_a_dispute_is_in_the_invoices_currency_and_the_last_one_holds(desk: Desk) -> None:
    desk("invoice", "acme", "US-1", "90", "--currency", "USD", "--due", "2026-11-30")
    desk("dispute", "acme", "us-1", "20", "Not ordered", "--quote", "we never did")
    desk("dispute", "acme", "US-1", "30", "Nor that")
    assert figures(desk, "--currency", "USD")["in_dispute"] == "30.00"
    shown = desk("show", "acme", "--kind", "disputed")
    assert "USD 20.00 of US-1" in shown
    assert "“we never did” (client)" in shown
    told = at_noon(desk, "dispute", "acme", "INV-1", "200", "The second page").err
    assert told == "INV-1: EUR 1,000.00 is owed, EUR 800.00 of it undisputed.\n"


def test_costs_are_logged_with_their_receipt(desk: Desk, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"%PDF")
    desk("log", "acme", "cost", "Court fee", "--amount", "35.50", "--attach", str(receipt))
    assert figures(desk)["total_due"] == "1035.50"
    printed = desk("statement", "acme")
    assert "receipt" in printed.split("## Costs")[1]
    assert refused(desk, "log", "acme", "cost", "Court fee") == (
        "What did it cost. Give the sum with --amount.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rate", "acme"), "What does lateness cost"),
        (("rate", "acme", "8", "--fixed", "40", "--source", "x"), "What does lateness cost"),
        (("rate", "acme", "8", "--from", "today"), "Docket knows no law and guesses no rate"),
        (("rate", "acme", "8", "--from", "today", "--source", " "), "Where does it say so"),
        (("rate", "acme", "8", "--source", "x"), "From which day is that rate in force"),
        (("rate", "acme", "0", "--from", "today", "--source", "x"), "'0' is no yearly rate"),
        (("rate", "acme", "8", "--currency", "EUR", "--source", "x"), "A rate has no currency"),
        (("rate", "acme", "--fixed", "40", "--from", "today", "--source", "x"), "have no --from"),
        (("rate", "acme", "--fixed", "40,50", "--source", "x"), "comes after the one from 0"),
        (("rate", "acme", "--fixed", "40,", "--source", "x"), "'' is not an amount"),
        (("rate", "acme", "8", "--from", "1", "Jul", "--source", "x"), "Put the date in quotes"),
        (("dispute", "acme", "X", "20", "no"), "There is no invoice X on acme: it has INV-1"),
        (("dispute", "acme", "INV-1", "2000", "no"), "2,000.00 is more than the invoice"),
        (("dispute", "acme", "INV-1", "20", "EUR"), "'EUR' would become a text"),
        (("invoice", "acme", "INV-9", "20", "net14"), "'net14' would become a text. Write --due"),
        (("log", "acme", "interest", "8 a year"), "Use `docket rate CLIENT PERCENT`"),
        (("log", "acme", "fixed-sum", "40 each"), "Use `docket rate CLIENT --fixed SUMS`"),
        (("log", "acme", "disputed", "20 of it"), "Use `docket dispute`"),
        (("statement", "acme", "--html"), "Where to write the page"),
        (("statement", "acme", "--currency", "JPY"), "acme has no account in JPY: it has EUR"),
        (("statement", "acme", "--until", "2026-01-01"), "nothing was billed or paid up to"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_logged(
    desk: Desk, words: tuple[str, ...], said: str
) -> None:
    before = desk.cli.files()
    assert said in refused(desk, *words)
    assert desk.cli.files() == before


def test_it_is_written_once_as_text_and_page_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = desk("statement", "acme", "-o", str(folder), "--html", "--prepared-by", "Ann Berg")
    text, page = (Path(line) for line in out.splitlines())
    assert text.name == "2026-11-22_acme_statement_EUR.md"
    assert page.name == "2026-11-22_acme_statement_EUR.html"
    assert text.read_text(encoding="utf-8") == desk(
        "statement", "acme", "--prepared-by", "Ann Berg"
    )
    printed = re.sub("</?span[^>]*>", "", page.read_text(encoding="utf-8"))
    assert "Total due on 22 November 2026" in printed.replace("\xa0", " ")
    text.unlink()
    again = at_noon(desk, "statement", "acme", "--until", "2026-11-22", "-o", str(text), "--html")
    assert again.status == 1
    assert "is there already: nothing is ever written over" in again.err
    assert not text.exists()


def test_how_to_pay_comes_from_the_settings(desk: Desk) -> None:
    told = at_noon(desk, "statement", "acme").err
    assert 'set payment_details = "..." in config.toml' in told
    assert "no interest, as no rate is on record" in told
    details = 'IBAN DE00 0000\nplease name "INV" | too'
    settings = config_toml(Config(author="Ann", payment_details=details))
    assert tomllib.loads(settings)["payment_details"] == details
    (desk.cli.root / "config.toml").write_text(settings, encoding="utf-8")
    assert '> IBAN DE00 0000\\\n> please name "INV" \\| too' in desk("statement", "acme")
    assert "how to pay" not in at_noon(desk, "statement", "acme").err


@pytest.mark.parametrize(
    ("text", "wanted"), [("8", "8"), ("10,15", "10.15"), ("12.2500 %", "12.2500"), ("100", "100")]
)
def test_a_rate_is_kept_as_it_was_typed(text: str, wanted: str) -> None:
    assert str(parse_percent(text)) == wanted


@pytest.mark.parametrize("text", ["", "0", "-1", "100.01", "8.12345", "eight", "8%%", "1e1", "٨.."])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no yearly rate"):
        parse_percent(text)


def test_bands_begin_at_nothing_where_no_sum_is_named() -> None:
    bands = parse_bands("40,1000:70", "EUR")
    assert [(str(one["at_least"]), str(one["amount"])) for one in bands] == [
        ("0", "40.00"),
        ("1000.00", "70.00"),
    ]
    assert parse_bands("0:40", "EUR") == parse_bands("40", "EUR")


def test_the_hundredth_day_is_like_any_other(desk: Desk) -> None:
    """5,000 at 12.25 % for 101 days."""
    desk.today = date(2026, 6, 1)
    desk("invoice", "acme", "BIG", "5000", "--due", "2026-08-13")
    desk.today = date(2026, 11, 22)
    desk("rate", "acme", "12.25", "--from", "2026-01-01", "--source", SOURCE)
    desk("pay", "acme", "1000", "--for", "INV-1", "--on", "2026-10-23")
    assert figures(desk)["interest_total"] == "169.49"
