"""Files from elsewhere: known by what is in them, read alike in every dialect, never a surprise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import Draft
from store.errors import DocketError, UsageError
from store.intake.columns import columns_told, keep_columns, kept_columns
from store.intake.elsewhere import Foreign, foreign_of, open_foreign, source_of
from store.intake.mbox import holds_mail
from store.intake.sources.row import ForeignFile, HowRead
from store.intake.sources.table import COLUMN_HEADS, read_sum
from store.intake.taking import take_in
from store.private.model import Alias
from store.text import fold_line
from store.workspace import Workspace
from tests.examples import examples
from tests.store.building import NOON, FixedClock
from tests.store.intake.foreign_files import (
    BANKS,
    CALENDARS,
    CARDS,
    CHATS,
    INVOICES,
    JOURNALS,
    SHEETS,
    SIGNAL_BLOCKS,
    WHATSAPP_ANDROID,
)

READ = HowRead(NOON, frozenset({"jo ek", "you"}), "EUR")
INV_1 = {"number": "INV-1", "amount": "1200", "currency": "EUR", "due": "2026-10-15"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with the client acme."""
    made = Workspace.create(tmp_path / "ws", clock=FixedClock())
    profile = made.draft("acme", "client", data={"name": "Acme Media"})
    made.new_client("acme", [profile])
    issued = datetime(2026, 10, 1, tzinfo=UTC)
    made.enter("acme", "invoice", occurred_at=issued, precision="day", data=INV_1)
    return made


def file_of(name: str, text: str) -> ForeignFile:
    normal = text.replace("\r\n", "\n")
    return ForeignFile(name, text.encode(), normal)


def found_in(workspace: Workspace, name: str, text: str, **said: Any) -> Foreign:
    """Return what the file would be, read as READ says."""
    file = file_of(name, text)
    source = source_of(file)
    assert source, name
    return foreign_of(workspace, file, source, said.pop("read", READ), **said)


def told(draft: Draft) -> tuple[str, str, str, dict[str, Any]]:
    data = {key: str(value) for key, value in draft.data if value is not None}
    return draft.kind, f"{draft.occurred_at:%-d %b %H:%M}", draft.statement, data


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_is_an_entry_for_each_day(name: str, workspace: Workspace) -> None:
    found = found_in(workspace, name, CHATS[name], client="acme" if name != "all.json" else "")
    first, second = found.drafts()
    assert told(first)[:3] == ("message", "2 Oct 10:00", "Chat with Ann Lee: 2 messages.")
    assert [(one.by, one.text) for one in first.quotes] == [
        ("Ann Lee", "Can you start today?"),
        ("me", "Tomorrow, as agreed:\nit is in the plan."),
    ]
    assert told(second)[1:3] == ("13 Oct 23:31", "Chat with Ann Lee: 1 message.")
    assert (first.channel, first.source) == ("chat", "message")
    assert first.origin
    assert (first.origin.file, first.origin.sha256) == (name, found.sha256)


def test_what_a_chat_does_not_say_is_counted(workspace: Workspace) -> None:
    found = found_in(workspace, "a.txt", WHATSAPP_ANDROID, client="acme")
    assert dict(found.passed) == {
        "no message, but a line of the program": 1,
        "a picture, sound or file that is not in it": 1,
    }
    everything = found_in(workspace, "all.json", CHATS["all.json"])
    assert dict(everything.unknown) == {"Mum": 1}


@pytest.mark.parametrize("name", SHEETS)
def test_a_time_sheet_is_hours(name: str, workspace: Workspace) -> None:
    found = found_in(workspace, name, SHEETS[name])
    (draft,) = found.drafts()
    assert (draft.kind, draft.day.isoformat()) == ("hours", "2026-10-05")
    assert told(draft)[3]["hours"] == "1.50"
    assert "Home page, layout" in draft.statement
    assert found.unknown["Bolt & Co"] == 1
    new = found_in(workspace, name, SHEETS[name], new_clients=True)
    assert new.begun == {"bolt-co": "Bolt & Co"}
    assert [one.client for one in new.drafts()] == ["acme", "bolt-co", "bolt-co"]


