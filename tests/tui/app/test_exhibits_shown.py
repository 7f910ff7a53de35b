"""Exhibits in the entry pane: beside the entry they belong to, also those added to it later."""

from __future__ import annotations

from pathlib import Path

from store.evidence.attach import attach
from tests.store.building import workspace
from tui.widgets.entry import copy_text


def test_what_was_added_to_an_entry_stands_with_it(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.log(made.draft("acme", "late-payment", "INV-1 is late"))
    file = tmp_path / "ev\u202eil.txt"
    file.write_text("order")
    links = ({"rel": "adds-to", "seq": 3},)
    draft = made.draft("acme", "addendum", "The order itself", links=links)
    attached = attach(made, draft, [file], obtained="mail from Jo").entry
    shown = copy_text(next(one for one in made.docket("acme").standing if one.seq == 3))
    *_, added, exhibit = shown.splitlines()
    assert added.endswith(f"#{attached.seq} adds: The order itself")
    sha256 = attached.exhibits[0].sha256
    assert exhibit == f"exhibit ev<U+202E>il.txt (5 bytes, mail from Jo), {sha256[:16]}…"
