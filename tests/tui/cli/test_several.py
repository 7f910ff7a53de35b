"""Several entries corrected by one command, and other small doors beside the great ones."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tui.cli.conftest import Cli


def test_several_are_withdrawn_for_one_reason(acme: Cli) -> None:
    for text in ("one", "two", "three"):
        acme.ok("log", "acme", "note", text)
    told = acme.ok("void", "acme#3", "acme#5", "--reason", "both were about Bolt")
    assert len(told.splitlines()) == 2
    shown = {one["seq"]: one for one in json.loads(acme.ok("show", "acme", "--json"))}
    assert [shown[seq]["counts"] for seq in (3, 4, 5)] == [False, True, False], shown[3]


def test_several_are_tagged_as_one_project_and_json_is_one_list(acme: Cli) -> None:
    acme.ok("log", "acme", "note", "one")
    acme.ok("log", "acme", "note", "two")
    words = ("amend", "acme#3", "acme#4", "--set", "project=shop", "--reason", "the shop", "--json")
    assert len(json.loads(acme.ok(*words))) == 2
    again = acme(*words)
    assert again.status == 1
    assert "all 2 say so already" in again.err


def test_nothing_is_logged_where_one_of_them_is_refused(acme: Cli) -> None:
    acme.ok("log", "acme", "note", "one")
    before = acme.ok("show", "acme", "--json")
    refused = acme("void", "acme#3", "acme#99", "--reason", "no")
    assert refused.status != 0
    assert "99" in refused.err
    mixed = acme("void", "acme#3", "acme#3", "and why", "--reason", "no")
    assert "Several entries are corrected alike" in mixed.err
    assert acme.ok("show", "acme", "--json") == before


def test_what_was_chosen_for_leaving_is_in_no_json_unless_asked_for(acme: Cli) -> None:
    acme.ok("exit", "acme", "--fear", "They will be angry", "--terms", "bad")
    openly = acme.ok("exit", "acme", "--json")
    assert "angry" not in openly and '"bad"' not in openly
    assert "angry" in acme.ok("exit", "acme", "--json", "--with-private")


def test_hours_name_what_they_are_about(acme: Cli) -> None:
    acme.ok("invoice", "acme", "INV-1", "120")
    acme.ok("hours", "acme", "1:30", "calls", "--about", "INV-1", "--project", "shop")
    (*_, last) = json.loads(acme.ok("show", "acme", "--json"))
    said = json.dumps(last)
    assert "INV-1" in said and "shop" in said


def test_damage_elsewhere_is_no_news_where_one_client_is_asked_for(acme: Cli) -> None:
    acme.ok("new", "Bolt & Co", "--id", "bolt")
    acme.ok("log", "acme", "note", "login")
    path = acme.root / "clients" / "bolt.jsonl"
    path.write_bytes(b"{broken\n")
    assert "bolt" in acme("find", "login").err
    found = acme("find", "login", "--client", "acme")
    assert "bolt" not in found.err and "login" in found.out


def test_a_text_of_ones_own_is_looked_over(acme: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("The payment is always late. Please send it by Friday.")
    said = acme.ok("letter", "acme", "--check", str(mine))
    assert "“always” is an absolute" in said
    assert acme("letter", "acme", "--check", str(mine), "--json").json[0]["fault"] == "absolute"
    piped = acme("letter", "acme", "--check", "-", stdin=b"Thank you for the map.")
    assert (piped.status, piped.out) == (0, "") and "Nothing to look at again" in piped.err
    gone = acme("letter", "acme", "--check", str(tmp_path / "gone"))
    assert gone.status == 1 and "cannot be read" in gone.err
