"""What is private never leaves: every byte of every output is searched for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.private import CheckIn, Decision, GutAnswer
from store.records import Purpose, RecordOptions, write_record
from tests.store.records.case import MARKS, NOW, Case, full_case


def written_bytes(case: Case, purpose: Purpose, root: Path) -> bytes:
    """Return every byte of a written record, file names included."""
    options = RecordOptions(purpose, None, None, "Ann Berg")
    written = write_record(case.workspace, "acme", options, root / purpose)
    files = [path for path in written.folder.rglob("*") if path.is_file()]
    assert {path.resolve() for path in files} == {path.resolve() for path in written.files}
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in files)


def seeded(root: Path) -> Case:
    """Return the full case with a mark in every private place."""
    case = full_case(root)
    mark = MARKS["private"]
    private = case.workspace.private
    private.add_checkin("acme", CheckIn(at=NOW, stress_client=9, note=f"{mark} checkin"))
    private.add_gut("acme", GutAnswer(at=NOW, answer="walk-away"))
    private.add_decision(
        "acme", Decision(at=NOW, choice="stop-work", why=mark, verdict="walk-away", score=77.7)
    )
    secret = case.exhibit(MARKS["internal"].encode(), f"{MARKS['internal']}.txt")
    data = {"severity": 3, "hours": "7.77"}
    case.log(
        "abuse",
        "2026-10-01",
        MARKS["internal"],
        visibility="internal",
        exhibits=[secret],
        quotes=[{"text": MARKS["internal"]}],
        data=data,
    )  # 37
    case.log("addendum", "2026-10-02", f"{MARKS['internal']} again", link=("adds-to", 37))
    amended = {"changes": {"statement": MARKS["internal"]}}
    case.log("amendment", "2026-10-03", data=amended, link=("amends", 37), reason="x")
    case.log("void", "2026-10-04", MARKS["settlement"], link=("voids", 36), reason="y")
    return case


@pytest.mark.parametrize("purpose", ["court", "platform", "own"])
def test_private_internal_and_settlement_stay_out(tmp_path: Path, purpose: Purpose) -> None:
    data = written_bytes(seeded(tmp_path), purpose, tmp_path)
    for mark in (*MARKS.values(), "7.77", "77.7", "walk-away", "stop-work"):
        assert mark.encode() not in data
    for word in (b"verdict", b"score", b"dread", b"stress"):
        assert not re.search(rb"\b" + word + rb"\b", data, re.I)


def test_settlement_is_in_the_mediators_record_only(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    data = written_bytes(case, "mediator", tmp_path)
    assert MARKS["settlement"].encode() in data
    assert MARKS["internal"].encode() not in data
    assert case.record("mediator").left_out.settlement == 0


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    record = seeded(tmp_path).record()
    assert (record.left_out.internal, record.left_out.settlement) == (4, 2)
    assert "4 internal entries, 2 entries about a settlement, 0 entries" in record.markdown
    assert record.left_out.total == 6


def test_no_seed_is_handed_over(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    data = written_bytes(case, "court", tmp_path)
    for line in case.workspace.journal("acme").lines:
        assert line.seed.encode() not in data
