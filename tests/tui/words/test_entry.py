"""An entry as it stands, in paragraphs: each edge draws the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.docket import Standing
from store.workspace import Workspace
from tests.store.building import workspace
from tests.tui.cli.conftest import Cli
from tui.widgets.entry import copy_text
from tui.words.entry import brief, gist, paragraphs_of, unlabelled


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """Return acme with #3, a request that is amended (#4), added to (#5) and withdrawn (#6)."""
    made = workspace(tmp_path)
    made.log(
        made.draft(
            "acme",
            "abuse",
            "Shouted\nat me",
            channel="phone",
            source="told-by",
            quotes=[{"text": "you thief"}],
            refs={"invoice": "INV-1", "project": "Site"},
            links=[{"rel": "about", "seq": 1, "reason": "as told"}],
            visibility="internal",
            data={"severity": 3},
        )
    )
    for kind, relation, text, reason, data in (
        ("amendment", "amends", "", "wrong", {"changes": {"severity": 2, "channel": "email"}}),
        ("addendum", "adds-to", "Bo heard it", "", {}),
        ("void", "voids", "", "another client", {}),
    ):
        links = [{"rel": relation, "seq": 3, "reason": reason}]
        made.log(made.draft("acme", kind, text, links=links, data=data, visibility="internal"))
    return made


def entry(made: Workspace, seq: int = 3) -> Standing:
    """Return an entry of acme as it stands."""
    found = made.docket("acme").find(seq)
    assert found is not None
    return found


NOW = "22 Nov 12:00 (same day)"
TOLD = [
    ("head", f"VOID abuse, 22 Nov 2026 12:00, recorded {NOW}, by email, as I was told"),
    ("void", f"{NOW}, voided by #6: another client"),
    ("text", "Shouted\nat me"),
    ("quote", "“you thief” (client)"),
    ("data", "severity 2 of 3"),
    ("about", "about project Site, invoice INV-1"),
    ("about", "reacts to #1: as told"),
    ("held", "internal: kept out of court and platform records"),
    ("amended", f"{NOW}, amended by #4: wrong [channel: email, severity: 2]"),
    ("before", "it first read:"),
    ("struck", f"abuse, 22 Nov 2026 12:00, recorded {NOW}, by phone, as I was told"),
    ("struck", "severity 3 of 3"),
    ("added", f"{NOW}, #5 adds: Bo heard it"),
]


def test_an_entry_is_told_as_it_stands_with_its_corrections(made: Workspace) -> None:
    assert list(paragraphs_of(entry(made))) == TOLD


def test_what_nobody_corrected_is_what_it_says(made: Workspace) -> None:
    assert [role for role, _ in paragraphs_of(entry(made, 1))] == ["head", "data"]


def test_both_edges_show_all_of_it(
    made: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = Cli(made.root, capsys, monkeypatch).ok("show", "acme#3")
    copied = copy_text(entry(made), unlabelled).splitlines()
    lines = [line for _, text in TOLD for line in text.split("\n")]
    assert copied == ["acme#3", *lines]
    said, facts = shown.split("\n\n")
    assert said.split() == " ".join(["acme#3", *lines]).split()
    assert "shown to  nobody" in facts and "1 correction, 1 addition, withdrawn by #6" in facts
    assert "\n    Shouted\n    at me\n" in shown
    assert "\n        severity 3 of 3\n" in shown, "what was replaced stands apart"


def test_where_there_is_little_room_it_is_told_in_brief(made: Workspace) -> None:
    assert brief(entry(made)) == [
        *("Sun 22 Nov 2026, 12:00", "abuse", "severity 2", "amended", "void")
    ]
    assert gist(entry(made).entry) == "Shouted\nat me"
    assert gist(entry(made, 1).entry) == "Acme Média"
