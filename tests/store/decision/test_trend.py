"""How the score moved: each point is what was said as of that day, and turns where it turned."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given

from store.decision import assess
from store.decision.trend import Point, standing_since, trend, turns
from store.settings.config import Config
from tests.examples import examples
from tests.store.building import TODAY
from tests.store.decision.plans import Plan, plans
from tests.store.decision.telling import Story


def points_of(story: Story) -> list[Point]:
    return trend(story.docket(), story.private, Config())


@examples(15)
@given(plans())
def test_every_point_is_what_is_said_as_of_its_day(plan: Plan) -> None:
    story = plan.story()
    points = points_of(story)
    first = min(entry.day for entry in story.entries)
    weeks = min(26, (TODAY - first).days // 7)
    assert [point.day for point in points] == [
        TODAY - timedelta(weeks=week) for week in range(weeks, -1, -1)
    ]
    for point in points[::5]:
        then = assess(story.docket().as_of(point.day), story.private, Config())
        assert (point.verdict, point.score, point.rung) == (
            then.verdict,
            then.score,
            then.money.rung,
        )


def test_what_was_asked_for_before_the_first_bill_stays_about_money() -> None:
    story = Story(began=45).add("late-payment", 45).add("escalate", 45)
    story.bill("B0", 0)
    then = assess(story.docket().as_of(TODAY - timedelta(days=42)), story.private, Config())
    points = {point.day: point.rung for point in points_of(story)}
    assert points[TODAY - timedelta(days=42)] == then.money.rung == "reminded"


def test_it_starts_with_the_docket() -> None:
    points = points_of(Story(began=20).add("thanks", 15))
    assert [point.day for point in points] == [TODAY - timedelta(days=d) for d in (14, 7, 0)]
    assert points_of(Story(began=0))[0].verdict == "not-enough"


def test_a_turn_is_seen_in_the_week_it_came() -> None:
    points = points_of(Story().add("thanks", 190).add("pay-later", 30))
    assert [(point.day, point.verdict) for point in turns(points)] == [
        (TODAY - timedelta(weeks=26), "keep"),
        (TODAY - timedelta(days=28), "walk-away"),
    ]
    assert standing_since(points) == TODAY - timedelta(days=28)
    assert standing_since([]) is None
