"""Dockets in the forms of other programs, and back from them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.entries import Entry
from store.intake.elsewhere import foreign_of, source_of
from store.intake.importing import bring_all
from store.intake.lines import read_lines
from store.intake.sources.row import THERE, ForeignFile, HowRead
from store.intake.taking import take_in
from store.portable.books import as_journal
from store.portable.lines import as_import_lines
from store.portable.notes import as_notes
from store.portable.people import as_cards, as_meetings
from store.portable.sheet import as_table
from store.workspace import Workspace
from tests.store.building import NOON, FixedClock

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
PROFILE = {
    "name": "Ærø & Søn (web); *",
    "email": "a@ro.example",
    "phone": "+45 1",
    "address": "Havn 1, Marstal",
}
BILL = {"number": "INV-1", "amount": "1200.50", "currency": "EUR", "due": "2026-10-19"}
PAID: dict[str, Any] = {
    "amount": "200.50",
    "currency": "EUR",
    "for_invoices": [{"invoice": "INV-1", "amount": "200.50"}],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with one client, of all that the forms differ in."""
    made = Workspace.create(tmp_path / "ws", clock=FixedClock())
    made.new_client("aero", [made.draft("aero", "client", data=PROFILE)])
    said: dict[str, Any] = {"occurred_at": AT, "precision": "minute"}
    made.enter("aero", "invoice", "Website; *bold* [[x]]", data=BILL, **said)
    made.enter("aero", "payment", "INV-1, a part", data=PAID, **said)
    made.enter("aero", "note", "=HYPERLINK(1)\n# not a heading", channel="phone", **said)
    made.enter("aero", "note", "Wrong", **said)
    links = [{"rel": "voids", "seq": 5}]
    made.enter("aero", "void", "It was another client", links=links)
    return made


def taken(workspace: Workspace, name: str, text: str, at: Path) -> Workspace:
    """Return an empty workspace that took in a file."""
    fresh = Workspace.create(at, clock=FixedClock())
    path = at / name
    path.write_text(text, "utf-8")
    file = ForeignFile(name, text.encode(), text.replace("\r\n", "\n"))
    source = source_of(file)
    assert source
    found = foreign_of(fresh, file, source, HowRead(NOON), new_clients=True)
    take_in(fresh, found, path, {})
    return fresh


def said(entry: Entry) -> tuple[Any, ...]:
    links = [(link.rel, link.seq) for link in entry.links]
    told = entry.statement, entry.data, entry.quotes, entry.refs
    return entry.seq, entry.kind, entry.occurred_at, *told, links


def test_bills_and_payments_come_back_from_a_journal(workspace: Workspace, tmp_path: Path) -> None:
    text = as_journal([workspace.docket("aero")])
    assert "assets:receivable:aero  EUR 1200.50  ; due:2026-10-19" in text
    fresh = taken(workspace, "x.journal", text, tmp_path / "fresh")
    file = ForeignFile("x.journal", text.encode(), text)
    source = source_of(file)
    assert source
    again = foreign_of(workspace, file, source, HowRead(NOON))
    assert (again.drafts(), again.passed) == ([], {THERE: 2})
    before, after = (one.docket("aero").ledger for one in (workspace, fresh))
    assert [(i.number, i.amount, i.due, i.balance) for i in before.invoices] == [
        (i.number, i.amount, i.due, i.balance) for i in after.invoices
    ]
    assert [one.amount for one in before.payments] == [one.amount for one in after.payments]


def test_vat_fee_discount_and_exchange_are_in_a_journal_that_balances(
    workspace: Workspace, tmp_path: Path
) -> None:
    early = {"discount_percent": "2", "discount_until": "2026-10-15"}
    bill = {"number": "B", "amount": "1250", "currency": "EUR", "due": "2026-11-05", "vat": "250"}
    bill["vat_percent"] = "25"
    said: dict[str, Any] = {"occurred_at": AT, "precision": "minute"}
    workspace.enter("aero", "invoice", "", data=bill | early, **said)
    paid: dict[str, Any] = {"amount": "1213", "currency": "EUR", "fee": "12", "fee_by": "me"}
    paid |= {"for_invoices": [{"invoice": "B", "amount": "1225"}]}
    paid |= {"paid_as": {"amount": "9100", "currency": "DKK"}, "paid_rate": "0.1346"}
    workspace.enter("aero", "payment", "", data=paid | {"rate_source": "a bank"}, **said)
    text = as_journal([workspace.docket("aero")])
    for line in (
        "liabilities:vat:25  EUR -250",
        "assets:bank  EUR 1213  ; paid as DKK 9100 at 0.1346, a bank",
        "expenses:fees  EUR 12",
        "assets:receivable:aero  EUR -1225",
        "assets:receivable:aero  EUR -25",
    ):
        assert f"    {line}\n" in text
    fresh = taken(workspace, "x.journal", text, tmp_path / "fresh")
    owed = [
        sum(one.balance.amount for one in made.docket("aero").ledger.invoices)
        for made in (workspace, fresh)
    ]
    assert owed == [1000, 1000]


