"""The dispute record: every section filled from the log, empty ones said to be empty, and pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from store.errors import UsageError
from store.journal.drafts import TypedBefore
from store.records import PURPOSES, Purpose, RecordError, RecordOptions, dispute_record
from store.records.dispute import document
from store.records.dispute.document import Record
from store.records.dispute.sections import keeping, sides, summary
from store.records.dispute.sections import work as work_
from tests.store.records.case import NOW, OPTIONS, Case, full_case
from tests.store.records.hostile import GFM, cells, inlines

FULL = [
    "1. Summary",
    "2. The agreement",
    "3. Payments",
    "4. Sums claimed",
    "5. The other side's position",
    "6. Expectations set",
    "7. Work done",
    "8. Chronology",
    "9. Requests and answers",
    "10. Approvals and instructions",
    "11. Where the time went",
    "12. What I did to put it right",
    "13. Exhibits",
    "14. How this record is kept",
    "Annex A. Corrections",
    "Annex B. Redactions",
    "Annex C. Entry digests",
    "15. Statement of truth",
]
OWN = [
    *FULL[:11],
    "12. Entries by kind",
    "13. What I did to put it right",
    "14. Exhibits",
    "15. How this record is kept",
    *FULL[14:17],
    "16. Statement of truth",
]
"""My own file counts kinds of entry too."""


def body(record: Record, title: str) -> str:
    """Return the body of the section whose title holds these words, tables without padding."""
    found = next(section.body for section in record.sections if title in section.title)
    return re.sub(" +", " ", found)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Return the full case; tests that use it only read."""
    return full_case(tmp_path_factory.mktemp("case"))


def test_what_is_written_piece_by_piece_is_the_document(case: Case) -> None:
    for record in (
        case.record("court", first=(9, 4, 4), language="de"),
        case.record("platform"),
        case.record("public"),
    ):
        assert "".join(document.in_pieces(record.material)) == record.markdown


@pytest.mark.parametrize("purpose", ["court", "own", "mediator"])
def test_all_sections_are_there_in_order(case: Case, purpose: Purpose) -> None:
    titles = [section.title for section in case.record(purpose).sections]
    assert titles == (OWN if purpose == "own" else FULL)


def test_the_platform_form_is_short(case: Case) -> None:
    record = case.record("platform")
    assert [section.title for section in record.sections] == [
        "1. Summary",
        "2. The agreement",
        "3. Work done",
        "4. Payments",
        "5. Requests and answers",
        "6. What happened",
        "7. Exhibits",
        "8. How this record is kept",
        "Annex B. Redactions",
    ]


def test_an_empty_docket_says_so_in_every_section(tmp_path: Path) -> None:
    record = Case(tmp_path).record()
    for title, sentence in {
        "Summary": "No sum is claimed",
        "agreement": "This record shows no terms.",
        "Expectations": "No expectations were set out, so far as this record shows.",
        "Work": "This record shows no delivery.",
        "Requests": "This record shows no request.",
        "Approvals": "This record shows no approval, no instruction and no advice set aside.",
        "3. Payments": "This record shows no invoice.",
        "put it right": "This record shows no talk, offer, repair or apology of mine.",
        "Sums": "No invoice is owed after its due date.",
        "position": "No words of the client on the matter are quoted.",
        "Exhibits": "No exhibit belongs to the entries shown.",
        "Annex A": "No entry shown was corrected.",
        "Annex B": "Nothing is withheld inside the entries shown.",
    }.items():
        assert sentence in body(record, title)
    assert "Hours" not in body(record, "Work")
    assert "This record shows no payment." in body(record, "3. Payments")
    assert "This record shows no promise of mine." in body(record, "put it right")


def test_a_correction_leaves_the_original_readable(case: Case) -> None:
    facts = body(case.record(), "Chronology")
    assert "~~No answer on the logo~~ No answer about the logo files" in facts
    assert "(Amended on 2026-09-04 by entry 30: Too short)" in facts
    assert "(Added on 2026-09-05 by entry 31: Called twice that day)" in facts
    assert "~~Wrong client~~ Withdrawn on 2026-09-07 by entry 33: Meant another docket" in facts
    annex = body(case.record(), "Annex A")
    assert "| 29 | entry 30 | 2026-09-04 | statement | No answer on the logo |" in annex
    assert "| 32 | entry 33 | 2026-09-07 | withdrawn |" in annex
    struck = [token.type for token in inlines(GFM, facts)]
    assert struck.count("s_open") == struck.count("s_close") == 2


