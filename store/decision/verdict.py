"""Assesses one client: facts, what the rules make of them, and what to make of that, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from store.decision.asof import facts_on
from store.decision.change import would_change
from store.decision.factors import all_factors
from store.decision.facts import Facts
from store.decision.kind import classify
from store.decision.literal import (
    client_to_work_ratio,
    literal_answer,
    literal_sentence,
    literal_tests,
)
from store.decision.model import Assessment, Profile, Watched
from store.decision.near import how_near
from store.decision.questions import by_question, coverage, questions
from store.decision.rules import watched
from store.decision.sure import how_sure
from store.decision.timeline import Timeline, read_timeline
from store.decision.weigh import MODEL, Weighed, highest, weigh
from store.decision.words import (
    gone_exceptions,
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

CLEAR = 0.25
"""The share, 0 to 1, from which a trait leads: under it a client is none of these."""
_PLAIN = 0.75
"""The share from which one trait is plain, whatever else there is."""


def assess(docket: Docket, private: Private, config: Config) -> Assessment:
    """Return what the docket, with the private check-ins, adds up to on the docket's day.

    Pure: the same docket gives the same assessment. What the model chose rather than measured is
    said where it is chosen: policy.py, ladder.py and the rules.
    """
    facts, weighed = weighed_on(read_timeline(docket, private, config), docket.today, config.policy)
    return _told(docket, facts, weighed, config.policy)


def _told(docket: Docket, facts: Facts, weighed: Weighed, policy: Policy) -> Assessment:
    """Return what the facts come to, in words and figures."""
    factors = all_factors(facts)
    burdens = {name: factor.burden for name, factor in factors.items()}
    tests = literal_tests(facts)
    kind = classify(facts)
    near, robustness = how_near(facts, weighed)
    said = " ".join([headline(facts, weighed, factors), *gone_exceptions(facts)])
    return Assessment(
        client=docket.client,
        as_of=docket.today,
        verdict=weighed.verdict,
        provisional=provisional(facts, weighed, burdens),
        headline=_looking_back(docket) + said,
        low=weighed.rank,
        high=highest(facts, weighed),
        coverage=coverage(burdens),
        money=replace(weighed.money, lumps=len(docket.ledger.lumps)),
        more_than_the_work=literal_answer(tests),
        literal=literal_sentence(facts, tests, with_hours(burdens)),
        tests=tests,
        client_to_work_ratio=client_to_work_ratio(facts),
        questions=questions(factors),
        rules=weighed.rules,
        would_change=would_change(facts, weighed),
        robustness=robustness,
        near=near,
        sure=how_sure(weighed),
        model=MODEL,
        kind=kind.kind,
        kind_points=kind.points,
        repair=repair(facts, weighed, kind),
        profile=profile(burdens),
        unsaid=unsaid(facts),
        my_share=my_share(facts),
        missing=missing(weighed, burdens),
        ways_out=ways_out(facts, weighed, burdens),
        watched=_watched(docket, facts, weighed, policy),
    )


def _watched(docket: Docket, facts: Facts, weighed: Weighed, policy: Policy) -> Watched | None:
    """Return the watch after a talk, where it is not over with them."""
    still = docket.ended is None and weighed.verdict != "walk-away"
    return watched(facts, policy, docket.today) if still else None


def weighed_on(timeline: Timeline, day: date, policy: Policy) -> tuple[Facts, Weighed]:
    """Return the facts of a day of the timeline and what they add up to."""
    facts = facts_on(timeline, day)
    return facts, weigh(facts, policy)


def _looking_back(docket: Docket) -> str:
    """Say of an ex-client that there is nothing left to decide but what to learn from it."""
    if docket.ended is None:
        return ""
    days = (docket.today - docket.ended.day).days
    return f"You ended it {plural(days, 'day')} ago. Looking back: "


def profile(burdens: Mapping[str, float | None]) -> Profile:
    """Return how far a client is each sort, 0 to 1; mixtures are usual, and so is none of them.

    `burdens` are those of the signs. Where several are plain, control leads, since who approves
    everything is also waited for; silence comes last, since it is part of the others.
    """
    pay = by_question(burdens)["pay"]
    traits = {
        "controlling": burdens["control"] or 0.0,
        "pays later": pay,
        "unresponsive": burdens["silence"] or 0.0,
    }
    most = max(traits, key=traits.__getitem__)
    likely = most if traits[most] >= CLEAR else ""
    leading = next((name for name, share in traits.items() if share >= _PLAIN), likely)
    return Profile(traits["unresponsive"], traits["controlling"], traits["pays later"], leading)
