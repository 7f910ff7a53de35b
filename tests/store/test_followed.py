"""Past decisions against what followed: whose days are whose, what counts, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision import assess
from store.decision.due import review_due
from store.decision.history import (
    ASK_AFTER,
    After,
    Followed,
    Taken,
    decided,
    followed,
    gut_on,
    resets,
    rested_on,
    walk_away_said,
)
from store.entries import Entry
from store.money import Money
from store.private.gut import Gut
from store.private.model import CheckIn, Decision, GutAnswer, Private
from store.settings.config import Config
from tests.store.building import NOON, TODAY, docket, entry, invoice, payment

CONFIG = Config()


def at(days: int) -> datetime:
    """Return noon so many days before TODAY."""
    return NOON - timedelta(days=days)


def chosen(days: int, choice: Gut = "keep", **more: Any) -> Decision:
    """Return a decision made so many days before TODAY."""
    return Decision(at=at(days), choice=choice, **more)


def spans(entries: Sequence[Entry], *decisions: Decision, today: date = TODAY) -> list[Followed]:
    """Return what followed these decisions on the docket of these entries."""
    return followed(docket(entries, today), Private(decisions=decisions), CONFIG)


def after(entries: Sequence[Entry], *decisions: Decision) -> After:
    """Return what followed the first of these decisions."""
    return spans(entries, *decisions)[0].after


def test_each_day_belongs_to_one_decision() -> None:
    told = [entry(seq, "rework", days) for seq, days in enumerate((31, 30, 29, 10, 9, 0), start=1)]
    first, second = spans(told, chosen(30), chosen(10))
    assert (first.number, second.number, first.client) == (1, 2, "acme")
    assert (first.after.since, first.after.until) == (at(30).date(), at(10).date())
    assert first.after.incidents == (3, 4), "that day itself is what it rested on"
    assert second.after.incidents == (5, 6)
    assert (first.after.days, second.after.days, second.after.until) == (20, 10, TODAY)


def test_two_decisions_of_one_day_and_a_clock_set_back() -> None:
    told = [entry(1, "rework", 5)]
    first, second = spans(told, chosen(7), chosen(7))
    assert (first.after.days, first.after.incidents) == (0, ())
    assert second.after.incidents == (1,)
    first, second = spans(told, chosen(3), chosen(7))
    assert (first.after.days, second.after.days) == (0, 7)


def test_what_weighs_nothing_or_was_withdrawn_is_no_incident() -> None:
    told = [
        entry(1, "rework", 9, data={"hours": "1.5"}),
        entry(2, "high-standard", 8, data={"hours": "4"}),
        entry(3, "abuse", 7, data={"hours": "0.25"}),
        entry(4, "blame", 6, data={"hours": "8"}),
        entry(5, "void", 5, link=("voids", 4)),
        entry(6, "thanks", 4),
        entry(7, "threat", 3),
    ]
    found = after(told, chosen(10))
    assert (found.incidents, found.hours_lost) == ((1, 3, 7), Decimal("1.75"))
    assert after([], chosen(10)).hours_lost == 0


def test_money_that_came_in_is_summed_by_currency() -> None:
    dollars = {"amount": "75.5", "currency": "USD"}
    told = [
        payment(1, 10, "1000"),
        payment(2, 9, "30.10"),
        payment(3, 2, "9.90"),
        entry(4, "payment", 1, data=dollars),
    ]
    found = after(told, chosen(10))
    assert found.payments == (2, 3, 4)
    assert found.paid == (Money(Decimal("40.00"), "EUR"), Money(Decimal("75.5"), "USD"))


def test_a_bill_became_overdue_on_the_day_after_it_was_due() -> None:
    told = [
        invoice(1, 40, 21, "INV-1"),
        invoice(2, 40, 20, "INV-2", "200"),
        invoice(3, 40, 10, "INV-3", "400"),
        payment(4, 21, "150", INV_1="100", INV_2="50"),
        payment(5, 5, "550", INV_2="150", INV_3="400"),
    ]
    first, second = spans(told, chosen(20), chosen(10))
    assert (first.after.unpaid, first.after.became_overdue) == ((2,), (_euros(150),))
    assert (second.after.unpaid, second.after.became_overdue) == ((3,), (_euros(400),))
    paid_that_day = [invoice(1, 40, 15, "INV-1"), payment(2, 15, "100")]
    assert after(paid_that_day, chosen(20)).unpaid == ()
    due_today = [invoice(1, 40, 0, "INV-1")]
    assert after(due_today, chosen(20)).unpaid == ()


def test_an_answer_is_late_once_whether_it_comes_or_not() -> None:
    def ask(seq: int, days: int, needed: int) -> Entry:
        return entry(seq, "request", days, data={"needed_by": at(needed).date().isoformat()})

    told = [
        ask(1, 40, 21),
        ask(2, 40, 15),
        ask(3, 40, 12),
        ask(4, 40, 9),
        ask(5, 40, 0),
        entry(6, "answer", 18, link=("answers", 1)),
        entry(7, "answer", 12, link=("answers", 3)),
        entry(8, "answer", 11, link=("answers", 2)),
    ]
    first, second = spans(told, chosen(20), chosen(10))
    assert first.after.late_answers == (2,), "1 was late before, 3 came in time"
    assert second.after.late_answers == (4,), "nobody answered; 5 has until tonight"


def test_steps_are_told_with_their_kind() -> None:
    told = [entry(1, "reminder", 10), entry(2, "notice", 9), entry(3, "stop", 4)]
    assert after(told, chosen(10)).steps == (Taken(2, "notice"), Taken(3, "stop"))


def test_verdict_and_score_are_those_of_the_last_day_of_it() -> None:
    told = [
        entry(1, "client", 400, data={"name": "Acme"}),
        invoice(2, 100, 80, "INV-1"),
        entry(3, "reminder", 60, data={"worked": False}),
        entry(4, "pay-later", 25, data={"severity": 3}),
        payment(5, 24, "100"),
        entry(6, "abuse", 5, data={"severity": 3}),
    ]
    felt = CheckIn(at=at(31), stress_client=9, stress_work=2)
    private = Private(checkins=(felt,), decisions=(chosen(70), chosen(30), chosen(8)))
    whole = docket(told)
    scores = []
    for one in followed(whole, private, CONFIG):
        then = assess(whole.as_of(one.after.until), private, CONFIG)
        assert (one.after.verdict, one.after.score) == (then.verdict, then.score)
        scores.append(one.after.score)
    assert len(set(scores)) > 1, "or the days would not matter"


@pytest.mark.parametrize(
    ("choice", "verdict", "agreed"),
    [
        ("keep", "keep", True),
        ("keep", "walk-away", False),
        ("unsure", "keep", None),
        ("keep", "not-enough", None),
        ("keep", "", None),
    ],
)
def test_whether_choice_and_log_agreed(choice: Gut, verdict: str, agreed: bool | None) -> None:
    (one,) = spans([], chosen(10, choice, verdict=verdict))
    assert one.agreed is agreed


def reviewed(days: int, review: int, **more: Any) -> Decision:
    """Return a decision made and to be looked at again so many days before TODAY."""
    return chosen(days, review=at(review).date(), **more)


@pytest.mark.parametrize(
    ("decisions", "due"),
    [
        ((), None),
        ((chosen(10),), None),
        ((reviewed(10, 0),), 0),
        ((reviewed(10, 3),), 3),
        ((reviewed(10, -1),), None),
        ((reviewed(10, 3), chosen(2)), None),
        ((reviewed(90, 60), reviewed(10, 3)), 3),
        ((reviewed(10, 3, right="yes", right_at=at(3)),), None),
        ((reviewed(10, 3, right="yes", right_at=at(4)),), 3),
    ],
)
def test_a_review_is_due_until_somebody_looks(
    decisions: tuple[Decision, ...], due: int | None
) -> None:
    expected = None if due is None else at(due).date()
    assert review_due(Private(decisions=decisions), TODAY) == expected
    found = spans([], *decisions)
    assert [one.due for one in found] == [False] * (len(found) - 1) + [due is not None] * bool(
        found
    )


@pytest.mark.parametrize(
    ("decisions", "asked"),
    [
        ([chosen(10)], [False]),
        ([reviewed(10, 3)], [True]),
        ([reviewed(10, -3)], [False]),
        ([reviewed(10, 3, right="no", right_at=at(5))], [False]),
        ([chosen(ASK_AFTER)], [True]),
        ([chosen(ASK_AFTER - 1)], [False]),
        ([chosen(ASK_AFTER, right="partly", right_at=at(1))], [False]),
        ([chosen(200), reviewed(20, 10), chosen(5)], [True, False, False]),
    ],
)
def test_it_is_asked_once_one_can_know(decisions: list[Decision], asked: list[bool]) -> None:
    assert [one.ask for one in spans([], *decisions)] == asked


def test_it_is_asked_once_the_client_is_gone() -> None:
    ended = [entry(1, "end-notice", 4)]
    assert [one.ask for one in spans(ended, chosen(10), chosen(0))] == [True, False]
    assert [one.ask for one in spans([*ended, entry(2, "resume", 2)], chosen(10))] == [False]


def test_a_decision_keeps_what_it_rested_on_and_the_gut_of_that_day() -> None:
    told = [invoice(1, 100, 80, "INV-1"), entry(2, "reminder", 60, data={"worked": False})]
    guts: list[tuple[int, Gut]] = [(1, "keep"), (0, "unsure"), (0, "walk-away")]
    private = Private(guts=tuple(GutAnswer(at=at(d), answer=said) for d, said in guts))
    found = assess(docket(told), private, CONFIG)
    made = decided("keep", found, private, at=at(0), why="rent", review=None, entries=2)
    assert made.rested_on == rested_on(found)
    assert found.rules, "or none would be kept"
    assert made.rested_on is not None
    assert made.rested_on.model_dump() == {
        "verdict": found.verdict,
        "score": found.score,
        "low": found.low,
        "high": found.high,
        "coverage": found.coverage,
        "more_than_the_work": found.more_than_the_work,
        "rung": "unheard",
        "rules": tuple(rule.id for rule in found.rules),
        "model": "2",
    }
    assert (made.verdict, made.score) == (found.verdict, found.score)
    assert (made.choice, made.why, made.entries, made.gut) == ("keep", "rent", 2, "walk-away")
    assert gut_on(private, at(1).date()) == "keep"
    assert gut_on(private, at(2).date()) is None


def test_the_first_thought_of_leaving_is_found_wherever_it_was_said() -> None:
    gut = GutAnswer(at=at(20), answer="walk-away")
    other = GutAnswer(at=at(60), answer="keep")
    assert walk_away_said(Private()) is None
    assert walk_away_said(Private(guts=(other,), decisions=(chosen(50),))) is None
    assert walk_away_said(Private(guts=(gut, other))) == at(20).date()
    decision = chosen(33, "walk-away")
    assert walk_away_said(Private(guts=(gut,), decisions=(decision,))) == at(33).date()


def test_resets_are_counted() -> None:
    made = (chosen(9, "set-boundaries"), chosen(8), chosen(7, "set-boundaries"))
    assert (resets(Private()), resets(Private(decisions=made))) == (0, 2)


_days = st.lists(st.integers(0, 60), max_size=6)


@given(_days, _days, _days, st.lists(st.tuples(st.integers(1, 60), st.integers(0, 30)), max_size=6))
def test_everything_since_the_first_decision_is_told_once(
    decided_on: list[int], incidents: list[int], steps: list[int], bills: list[tuple[int, int]]
) -> None:
    decisions = [chosen(days) for days in sorted(decided_on, reverse=True)]
    told = [("rework", days) for days in incidents] + [("talk", days) for days in steps]
    entries = [entry(seq, kind, days) for seq, (kind, days) in enumerate(told, start=1)]
    for seq, (issued, allowed) in enumerate(bills, start=len(told) + 1):
        entries.append(invoice(seq, issued, issued - allowed, f"INV-{seq}"))
    found = spans(entries, *decisions)
    since = at(max(decided_on, default=-1)).date()
    later = [one for one in entries if one.day > since]
    assert sorted(seq for one in found for seq in one.after.incidents) == [
        one.seq for one in later if one.kind == "rework"
    ]
    assert sorted(step.seq for one in found for step in one.after.steps) == [
        one.seq for one in later if one.kind == "talk"
    ]
    due = {one.seq: one.due for one in docket(entries).ledger.invoices}
    assert sorted(seq for one in found for seq in one.after.unpaid) == sorted(
        seq for seq, day in due.items() if since <= day < TODAY
    )


def test_a_decision_counts_on_its_own_day_wherever_it_was_made() -> None:
    east = datetime.combine(at(10).date(), time(23, 30), UTC).astimezone()
    (one,) = spans([entry(1, "rework", 9)], Decision(at=east, choice="keep"))
    assert one.after.since == east.date()


def _euros(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")