def test_an_amended_sum_shows_both_and_counts_the_new(tmp_path: Path) -> None:
    case = Case(tmp_path)
    bill = {"number": "A", "amount": "100.00", "currency": "EUR", "due": "2026-04-01"}
    case.log("invoice", "2026-03-20", "Bill", data=bill)
    case.log("amendment", "2026-03-22", data={"changes": {"amount": "120.00"}}, link=("amends", 2))
    record = case.record()
    assert "amount: ~~100.00~~ now 120.00." in body(record, "Chronology")
    assert "EUR 120.00" in body(record, "Sums claimed")
    assert "EUR 100.00" not in body(record, "Sums claimed")


def test_gaps_late_entries_and_whole_texts(case: Case) -> None:
    facts = body(case.record(), "Chronology")
    assert "No entry shown between 2026-09-10 and 2026-11-20 (71 days)." in facts
    assert "(Recorded on 2026-07-30, 9 days later.)" in facts
    assert "“Keep going, I'll pay you / eventually.” (the client; seen or heard" in facts
    kept = body(case.record(), "How this record is kept")
    late = "34 entries are shown. One of them was noted 9 days later than it occurred (entry 21)"
    assert late in kept
    assert "clock stood behind the entry before: entries 18, 28." in kept


def test_what_waited_for_the_server_shows_both_moments(tmp_path: Path) -> None:
    case = Case(tmp_path)
    said = {"occurred_at": "2026-05-01T10:30:00+00:00", "zone": "UTC"}
    draft = case.workspace.draft("acme", "note", "On the train", **said)
    case.clock.now = datetime.fromisoformat("2026-05-03T12:00:00+00:00")
    waited = TypedBefore("a" * 32, "2026-05-01T10:31:00.000000Z", draft.fields())
    case.workspace.file("acme").append_many(lambda made: [waited])
    both = "2026-05-03 12:00 (2 days later), typed 2026-05-01 10:31 without a line to the server"
    facts = body(case.record(), "Chronology")
    assert both in facts, facts


