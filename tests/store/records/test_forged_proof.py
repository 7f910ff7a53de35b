"""Moments, anchors, custody and signatures that cannot be so are found, and what is too large."""

from __future__ import annotations

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from store.anchors import Anchor, add_query, add_signature, sign, take
from store.records import Signing, verify_record, write_record
from store.records.folder.reader import There, TooLargeError
from tests.store.anchors.owner import anchored, needs_ssh_keygen, new_key
from tests.store.records.case import NOW, OPTIONS, Case, full_case
from tests.store.records.forging import found, hide, items, rebuild


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return the full case, with an anchor of it; its tests log nothing more."""
    made = full_case(tmp_path_factory.mktemp("case"))
    anchored(made.workspace)
    return made


@pytest.fixture
def folder(case: Case, tmp_path: Path) -> Path:
    """Return a record for a court."""
    return write_record(case.workspace, "acme", OPTIONS, tmp_path / "out").folder


def test_a_record_is_not_older_than_what_it_shows(folder: Path) -> None:
    moment = "2026-09-09T12:00:00+00:00"
    rebuild(
        folder, lambda one: one.update(made_at=moment), "2026-09-09_acme_dispute-record_court.md"
    )
    said = found(folder)
    assert "shows entry 34, which was recorded later, 2026-09-10 12:00:00+00:00" in said
    assert "and has an anchor of 2026-11-22T12:00:00Z" in said


def test_an_anchor_is_not_older_than_what_it_covers(folder: Path) -> None:
    (path,) = (folder / "anchors").iterdir()
    anchor = take(path).anchor
    assert anchor
    path.write_bytes(Anchor(**{**vars_of(anchor), "at": "2026-01-01T00:00:00Z"}).dump())
    rebuild(folder)
    assert found(folder) == (
        f"anchors/{path.name}: it says 2026-01-01T00:00:00Z, and covers entry 34, "
        "which was recorded later, 2026-09-10 12:00:00+00:00"
    )


def vars_of(anchor: Anchor) -> dict[str, Any]:
    """Return the fields of an anchor."""
    return {name: getattr(anchor, name) for name in ("docket", "count", "head", "at", "genesis")}


def test_a_record_from_tomorrow_is_told_of_and_no_finding(folder: Path) -> None:
    """The clock of whoever checks may be the wrong one."""
    behind = verify_record(folder, NOW - timedelta(days=30))
    assert behind.ok
    told = next(part for part in behind.parts if part.name == "clock")
    assert "2026-11-22 12:00:00+00:00, which is still to come: here it is 2026-10-23" in told.said
    for now in (None, NOW - timedelta(minutes=4), NOW + timedelta(days=900)):
        assert "clock" not in {part.name for part in verify_record(folder, now).parts}


@pytest.fixture
def handled(tmp_path: Path) -> Path:
    """Return the second record of a docket whose exhibit was handed over a week before."""
    case = full_case(tmp_path)
    case.clock.now = NOW - timedelta(days=7)
    write_record(case.workspace, "acme", OPTIONS, tmp_path / "earlier")
    case.clock.now = NOW
    return write_record(case.workspace, "acme", OPTIONS, tmp_path / "out").folder


def test_custody_that_ends_before_its_own_record_is_found(handled: Path) -> None:
    assert verify_record(handled).ok
    path = handled / "custody.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    rebuild(handled)
    assert found(handled) == "custody.jsonl: it has no export of exhibits/AB-1.pdf with this record"


def test_custody_whose_own_line_is_hidden_is_found(handled: Path) -> None:
    path = handled / "custody.jsonl"
    hide(path, max(items(path)[1]))
    rebuild(handled)
    assert found(handled) == "custody.jsonl: it has no export of exhibits/AB-1.pdf with this record"


def test_custody_that_is_gone_is_found_and_said(handled: Path) -> None:
    (handled / "custody.jsonl").unlink()
    rebuild(handled)
    report = verify_record(handled)
    assert "it has no export of exhibits/AB-1.pdf" in report.findings[0]
    told = next(part for part in report.parts if part.name == "no custody")
    assert "except a facts sheet" in told.does_not


def test_an_exhibit_that_was_taken_out_is_found(handled: Path) -> None:
    shutil.rmtree(handled / "exhibits")
    rebuild(handled)
    said = "exhibits/AB-1.pdf: custody.jsonl says that it went out with this record"
    assert found(handled) == said


def test_what_no_check_can_find_is_said(folder: Path) -> None:
    """Whoever holds a record can leave out more than was chosen, and no hash tells why."""
    hide(folder / "chain.jsonl", 28)

    def counted(manifest: dict[str, Any]) -> None:
        manifest["left_out"]["internal"] += 1

    rebuild(folder, counted)
    report = verify_record(folder)
    assert report.ok
    parts = {part.name: part.does_not for part in report.parts}
    assert "what the entries left out say, why they were left out" in parts["document"]
    assert "the purpose, the period, the names" in parts["document"]
    assert "cut off its end or withheld" in parts["custody"]


@needs_ssh_keygen
def test_words_after_a_signature_are_found(case: Case, tmp_path: Path) -> None:
    signing = Signing(new_key(tmp_path / "key"))
    out = tmp_path / "out"
    folder = write_record(case.workspace, "acme", OPTIONS, out, signing=signing).folder
    assert verify_record(folder).ok
    for more in (b"The court agrees.\n", b"\n", b" "):
        path = folder / "manifest.json.sig"
        armor = path.read_bytes()
        path.write_bytes(armor + more)
        assert found(folder).startswith("manifest.json.sig: it is not the armor that ssh-keygen")
        path.write_bytes(armor)


@needs_ssh_keygen
def test_words_beside_an_anchor_are_found(case: Case, tmp_path: Path) -> None:
    folder = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out").folder
    (path,) = (folder / "anchors").iterdir()
    kept = take(path)
    add_signature(kept, sign(kept.raw, new_key(tmp_path / "key"))[0])
    add_query(kept, lambda: 5)
    rebuild(folder)
    assert verify_record(folder).ok
    kept.signature.write_bytes(kept.signature.read_bytes() + b"Notarised.\n")
    kept.query.write_bytes(b"Notarised.")
    rebuild(folder)
    assert found(folder).split("\n") == [
        f"anchors/{kept.signature.name}: it is not the armor that ssh-keygen writes, "
        "or there is more in it",
        f"anchors/{kept.query.name}: it is a query about another file",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"first": []', '"first": [1e999]', "it does not fit chain.jsonl"),
        ('"first": []', f'"first": ["{"9" * 5000}"]', "it does not fit chain.jsonl"),
        ('+00:00"', '+99:99"', "it does not fit chain.jsonl"),
        ('"size": 2', '"size": 2.5e1, "was": 2', "damaged, it cannot be read"),
    ],
)
def test_numbers_that_no_record_has_are_findings(
    folder: Path, old: str, new: str, said: str
) -> None:
    path = folder / "manifest.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert f"manifest.json: {said}" in found(folder)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_end_of_time_is_a_finding(folder: Path, moment: str) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps({**content, "made_at": moment}))
    assert found(folder)


def test_what_is_too_large_for_a_record_is_not_read(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 4 << 30)
    assert found(folder) == "manifest.json: it has more than 16 MB, so it was not read"


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    (tmp_path / "chain.jsonl").write_bytes(b"x")
    there = There.of(tmp_path)
    os.truncate(tmp_path / "chain.jsonl", 8 << 30)
    with pytest.raises(TooLargeError, match="more than 1,024 MB"):
        there.read("chain.jsonl")
    assert there.start("chain.jsonl", 3) == b"x\0\0"
    assert there.read("manifest.json") is None
