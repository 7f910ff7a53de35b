"""Blocked days and what they move: never in favour of who was late on their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.docket import Docket
from store.docket.blocked import blocks, moved, shifts, working_days_blocked
from store.docket.tracking import Promise
from store.docket.weeks import as_one_week, weeks
from store.entries import Entry
from store.working_days import WorkingDays
from tests.examples import examples
from tests.store.building import docket, entry

MON_FRI = WorkingDays()
DAY = timedelta(days=1)
BEGIN = date(2028, 2, 1)
TODAY = date(2028, 6, 1)


def _asked(seq: int, asked: date, needed: date, answered: date | None) -> list[Entry]:
    found = [entry(seq, "request", asked, "Texts?", data={"needed_by": needed.isoformat()})]
    if answered:
        found.append(entry(seq + 1, "answer", answered, "Here", link=("answers", seq)))
    return found


def _promised(seq: int, made: date, due: date, kept: date | None, by: str = "me") -> list[Entry]:
    data = {"by": by, "due": due.isoformat()}
    found = [entry(seq, "promise", made, "Home page", data=data)]
    if kept:
        found.append(entry(seq + 1, "promise-kept", kept, "Done", link=("keeps", seq)))
    return found


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Entry], list[Entry]]:
    """Draw what they were asked for, and what I promised, each with its end or none."""
    theirs: list[Entry] = [entry(1, "terms", BEGIN)]
    mine: list[Entry] = []
    spans: Any = st.tuples(st.integers(0, 60), st.integers(0, 20), st.none() | st.integers(0, 40))
    for number, (begin, time, end) in enumerate(draw(st.lists(spans, max_size=4))):
        asked = BEGIN + begin * DAY
        answered = None if end is None else asked + end * DAY
        theirs += _asked(10 + 2 * number, asked, asked + time * DAY, answered)
    for number, (begin, time, end) in enumerate(draw(st.lists(spans, max_size=3))):
        made = BEGIN + begin * DAY
        kept = None if end is None else made + end * DAY
        mine += _promised(50 + 2 * number, made, made + time * DAY, kept)
    return theirs, mine


WORKING = st.builds(
    WorkingDays, st.frozensets(st.integers(0, 6), min_size=1), st.sampled_from(["", "NO"])
)


def _docket(theirs: list[Entry], mine: list[Entry]) -> Docket:
    return docket([*theirs, *mine], TODAY)


@given(stories(), WORKING)
@examples(150)
def test_own_delays_never_shift_a_date_in_my_favour(
    story: tuple[list[Entry], list[Entry]], working: WorkingDays
) -> None:
    theirs, mine = story
    found = _docket(theirs, mine)
    days = working_days_blocked(found, working)
    assert days == working_days_blocked(_docket(theirs, []), working)  # nothing of mine blocks
    for shift in shifts(found, working):
        between = [day for day in days if shift.promise.made < day <= shift.new]
        assert shift.new == working.after(shift.old, len(between))
    for one in _docket([entry(1, "terms", BEGIN)], mine).promises:
        assert moved(one, (), working) == one.due
        late = [one.due + n * DAY for n in range(1, 40)]
        assert moved(one, late, working) == one.due


@given(stories(), WORKING)
@examples(150)
def test_the_bars_add_to_the_working_days_that_have_gone(
    story: tuple[list[Entry], list[Entry]], working: WorkingDays
) -> None:
    found = _docket(*story)
    by_week = weeks(found, working)
    assert as_one_week(by_week).days == working.between(BEGIN - DAY, TODAY)
    assert all(one.days <= 7 for one in by_week)
    theirs_alone = as_one_week(weeks(_docket(story[0], []), working))
    assert as_one_week(by_week).on_them <= theirs_alone.on_them  # mine never adds to theirs


def test_a_date_moves_by_the_working_days_they_blocked() -> None:
    """Over a month's end and 29 February: Thursday to Wednesday are four working days."""
    theirs = _asked(10, date(2028, 2, 21), date(2028, 2, 24), date(2028, 3, 1))
    found = docket([*theirs, *_promised(50, date(2028, 2, 21), date(2028, 3, 3), None)], TODAY)
    assert sorted(working_days_blocked(found, MON_FRI)) == [
        date(2028, 2, 25),
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2028, 3, 1),
    ]
    (shift,) = shifts(found, MON_FRI)
    assert (shift.old, shift.new) == (date(2028, 3, 3), date(2028, 3, 9))