def test_what_is_too_long_for_a_cell_stands_whole_below(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("note", "2026-05-01", "One\nTwo\nThree")
    facts = body(case.record(), "Chronology")
    assert "| One … (whole text below) (seen or heard) |" in facts
    assert "### Whole text of entry 2\n\nAs it stands:\n\n> One\\\n> Two\\\n> Three" in facts


def test_entries_recorded_after_the_first_notice_are_named(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("notice", "2026-05-01", "Formal notice")
    case.log("abuse", "2026-04-01", "Remembered later", recorded="2026-05-10")
    case.log("abuse", "2026-05-02", "Afterwards")
    kept = body(case.record(), "How this record is kept")
    notice = "One entry that occurred before the first formal notice (1 May 2026, entry 2) was"
    assert f"{notice} recorded after it (entry 3)." in kept


def test_sums_of_two_currencies_are_never_added(case: Case) -> None:
    record = case.record()
    summary_ = body(record, "Summary")
    assert "EUR 850.25 and JPY 90,000 are overdue." in summary_
    assert "**Claimed on 22 November 2026: EUR 850.25 and JPY 90,000**, without" in summary_
    assert "past the due date: EUR 850.25 and JPY 90,000." in body(record, "Sums claimed")
    assert "Owed, and not yet due: EUR 500.00." in body(record, "Sums claimed")
    assert "No interest" in body(record, "Sums claimed")
    assert "90,850" not in record.markdown


def test_my_own_faults_and_the_other_sides_words_are_in(case: Case) -> None:
    record = case.record()
    mine = body(record, "put it right")
    assert "My typo" in mine
    assert "kept, 2026-07-13, 3 days late" in mine
    said = body(record, "position")
    assert "Said the colours were off" in said
    assert "| INV-2 | Said the bank was slow |" in said
    assert "“Keep going, I'll pay you / eventually.”" in said


def test_overdue_answers_need_a_day_that_was_set(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("request", "2026-10-01", "The logo")
    assert "| no day set | no | 52 days | no day set |" in body(case.record(), "Requests")
    assert "overdue" not in body(case.record(), "Requests")


def test_the_document_is_a_pure_function(case: Case) -> None:
    assert case.record().markdown == case.record().markdown
    docket = case.workspace.docket("acme")
    lines = list(case.workspace.file("acme").lines)
    earlier = docket.as_of(date(2026, 5, 1))
    assert dispute_record(earlier, lines, OPTIONS, NOW).markdown == case.record().markdown


def test_words_stay_neutral(case: Case) -> None:
    for purpose in PURPOSES:
        text = case.record(purpose).markdown.lower()
        for word in ("tamper-proof", "certified", "court-proof", "refused to", "scam", "verdict"):
            assert word not in text
        assert "tamper-evident" in text
        assert "not legal advice" in text


def test_labels_carry_initials_and_a_number(tmp_path: Path) -> None:
    case = Case(tmp_path)
    two = [case.exhibit(b"a", "a.txt"), case.exhibit(b"b", "b.txt")]
    case.log("note", "2026-03-02", "Two files", exhibits=two)
    case.log("note", "2026-03-03", "The first again", exhibits=two[:1])
    shown = cells(GFM, body(case.record(by="Jean-Luc Óskar Ødegård"), "Exhibits"))
    assert shown[4::4] == ["JLO-1", "JLO-2"]
    assert cells(GFM, body(case.record(by="陳大文"), "Exhibits"))[4] == "EX-1"


SEEN = "(seen or heard, recorded by me)"


def noted(case: Case, statement: str, at: str, recorded: str, zone: str) -> None:
    case.clock.now = datetime.fromisoformat(recorded)
    draft = case.workspace.draft("acme", "note", statement, occurred_at=at, zone=zone)
    case.workspace.log(draft.model_copy(update={"precision": "minute"}))


def rows(case: Case, purpose: Purpose = "court") -> list[list[str]]:
    shown = [line.split("|")[1:-1] for line in body(case.record(purpose), "Chron").splitlines()]
    return [[cell.strip() for cell in row] for row in shown if row]


def test_each_of_the_two_moments_has_an_offset_of_its_own(tmp_path: Path) -> None:
    """Logged in the same minute in winter, one event is of summer: the clock stood at 9:30."""
    case = Case(tmp_path)
    recorded, zone = "2026-11-20T09:30:00+01:00", "Europe/Berlin"
    noted(case, "summer", "2026-07-01T14:00:00+02:00", recorded, zone)
    noted(case, "winter", "2026-11-19T14:00:00+01:00", recorded, zone)
    said = [(row[1], row[3]) for row in rows(case)[-2:]]
    assert said == [
        ("2026-07-01 14:00 +02:00", f"summer (Recorded on 2026-11-20, 142 days later.) {SEEN}"),
        ("2026-11-19 14:00 +01:00", f"winter (Recorded on 2026-11-20, 1 day later.) {SEEN}"),
    ]


def test_recorded_just_before_midnight_is_not_recorded_the_next_day(tmp_path: Path) -> None:
    case = Case(tmp_path)
    noted(case, "x", "2026-07-01T14:00:00+02:00", "2026-11-20T23:30:00+01:00", "Europe/Berlin")
    assert rows(case)[-1][3] == f"x (Recorded on 2026-11-20, 142 days later.) {SEEN}"


def test_every_row_says_its_offset_where_entries_come_from_more_than_one_zone(
    tmp_path: Path,
) -> None:
    case = Case(tmp_path)
    tokyo, york = "2026-10-02T10:00:00+09:00", "2026-10-01T21:30:00-04:00"
    noted(case, "Tokyo", tokyo, tokyo, "Asia/Tokyo")
    noted(case, "New York", york, york, "America/New_York")
    told = [(row[3], row[1]) for row in rows(case)[-2:]]
    assert told == [
        (f"Tokyo {SEEN}", "2026-10-02 10:00 +09:00"),
        (f"New York {SEEN}", "2026-10-01 21:30 -04:00"),
    ]
    assert "come from more than one time zone" in body(case.record(), "How this record")


def test_the_statement_of_truth_is_in_the_words_of_the_court(tmp_path: Path) -> None:
    case = Case(tmp_path)
    mine = "I declare under penalty of perjury that the foregoing is *true*."
    said = body(case.record(truth=mine), "Statement of truth")
    assert said.startswith("I declare under penalty of perjury that the foregoing is \\*true\\*")
    assert "differ in the words" not in case.record().markdown
    assert body(case.record(), "Statement of truth").startswith("I believe that the facts")


def test_one_zone_is_named_once(tmp_path: Path) -> None:
    case = Case(tmp_path)
    noted(case, "x", "2026-07-01T14:00:00+00:00", "2026-07-01T15:00:00+00:00", "UTC")
    assert rows(case)[-1][1] == "2026-07-01 14:00"
    assert "in the time zone UTC" in body(case.record(), "How this record")


def test_a_zone_that_is_no_zone_leaves_the_offset_of_the_event(tmp_path: Path) -> None:
    case = Case(tmp_path)
    york = "2026-10-01T23:30:00-05:00"
    noted(case, "x", york, "2026-10-02T04:50:00+00:00", "../../etc/passwd")
    assert rows(case)[-1][3] == f"x {SEEN}", "it was still the same day there"


def test_options_are_checked() -> None:
    with pytest.raises(UsageError, match="no purpose"):
        RecordOptions("bank", None, None, "A")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no day"):
        RecordOptions("own", date(2026, 2, 1), date(2026, 1, 1), "A")
    with pytest.raises(UsageError, match="empty"):
        RecordOptions("own", None, None, " \x1b[31m ")
    with pytest.raises(UsageError, match="no kind"):
        RecordOptions("own", None, None, "A", kinds=("lateness",))
    with pytest.raises(UsageError, match="kinds of its own"):
        RecordOptions("public", None, None, "A", kinds=("invoice",))


def test_a_docket_and_lines_that_differ_are_refused(case: Case) -> None:
    lines = list(case.workspace.file("acme").lines)
    with pytest.raises(RecordError, match="changed while"):
        dispute_record(case.workspace.docket("acme"), lines[:-1], OPTIONS, NOW)
    with pytest.raises(RecordError, match="no entries"):
        dispute_record(case.workspace.docket("acme"), [], OPTIONS, NOW)


def test_an_answer_that_is_not_due_yet_is_not_called_late(tmp_path: Path) -> None:
    made = Case(tmp_path)
    made.log("request", "2026-11-20", "Logo files?", data={"needed_by": "2026-12-24"})
    summary = body(made.record("court"), "Summary")
    assert "One answer is not due yet." in summary


MEANT = {
    "made up in": "Sums claimed",
    "see": "entries",
    "whole in": "The other side's position",
    "withheld by choice": "Redactions",
    "Terms as in": "The agreement",
    "steps taken": "Payments",
    "a note of mine": "How this record is kept",
}
"""What a reference is about, by the words before it; `entries` is the list of them by date."""
ENTRIES = {"Chronology", "What happened", "Entries"}


def referring(tmp_path: Path) -> Case:
    """Return a case whose record refers to every section that one can refer to."""
    case = full_case(tmp_path)
    case.log("handover", "2026-10-28", "Font licences", data={"to": "Kari"})
    words = {"text": "I see it otherwise. " * 40, "by": "client"}
    case.log("complaint", "2026-10-29", "A long mail", quotes=[words], source="message")
    data = {"amount": "30.00", "currency": "EUR"}
    case.log("cost", "2026-10-30", "A letter by a lawyer", data=data)
    return case


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("kinds", [(), ("complaint",)])
def test_every_reference_leads_to_the_section_it_means(
    tmp_path: Path, purpose: Purpose, kinds: tuple[str, ...]
) -> None:
    if purpose == "public" and kinds:
        pytest.skip("a facts sheet has kinds of its own")
    record = referring(tmp_path).record(purpose, kinds=kinds, redact=() if kinds else ("Kari",))
    titles = dict(section.title.split(". ", 1) for section in record.sections)
    found = re.findall(
        r"(\w[\w ]*?),? \(?(?:section (\d+)|Annex ([A-Z]))\b",
        "\n".join(section.body for section in record.sections),
    )
    seen = set()
    for before, number, letter in found:
        words = next(words for words in MEANT if before.endswith(words))
        title = titles[number or f"Annex {letter}"]
        assert title in ENTRIES if MEANT[words] == "entries" else title == MEANT[words], before
        seen.add(words)
    whole = {
        "court": set(MEANT),
        "platform": {"see", "withheld by choice", "a note of mine"},
        "public": set(),
    }
    assert seen == (set() if kinds else whole.get(purpose, set(MEANT)))


def test_a_section_put_in_moves_the_numbers_of_the_others_and_what_refers_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = document._Part("more", keeping.truth, "keeping")
    monkeypatch.setattr(document, "_FULL", (more, *document._FULL))
    record = referring(tmp_path).record("own", redact=("Kari",))
    titles = [section.title for section in record.sections]
    assert titles == [
        "1. How this record is kept",
        *(f"{number}. {one.split('. ', 1)[1]}" for number, one in enumerate(OWN[:15], 2)),
        *OWN[15:18],
        "17. Statement of truth",
    ]
    assert "made up in section 5)." in record.markdown
    assert record.markdown.count("see section 9 ") == 2
    assert "(the client; whole in section 6; " in record.markdown


def test_what_refers_to_a_section_that_is_left_out_says_it_without_a_number(
    tmp_path: Path,
) -> None:
    record = referring(tmp_path).record("own", redact=("Kari",))
    nowhere = replace(record.material, numbering=dict.fromkeys(record.material.numbering, ""))
    work, summary_, position, kept = (
        make(nowhere) for make in (work_.work, summary.summary, sides.position, keeping.keeping)
    )
    assert "| not shown | not shown |" in re.sub(" +", " ", work)
    assert "without interest." in summary_
    assert "I see it otherwise. " * 39 in position and "see below" in position
    assert "are withheld by choice." in kept
    assert not re.search(r"section \d|Annex|section *$", "".join((work, summary_, position, kept)))
