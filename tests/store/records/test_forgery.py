"""A record whose parts were made to fit each other is found where they cannot be so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.records import (
    PURPOSES,
    Purpose,
    RecordError,
    RecordOptions,
    verify_record,
    write_record,
)
from store.records.folder.consistency import misfits
from tests.store.anchors.owner import anchored
from tests.store.records.case import OPTIONS, Case, full_case
from tests.store.records.forging import found, hide, rebuild
from tests.store.records.test_verify import fix_manifest

_KINDS = ("delivery", "invoice", "payment", "request", "promise", "notice", "blame", "amendment")
_ACME = Path("2026-11-22_acme_dispute-record_court.md")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return the full case, with an anchor of it; its tests log nothing more."""
    made = full_case(tmp_path_factory.mktemp("case"))
    anchored(made.workspace)
    return made


@pytest.fixture
def made(case: Case, tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a record into a new folder."""

    def write(purpose: Purpose = "court", **options: Any) -> Path:
        days = {"since": options.pop("since", None), "until": options.pop("until", None)}
        chosen = RecordOptions(purpose, prepared_by="Ann Berg", **days, **options)
        return write_record(case.workspace, "acme", chosen, tmp_path / "out").folder

    return write


@pytest.fixture
def folder(made: Callable[..., Path]) -> Path:
    """Return a record for a court."""
    return made()


def options(**changed: object) -> Callable[[dict[str, Any]], None]:
    """Return the edit of a manifest that changes these options."""
    return lambda manifest: manifest["options"].update(changed)


@pytest.mark.parametrize(
    "name",
    [
        _ACME.with_suffix(".html").name,
        "ADDENDUM.md",
        "exhibits2/AB-9.pdf",
        "exhibits/AB-9.pdf",
        "anchors/note.txt",
        "anchors/9-0a1b2c3d.tsr",
    ],
)
def test_a_file_of_no_record_is_named_though_the_manifest_lists_it(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"<h1>EUR 9,999 owed</h1>")
    rebuild(folder)
    assert found(folder) == f"{name}: it belongs to no record"


def test_custody_belongs_to_no_facts_sheet(made: Callable[..., Path]) -> None:
    private = made("own") / "custody.jsonl"
    sheet = made("public")
    shutil.copy(private, sheet)
    fix_manifest(sheet)
    rebuild(sheet)
    assert "custody.jsonl: it belongs to no record" in found(sheet)


@pytest.mark.parametrize(
    "name",
    ["certified-by-the-court.md", "exhibits/AB-9.md", "2026-11-22_acme_dispute-record_court-1.md"],
)
def test_the_document_is_called_as_its_record_is(folder: Path, name: str) -> None:
    rebuild(folder, document=name)
    assert found(folder) == f"manifest.json: its document is not called {_ACME}"


def test_a_second_record_of_the_day_is_called_so(folder: Path) -> None:
    rebuild(folder, document=f"{_ACME.stem}-2.md")
    assert verify_record(folder).ok


def test_an_empty_folder_is_named(folder: Path) -> None:
    (folder / "certified").mkdir()
    assert found(folder) == "certified: not in the manifest"


def test_settlement_talk_is_not_made_a_paper_for_a_court(made: Callable[..., Path]) -> None:
    folder = made("mediator")
    (folder / "brief.md").unlink()
    rebuild(folder, options(purpose="court"), _ACME.name)
    assert found(folder) == (
        "manifest.json: it does not fit the entries shown: "
        "entry 36 is settlement talk, and it is not for a mediator"
    )


def test_an_extract_is_not_made_a_whole_record(made: Callable[..., Path]) -> None:
    folder = made("court", kinds=("delivery",))
    rebuild(folder, options(kinds=[]), _ACME.name)
    assert "of other kinds, and names no kinds" in found(folder)

    def moved(manifest: dict[str, Any]) -> None:
        left = manifest["left_out"]
        left["outside"], left["unchosen"] = left["unchosen"], 0

    rebuild(folder, moved)
    assert "outside its period, and has no period" in found(folder)


def test_a_period_does_not_show_what_lies_outside_it(made: Callable[..., Path]) -> None:
    folder = made("own")
    rebuild(folder, options(since="2026-09-01"))
    assert "entry 3 is outside its period, and so are " in found(folder)


def test_what_a_record_of_its_purpose_does_not_count_is_found(made: Callable[..., Path]) -> None:
    def moved(manifest: dict[str, Any]) -> None:
        manifest["left_out"]["internal"] -= 1
        manifest["left_out"]["settlement"] += 1

    for purpose in ("mediator", "public"):
        folder = made(purpose)
        rebuild(folder, moved)
        assert found(folder) == (
            "manifest.json: it leaves out 1 entry of settlement talk, as it would not"
        )


def test_another_name_of_the_client_is_found(folder: Path) -> None:
    rebuild(folder, options(name="Totally Other Ltd"))
    assert found(folder) == (
        "manifest.json: it gives the client's name itself, and only a facts sheet does"
    )


def test_an_entry_is_not_left_out_from_under_what_came_of_it(folder: Path) -> None:
    hide(folder / "chain.jsonl", 16)

    def counted(manifest: dict[str, Any]) -> None:
        manifest["left_out"]["internal"] += 1

    rebuild(folder, counted)
    assert found(folder) == (
        "manifest.json: it shows entry 17, and not entry 16, which that is about"
    )


@given(st.data())
def test_an_honest_record_fits_whatever_it_is_made_for(case: Case, data: st.DataObject) -> None:
    days = st.none() | st.dates(date(2026, 2, 1), date(2026, 12, 1))
    purpose: Purpose = data.draw(st.sampled_from(PURPOSES))
    kinds = data.draw(st.lists(st.sampled_from(_KINDS), max_size=3))
    since, until = data.draw(days), data.draw(days)
    assume(not (since and until and since > until))
    try:
        record = case.record(
            purpose,
            since=since,
            until=until,
            kinds=() if purpose == "public" else tuple(kinds),
            redact=tuple(data.draw(st.lists(st.sampled_from(["#2.exhibits", "#14", "#28"])))),
        )
    except RecordError:
        assume(False)
    assert misfits(record.material) == []


def test_an_entry_of_a_clock_that_ran_ahead_is_outside_and_fits(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    case.log("note", "2027-03-01", "The clock is a year ahead")
    case.log("note", "2026-11-22", "It was set right")
    written = write_record(case.workspace, "acme", OPTIONS, tmp_path / "out")
    assert written.material.left_out.outside == 1
    assert verify_record(written.folder).findings == ()


def test_a_sheet_with_a_withheld_document_fits(tmp_path: Path) -> None:
    case = full_case(tmp_path)
    paper = case.exhibit(b"proof", "proof.txt")
    case.log("addendum", "2026-11-01", link=("adds-to", 4), exhibits=[paper])
    record = case.record("public", redact=("#37.exhibits",))
    assert 37 in {entry.seq for entry in record.material.entries}
    assert misfits(record.material) == []
