"""The verbs that log: what they write, what they print, what they ask for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from store.dates import system_clock
from store.text.cells import cell_width
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli


def last(cli: Cli, client: str = "acme") -> Any:
    """Return the newest entry, read from the disk."""
    return Workspace.open(cli.root).entries(client)[-1]


def day(back: int = 0) -> date:
    """Return the day `back` days ago."""
    return system_clock().date() - timedelta(days=back)


def test_log_prints_its_number_and_how_late_it_is(acme: Cli) -> None:
    out = acme.ok("log", "acme", "late-payment", "INV-42", "still", "unpaid", "--on", "yesterday")
    assert re.fullmatch(
        r"acme#3 late-payment, occurred \d+ \w+ \d{4}, "
        r"recorded \d+ \w+( \d{4})? \d\d:\d\d \(1 day later\)\n"
        r"  Acme Media: INV-42 still unpaid\n",
        out,
    )
    assert last(acme).statement == "INV-42 still unpaid"
    assert last(acme).day == day(1)


def test_what_was_logged_is_read_back_with_the_clients_name(acme: Cli) -> None:
    def second(*words: str) -> str:
        first, line = acme.ok(*words).splitlines()
        assert first.startswith("acme#")
        return line

    bill = second("invoice", "acme", "INV-1", "1200", "Logo", "--issued", "2026-01-05")
    assert bill == "  Acme Media: INV-1, EUR 1,200.00, due 19 Jan 2026; Logo"
    assert second("pay", "acme", "50") == "  Acme Media: EUR 50.00"
    assert "due 9 Jan 2026" in second("promise", "acme", "The rest", "--due", "2026-01-09")
    assert second("void", "acme#4", "--reason", "typo") == "  Acme Media: voids #4: typo"
    assert second("log", "acme", "thanks") == "  Acme Media"
    for long in ("word " * 60, "水端茶舗" * 40, "two\nlines " * 40):
        line = second("log", "acme", "talk", long)
        assert (cell_width(line) <= 80, line[-1]) == (True, "…")
    acme.ok("amend", "acme#1", "--set", "name=Acme Press", "--reason", "renamed")
    assert second("log", "acme", "thanks", "again") == "  Acme Press: again"


def test_log_keeps_everything_said_about_an_incident(acme: Cli, tmp_path: Path) -> None:
    proof = tmp_path / "mail.eml"
    proof.write_bytes(b"From: them")
    acme.ok("invoice", "acme", "INV-1", "50")
    acme.ok(
        *("log", "Acme Med", "abuse", "Called me a thief", "--severity", "3", "--hours", "0,5"),
        *("--quote", "you thief", "--channel", "phone", "--source", "message"),
        *("--visibility", "internal", "--attach", str(proof), "--amount", "20"),
        *("--invoice", "inv-1", "--set", "in_writing=false"),
    )
    entry = last(acme)
    assert (entry.kind, entry.channel, entry.source) == ("abuse", "phone", "message")
    assert (entry.visibility, entry.quotes[0].text) == ("internal", "you thief")
    assert (entry.data.severity, entry.data.hours) == (3, Decimal("0.50"))
    assert (entry.data.amount, entry.data.currency) == (Decimal("20.00"), "EUR")
    assert entry.data.in_writing is False
    assert entry.refs.invoice == "INV-1"
    kept = acme.root / "exhibits" / entry.exhibits[0].sha256
    assert kept.read_bytes() == b"From: them"


def test_log_without_a_kind_is_a_note_and_says_that_a_kind_would_count(acme: Cli) -> None:
    result = acme("log", "acme", "rang", "them", "twice")
    assert result.status == 0
    assert last(acme).kind == "note"
    assert last(acme).statement == "rang them twice"
    assert "with a kind it would count" in result.err


@pytest.mark.parametrize(
    ("words", "kind", "text"),
    [
        (["thanks", "Lovely", "work"], "thanks", "Lovely work"),
        (["thanks"], "thanks", ""),
        (["scope", "two more pages"], "scope-creep", "two more pages"),
        (["late_payment", "x y"], "late-payment", "x y"),
        (["note", "paid the printer myself"], "note", "paid the printer myself"),
        (["well-known face"], "note", "well-known face"),
        (["follow-up", "on", "Monday"], "note", "follow-up on Monday"),
        (["មិនទាន់បង់ប្រាក់"], "note", "មិនទាន់បង់ប្រាក់"),
    ],
)
def test_the_first_word_is_a_kind_only_if_it_is_one(
    acme: Cli, words: list[str], kind: str, text: str
) -> None:
    acme.ok("log", "acme", *words)
    assert (last(acme).kind, last(acme).statement) == (kind, text)


def test_options_may_stand_anywhere_and_a_dash_is_text_after_two(acme: Cli) -> None:
    acme.ok("log", "--on", "yesterday", "acme", "--severity", "2", "rework", "third", "--json", "x")
    assert last(acme).statement == "third x"
    acme.ok("log", "acme", "note", "--", "-5 degrees in the office")
    assert last(acme).statement == "-5 degrees in the office"
    acme.ok("log", "acme", "late-payment", "--severity", "2", "--", "--- no subject ---")
    assert (last(acme).kind, last(acme).statement) == ("late-payment", "--- no subject ---")


def test_log_reads_standard_input(acme: Cli) -> None:
    acme.ok("log", "acme", "talk", "-", stdin="Þau lofuðu.\nقالوا غدا\n".encode())
    assert last(acme).statement == "Þau lofuðu.\nقالوا غدا"


def test_log_json_has_stable_keys(acme: Cli) -> None:
    logged = acme("log", "acme", "rework", "again", "--hours", "1.5", "--json").json
    assert {
        *("client", "seq", "id", "kind", "occurred_at", "precision", "recorded_at", "lag_days"),
        *("zone", "author", "source", "channel", "statement", "quotes", "refs", "links"),
        *("exhibits", "visibility", "data", "hash"),
    } <= set(logged)
    assert logged["data"]["hours"] == "1.50"


def test_new_on_a_day_dates_client_and_terms(cli: Cli) -> None:
    cli.ok("new", "Bo", "--terms", "net14", "--on", "2026-01-05")
    entries = Workspace.open(cli.root).entries("bo")
    assert [(entry.kind, entry.day) for entry in entries] == [
        ("client", date(2026, 1, 5)),
        ("terms", date(2026, 1, 5)),
    ]
    assert cli("new", "Al", "--on", "tomorrow").status == 2


def test_new_takes_any_script_and_tells_of_a_twin(cli: Cli) -> None:
    assert cli("new", "សុខា").err.startswith("The id is client")
    cli.ok("new", "شركة النور", "--id", "nour")
    cli.ok("new", "Café", "Ærø")
    refused = cli("new", "cafe aero", "--id", "other")
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "with the id cafe-aero. Log on cafe-aero, or add --twin" in refused.err
    result = cli("new", "cafe aero", "--twin")
    assert "There is a cafe aero already (cafe-aero); this one is cafe-aero-2." in result.err
    workspace = Workspace.open(cli.root)
    assert workspace.client_ids() == ["cafe-aero", "cafe-aero-2", "client", "nour"]
    assert workspace.docket("client").name == "សុខា"


def test_new_writes_terms_only_if_any_were_given(cli: Cli) -> None:
    cli.ok("new", "Bare", "--email", "b@example.org")
    assert [entry.kind for entry in Workspace.open(cli.root).entries("bare")] == ["client"]
    cli.ok("new", "Full", "--rate", "85", "--terms", "day1", "--reply-within", "48h")
    cli.ok("new", "Rounds", "--revisions", "0")
    workspace = Workspace.open(cli.root)
    terms = workspace.docket("full").terms
    assert (terms.rate, terms.currency, terms.payment) == (Decimal("85.00"), "EUR", "day1")
    assert terms.reply_within_days == 2
    assert workspace.docket("rounds").terms.revisions == 0


def test_invoice_is_due_by_the_terms_or_by_the_day_given(acme: Cli) -> None:
    acme.ok("invoice", "acme", "INV-1", "1,200.00", "--issued", "2026-10-20")
    acme.ok("invoice", "acme", "INV-2", "100", "Landing", "page", "--due", "+3d")
    first, second = Workspace.open(acme.root).docket("acme").ledger.invoices
    assert (first.due, str(first.amount)) == (date(2026, 11, 3), "EUR 1,200.00")
    assert second.due == day(-3)
    assert last(acme).statement == "Landing page"


def test_terms_can_be_logged_later(cli: Cli) -> None:
    cli.ok("new", "Bo")
    refused = cli("invoice", "bo", "7", "50")
    assert refused.status == 2
    assert "--due" in refused.err
    cli.ok("log", "bo", "terms", "Agreed by mail", "--set", "payment=receipt")
    cli.ok("invoice", "bo", "7", "50")
    assert last(cli, "bo").data.due == day()


def test_one_payment_settles_several_invoices(acme: Cli) -> None:
    for number in ("A", "B", "C"):
        acme.ok("invoice", "acme", number, "100", "--issued", "30d ago")
    result = acme("pay", "acme", "250", "--for", "b=40", "--for", "C", "--for", "A")
    assert result.status == 0
    open_bills = {
        i.number: i.balance.amount for i in Workspace.open(acme.root).docket("acme").ledger.open()
    }
    assert open_bills == {"B": Decimal(50)}  # what no invoice was named for went to the oldest
    assert "B: EUR 50.00 is still open" in result.err


def test_a_payment_names_more_than_there_is(acme: Cli) -> None:
    acme.ok("invoice", "acme", "A", "100")
    acme.ok("invoice", "acme", "B", "100")
    assert acme("pay", "acme", "50", "--for", "A", "--for", "B").status == 2
    assert acme("pay", "acme", "500", "--for", "A=120").status == 2
    assert acme("pay", "acme", "50", "--for", "Z").status == 2


def test_amounts_in_parts_are_written_as_money_is(acme: Cli) -> None:
    acme.ok("invoice", "acme", "FF-7", "2400", "--issued", "30d ago")
    assert "EUR 1,400.00: 1,400.00 on FF-7" in acme.ok("pay", "acme", "1400", "--for", "FF-7")
    assert "1,400.00 was to be paid on it" in acme("pay", "acme", "1400", "--for", "FF-7=1400").err
    refused = acme("dispute", "acme", "FF-7", "6000", "not my fault").err
    assert "FF-7 is about EUR 2,400.00: 6,000.00 is more than the invoice." in refused


def test_requests_are_answered_once(acme: Cli) -> None:
    acme.ok("ask", "acme", "Logo", "files?", "--needed-by", "+2d")
    acme.ok("answer", "acme", "3", "Two of five")
    assert last(acme).statement == "Two of five"
    assert not Workspace.open(acme.root).docket("acme").open_requests
    again = acme("answer", "acme#3")
    assert (again.status, again.err.count("\n")) == (2, 1)


def test_promises_are_kept_or_broken(acme: Cli) -> None:
    acme.ok("promise", "acme", "the", "rest", "--due", "+7d")
    acme.ok("promise", "acme", "draft two", "--due", "+7d", "--by", "me")
    acme.ok("promise", "acme#3", "--broken", "nothing", "came")
    acme.ok("promise", "acme", "4", "--kept")
    kept = {p.statement: (p.by, p.kept) for p in Workspace.open(acme.root).docket("acme").promises}
    assert kept == {"the rest": ("client", False), "draft two": ("me", True)}


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (0, "Kept 4 days late; a record will say so.\n"),
        (3, "Kept 1 day late; a record will say so.\n"),
        (4, ""),
        (6, ""),
    ],
)
def test_a_promise_kept_after_its_day_is_told(acme: Cli, back: int, told: str) -> None:
    due, kept = day(4).isoformat(), day(back).isoformat()
    acme.ok("promise", "acme", "the rest", "--due", due, "--on", day(9).isoformat())
    result = acme("promise", "acme#3", "--kept", "--on", kept)
    assert (result.status, result.err) == (0, told)


def test_the_first_client_is_told_whose_name_the_entries_carry(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER", "robin")
    first = cli("new", "Acme", "--json")
    assert first.err == (
        "Entries are signed 'robin' until you say your name: docket me \"Your name\"\n"
    )
    assert first.json["client"] == "acme"
    assert cli("new", "Bolt").err == ""


def test_a_configured_author_is_not_told(cli: Cli) -> None:
    Workspace.create(cli.root)
    (cli.root / "config.toml").write_text('author = "Ines Marek"\n', "utf-8")
    assert cli("new", "Acme").err == ""


def test_hours_and_deliveries(acme: Cli, tmp_path: Path) -> None:
    acme.ok("hours", "acme", "1:30", "Calls", "--class", "chase", "--on", "yesterday")
    assert last(acme).data.model_dump(mode="json") == {"hours": "1.50", "spent": "chase"}
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(b"%PDF")
    acme.ok("deliver", "acme", "First", "draft", "--where", "mail", "--attach", str(draft))
    assert (last(acme).data.where, last(acme).exhibits[0].name) == ("mail", "draft.pdf")


def test_amend_corrects_text_day_and_data(acme: Cli) -> None:
    acme.ok("log", "acme", "rework", "Page two", "--hours", "1", "--visibility", "settlement")
    acme.ok(
        *("amend", "acme#3", "Page three", "--reason", "wrong page", "--on", "2d ago"),
        *("--hours", "2", "--severity", "3"),
    )
    assert last(acme).visibility == "settlement"
    now = Workspace.open(acme.root).docket("acme").find(3)
    assert now is not None
    assert (now.entry.statement, now.entry.day) == ("Page three", day(2))
    assert now.entry.data.model_dump(mode="json")["hours"] == "2.00"
    assert now.original.statement == "Page two"


def test_amend_an_amount_by_its_currency(acme: Cli) -> None:
    acme.ok("invoice", "acme", "INV-1", "1200", "--currency", "JPY")
    assert acme("amend", "acme#3", "--amount", "12.50", "--reason", "typo").status == 2
    acme.ok("amend", "acme#3", "--amount", "1250", "--due", "+5d", "--reason", "typo")
    (bill,) = Workspace.open(acme.root).docket("acme").ledger.invoices
    assert (str(bill.amount), bill.due) == ("JPY 1,250", day(-5))


def test_add_and_void(acme: Cli) -> None:
    acme.ok("log", "acme", "abuse", "Shouted")
    acme.ok("add", "acme", "3", "Bo", "heard", "it")
    acme.ok("void", "acme#3", "--reason", "wrong client")
    one = Workspace.open(acme.root).docket("acme").find(3)
    assert one is not None
    assert one.void is not None
    assert one.addenda[0].statement == "Bo heard it"
    assert one.void.links[0].reason == "wrong client"


def test_checkins_stay_in_the_private_file(acme: Cli) -> None:
    before = (acme.root / "clients" / "acme.jsonl").read_bytes()
    acme.ok("checkin", "acme", "--stress-client", "8", "--stress-work", "3", "--note", "tired")
    (checkin,) = Workspace.open(acme.root).private.of("acme").checkins
    assert (checkin.stress_client, checkin.stress_work, checkin.note) == (8, 3, "tired")
    assert (acme.root / "clients" / "acme.jsonl").read_bytes() == before


def test_an_answer_to_nothing_lists_what_is_open(acme: Cli) -> None:
    assert "no request of it is open" in acme("answer", "acme", "blue").err
    acme.ok("ask", "acme", "Which blue?")
    acme.ok("ask", "acme", "Logo files?")
    result = acme("answer", "acme", "blue")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert "acme#3 Which blue?, acme#4 Logo files?. Write docket answer acme#3 TEXT" in result.err


def test_a_note_that_may_be_a_new_name_tells_how_to_rename(acme: Cli) -> None:
    told = "docket amend acme#1 --set name=NAME --reason WHY"
    assert told in acme("log", "acme", "client", "New", "Name").err
    assert told not in acme("log", "acme", "rang", "twice").err


def test_the_class_of_hours_may_be_the_first_word_as_in_the_app(acme: Cli) -> None:
    said = [
        acme("hours", "acme", "--json", "1.5", *words).json
        for words in (["chase", "Calls"], ["Calls", "chase"], ["--", "chase", "x"], ["wait"])
    ]
    told = [(one["data"]["spent"], one["statement"]) for one in said]
    assert told == [("chase", "Calls"), ("work", "Calls chase"), ("work", "chase x"), ("wait", "")]
