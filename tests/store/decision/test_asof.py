"""A past day read off today's timeline is that day as the docket of then would tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from store.decision import assess, assessment_json
from store.decision.asof import facts_on
from store.decision.facts import Facts
from store.decision.timeline import read_timeline
from store.decision.verdict import weighed_on
from store.settings.config import Config
from tests.store.building import TODAY
from tests.store.decision.plans import Plan, days_within, many, plans
from tests.store.decision.telling import Story

POLICY = Config().policy


def both(story: Story, ago: int) -> tuple[Facts, Facts]:
    """Return the facts of a past day, off today's timeline and off the docket as of that day."""
    day = TODAY - timedelta(days=ago)
    then = read_timeline(story.docket().as_of(day), story.private, Config())
    return facts_on(story.timeline(), day), facts_on(then, day)


def untermed(plan: Plan) -> Story:
    """Tell a plan without terms: an earlier day is measured by those of today."""
    return replace(plan, rate=None, within=None).story()


@many
@given(plans(), days_within(400))
def test_the_facts_of_a_past_day_are_those_of_then(plan: Plan, ago: int) -> None:
    looked_back, then = both(untermed(plan), ago)
    assert looked_back == then


@many
@given(plans(), days_within(400))
def test_decide_as_of_a_day_is_what_the_look_back_weighs(plan: Plan, ago: int) -> None:
    """So the trend and `docket decide --as-of` tell the same of a day."""
    story = untermed(plan)
    day = TODAY - timedelta(days=ago)
    told = assess(story.docket().as_of(day), story.private, Config())
    _, weighed = weighed_on(story.timeline(), day, POLICY)
    assert (told.verdict, told.rules) == (weighed.verdict, weighed.rules)
    assert told.score in (weighed.rank, None)
    assert told.money == weighed.money


@many
@given(plans())
def test_what_is_yet_to_come_is_not_seen(plan: Plan) -> None:
    """The day before anything happened, nothing is known, however much followed."""
    story = untermed(plan)
    first = min(entry.day for entry in story.entries)
    looked_back, then = both(story, (TODAY - first).days + 1)
    assert looked_back == then
    assert (looked_back.age, looked_back.happened, looked_back.incidents) == (None, False, ())


def test_what_is_settled_since_was_open_then() -> None:
    story = Story().bill("A", due=60, paid=20).ask(60, answered=20).promise(60, 40)
    story.settle(6, "kept", 20)
    looked_back, then = both(story, 30)
    assert looked_back == then
    assert [one.open for one in looked_back.late] == [True]
    assert [one.open for one in looked_back.replies] == [True]
    assert [one.kept for one in looked_back.client_pledges] == [None]
    assert looked_back.blocked == 27


def test_money_that_came_in_parts_is_owed_until_the_last() -> None:
    story = Story().bill("A", due=60).pay(50, "40").pay(30, "60")
    for ago, owed in ((51, True), (31, True), (30, False)):
        looked_back, then = both(story, ago)
        assert looked_back == then
        assert bool(looked_back.owed) is owed


def test_an_exception_and_a_stop_stand_from_their_day_to_their_end() -> None:
    story = Story().exempt("R1", 40, 20).add("stop", 30).add("resume", 10)
    for ago, left, stopped in ((41, None, False), (40, 20, False), (20, 0, True), (19, None, True)):
        looked_back, then = both(story, ago)
        assert looked_back == then
        assert next((one.left for one in looked_back.waivers), None) == left
        assert (looked_back.stopped is not None) is stopped


def test_a_correction_is_known_of_the_past_too() -> None:
    """Docket says so: a day is shown as it is known now, not as it was known then."""
    story = Story().add("abuse", 40, severity=3).void(2, day=5)
    looked_back, then = both(story, 20)
    assert looked_back == then
    assert looked_back.incidents == ()


def test_json_of_a_past_day_counts_in_days_before_it() -> None:
    story = Story().bill("A", due=60).add("reminder", 50).pay(10)
    told = assessment_json(
        assess(story.docket(TODAY - timedelta(days=20)), story.private, Config())
    )
    assert (told["money"]["rung"], told["money"]["owing_days"]) == ("unheard", 40)
    assert told["as_of"] == "2026-11-02"
