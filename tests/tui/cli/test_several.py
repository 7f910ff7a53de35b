"""Several entries corrected by one command."""

from __future__ import annotations

import json

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
