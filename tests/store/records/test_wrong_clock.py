"""Records of a docket that was logged or anchored while the clock was wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store.anchors import Anchor, Shelf, anchor_time, check_docket
from store.records import PURPOSES, Purpose, RecordError, RecordOptions, verify_record, write_record
from tests.store.records.case import NOW, Case, full_case


def anchor(case: Case, at: datetime) -> None:
    """Keep an anchor of the docket as it stands, made while the clock said `at`."""
    found = check_docket(case.workspace.path("acme"), root=case.workspace.root)
    shelf = Shelf(case.workspace.root)
    shelf.keep(shelf.place(Anchor("acme", found.count, found.head, anchor_time(at), found.genesis)))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_after_an_anchor_of_a_clock_that_ran_ahead_a_note_frees_every_record(
    tmp_path: Path, purpose: Purpose
) -> None:
    case = full_case(tmp_path)
    anchor(case, NOW + timedelta(days=900))
    options = RecordOptions(prepared_by="Jo Reyes", purpose=purpose, since=None, until=None)
    with pytest.raises(RecordError, match="if it ran ahead, log a note"):
        write_record(case.workspace, "acme", options, tmp_path / "out")
    case.log("note", "2026-11-22", "The clock is right again")
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    assert verify_record(written.folder).findings == ()
    assert written.stayed_behind == ""
    assert len(list((written.folder / "anchors").glob("*.json"))) == 1


@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_anchor_of_a_clock_that_was_behind_stays_behind_and_is_named(
    tmp_path: Path, purpose: Purpose
) -> None:
    case = full_case(tmp_path)
    anchor(case, NOW - timedelta(days=400))
    case.log("note", "2026-11-22", "More")
    anchor(case, NOW)
    options = RecordOptions(prepared_by="Jo Reyes", purpose=purpose, since=None, until=None)
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    assert verify_record(written.folder).findings == ()
    (kept,) = (written.folder / "anchors").glob("*.json")
    assert anchor_time(NOW) in kept.read_text()
    assert written.stayed_behind == (
        "Not in it, as the clock was wrong when it was made: "
        f"anchor {anchor_time(NOW - timedelta(400))}."
    )


def test_a_sheet_whose_last_entry_is_of_a_clock_that_ran_ahead_is_freed_by_a_note(
    tmp_path: Path,
) -> None:
    case = full_case(tmp_path)
    case.clock.now = NOW + timedelta(days=900)
    case.workspace.log(
        case.workspace.draft(
            "acme",
            "invoice",
            occurred_at=NOW,
            precision="day",
            data={"number": "AHEAD", "amount": "10", "currency": "EUR", "due": "2026-12-24"},
        )
    )
    case.clock.now = NOW
    options = RecordOptions(prepared_by="Jo Reyes", purpose="public", since=None, until=None)
    with pytest.raises(RecordError, match="if it ran ahead, log a note"):
        write_record(case.workspace, "acme", options, tmp_path / "out")
    case.log("note", "2026-11-22", "The clock is right again")
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    assert verify_record(written.folder).findings == ()
