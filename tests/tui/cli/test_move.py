"""`docket move`: a wrong client or kind is mended in one action, and never half done unsaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.journal import JournalError, JournalFile
from tests.tui.cli.conftest import Cli


def entries(cli: Cli, client: str) -> list[Any]:
    shown = json.loads(cli.ok("show", client, "--json"))
    return sorted(shown, key=lambda one: int(one["seq"]))


@pytest.fixture
def both(acme: Cli, tmp_path: Path) -> Cli:
    """acme#3 is a note with an exhibit, of 1 Nov at 14:30; bolt has only begun."""
    acme.ok("new", "Bolt Ltd", "--id", "bolt", "--currency", "USD")
    file = tmp_path / "shot.png"
    file.write_bytes(b"\x89PNG")
    acme.ok(
        *("log", "acme", "note", "They shouted at me", "--on", "1 Nov 2026 14:30"),
        *("--attach", str(file), "--quote", "Idiot", "--channel", "phone"),
    )
    return acme


def test_a_wrong_client_is_mended(both: Cli, tmp_path: Path) -> None:
    result = both("move", "acme#3", "--to", "bolt", "--reason", "it was Bolt")
    assert result.status == 0
    assert "acme#3 is void (#4); it stands anew as bolt#4." in result.err
    old, new = entries(both, "acme"), entries(both, "bolt")
    moved = next(one for one in new if one["kind"] == "note" and one["visibility"] == "record")
    for name in ("occurred_at", "precision", "zone", "statement", "channel", "exhibits", "quotes"):
        assert moved[name] == old[2][name]
    assert old[2]["voided_by"] == 4
    assert both.ok("verify")
    for client, other in (("acme", "bolt"), ("bolt", "acme")):
        both.ok("record", client, "--for", "court", "-o", str(tmp_path / client))
        for file in (tmp_path / client).rglob("*"):
            if file.is_file():
                assert other not in file.read_text("utf-8", "replace").lower(), file
    assert "logged anew as bolt#4" in both.ok("show", "acme")
    assert "logged as acme#3" in both.ok("show", "bolt")


def test_a_wrong_kind_is_mended_on_the_same_docket(both: Cli) -> None:
    result = both("move", "acme#3", "--kind", "abuse", "--reason", "more than a note")
    assert "acme#3 is void (#4); it stands anew as acme#5." in result.err
    anew = entries(both, "acme")[-1]
    assert (anew["kind"], anew["statement"]) == ("abuse", "They shouted at me")
    assert [(link["rel"], link["seq"]) for link in anew["links"]] == [("about", 3)]
    assert anew["links"][0]["reason"] == "in place of that one: more than a note"
    assert "Logged anew in place of this one." in both.ok("show", "acme#4")


def test_what_fits_of_its_data_goes_along_and_what_lacks_is_asked(acme: Cli) -> None:
    acme.ok("log", "acme", "cost", "Court fee", "--amount", "35")
    lacking = acme("move", "acme#3", "--kind", "invoice", "--reason", "it was a bill")
    assert "This invoice needs its number and due" in lacking.err
    acme.ok(
        *("move", "acme#3", "--kind", "invoice", "--reason", "it was a bill"),
        *("--set", "number=INV-7", "--set", "due=2026-12-24"),
    )
    moved = entries(acme, "acme")[-1]["data"]
    assert {name: said for name, said in moved.items() if said is not None} == {
        "number": "INV-7",
        "amount": "35.00",
        "currency": "EUR",
        "due": "2026-12-24",
    }


def test_a_number_is_free_again_once_its_bill_is_moved(acme: Cli) -> None:
    acme.ok("invoice", "acme", "INV-1", "100")
    acme.ok("new", "Bolt Ltd", "--id", "bolt")
    acme.ok("move", "acme#3", "--to", "bolt", "--reason", "it was Bolt")
    acme.ok("invoice", "acme", "INV-1", "100")


def test_what_still_names_it_is_said(acme: Cli) -> None:
    acme.ok("ask", "acme", "Logo?")
    acme.ok("answer", "acme#3", "Here")
    acme.ok("new", "Bolt Ltd", "--id", "bolt")
    result = acme("move", "acme#3", "--to", "bolt", "--reason", "it was Bolt")
    assert "Still naming acme#3: acme#4 (answer)" in result.err


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("acme#1", "--to", "bolt"), "acme#1 cannot be moved: it is client"),
        (("acme#3",), "acme#3 is there already"),
        (("acme#3", "--kind", "void"), "Nothing is moved to void"),
        (("acme#3", "--kind", "answer"), "Which entry is this answer for"),
        (("acme#99", "--to", "bolt"), "There is no entry acme#99"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    both: Cli, words: tuple[str, ...], error: str
) -> None:
    before = len(entries(both, "acme")), len(entries(both, "bolt"))
    result = both("move", *words, "--reason", "why")
    assert result.status == 2
    assert error in result.err
    assert (len(entries(both, "acme")), len(entries(both, "bolt"))) == before


def test_where_the_second_half_fails_it_says_what_stands(
    both: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = JournalFile.append_many

    def full(journal: JournalFile, *args: Any) -> Any:
        if journal.path.stem == "acme":
            raise JournalError("Nothing was logged", "the disk is full", "Make room")
        return write(journal, *args)

    monkeypatch.setattr(JournalFile, "append_many", full)
    result = both("move", "acme#3", "--to", "bolt", "--reason", "it was Bolt")
    assert result.status == 1
    assert "bolt#4 is logged, and acme#3 still stands: Nothing was logged" in result.err
    assert "docket void acme#3" in result.err
    assert entries(both, "acme")[2]["counts"]