def test_interest_and_costs_are_accounts_of_a_journal_and_come_back_whole(
    workspace: Workspace, tmp_path: Path
) -> None:
    said: dict[str, Any] = {"occurred_at": AT, "precision": "minute"}
    workspace.enter("aero", "cost", "Fee", data={"amount": "7.50", "currency": "EUR"}, **said)
    parts = [{"head": "cost", "amount": "7.50"}]
    paid = {"amount": "107.50", "currency": "EUR", "for_charges": parts}
    workspace.enter("aero", "payment", "", data=paid, **said)
    text = as_journal([workspace.docket("aero")])
    assert "    expenses:recovery  EUR 7.50\n    assets:bank\n" in text
    assert "    assets:receivable:aero  EUR -100.00\n    income:recovery-costs  EUR -7.50\n" in text
    fresh = taken(workspace, "x.journal", text, tmp_path / "fresh")
    before, after = (one.docket("aero").ledger.payments for one in (workspace, fresh))
    assert [one.amount for one in before] == [one.amount for one in after]


def test_a_client_comes_back_from_a_card(workspace: Workspace, tmp_path: Path) -> None:
    text = as_cards([workspace.docket("aero")])
    fresh = taken(workspace, "x.vcf", text, tmp_path / "fresh")
    (client,) = fresh.client_ids()
    assert fresh.docket(client).profile == workspace.docket("aero").profile


def test_a_call_comes_back_from_a_calendar(workspace: Workspace) -> None:
    said_once = "=HYPERLINK(1)\n# not a heading"
    text = as_meetings([workspace.docket("aero")], NOON)
    file = ForeignFile("x.ics", text.encode(), text.replace("\r\n", "\n"))
    source = source_of(file)
    assert source
    (row,) = source.rows(file, HowRead(NOON))
    assert row.fields
    assert (row.fields["occurred_at"], row.fields["statement"]) == (AT, said_once)
    again = foreign_of(workspace, file, source, HowRead(NOON))
    assert (again.drafts(), again.passed) == ([], {THERE: 1})


def test_everything_comes_back_from_lines(workspace: Workspace, tmp_path: Path) -> None:
    text = as_import_lines([workspace.docket("aero")])
    fresh = Workspace.create(tmp_path / "fresh", clock=FixedClock())
    came = bring_all(fresh, list(read_lines(io.BytesIO(text.encode()))), new_clients=True)
    assert came.bad == []
    before, after = workspace.entries("aero"), fresh.entries("aero")
    assert [said(entry) for entry in before] == [said(entry) for entry in after]


def test_a_table_has_every_entry_and_no_formula(workspace: Workspace) -> None:
    rows = list(csv.DictReader(io.StringIO(as_table([workspace.docket("aero")]))))
    assert [row["Number"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[1]["Invoice"] == "INV-1"
    assert rows[3]["Description"].startswith("'=HYPERLINK")
    assert rows[4]["Voided by"] == "6"


def test_notes_link_to_each_other_and_to_nothing_else(workspace: Workspace) -> None:
    notes = dict(as_notes([workspace.docket("aero")]))
    assert all(name.isascii() and name.isprintable() for name in notes)
    bill = notes["aero/aero 0002 2026-10-05 invoice.md"]
    assert r"Website; \*bold\* \[\[x]]" in bill
    names = {name.rpartition("/")[2].removesuffix(".md") for name in notes}
    listed = notes["aero/aero.md"]
    assert all(f"[[{name}]]" in listed for name in names - {"aero"})
    assert "\\# not a heading" in notes["aero/aero 0004 2026-10-05 note.md"]
    assert "**Void**" in notes["aero/aero 0005 2026-10-05 note.md"]
