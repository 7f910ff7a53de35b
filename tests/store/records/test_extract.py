"""Extracts of some kinds, the facts sheet, a curated order: less is shown, nothing is altered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.records import Record, RecordError, RecordOptions, verify_record, write_record
from tests.store.records.case import MARKS, Case, full_case
from tests.store.records.test_verify import run_script

BLAMED = ("advice-overridden", "access-withheld", "approval-block")


def shown(record: Record) -> list[int]:
    """Return the numbers of the entries in a record."""
    return [digest.seq for digest in record.material.digests if digest.shown]


def blamed(root: Path) -> Case:
    """Return a case with overridden advice, withheld access and waits among all the rest."""
    case = full_case(root)
    case.log("access-withheld", "2026-06-02", "No login to the shop", recorded="2026-09-12")  # 37
    case.log("approval-block", "2026-05-20", "Draft waits for approval", recorded="2026-09-13")
    case.log("addendum", "2026-09-14", "Asked twice more", link=("adds-to", 38))  # 39
    return case


def test_an_extract_has_only_those_kinds_by_date(tmp_path: Path) -> None:
    record = blamed(tmp_path).record("own", kinds=BLAMED)
    assert shown(record) == [1, 15, 37, 38, 39]
    assert [one.seq for one in record.material.chronology if one.seq > 1] == [38, 37, 15]
    assert record.title == "Dispute record, extract: Acme Média"
    assert record.left_out.unchosen == 39 - 5 - 2
    for word in ("invoice", "INV-", "EUR", "request"):
        assert word not in record.markdown, word
    assert "of other kinds" in record.markdown


def test_an_extract_that_would_be_untrue_is_refused(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    with pytest.raises(RecordError, match="the account would be wrong"):
        case.record("own", kinds=("invoice",))
    assert "INV-2" in case.record("own", kinds=("invoice", "payment")).markdown
    assert shown(case.record("own", kinds=("request",))) == [1, 11, 12, 13]


def test_an_extract_verifies(tmp_path: Path) -> None:
    case = blamed(tmp_path)
    options = RecordOptions("court", None, None, "Ann Berg", kinds=BLAMED, html=True)
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    assert written.folder.name == "2026-09-14_acme_extract_dispute-record_court"
    assert verify_record(written.folder).findings == ()
    assert run_script(written.folder).returncode == 0


def attacked(root: Path) -> Case:
    """Return a case that ends with an attack in public."""
    case = full_case(root)
    seen = case.exhibit(b"a screenshot", "review.png")
    case.log("public-attack", "2026-11-01", "Wrote that I never delivered", exhibits=[seen])  # 37
    more = case.exhibit(b"the mail", "mail.eml")
    case.log("addendum", "2026-11-02", "The mail of then", link=("adds-to", 4), exhibits=[more])
    return case


def test_the_facts_sheet_has_dates_and_documents_and_no_words(tmp_path: Path) -> None:
    case = attacked(tmp_path)
    record = case.record("public")
    assert shown(record) == [2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 26, 27, 37, 38]
    assert record.title == "Facts sheet: Acme Média"
    written = write_record(
        case.workspace, "acme", RecordOptions("public", None, None, "Ann Berg"), tmp_path / "out"
    )
    data = b"\n".join(path.read_bytes() for path in written.folder.rglob("*") if path.is_file())
    for entry in case.entries():
        if entry.statement and entry.kind not in ("client",):
            assert entry.statement.encode() not in data, entry.statement
    for word in ("1000.00", "1,000", "INV-1", "Drive", "net14", "Twelve posts", *MARKS.values()):
        assert word.encode() not in data, word
    assert verify_record(written.folder).findings == ()
    assert run_script(written.folder).returncode == 0
    rows = [line for line in record.markdown.split("\n") if line.startswith(("|  37 ", "| 37 "))]
    assert len(rows) == 1
    assert "public statement about me" in rows[0]
    assert "AB-2" in rows[0]
    assert "AB-3" in record.markdown


def test_the_facts_sheet_has_a_corrected_day_and_nothing_withdrawn(tmp_path: Path) -> None:
    case = attacked(tmp_path)
    case.log("void", "2026-11-03", link=("voids", 13), reason="never sent")
    moved = {"changes": {"occurred_at": "2026-05-30T10:00:00+00:00"}}
    case.log("amendment", "2026-11-04", "no", data=moved, link=("amends", 11), reason="day")  # 40
    more = {"changes": {"occurred_at": "2026-03-19T10:00:00+00:00", "where": "by mail"}}
    case.log("amendment", "2026-11-05", data=more, link=("amends", 4), reason="both")
    record = case.record("public")
    assert {11, 40} <= set(shown(record))
    assert not {4, 13, 39, 41} & set(shown(record))
    (row,) = (line for line in record.markdown.split("\n") if line.startswith(("|  11 ", "| 11 ")))
    assert "2026-05-30" in row
    assert "request (day corrected)" in row
    written = write_record(
        case.workspace, "acme", RecordOptions("public", None, None, "Ann Berg"), tmp_path / "out"
    )
    assert verify_record(written.folder).findings == ()
    data = b"".join(path.read_bytes() for path in written.folder.rglob("*") if path.is_file())
    assert b"Logo files" not in data


def test_a_facts_sheet_says_nothing_of_a_settlement(tmp_path: Path) -> None:
    left = attacked(tmp_path).record("public").left_out
    assert (left.settlement, left.internal, left.outside) == (0, 2, 0)


def test_a_curated_order_repeats_entries_and_alters_none(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    plain = case.record("court")
    chosen = case.record("court", first=(23, 14, 35))
    assert shown(plain) == shown(chosen)
    section = next(one.body for one in chosen.sections if "Chronology" in one.title)
    first, _, rest = section.partition("All entries, the oldest first:")
    rows = [line for line in first.split("\n") if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["23", "14"], "35 is internal"

    def words(row: str) -> list[str]:
        return [cell.strip() for cell in row.split("|")]

    below = [words(row) for row in rest.split("\n")]
    assert all(words(row) in below for row in rows[2:])


def test_what_was_typed_to_be_withheld_is_never_written_down(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    options = RecordOptions(
        "own", None, None, "Ann Berg", redact=("the colours",), despite=("AB-1",)
    )
    written = write_record(case.workspace, "acme", options, tmp_path / "out")
    manifest = json.loads((written.folder / "manifest.json").read_bytes())
    assert "redact" not in manifest["options"]
    assert RecordOptions.from_json(manifest["options"]).redact == ()
