"""More trouble never makes a verdict milder, and putting right never makes it graver."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision.facts import REPAIRS
from tests.store import building
from tests.store.decision.plans import (
    KINDS_OF_INCIDENT,
    SEVERITIES,
    Plan,
    days_within,
    many,
    no_milder,
    plans,
)
from tests.store.decision.telling import Story

DAYS = days_within(800)
SPANS = st.integers(0, 60)


@many
@given(plans(), KINDS_OF_INCIDENT, DAYS, SEVERITIES)
def test_one_more_incident_never_helps(plan: Plan, kind: str, day: int, severity: int) -> None:
    """Of any kind, on any day, of before the first entry too."""
    assert no_milder(plan.story(), plan.story().add(kind, day, severity=severity))


@many
@given(plans(), KINDS_OF_INCIDENT, DAYS, SEVERITIES)
def test_one_more_incident_never_lowers_the_rank(
    plan: Plan, kind: str, day: int, severity: int
) -> None:
    more = plan.story().add(kind, min(day, plan.began), severity=severity)
    assert more.weighed().rank >= plan.story().weighed().rank


@many
@given(plans(), st.integers(-10, 400), DAYS, st.none() | DAYS)
def test_any_bill_paid_later_never_helps(plan: Plan, due: int, one: int, two: int | None) -> None:
    """A bill is paid once it is sent, 14 days before it is due, and never again if never."""
    sent = max(0, due + 14)
    sooner, later = (one, two) if two is None else (max(one, two), min(one, two))
    last = None if later is None else min(later, sent)
    assert no_milder(
        plan.story().bill("Z", due, min(sooner, sent)), plan.story().bill("Z", due, last)
    )


@many
@given(plans(), DAYS, SPANS, st.none() | SPANS)
def test_a_question_left_open_for_longer_never_helps(
    plan: Plan, asked: int, longer: int, needed: int | None
) -> None:
    by = None if needed is None else asked - needed
    assert no_milder(
        plan.story().ask(asked, needed=by), plan.story().ask(asked + longer, needed=by)
    )


@many
@given(plans(), DAYS, DAYS, st.none() | DAYS, st.none() | SPANS)
def test_an_answer_that_came_later_never_helps(
    plan: Plan, asked: int, one: int, two: int | None, needed: int | None
) -> None:
    by = None if needed is None else asked - needed
    sooner, later = (one, two) if two is None else (max(one, two), min(one, two))
    last = None if later is None else min(later, asked)
    assert no_milder(
        plan.story().ask(asked, min(sooner, asked), by), plan.story().ask(asked, last, by)
    )


@many
@given(plans(), DAYS, st.none() | SPANS)
def test_one_more_question_without_an_answer_never_helps(
    plan: Plan, asked: int, needed: int | None
) -> None:
    by = None if needed is None else asked - needed
    asked = min(asked, plan.began)
    assert no_milder(plan.story(), plan.story().ask(asked, needed=by))


@many
@given(plans(), st.integers(1, 400), st.sampled_from(["1", "50", "99.99", "100", "250"]))
def test_money_that_comes_in_never_harms(plan: Plan, due: int, amount: str) -> None:
    """All of it, a part, or more than is owed: it goes to the oldest open bill."""
    owing = plan.story().bill("Z", due)
    assert no_milder(plan.story().bill("Z", due).pay(0, amount), owing)


@many
@given(plans(), DAYS, st.none() | SPANS)
def test_an_answer_never_harms(plan: Plan, asked: int, needed: int | None) -> None:
    by = None if needed is None else asked - needed
    waiting, answered = (plan.story().ask(asked, needed=by) for _ in range(2))
    assert no_milder(answered.answer(answered.next - 1), waiting)


@many
@given(plans(), st.sampled_from(sorted(REPAIRS)))
def test_a_repair_that_landed_never_harms(plan: Plan, kind: str) -> None:
    assert no_milder(plan.story().add(kind, 0, worked=True), plan.story())


@many
@given(plans(), DAYS, SPANS, st.sampled_from(["me", "client"]))
def test_a_promise_that_was_kept_never_harms(plan: Plan, made: int, length: int, by: str) -> None:
    given_, kept = (plan.story().promise(made, made - length, by=by) for _ in range(2))
    assert no_milder(kept.settle(kept.next - 1, "kept"), given_)


def felt(story: Story, more: int, fit: int) -> Story:
    """Check in five days ago: stress and dread of `more`, a fit that is `fit` off."""
    own = {"stress_client": more, "stress_work": 0, "dread": more, "version": more}
    return story.feel(5, **own, fit_vision=10 - fit, fit_communication=10 - fit)


def test_a_payment_or_a_kept_promise_makes_no_old_trouble_heavier() -> None:
    """64.8 is 65.2 once anything is logged: conduct is known then, and silence weighs no more."""

    def told() -> Story:
        story = felt(Story(), 8, 0).add("micro-change", 31, severity=3)
        return story.add("micro-change", 35, severity=3).promise(40, 20, by="me")

    assert no_milder(told().settle(4, "kept"), told())
    assert no_milder(told().pay(0, "5"), told())
    assert no_milder(told().add("remedy", 0, worked=True), told())
    assert no_milder(told().exempt("R10", 0, -9), told())


def test_an_incident_of_one_sort_makes_no_other_trouble_lighter() -> None:
    """65.0 was 64.8 with one more incident: its silence of 0.02 counts into the average."""

    def controlled() -> Story:
        return felt(Story().add("note", 0).add("micro-change", 1), 4, 9)

    assert no_milder(controlled(), controlled().add("no-reply", 170))


def test_a_log_that_was_touched_by_trouble_is_no_better_for_it() -> None:
    """25.5 was 24.8 with a late payment logged: it makes control and conduct known to be none."""

    def silent() -> Story:
        return felt(Story().ask(35, 31), 3, 2)

    assert no_milder(silent(), silent().add("late-payment", 9))
    assert no_milder(silent().bill("A", 50, 40), silent().bill("A", 50, 9))


def test_an_answer_that_came_later_weighs_no_more_for_it() -> None:
    """Needed by three days ago, answered at once or five days ago: in time, and so weightier."""

    def told(answered: int) -> Story:
        story = felt(Story().add("note", 0).add("note", 20), 1, 9).ask(40, 39).ask(25, 5)
        return story.ask(60, answered, needed=3)

    assert no_milder(told(57), told(5))


def test_what_was_put_right_later_makes_nothing_else_forgotten() -> None:
    """The check-in of 50 days ago still holds a verdict by the score; a bill has no part in it."""

    def told() -> Story:
        own = {"stress_client": 9, "stress_work": 0, "dread": 9, "fit_vision": 2}
        return Story().feel(50, **own).add("note", 0).add("note", 20)

    assert no_milder(told().bill("A", 50, 50), told().bill("A", 50, 1))
    assert no_milder(told().ask(50, 49), told().ask(50, 1))


def test_an_incident_of_before_the_first_entry_earns_no_credit() -> None:
    """Known for 100 days, in trouble for 20: no quiet 90 days before, whatever was before that."""

    def told() -> Story:
        story = Story(began=100).add("talk", 25).add("illness", 30)
        for day in (20, 19, 18, 17):
            story.add("rework", day)
        return story

    assert no_milder(told(), told().add("off-hours", 190))
    kind = Story(began=700).bill("A", 20).add("reminder", 15).add("illness", 16)
    kind.add("thanks", 400).add("thanks", 200)
    before = kind.weighed().verdict
    assert (before, kind.add("off-hours", 740).weighed().verdict) == ("stop-work", "stop-work")


@pytest.mark.parametrize("asked", [8, 9])
def test_a_question_takes_no_step_that_names_the_bill_away_from_the_money(asked: int) -> None:
    """A step that names nothing is told of below: `store/decision/MODEL.md`, the ladder."""

    def told() -> Story:
        story = Story(began=10).bill("A", 7)
        story.entries.append(
            building.entry(story.next, "escalate", 7, links=[{"rel": "about", "seq": 1}])
        )
        return story

    assert no_milder(told().ask(0), told().ask(asked))


def test_a_step_that_could_be_about_two_things_counts_against_nobody() -> None:
    """With a question open by then as well, the debt is as if the step had not been taken."""
    bill, step = Story(began=10).bill("A", 7), Story(began=10).bill("A", 7).add("escalate", 7)
    without, doubtful = bill.ask(8).weighed(), step.ask(8).weighed()
    assert doubtful.money.rung == without.money.rung
