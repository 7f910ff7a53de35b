"""What the table of parties lacks is asked for in a terminal, once, and kept where it belongs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.errors import UsageError
from store.records.review.sides import Lacking, keep, to_ask
from store.workspace import Workspace
from tests.terminal.driver import Terminal
from tests.tui.cli.conftest import Cli


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made


def asked(workspace: Workspace) -> list[str]:
    """Return what would be asked for, as `FIELD` of mine and `their FIELD`."""
    found = to_ask(workspace, workspace.docket("acme"))
    return [f"their {one.field}" if one.whose else one.field for one in found]


def test_what_is_said_is_kept_and_what_is_left_out_is_not_asked_again(workspace: Workspace) -> None:
    everything = to_ask(workspace, workspace.docket("acme"))
    assert len(everything) == 6
    said = ["1 Main Street", "", "GB 1", "2 High Street", "", "DE 2"]
    amended = keep(workspace, "acme", dict(zip(everything, said, strict=True)))
    again = Workspace.open(workspace.root)
    assert (again.config.address, again.config.email) == ("1 Main Street", "")
    who = again.docket("acme").profile
    assert (who.name, who.address, who.email) == ("Acme Media", "2 High Street", None)
    assert amended is not None and amended.links[0].reason == "It was missing"
    assert asked(again) == []
    again.new_client("bolt", [again.draft("bolt", "client", data={"name": "Bolt", "email": "b@x"})])
    found = to_ask(again, again.docket("bolt"))
    assert [one.field for one in found if one.whose] == ["address", "tax_id"]
    assert not [one for one in found if not one.whose]  # mine was left out for all


def test_what_cannot_be_kept_is_refused_as_it_is_typed() -> None:
    with pytest.raises(UsageError):
        Lacking("tax_id").answer("9" * 61)
    assert Lacking("address", "Acme").answer(" 2 High\n") == "2 High"


def test_in_a_terminal_each_is_asked_for_once_and_a_break_keeps_what_was_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    words = ("-m", "tui", "record", "acme", "--for", "court", "-o", str(tmp_path / "out"))
    with Terminal(workspace.root, args=words, columns=100) as terminal:
        terminal.wait_for("Your address, as it should stand in records:")
        terminal.send("1 Main Street\n" + "9" * 130 + "\n")
        terminal.wait_for("That cannot be set")
        terminal.send("\n\n2 High Street\n")
        terminal.wait_for("Acme Media: their e-mail address")
        terminal.send("\x03")
        assert terminal.wait() == 130
    left = Workspace.open(workspace.root)
    assert left.config.address == "1 Main Street"
    assert left.docket("acme").profile.address == "2 High Street"
    assert asked(left) == ["their email", "their tax_id"]
    assert not (tmp_path / "out").exists()


def test_nothing_is_asked_without_a_terminal_and_the_check_names_all(
    cli: Cli, tmp_path: Path
) -> None:
    cli.ok("new", "Acme")
    assert "Your address" not in cli("record", "acme", "--for", "court", "-o", str(tmp_path)).err
    case = json.loads(cli.ok("record", "acme", "--for", "court", "--check", "--json"))["case"]
    mine, theirs = (one for one in case if one["what"] == "address")
    assert mine["said"] == "no address, e-mail address or tax number of yours stands in it"
    assert mine["mend"] == 'docket me --address "TEXT" --email "TEXT" --tax-id "TEXT"'
    assert (theirs["entry"], theirs["mend"]) == (
        "acme#1",
        'docket amend acme#1 --set address="TEXT" --set email="TEXT" --set tax_id="TEXT" '
        '--reason "It was missing"',
    )
