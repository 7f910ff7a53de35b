"""The desk: what is asked for, what is told beside it, and what is written, of every profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.errors import UsageError
from store.records import RecordRequest, dispute_record
from store.records.desk import PROFILES, SINGLE, RecordProfile
from store.records.report.material import ReportWords
from tests.store.records.case import NOW, Case, full_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return full_case(tmp_path)


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_previewed_is_what_is_written(
    case: Case, tmp_path: Path, profile: RecordProfile
) -> None:
    request = RecordRequest(profile, prepared_by="Ann Berg", html=True, currency="EUR")
    made = request.preview(case.workspace, "acme")
    written = request.write(case.workspace, "acme", tmp_path / "out")
    text = written.path.read_text("utf-8")
    assert (written.record is None) == (made.record is None) == (profile in SINGLE)
    if profile in SINGLE:
        assert (text, written.path.name) == (made.document.markdown, made.name)
    else:
        assert all(f"\n## {one.title}\n" in text for one in made.document.sections)
    assert written.path.with_suffix(".html") in written.also
    assert made.characters == len(made.document.markdown)
    report = written.verified().report
    assert report is None if profile in SINGLE else report and report.ok


@pytest.mark.parametrize("profile", sorted(SINGLE))
def test_a_single_document_is_written_beside_the_last_one_and_over_nothing(
    case: Case, tmp_path: Path, profile: RecordProfile
) -> None:
    request = RecordRequest(profile, currency="EUR")
    names = [request.write(case.workspace, "acme", tmp_path / "out").path.stem for _ in range(3)]
    assert names == [names[0], f"{names[0]}-2", f"{names[0]}-3"]


def test_every_option_reaches_the_record(case: Case) -> None:
    request = RecordRequest(
        "own",
        date(2026, 4, 1),
        date(2026, 10, 1),
        ("logo",),
        "not a party",
        despite=("shot.png",),
        kinds=("no-reply",),
        first=(29,),
        remedy="Payment",
        truth="I swear it",
        prepared_by="Ann Berg",
    )
    made = request.preview(case.workspace, "acme").record
    assert made
    lines = list(case.workspace.file("acme").lines)
    options = request.options("nobody")
    assert made.material.options == options
    again = dispute_record(case.workspace.docket("acme"), lines, options, NOW)
    assert made.markdown == again.markdown
    assert RecordRequest("own").options("Somebody").prepared_by == "Somebody"


def test_a_statement_tells_what_it_lacks_and_what_is_in_another(case: Case) -> None:
    made = RecordRequest("statement", currency="JPY").preview(case.workspace, "acme")
    assert made.hints == (
        'It does not say how to pay you: set payment_details = "..." in config.toml.',
        "It claims no interest, as no rate is on record: see `docket rate --help` (acme).",
        "There is more in EUR: docket statement acme --currency EUR",
    )
    assert made.name.endswith("_JPY.md")
    (noticed,) = made.noticed
    assert noticed.what == "author"
    with pytest.raises(UsageError, match="no account in CHF"):
        RecordRequest("statement", currency="CHF").preview(case.workspace, "acme")


def test_a_report_tells_what_would_make_it_more_complete(case: Case) -> None:
    case.log("handover", "2026-11-01", "Keys")
    case.log("promise", "2026-11-02", "A list", data={"by": "me", "due": "2026-11-30"})
    bare = RecordRequest("report").preview(case.workspace, "acme").hints
    assert len(bare) == 7
    for said, place in {
        "--thanks TEXT": 0,
        "acme#37 is not wholly handed over": 1,
        "--commitment '38 TEXT'": 2,
        "docket statement acme": 3,
        "--direction": 4,
        "--ends D": 5,
        "docket report acme --help": 6,
    }.items():
        assert said in bare[place]
    words = ReportWords("Ann Berg", thanks="Well done", direction=True, ends=date(2026, 12, 1))
    fuller = RecordRequest("report", words=words).preview(case.workspace, "acme").hints
    assert [bare.index(one) for one in fuller] == [1, 2, 3]
    with pytest.raises(UsageError, match="lays blame"):
        blames = ReportWords("Ann", because="they failed to pay", entries=(13, 29))
        RecordRequest("report", words=blames).preview(case.workspace, "acme")


def test_a_record_tells_of_the_files_that_cannot_be_read(case: Case) -> None:
    picture = case.exhibit(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "shot.png")
    seq = case.log("note", "2026-09-20", "A shot", exhibits=[picture]).seq
    assert RecordRequest("own", prepared_by="Ann Berg").preview(case.workspace, "acme").hints == ()
    request = RecordRequest("own", redact=("logo",), prepared_by="Ann Berg")
    *read, todo = request.preview(case.workspace, "acme").hints
    assert [one.partition(": ")[2].partition(":")[0] for one in read] == [
        "AB-1 (Agreement 2026.PDF)",
        "AB-2 (shot.png)",
    ]
    assert todo == (
        "Look at them yourself, then add --despite AB-1 --despite AB-2; or leave them out "
        f"with --redact '#2.exhibits' --redact '#{seq}.exhibits'."
    )