@pytest.mark.parametrize("name", BANKS)
def test_a_statement_of_a_bank_is_payments(name: str, workspace: Workspace) -> None:
    found = found_in(workspace, name, BANKS[name])
    (draft,) = found.drafts()
    assert told(draft)[:2] == ("payment", "5 Oct 00:00")
    assert draft.data.model_dump(mode="json")["for_invoices"] == [
        {"invoice": "INV-1", "amount": "1200.00"}
    ]
    assert found.passed["money that went out"] == 1
    assert dict(found.unknown) == {"Somebody": 1}


@pytest.mark.parametrize("name", INVOICES)
def test_a_list_of_invoices_is_bills(name: str, workspace: Workspace) -> None:
    (draft,) = found_in(workspace, name, INVOICES[name]).drafts()
    data = {"number": "INV-7", "amount": "1200.00", "currency": "EUR", "due": "2026-10-15"}
    assert told(draft) == ("invoice", "1 Oct 00:00", "Website", data)


@pytest.mark.parametrize("name", JOURNALS)
def test_a_journal_is_bills_and_payments(name: str, workspace: Workspace) -> None:
    found = found_in(workspace, name, JOURNALS[name])
    bill, paid = found.drafts()
    data = {"number": "INV-7", "amount": "1200.00", "currency": "EUR", "due": "2026-10-15"}
    assert told(bill) == ("invoice", "1 Oct 00:00", "Website", data)
    assert (paid.kind, paid.day.isoformat()) == ("payment", "2026-10-20")
    assert dict(found.passed) == {"a transaction in which no client owes or pays": 1}


@pytest.mark.parametrize("name", CARDS)
def test_an_address_book_is_clients(name: str, workspace: Workspace) -> None:
    assert found_in(workspace, name, CARDS[name]).unknown["Holm & Co"] == 1
    found = found_in(workspace, name, CARDS[name], new_clients=True)
    (draft,) = found.drafts()
    assert (draft.client, draft.kind) == ("holm-co", "client")
    assert told(draft)[3] == {
        "name": "Holm & Co",
        "email": "pia@holm.example",
        "phone": "+46 1 23",
        "address": "Storgatan 1, 211 00 Malmö, Sweden",
    }
    assert "Acme Media" not in found.unknown


@pytest.mark.parametrize("name", CALENDARS)
def test_a_calendar_is_the_meetings_that_were(name: str, workspace: Workspace) -> None:
    found = found_in(workspace, name, CALENDARS[name])
    (draft,) = found.drafts()
    said = "Meeting: Acme Media: kick-off (1:30 h)\nWhere: Their office\nWith: Ann Lee"
    assert told(draft)[:3] == ("note", "5 Oct 09:00", said)
    assert dict(found.passed) == {
        "it has not been yet": 1,
        "it was called off": 1,
        "nobody on your dockets has that name": 1,
    }


def test_what_is_there_already_is_not_logged_twice(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(WHATSAPP_ANDROID, "utf-8")
    first = found_in(workspace, path.name, WHATSAPP_ANDROID, client="acme")
    assert take_in(workspace, first, path, {}).logged == 2
    entry = workspace.entries("acme")[2]
    assert [one.sha256 for one in entry.exhibits] == [first.sha256]
    grown = WHATSAPP_ANDROID + "14.10.26, 08:00 - Ann Lee: Well?\n"
    again = found_in(workspace, path.name, grown, client="acme")
    assert [told(one)[1] for one in again.drafts()] == ["14 Oct 08:00"]
    assert again.passed["on the docket already"] == 2


def test_all_or_nothing_and_what_was_confirmed_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "toggl.csv"
    path.write_text(SHEETS["toggl.csv"], "utf-8")
    columns = {"text": "Project", "project": ""}
    read = HowRead(NOON, currency="EUR", columns=columns)
    said = {"Bolt & Co": "acme"}
    found = found_in(workspace, path.name, SHEETS["toggl.csv"], called=said, read=read)
    assert [one.statement for one in found.drafts()] == ["Site", "App"]
    assert take_in(workspace, found, path, said).logged == 2
    assert workspace.private.of("acme").aliases == (Alias(name="Bolt & Co"),)
    assert found.table
    kept = kept_columns(workspace.places.columns, found.table.heads)
    assert kept
    assert kept["text"] == "Project"
    again = found_in(workspace, path.name, SHEETS["toggl.csv"])
    assert again.passed["on the docket already"] == 2
    assert not any(entry.exhibits for entry in workspace.entries("acme"))


def test_days_and_months_are_told_apart_or_asked_about(workspace: Workspace) -> None:
    clear = "Date,Client,Hours\n03/04/2026,Acme Media,1\n13/04/2026,Acme Media,2\n"
    days = [one.day.isoformat() for one in found_in(workspace, "a.csv", clear).drafts()]
    assert days == ["2026-04-03", "2026-04-13"]
    ordered = "Date,Client,Hours\n01/11/2026,Acme Media,1\n02/02/2026,Acme Media,2\n"
    days = [one.day.isoformat() for one in found_in(workspace, "a.csv", ordered).drafts()]
    assert days == ["2026-01-11", "2026-02-02"]
    unclear = "Date,Client,Hours\n03/04/2026,Acme Media,1\n"
    with pytest.raises(UsageError, match="whether days or months come first"):
        found_in(workspace, "a.csv", unclear)
    read = HowRead(NOON, day_first=False)
    (draft,) = found_in(workspace, "a.csv", unclear, read=read).drafts()
    assert draft.day.isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("cell", "comes_to"),
    [
        ("1.200,50", "1200.50"),
        ("-1,200.50", "-1200.50"),
        ("(45.00)", "-45.00"),
        ("45,00-", "-45.00"),
        ("€ 45", "45.00"),
        ("EUR 0,00", "0"),
        ("", "0"),
        ("1 200,50 kr", "1200.50"),
        ("+7", "7.00"),
    ],
)
def test_sums_of_either_sign(cell: str, comes_to: str) -> None:
    assert str(read_sum(cell, "EUR")) == comes_to


