"""The book of clients reads nothing before it has to, and lets go of what nobody looks at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.index import summary
from store.index.summary import Summary
from store.overview.client_book import ClientBook, in_their_order
from store.workspace import Workspace
from tests.benchmarks.fixture import write_workspace


def test_cold_rows_are_there_without_a_docket_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write_workspace(tmp_path / "w", {f"client-{number}": 3 for number in range(9)})

    def read(*_: object) -> None:
        raise AssertionError("a docket was read")

    monkeypatch.setattr(Workspace, "docket", read)
    book = ClientBook(made)
    assert book.take_in(book.changed()) == []
    assert {row.name.lower() for row in book.rows.values()} == {f"client-{n}" for n in range(9)}
    assert len(book.pending()) == 9


def test_those_who_stood_worst_come_first_and_then_the_last_that_was_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda *_: True)
    names = ("good", "new", "newest", "owes", "bad")
    made = write_workspace(tmp_path / "w", dict.fromkeys(names, 3))
    for at, name in enumerate(names):
        os.utime(made.path(name), (at, at))
    book = ClientBook(made)
    book.changed()
    kept = book._summaries
    for name, verdict, score in (
        ("good", "keep", 1.0),
        ("owes", "keep", 30.0),
        ("bad", "walk-away", 20.0),
    ):
        worked = Summary(name, verdict, False, score, 1.0, (), 0, None, 3)
        kept.put(name, kept.state(name), worked)
    kept.save()
    made.enter("bad", "note", "What was kept holds no more.")
    again = ClientBook(Workspace.open(made.root))
    again.take_in(again.changed())
    assert again.pending() == ["bad", "newest", "new"]
    rows = sorted(again.rows.values(), key=lambda row: row.order)
    assert [row.id for row in rows] == ["bad", "owes", "good", "new", "newest"]
    assert rows[0].summary is None, "it has its place of before, and nothing is said of it"
    assert not in_their_order(again.rows.values())
    assert again._summaries.worst_first(names) == ["bad", "owes", "good", "newest", "new"]
    for name in ("new", "newest"):
        made.path(name).unlink()
    again.take_in(again.changed())
    assert in_their_order(again.rows.values())


def test_each_is_kept_as_it_is_done_and_no_docket_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda *_: True)  # though it was written just now
    made = write_workspace(tmp_path / "w", {"acme": 3, "bolt": 3})
    book = ClientBook(made)
    book.take_in(book.changed())
    book.take(book.work_out("bolt", at_hand=False))
    book.save()
    assert not made._handles
    assert book.rows["bolt"].summary
    again = ClientBook(Workspace.open(made.root))
    again.take_in(again.changed())
    assert again.pending() == ["acme"]
    worked = again.work_out("acme", at_hand=True)
    made.enter("acme", "note", "meanwhile")
    again.changed()
    again.take(worked)
    assert "acme" in again.pending(), "what was worked out is of another state"
