"""Handovers captured in one line, and the gate there where money is owed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store.capture import Reading, read_capture
from store.docket import Docket
from store.entries import Draft
from tests.store.building import docket, entry, invoice

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(line: str, known: Docket) -> Reading:
    return read_capture(line, clients={"acme": "Acme"}, now=NOW, current=None, docket=known)


def test_a_handover_says_to_whom_and_until_when() -> None:
    reading = read(
        "acme handover Instagram account to:Jo ends:31-dec renews:2027-01-05", docket([])
    )
    assert reading.problems == ()
    assert reading.statement == "Instagram account"
    assert reading.data == {
        "to": "Jo",
        "access_ends": date(2026, 12, 31),
        "renews": date(2027, 1, 5),
    }
    assert "to Jo, my access ends Thu 31 Dec 2026, renews Tue 5 Jan 2027" in reading.words
    assert "few words" in read("acme handover to:Jo", docket([])).problems[0]


def test_where_money_is_owed_the_choice_is_asked_for_and_logged() -> None:
    known = docket([invoice(1, 30, 5, "A")])
    (problem,) = read("acme handover Instagram", known).problems
    assert "EUR 100.00 is owed after its due date" in problem
    assert problem.endswith("Add despite:debt, or log a note on why you wait")
    chosen = read("acme handover Instagram despite:debt", known)
    assert (chosen.problems, chosen.data) == ((), {"despite_debt": True})
    assert "despite what was owed" in chosen.words
    assert read("acme handover Instagram despite:debt", docket([])).data == {}


@pytest.mark.parametrize("line", ["acme access-ended", "acme access-ended #1"])
def test_the_end_of_access_finds_its_handover(line: str) -> None:
    known = docket([entry(1, "handover", 3, "Instagram"), entry(2, "delivery", 3)])
    reading = read(line, known)
    assert (reading.problems, reading.links) == ((), (("about", 1),))
    fields = {name: value for name, value in reading.draft_fields().items() if value is not None}
    assert Draft.model_validate({**fields, "occurred_at": NOW}).kind == "access-ended"
    assert "not a handover" in read("acme access-ended #2", known).problems[0]
    assert "which entry" in read("acme access-ended", docket([])).problems[0]