HOSTILE: Mapping[str, str] = {
    "cut.json": CHATS["result.json"][:-40],
    "odd.json": '{"name": 1, "type": "x", "id": 7, "messages": [3, {"text": {}}, null]}',
    "deep.json": '{"type": "x", "id": 1, "messages": ' + "[" * 5000 + "]" * 5000 + "}",
    "dates.txt": "99.99.26, 10:00 - Ann: x\n98.99.26, 10:00 - Ann: y\n",
    "escape.txt": "[2026-10-02 10:00] Ann\x1b[31m: \x1b]0;x\x07hello\u202e\n",
    "wide.csv": "Date,Client,Hours\n" + "2026-10-05,Acme Media,1," + "x," * 5000 + "\n",
    "short.csv": "Date,Client,Hours\n2026-10-05\n\n,,\n",
    "nulls.csv": "Date,Client,Hours\n2026-10-05,Acme \x00Media,1\n",
    "quote.csv": 'Date,Client,Hours\n2026-10-05,"Acme Media,1\n',
    "huge.csv": "Date,Client,Hours\n2026-10-05,Acme Media,99999999999\n",
    "card.vcf": "BEGIN:VCARD\nVERSION:3.0\nADR:x\nEND:VCARD\nBEGIN:VCARD\nFN:x\n",
    "broken.vcf": "BEGIN:VCARD\nVERSION:3.0\n;;;::\n=\nEND:VCARD\n",
    "broken.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:nonsense\nEND:VEVENT\nEND:VCALENDAR\n",
    "open.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
    "odd.journal": "2026-13-45 * x\n    assets:receivable:acme  EUR 1\n    income:x\n",
    "sums.journal": "2026-10-01 (A) x\n    assets:receivable:acme  1,2,3 XXX\n    income:x\n",
    "odd.data": "inc 20269905T090000Z - 20261005T103000Z # x\ninc nonsense\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_broken_is_counted_or_refused_in_one_line(
    name: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(HOSTILE[name], "utf-8")
    opened = open_foreign(path)
    source = source_of(opened)
    if source is None:
        return
    try:
        found = foreign_of(workspace, opened, source, READ, client="acme")
    except DocketError as error:
        assert "\n" not in str(error)
        return
    for draft in found.drafts():
        assert "\x1b" not in str(draft)
    nothing = ("open.ics", "odd.json", "deep.json")  # newer Pythons read any depth
    assert found.drafts() or found.passed or name in nothing


_CUT = "an event that cannot be read"
_SHEET = "Client,Start date,Start time,End time,Duration\n"
_EVENT = "BEGIN:VEVENT\nUID:1\nDTSTART:20261002T100000Z\nSUMMARY:Acme\n"
PASSED_OVER: dict[str, tuple[str, int, dict[str, int]]] = {
    "points.txt": ("02.10.26, 10:00 - Ann: x\n03.10.26, 10:00 - Ann: y\n", 2, {}),
    "times.txt": (
        "02.10.26, 10:00 - Ann: x\n31.02.26, 10:00 - Ann: y\n02.10.26, 25:61 - Ann: z\n",
        1,
        {"no day or time that can be read": 2},
    ),
    "no-objects.json": (
        '{"name": "Ann", "type": "personal_chat", "id": 1, "messages": [5, null, []]}',
        0,
        {"no day or time that can be read": 3},
    ),
    "less.csv": (
        f"{_SHEET}acme,2026-10-02,11:00,10:00,-01:00:00\nacme,2026-10-02,11:00,12:00,169:00:00\n",
        0,
        {"no length that can be read": 1, "longer than a day without an end": 1},
    ),
    "late.csv": (f"{_SHEET}acme,2026-10-02,23:00,01:00,\n", 1, {}),
    "cut.ics": (f"BEGIN:VCALENDAR\n{_EVENT}END:VEVENT\n{_EVENT}", 1, {_CUT: 1}),
    "cut.vcf": (
        "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\nBEGIN:VCARD\nFN:no end\n",
        0,
        {"a card without a name": 1, "a card that cannot be read": 1},
    ),
    "folded.vcf": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:" + "n\n " * 40_000 + "\nEND:VCARD\n",
        0,
        {"a card that cannot be read": 1},
    ),
}


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_is_passed_over_is_counted_with_its_reason(name: str, workspace: Workspace) -> None:
    text, taken, passed = PASSED_OVER[name]
    found = found_in(workspace, name, text, client="acme")
    assert (len(found.drafts()), dict(found.passed)) == (taken, passed)


