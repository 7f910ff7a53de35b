"""What is private never leaves: every byte of every output is searched for it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest

from store.private.model import (
    Alias,
    CheckIn,
    Decision,
    GutAnswer,
    Hold,
    LadderChoice,
    Leaving,
    Private,
    RestedOn,
    Snooze,
    Unstated,
)
from store.records import Purpose, RecordOptions, write_record
from tests.store.records.case import MARKS, NOW, Case, full_case

JUDGED = datetime(2026, 11, 19, 3, 4, 5, tzinfo=UTC)
RESTED = RestedOn(
    verdict="VERDICTMARKqz",
    score=77.7,
    low=66.61,
    high=88.81,
    coverage=0.5551,
    more_than_the_work="ANSWERMARKqz",
    rung="RUNGMARKqz",
    rules=("RULEMARKqz1", "RULEMARKqz2"),
)
PRIVATE_BYTES = (
    b"ALIASMARKqz",
    *(b"VERDICTMARKqz", b"ANSWERMARKqz", b"RUNGMARKqz", b"RULEMARKqz", b"sent-by-markqz"),
    *(b"77.7", b"66.61", b"88.81", b"0.5551", b"2026-11-19T03:04:05", b"2031-05-06"),
    *(b"THANKSMARKqz", b"FEARMARKqz", b"2034-01-02"),
    *(b"STEPMARKqz", b"2032-07-08", b"laddermarkqz", b"2033-09-10"),
    *(b"walk-away", b"stop-work", b"set-boundaries", MARKS["private"].encode()),
)


def written_bytes(case: Case, purpose: Purpose, root: Path, kinds: tuple[str, ...] = ()) -> bytes:
    """Return every byte of a written record, file names included."""
    options = RecordOptions(purpose, None, None, "Ann Berg", html=True, kinds=kinds)
    written = write_record(case.workspace, "acme", options, root / purpose)
    files = [path for path in written.folder.rglob("*") if path.is_file()]
    assert {path.resolve() for path in files} == {path.resolve() for path in written.files}
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in files)


def seeded(root: Path) -> Case:
    """Return the full case with a mark in every private place."""
    case = full_case(root)
    mark = MARKS["private"]
    private = case.workspace.private
    private.add("acme", CheckIn(at=NOW, stress_client=9, note=f"{mark} checkin"))
    private.add("acme", GutAnswer(at=NOW, answer="walk-away"))
    decision = Decision(
        at=NOW,
        choice="stop-work",
        why=mark,
        review=date(2031, 5, 6),
        rested_on=RESTED,
        gut="set-boundaries",
    )
    private.add("acme", decision)
    private.judge("acme", 1, "partly", f"{mark} seen later", JUDGED)
    later = date(2032, 7, 8)
    private.add("acme", Snooze(at=NOW, key="STEPMARKqz", until=later, why=f"{mark} put off"))
    private.add("acme", Hold(at=NOW, until=later, why=f"{mark} all put off"))
    private.add("acme", LadderChoice(preset="laddermarkqz", confirmed=date(2033, 9, 10)))
    private.add("acme", Alias(name="ALIASMARKqz"))
    private.add("acme", Unstated(field="tax_id"))
    private.set_referred_by("acme", "sent-by-markqz")
    leaving = Leaving(begun=date(2034, 1, 2), thanks="THANKSMARKqz", fears=("FEARMARKqz",))
    private.set_leaving("acme", leaving)
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


def test_an_extract_has_nothing_private_either(tmp_path: Path) -> None:
    data = written_bytes(seeded(tmp_path), "own", tmp_path, ("note", "abuse", "offer"))
    for mark in (*MARKS.values(), "7.77"):
        assert mark.encode() not in data
    assert [mark for mark in PRIVATE_BYTES if mark in data] == []


@pytest.mark.parametrize("purpose", ["court", "platform", "own", "public"])
def test_private_internal_and_settlement_stay_out(tmp_path: Path, purpose: Purpose) -> None:
    data = written_bytes(seeded(tmp_path), purpose, tmp_path)
    for mark in (*MARKS.values(), "7.77", "77.7", "walk-away", "stop-work"):
        assert mark.encode() not in data
    for word in (b"verdict", b"score", b"dread", b"stress"):
        assert not re.search(rb"\b" + word + rb"\b", data, re.I)


def test_every_private_field_is_in_the_case_with_bytes_of_its_own(tmp_path: Path) -> None:
    case = seeded(tmp_path)
    raw = case.workspace.private.path.read_bytes()
    assert [mark for mark in PRIVATE_BYTES if mark not in raw] == []
    said = case.workspace.private.of("acme")
    assert {name for name, kept in said if kept} == set(Private.model_fields)
    (decision,) = said.decisions
    # Filled all but the count of entries, which is no secret: the record gives it.
    assert {name for name, kept in decision if kept} == Decision.model_fields.keys() - {"entries"}


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_no_private_field_reaches_any_record(tmp_path: Path, purpose: Purpose) -> None:
    data = written_bytes(seeded(tmp_path), purpose, tmp_path)
    assert [mark for mark in PRIVATE_BYTES if mark in data] == []


def test_settlement_is_in_the_mediators_record_only(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    data = written_bytes(case, "mediator", tmp_path)
    assert MARKS["settlement"].encode() in data
    assert MARKS["internal"].encode() not in data
    assert case.record("mediator").left_out.settlement == 0


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    """That there was talk of a settlement is told in my own file alone."""
    case = seeded(tmp_path)
    record, mine = case.record(), case.record("own")
    assert (record.left_out.internal, record.left_out.settlement) == (6, 0)
    assert "Left out here: six entries." in record.markdown
    assert "settlement" not in record.markdown
    assert (mine.left_out.internal, mine.left_out.settlement) == (4, 2)
    assert "four entries and two entries about a settlement" in mine.markdown


def test_no_seed_is_handed_over(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    data = written_bytes(case, "court", tmp_path)
    for line in case.workspace.file("acme").lines:
        assert line.seed.encode() not in data
