"""Exhibits on screens: beside the entry they belong to, and called as documents call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.docket.entries import NAMES_SOME
from store.docket.exhibits import exhibit_number, exhibit_numbers
from store.evidence.attach import attach
from store.workspace import Workspace
from tests.store.building import workspace
from tests.tui.app.conftest import Opened
from tests.tui.screens.host import text_of
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.widgets.entry import copy_text
from tui.words.whole import labels_of


def added(made: Workspace, client: str, name: str, text: str, **links: int) -> int:
    """Attach a file to a new entry, and return the number of that."""
    file = made.root.parent / name
    file.write_text(text)
    kind = "addendum" if links else "note"
    tied = [{"rel": rel.replace("_", "-"), "seq": seq} for rel, seq in links.items()]
    draft = made.draft(client, kind, "The order itself", links=tied)
    return attach(made, draft, [file], obtained="mail from Jo").entry.seq


def test_what_was_added_to_an_entry_stands_with_it(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    first = added(made, "acme", "ev\u202eil.txt", "order")
    later = added(made, "acme", "plan.txt", "plan", adds_to=first)
    docket = made.docket("acme")
    one = docket.find(first)
    assert one
    shown = copy_text(one, labels_of(docket, "Jo Ek")).splitlines()
    assert shown[-2].endswith(f"#{later} adds: The order itself")
    files = [(line.partition(" (5")[0], line) for line in shown if line.startswith("exhibit ")]
    sha256 = one.entry.exhibits[0].sha256
    assert files[0] == (
        "exhibit JE-1 ev<U+202E>il.txt",
        f"exhibit JE-1 ev<U+202E>il.txt (5 bytes, mail from Jo), {sha256[:16]}…",
    )
    assert shown[-1].startswith("exhibit JE-2 plan.txt (4 bytes")


def test_a_docket_that_grows_numbers_its_files_as_one_that_is_read_whole(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    for text in ("a", "b", "a", "c"):
        added(made, "acme", "same.txt", text)
        docket = made.docket("acme")
        whole = exhibit_numbers(docket.entries)
        files = [one for entry in docket.entries for one in entry.exhibits]
        numbers = [exhibit_number(docket.entries, one) for one in files]
        assert numbers == [whole[one.sha256] for one in files]
    assert sorted(whole.values()) == [1, 2, 3]
    lines = list(made.file("acme").lines.raws())
    assert [NAMES_SOME in line for line in lines] == [bool(e.exhibits) for e in docket.entries]


@pytest.mark.parametrize("few", [10_000, 0], ids=["at once", "of a long docket"])
async def test_the_pane_and_the_entry_whole_call_it_as_documents_do(
    few: int, workspace: Workspace, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.labels._FEW", few)
    workspace.set_texts({"author": "Jo Ek"})
    added(workspace, "acme", "plan.txt", "plan")
    added(workspace, "acme", "order.txt", "order")

    async with opened((120, 40)) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: "exhibit JE-2 order.txt" in text_of(app), "not in the pane")
        await pilot.press("enter")
        await until(pilot, lambda: _line(app, "exhibit  ").startswith("JE-2 order.txt, 5 bytes"))
        await pilot.press("j")
        await until(pilot, lambda: _line(app, "exhibit  ").startswith("JE-1 plan.txt, 4 bytes"))


def _line(app: DocketApp, label: str) -> str:
    """Return the fact under a label of an entry whole."""
    return text_of(app).partition(label)[2].partition("\n")[0].strip()
