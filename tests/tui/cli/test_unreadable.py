"""One docket that cannot be read is said and passed over; the other clients work."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli


@pytest.fixture(params=["empty", "marked"])
def damaged(acme: Cli, request: pytest.FixtureRequest) -> Cli:
    """A command line on a workspace with acme, and with a docket `bad` that cannot be read."""
    acme.ok("new", "Bad Co", "--id", "bad")
    path = acme.root / "clients" / "bad.jsonl"
    path.write_bytes(b"" if request.param == "empty" else b"\xef\xbb\xbf" + path.read_bytes())
    return acme


def test_the_list_shows_the_others_and_says_which_is_missing(damaged: Cli) -> None:
    listed = damaged("clients")
    assert listed.status == 0 and "Acme Media" in listed.out and "bad" not in listed.out
    assert "Without bad: " in listed.err and "is not a journal" in listed.err
    as_json = damaged("clients", "--json")
    assert [one["client"] for one in as_json.json] == ["acme"] and "Without bad" in as_json.err


def test_other_clients_are_found_by_name(damaged: Cli) -> None:
    logged = damaged("log", "Media", "note", "hi")
    assert logged.status == 0 and "acme#3" in logged.out
    assert "Without bad: " in logged.err


def test_a_name_that_fits_none_says_whose_name_could_not_be_read(damaged: Cli) -> None:
    missed = damaged("log", "Nobody", "note", "hi")
    assert missed.status == 2 and "the name of bad cannot be read" in missed.err


def test_the_unreadable_client_itself_says_why(damaged: Cli) -> None:
    assert "is not a journal" in damaged("show", "bad").err
    assert damaged("show", "bad").status == 1


def test_a_new_client_is_added_all_the_same(damaged: Cli) -> None:
    added = damaged("new", "Zed")
    assert added.status == 0 and "zed#1" in added.out
    assert "Without bad: " in added.err


def test_nothing_but_an_unreadable_docket_is_not_called_empty(damaged: Cli) -> None:
    (damaged.root / "clients" / "acme.jsonl").unlink()
    listed = damaged("clients")
    assert listed.status == 0 and "No clients yet" not in listed.err
    assert "Without bad: " in listed.err
