"""Assesses one client: facts, factors, score, rules, and what to make of them, in words."""

from __future__ import annotations

from datetime import date, timedelta

from store.decision import score as scoring
from store.decision.asof import facts_on, strain_on
from store.decision.change import would_change
from store.decision.facts import Facts
from store.decision.literal import (
    client_to_work_ratio,
    literal_answer,
    literal_sentence,
    literal_tests,
)
from store.decision.model import Assessment
from store.decision.profile import profile
from store.decision.robustness import robustness
from store.decision.timeline import Timeline, read_timeline
from store.decision.weigh import Before, Weighed, score_of, weigh
from store.decision.words import (
    headline,
    missing,
    my_share,
    provisional,
    repair,
    unsaid,
    ways_out,
    with_hours,
)
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config
from store.settings.policy import Policy
from store.text import plural


def assess(docket: Docket, private: Private, config: Config) -> Assessment:
    """Return what the docket, with the private check-ins, adds up to on the docket's day.

    Pure: the same docket gives the same assessment. What the model chose rather than measured is
    said where it is chosen: policy.py, arithmetic.py and the rules.
    """
    timeline = read_timeline(docket, private, config)
    facts, weighed = weighed_on(timeline, docket.today, config.policy)
    tests = literal_tests(facts)
    known = weighed.verdict != "not-enough" and weighed.coverage > 0
    return Assessment(
        client=docket.client,
        as_of=docket.today,
        verdict=weighed.verdict,
        provisional=provisional(weighed),
        headline=_looking_back(docket) + headline(weighed),
        score=weighed.score if known else None,
        low=scoring.filled(weighed.burdens, 0.0, config.policy),
        high=scoring.filled(weighed.burdens, 1.0, config.policy),
        coverage=weighed.coverage,
        by_score=weighed.by_score,
        steadied=weighed.steadied,
        money=weighed.money,
        more_than_the_work=literal_answer(tests),
        literal=literal_sentence(facts, tests, with_hours(weighed)),
        tests=tests,
        client_to_work_ratio=client_to_work_ratio(facts),
        questions=scoring.questions(weighed.factors),
        rules=weighed.rules,
        would_change=would_change(facts, weighed),
        robustness=robustness(weighed),
        kind=weighed.kind.kind,
        kind_points=weighed.kind.points,
        repair=repair(weighed.kind),
        profile=profile(weighed.burdens, weighed.by_question["pay"]),
        unsaid=unsaid(facts),
        my_share=my_share(facts),
        missing=missing(weighed),
        ways_out=ways_out(facts, weighed),
    )


def weighed_on(timeline: Timeline, day: date, policy: Policy) -> tuple[Facts, Weighed]:
    """Return the facts of a day of the timeline and what they add up to."""
    facts = facts_on(timeline, day, policy)
    return facts, weigh(facts, policy, score_before(timeline, day, facts, policy))


def score_before(timeline: Timeline, day: date, facts: Facts, policy: Policy) -> Before:
    """Let the score be asked of days before `day`, as if what was put right since had been."""

    def score(days: int) -> float | None:
        if facts.age is None or facts.age - days < policy.young_days:
            return None
        then = strain_on(timeline, day - timedelta(days=days), policy, known=day)
        return score_of(then, policy)

    return score


def _looking_back(docket: Docket) -> str:
    """Say of an ex-client that there is nothing left to decide but what to learn from it."""
    if docket.ended is None:
        return ""
    days = (docket.today - docket.ended.day).days
    return f"You ended it {plural(days, 'day')} ago. Looking back: "
