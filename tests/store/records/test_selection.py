"""What is left out, and that leaving it out never makes the rest untrue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.records import RecordError
from store.records.dispute.document import Record
from tests.store.records.case import Case, full_case

_BILL = {"number": "A", "amount": "100", "currency": "EUR", "due": "2026-04-01"}


def shown(record: Record) -> list[int]:
    """Return the numbers of the entries in a record."""
    return [digest.seq for digest in record.material.digests if digest.shown]


def test_the_period_keeps_what_belongs_together(tmp_path: Path) -> None:
    record = full_case(tmp_path).record(since=date(2026, 7, 1), until=date(2026, 7, 31))
    numbers = shown(record)
    assert {14, 15, 16, 18, 19, 20, 21} <= set(numbers)
    assert 17 in numbers, "what came of a promise made inside"
    assert {1, 2, 7, 8, 9, 10, 26, 27} <= set(numbers), "the agreement and the account"
    assert 13 in numbers, "what was asked before and is still open"
    assert not {3, 4, 5, 6, 11, 12, 22, 29, 30, 31, 34} & set(numbers)
    assert record.left_out.outside == 36 - 2 - len(numbers)
    assert "EUR 850.25" in record.markdown


def test_what_is_hidden_is_not_said_to_be_missing(tmp_path: Path) -> None:
    whole = full_case(tmp_path)
    part = whole.record(since=date(2026, 9, 1))
    assert "This record shows no delivery." in part.markdown
    said = part.markdown.split("## 15.")[0].replace("no rate of interest is on record", "")
    assert "is on record." not in said.replace("No wait is on record", "")
    case = Case(tmp_path / "new")
    assert "This record shows no delivery." in case.record().markdown


def test_own_faults_own_promises_and_notices_are_in_whatever_the_period(tmp_path: Path) -> None:
    record = full_case(tmp_path).record(since=date(2026, 11, 1))
    assert {18, 19, 20, 23} <= set(shown(record))
    assert "partly or wholly my own doing" in record.markdown


def test_what_cannot_be_told_of_a_notice_is_said(tmp_path: Path) -> None:
    text = full_case(tmp_path).record(redact=("#23",)).markdown
    assert "This record does not show whether there was a formal notice." in text


def test_a_request_inside_keeps_its_answer_outside(tmp_path: Path) -> None:
    record = full_case(tmp_path).record(since=date(2026, 6, 1), until=date(2026, 6, 1))
    assert 12 in shown(record)
    assert "2026-06-14 (entry 12)" in record.markdown


def test_corrections_of_what_is_shown_are_shown(tmp_path: Path) -> None:
    record = full_case(tmp_path).record(since=date(2026, 9, 3), until=date(2026, 9, 3))
    assert {29, 30, 31} <= set(shown(record))


def test_an_entry_amended_into_the_period_is_inside(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("note", "2026-03-05", "Moved")
    changed = {"changes": {"occurred_at": "2026-03-02T10:00:00+00:00"}}
    case.log("amendment", "2026-03-06", data=changed, link=("amends", 2), reason="Wrong day")
    record = case.record(since=date(2026, 3, 2), until=date(2026, 3, 2))
    assert {2, 3} <= set(shown(record))


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (
            ("invoice", {"data": _BILL}),
            ("payment", {"data": {"amount": "100", "currency": "EUR"}, "visibility": "internal"}),
            "account would be wrong",
        ),
        (("request", {}), ("answer", {"link": ("answers", 2)}), "answer is not shown"),
        (("abuse", {}), ("void", {"link": ("voids", 2)}), "corrected by an entry"),
        (
            ("abuse", {}),
            ("amendment", {"link": ("amends", 2), "data": {"changes": {"statement": "Calm"}}}),
            "corrected by an entry",
        ),
        (
            ("promise", {"data": {"by": "client", "due": "2026-04-01"}}),
            ("promise-kept", {"link": ("keeps", 2)}),
            "came of that promise",
        ),
    ],
)
@pytest.mark.parametrize("visibility", ["internal", "settlement"])
def test_a_record_that_would_be_untrue_is_refused(
    tmp_path: Path,
    first: tuple[str, dict[str, Any]],
    second: tuple[str, dict[str, Any]],
    why: str,
    visibility: str,
) -> None:
    case = Case(tmp_path)
    case.log(first[0], "2026-03-02", "First", **first[1])
    case.log(second[0], "2026-03-03", "Second", **{**second[1], "visibility": visibility})
    with pytest.raises(RecordError, match=why):
        case.record()
    if visibility == "settlement":
        assert shown(case.record("mediator")) == [1, 2, 3]


def test_a_hidden_payment_can_be_logged_again(tmp_path: Path) -> None:
    case = Case(tmp_path)
    paid = {"amount": "40", "currency": "EUR"}
    case.log("invoice", "2026-03-02", "Bill", data=_BILL)
    case.log("payment", "2026-03-03", "Cash", data=paid, visibility="internal")
    case.log("void", "2026-03-04", "Log it openly", link=("voids", 3))
    case.log("payment", "2026-03-03", "Cash", data=paid, recorded="2026-03-04")
    record = case.record()
    assert shown(record) == [1, 2, 5]
    assert record.left_out.internal == 2
    assert "EUR 60.00" in record.markdown


def test_what_answers_a_hidden_entry_is_hidden_with_it(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.log("request", "2026-03-02", "asked in confidence", visibility="internal")
    case.log("answer", "2026-03-03", "said in confidence", link=("answers", 2))
    promised = {"by": "client", "due": "2026-03-09"}
    case.log("promise", "2026-03-04", "half of it", data=promised, visibility="settlement")
    case.log("promise-broken", "2026-03-10", "nothing of it came", link=("breaks", 4))
    text = case.record().markdown
    for words in ("in confidence", "half of it", "nothing of it came"):
        assert words not in text
    assert case.record(purpose="mediator").markdown.count("nothing of it came") >= 1