def test_a_quote_that_swallows_the_rest_is_named(workspace: Workspace) -> None:
    rows = 'Date,Client,Hours\n2026-10-05,acme,1\n2026-10-05,"acme,1\n' + "2026-10-05,acme,1\n" * 9
    with pytest.raises(UsageError, match="A quote begins in line 3 and has no end"):
        found_in(workspace, "quote.csv", rows, client="acme")


@examples(200)
@given(
    st.sampled_from([*CHATS.items(), *SHEETS.items(), *BANKS.items(), *CARDS.items()])
    | st.sampled_from([*CALENDARS.items(), *JOURNALS.items(), *INVOICES.items()]),
    st.integers(0, 2000),
    st.sampled_from(["", "\n", ",", ";", "\x00", "é\u202e", '"', "{", "BEGIN:VCARD", "9" * 20]),
    st.integers(0, 40),
)
def test_no_damage_to_a_file_is_ever_a_traceback(
    file: tuple[str, str], at: int, put: str, gone: int
) -> None:
    name, text = file
    at = min(at, len(text))
    damaged = file_of(name, text[:at] + put + text[at + gone :])
    try:
        source = source_of(damaged)
        rows = list(source.rows(damaged, READ)) if source else []
    except (UsageError, ValueError):
        return
    assert all(row.fields is not None or row.passed for row in rows)


def test_a_chat_in_blocks_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(SIGNAL_BLOCKS)
    assert not holds_mail(tmp_path / "chat.txt")


def test_every_head_is_folded_as_those_of_a_table_are() -> None:
    words = [word for words in COLUMN_HEADS.values() for word in words]
    assert [word for word in words if fold_line(word) != word] == []


def test_a_time_of_day_beside_money_is_no_length() -> None:
    text = "Date,Time,Name,Currency,Gross\n2026-08-12,10:00:00,Acme,EUR,1000\n"
    source = source_of(ForeignFile("x.csv", text.encode(), text))
    assert source and source.name == "an account statement (CSV)"


def test_columns_that_were_confirmed_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    keep_columns(path, ["A", "B"], {"day": "A"})
    keep_columns(path, ["A", "C"], {"day": "C"})
    keep_columns(path, ["A", "B"], {"day": "B"})
    assert kept_columns(path, ["A", "B"]) == {"day": "B"}
    assert kept_columns(path, ["A", "C"]) == {"day": "C"}
    assert kept_columns(path, ["C", "A"]) is None
    assert columns_told(path, "A;C\n1;2\n") == (("day", "C"),)
    path.write_text("table = 3", "utf-8")
    with pytest.raises(DocketError, match="is wrong"):
        kept_columns(path, ["A"])