def test_a_block_after_my_own_day_has_passed_moves_nothing() -> None:
    promise = Promise(1, "me", "Home page", date(2028, 3, 1), date(2028, 3, 3))
    assert moved(promise, [date(2028, 3, 6)], MON_FRI) == date(2028, 3, 3)


def test_no_day_is_held_against_them_that_nobody_named_or_agreed() -> None:
    bare = docket([entry(1, "request", 30, "Logo?")])
    (block,) = blocks(bare)
    assert not block.counted
    assert not working_days_blocked(bare, MON_FRI)
    agreed = docket(
        [entry(1, "terms", 40, data={"reply_within_days": 2}), entry(2, "request", 30, "Logo?")]
    )
    assert len(working_days_blocked(agreed, MON_FRI)) == MON_FRI.between(
        agreed.requests[0].expected, agreed.today
    )


def test_access_and_approvals_block_up_to_the_end_on_record() -> None:
    withheld = entry(1, "access-withheld", date(2026, 11, 2), "No login")
    waits = entry(2, "approval-block", date(2026, 11, 9), "Draft not looked at")
    came = entry(3, "acceptance", date(2026, 11, 11), "Fine", link=("accepts", 2))
    found = docket([withheld, waits, came])
    assert [block.counted for block in blocks(found)] == [False, True]
    assert working_days_blocked(found, MON_FRI) == {date(2026, 11, day) for day in (9, 10, 11)}


def test_a_day_on_which_both_waited_is_mine() -> None:
    theirs = _asked(10, date(2028, 2, 1), date(2028, 2, 10), None)
    mine = _promised(50, date(2028, 2, 1), date(2028, 2, 3), date(2028, 2, 14))
    found = docket([*theirs, *mine], date(2028, 2, 16))
    total = as_one_week(weeks(found, MON_FRI))
    assert (total.went_on, total.on_me, total.on_them) == (3, 7, 2)


def test_a_stop_takes_the_days_on_which_nobody_was_waited_for_and_no_others() -> None:
    theirs = _asked(10, date(2028, 2, 1), date(2028, 2, 8), date(2028, 2, 10))
    stops = [
        entry(50, "stop", date(2028, 2, 3)),
        entry(51, "stop", date(2028, 2, 4)),
        entry(52, "resume", date(2028, 2, 15)),
        entry(53, "stop", date(2028, 2, 15), data={"effective": "2028-02-18"}),
    ]
    total = as_one_week(weeks(docket([*theirs, *stops], date(2028, 2, 21)), MON_FRI))
    # Stopped: 4, 7, 8, 11, 14, then 18 and 21; waited for: 9 and 10.
    assert (total.stopped, total.on_them, total.on_me, total.went_on) == (7, 2, 0, 6)


def test_what_was_done_stands_in_its_week() -> None:
    found = docket(
        [
            entry(1, "hours", date(2026, 11, 3), data={"hours": "2.5"}),
            entry(2, "hours", date(2026, 11, 4), data={"hours": "1", "spent": "chase"}),
            entry(3, "delivery", date(2026, 11, 10), "Draft"),
        ],
        date(2026, 11, 13),
    )
    first, second = weeks(found, MON_FRI)
    assert (first.days, str(first.hours), first.deliveries) == (4, "2.5", ())
    assert (second.days, second.deliveries) == (5, (3,))
    assert weeks(docket([]), MON_FRI) == ()
