"""A verdict by the score worsens at once and softens only when the score has stayed lower (D7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision.steady import HORIZON, LASTING, STEP, lasting, settle
from store.settings.config import Config
from store.settings.policy import Policy
from tests.store.building import TODAY
from tests.store.decision.plans import Plan, many, plans, rank
from tests.store.decision.telling import Story

EDGES = (25.0, 45.0, 65.0)
MARGIN = 5.0
POLICY = Policy()
LOOKS = HORIZON // STEP + 1
SCORES = st.floats(0, 100) | st.sampled_from([19.9, 20.0, 20.1, 24.9, 25.0, 40.0, 45.0, 60.0, 65.0])
HISTORIES = st.lists(SCORES, min_size=1, max_size=20)
WHOLE = st.lists(SCORES, min_size=LOOKS, max_size=LOOKS)


def band(score: float) -> int:
    """Return how many edges a score has reached by itself."""
    return sum(score >= edge for edge in EDGES)


def held(weekly: Sequence[float]) -> list[float]:
    """Return a score for each look, of weekly ones that held until the next; the last is today."""
    return [score for score in weekly[:-1] for _ in range(0, 7, STEP)] + [weekly[-1]]


def known(scores: Sequence[float]) -> Callable[[int], float | None]:
    """Return the score of so many days ago, the last of which is today's."""

    def before(days: int) -> float | None:
        back = days // STEP
        return scores[-1 - back] if back < len(scores) else None

    return before


def test_the_vector_of_the_reference_model() -> None:
    """D7, a look a week: 47 44 46 43 39 38 37 52 shows RESET until day 42, TUNE, then RESET."""
    scores = (47, 44, 46, 43, 39, 38, 37, 52)
    shown = [settle(scores[: at + 1], EDGES, MARGIN, looks=3) for at in range(len(scores))]
    assert shown == [2, 2, 2, 2, 2, 2, 1, 2]


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ((25, 20, 20), 1),  # under it for a week only
        ((25, 20, 20, 20), 0),  # for 14 days, and by just the margin
        ((25, 20, 20.1, 20), 1),
        ((25, 20, 24.9, 20, 20), 1),  # each time anew
        ((24.9,), 0),
        ((65, 60, 60, 60), 2),  # one edge at a time, as far as each was left
        ((65, 20, 20, 20), 0),
        ((65, 20, 20, 40), 1),
        ((65, 20, 20, 41), 2),
        ((10, 10, 10, 65), 3),
    ],
)
def test_a_line_is_left_after_fourteen_days_five_points_under_it(
    scores: Sequence[float], shown: int
) -> None:
    assert settle(held(scores), EDGES, MARGIN) == shown


@many
@given(HISTORIES)
def test_what_is_shown_is_never_milder_than_the_score_and_never_graver_than_it_was(
    scores: list[float],
) -> None:
    shown = settle(scores, EDGES, MARGIN)
    assert band(scores[-1]) <= shown <= max(map(band, scores))


@many
@given(HISTORIES, SCORES)
def test_a_rise_shows_at_once(scores: list[float], now: float) -> None:
    before, after = settle(scores, EDGES, MARGIN), settle([*scores, now], EDGES, MARGIN)
    if band(now) >= before:
        assert after == band(now)
    else:
        assert after <= before


@many
@given(SCORES, st.integers(1, 20))
def test_a_score_that_stays_the_same_shows_what_it_says(score: float, looks: int) -> None:
    assert settle([score] * looks, EDGES, MARGIN) == band(score)


@many
@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=20))
def test_a_history_that_was_worse_throughout_never_shows_milder(
    pairs: list[tuple[float, float]],
) -> None:
    milder, graver = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    assert settle(milder, EDGES, MARGIN) <= settle(graver, EDGES, MARGIN)


@many
@given(WHOLE, st.integers(1, LOOKS))
def test_looking_back_no_more_than_needed_comes_to_the_same(scores: list[float], age: int) -> None:
    """For a client of any age: what was before the start, or before a repair, has no say."""
    lately = scores[-age:]
    assert lasting(lately[-1], known(lately), EDGES, MARGIN) == settle(lately, EDGES, MARGIN)


@many
@given(HISTORIES)
def test_what_was_before_the_horizon_has_no_say(scores: list[float]) -> None:
    assert lasting(scores[-1], known(scores), EDGES, MARGIN) == settle(
        scores[-LOOKS:], EDGES, MARGIN
    )


def test_no_more_is_asked_of_the_past_than_says_something() -> None:
    asked = []

    def before(days: int) -> float:
        asked.append(days)
        return 10.0

    assert lasting(10.0, before, EDGES, MARGIN) == 0
    assert asked == list(range(STEP, LASTING + 1, STEP))


def shown_on(story: Story, days: Sequence[int], config: Config | None = None) -> list[str]:
    """Return the verdict by the score on days before TODAY."""
    return [story.weighed(TODAY - timedelta(days=day), config).by_score for day in days]


def test_on_a_docket_what_time_softens_has_to_last_and_what_was_put_right_has_not() -> None:
    """The check-in is forgotten after 45 days: from then the score alone is that of a keeper."""
    felt = {"stress_client": 9, "stress_work": 3, "dread": 9, "fit_vision": 2}
    story = Story().feel(60, **felt)
    days = list(range(60, -1, -1))
    shown = shown_on(story, days)
    assert [day for day in days if shown[60 - day] == "walk-away"] == list(range(60, 0, -1))
    assert shown[-1] == "keep"
    blamed = Story().add("blame", 9, severity=3).add("off-hours", 9, severity=3).add("apology", 8)
    assert shown_on(blamed, [10, 9, 8, 7]) == ["keep", "set-boundaries", "keep", "keep"]


def test_a_verdict_does_not_come_and_go_with_nothing_new() -> None:
    """Three days over the line, then the check-in is forgotten: it lasts for fourteen days more.

    Looked at once a week from today, the three days would be seen on some days, missed on others.
    """
    story = Story().feel(55, stress_client=8, stress_work=0, dread=8, version=8, fit_vision=4)
    story.add("micro-change", 12, severity=3).add("micro-change", 12, severity=3)
    scores = [story.weighed(TODAY - timedelta(days=day)).score for day in (13, 12, 10, 9)]
    line = min(scores[1:3])
    assert max(scores[0], scores[3]) < line - MARGIN
    config = Config(policy=Policy(leave_from=line))
    shown = shown_on(story, range(13, -6, -1), config)
    assert shown == ["set-boundaries", *["walk-away"] * 17, "set-boundaries"]


@many
@given(plans(), st.integers(0, 60))
def test_only_a_score_that_rises_or_something_new_makes_a_verdict_graver(
    plan: Plan, ago: int
) -> None:
    story = plan.story()
    now = TODAY - timedelta(days=ago)
    if plan.began - ago <= POLICY.young_days or any(one.day == now for one in story.entries):
        return
    before, after = story.weighed(now - timedelta(days=1)), story.weighed(now)
    if after.steadied:
        assert rank(after.by_score) <= rank(before.by_score)
