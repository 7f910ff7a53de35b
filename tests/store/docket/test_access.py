"""The register of access and leave: each thing once, and its days in the union of blocked ones."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.docket.access import accesses
from store.docket.blocked import working_days_blocked
from store.working_days import WorkingDays
from tests.store.building import TODAY, docket, entry

EVERY_DAY = WorkingDays(frozenset(range(7)))


def day(ago: int) -> object:
    return TODAY - timedelta(ago)


def test_what_is_asked_withheld_granted_and_given_back_is_one_row() -> None:
    rows = accesses(
        docket(
            [
                entry(1, "request", 30, "Login", data={"seeks": "access"}),
                entry(2, "answer", 28, "No", link=("answers", 1)),
                entry(3, "access-withheld", 28, "Kept", link=("about", 1)),
                entry(4, "concession", 20, "Here it is", link=("about", 3)),
                entry(5, "handover", 3, "Login", link=("about", 1)),
                entry(6, "request", 9, "May I post?", data={"seeks": "leave"}),
                entry(7, "access-withheld", 5, "Another"),
                entry(8, "handover", 2, "Keys"),
                entry(9, "request", 1, "Logo files"),
            ]
        )
    )
    assert [(one.seq, one.seeks, one.open) for one in rows] == [
        (1, "access", False),
        (6, "leave", True),
        (7, "access", True),
        (8, "access", False),
    ]
    first = rows[0]
    assert (first.asked, first.withheld, first.granted, first.returned) == (
        *(day(30), day(28), day(20), day(3)),
    )


def test_an_answer_that_came_before_it_was_withheld_grants_nothing() -> None:
    (row,) = accesses(
        docket(
            [
                entry(1, "request", 30, "Login", data={"seeks": "access"}),
                entry(2, "answer", 28, "No", link=("answers", 1)),
                entry(3, "access-withheld", 28, "Kept", link=("about", 1)),
            ]
        )
    )
    assert row.open and row.granted is None


@given(st.integers(1, 30), st.integers(0, 30), st.integers(1, 30), st.integers(0, 30))
def test_both_feed_the_blocked_days_and_a_day_counts_once(
    asked: int, answered: int, held: int, given_: int
) -> None:
    entries = [
        entry(1, "request", asked, "May I?", data={"seeks": "leave", "needed_by": str(day(asked))}),
        entry(2, "access-withheld", held, "Kept"),
    ]
    if answered < asked:
        entries.append(entry(3, "answer", answered, link=("answers", 1)))
    if given_ < held:
        entries.append(entry(4, "concession", given_, link=("about", 2)))
    leave = {day(ago) for ago in range(answered if answered < asked else 0, asked)}
    access = {day(ago) for ago in range(given_, held + 1)} if given_ < held else set()
    assert working_days_blocked(docket(entries), EVERY_DAY) == leave | access
