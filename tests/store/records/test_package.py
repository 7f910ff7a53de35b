"""The folder: whole or not at all, never over another, readable by its owner alone."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import DocketError, VerificationError
from store.journal import verify_disclosed
from store.records import RecordError, verify_record, write_record
from store.records.dispute.document import write
from tests.store.records.case import EXHIBIT, OPTIONS, Case, full_case

NAME = "2026-11-22_acme_dispute-record_court"


def test_the_folder_holds_what_it_should(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "a" / "out")
    assert written.folder == tmp_path / "a" / "out" / NAME
    assert written.document == written.folder / f"{NAME}.md"
    assert [path.relative_to(written.folder).as_posix() for path in written.files] == [
        f"{NAME}.md",
        "VERIFY.md",
        "chain.jsonl",
        "check_sums.py",
        "custody.jsonl",
        "exhibits/AB-1.pdf",
        "verify.py",
        "manifest.json",
        "SHA256SUMS",
    ]
    text = written.document.read_text(encoding="utf-8")
    assert text == write(written.material).markdown
    assert "exported once; last on 2026-11-22" in text
    assert (written.folder / "exhibits" / "AB-1.pdf").read_bytes() == EXHIBIT
    assert [path.name for path in written.folder.parent.iterdir()] == [NAME]


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    written = write_record(full_case(tmp_path).workspace, "acme", OPTIONS, tmp_path / "out")
    for path in written.folder.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert stat.S_IMODE(written.folder.stat().st_mode) == 0o700


def test_a_second_record_of_the_day_is_numbered(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    first = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    before = first.document.read_bytes()
    second = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert second.folder.name == f"{NAME}-2"
    assert second.document.name == f"{NAME}-2.md"
    assert first.document.read_bytes() == before
    assert verify_record(second.folder).ok


def test_the_chain_verifies_to_the_journals_head(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    data = (written.folder / "chain.jsonl").read_bytes()
    report = verify_disclosed(data)
    assert report.ok
    assert (report.count, report.head) == case.workspace.file("acme").head
    manifest = json.loads((written.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["head"] == {"count": 36, "hash": report.head}
    left_out = {reason: number for reason, number in manifest["left_out"].items() if number}
    assert left_out == {"internal": 2}  # that one was an offer is not told
    withheld = [json.loads(row) for row in data.splitlines()[-2:]]
    assert [set(item) for item in withheld] == [{"hash", "leaf", "seq"}] * 2


def test_an_exhibit_the_workspace_lost_is_said_to_be_missing(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    (kept,) = (case.workspace.root / "exhibits").iterdir()
    kept.unlink()
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    manifest = json.loads((written.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["exhibits_not_here"] == [{"label": "AB-1", "sha256": kept.name}]
    report = verify_record(written.folder)
    assert report.ok
    assert "0 of 1 exhibit against the entries" in report.checked


def test_an_exhibit_that_was_changed_stops_the_record(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    (kept,) = (case.workspace.root / "exhibits").iterdir()
    kept.write_bytes(b"something else")
    with pytest.raises(RecordError, match="AB-1 is not the file that was kept"):
        write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecordError, match="No record was written to"):
        write_record(case.workspace, "acme", OPTIONS, tmp_path / "file")


def test_an_unknown_client_writes_nothing(tmp_path: Path) -> None:
    case = Case(tmp_path)
    with pytest.raises(DocketError):
        write_record(case.workspace, "nobody", OPTIONS, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_record_moved_and_renamed_still_verifies(tmp_path: Path) -> None:
    written = write_record(full_case(tmp_path).workspace, "acme", OPTIONS, tmp_path / "out")
    moved = written.folder.rename(tmp_path / "handed over")
    assert verify_record(moved).ok


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda raw: raw.replace(b'"seq":2', b'"seq":7'), "entry 2 was changed"),
        (lambda raw: raw.replace(b"INV-1", b"INV-3"), r"entry \d was changed"),
        (lambda raw: raw[:-1], "newline at the end is gone"),
    ],
)
def test_a_docket_that_is_not_whole_has_no_record(
    tmp_path: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    case = full_case(tmp_path)
    path = case.workspace.path("acme")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole
    with pytest.raises(VerificationError, match=said) as caught:
        write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert "docket verify acme" in str(caught.value)
    assert not (tmp_path / "out").exists()
