"""Assesses one client: facts, factors, score, rules, and what to make of them, in words."""

from __future__ import annotations

from store.config import Config
from store.decision import score as scoring
from store.decision.change import would_change
from store.decision.inputs import read_facts
from store.decision.literal import client_to_work_ratio, literal_answer, literal_tests
from store.decision.model import Assessment
from store.decision.robustness import robustness
from store.decision.weigh import weigh
from store.decision.words import headline, missing, provisional, ways_out
from store.docket import Docket
from store.private import Private
from store.words import plural


def assess(docket: Docket, private: Private, config: Config) -> Assessment:
    """Return what the docket, with the private check-ins, adds up to on the docket's day.

    Pure: the same docket gives the same assessment. What the model chose rather than measured is
    said where it is chosen: arithmetic.py and score.py.
    """
    facts = read_facts(docket, private, config)
    weighed = weigh(facts)
    tests = literal_tests(facts)
    known = weighed.verdict != "not-enough"
    return Assessment(
        client=docket.client,
        as_of=docket.today,
        verdict=weighed.verdict,
        provisional=provisional(weighed),
        headline=_looking_back(docket) + headline(weighed),
        score=weighed.score if known else None,
        low=round(scoring.filled(weighed.burdens, 0.0), 1),
        high=round(scoring.filled(weighed.burdens, 1.0), 1),
        coverage=round(weighed.coverage, 3),
        more_than_the_work=literal_answer(tests),
        tests=tests,
        client_to_work_ratio=client_to_work_ratio(facts),
        questions=scoring.questions(weighed.factors),
        rules=weighed.rules,
        would_change=would_change(facts, weighed),
        robustness=robustness(weighed),
        kind=weighed.kind.kind,
        kind_points=weighed.kind.points,
        missing=missing(weighed),
        ways_out=ways_out(facts, weighed),
    )


def _looking_back(docket: Docket) -> str:
    """Say of an ex-client that there is nothing left to decide but what to learn from it."""
    if docket.ended is None:
        return ""
    days = (docket.today - docket.ended.day).days
    return f"You ended it {plural(days, 'day')} ago. Looking back: "
