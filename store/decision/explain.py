"""The arithmetic of an assessment, line by line, so that it can be redone by hand.

A line with `=` is a sum: what stands before the last `=` gives what stands after it. `limit` keeps
a number between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from store.decision import score as scoring
from store.decision.assess import score_before, weighed_on
from store.decision.explain_factors import factor_lines
from store.decision.facts import Facts
from store.decision.literal import client_to_work_ratio
from store.decision.model import Rule
from store.decision.steady import HORIZON
from store.decision.timeline import Timeline, read_timeline
from store.decision.weigh import Weighed
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config
from store.text import plural


def explain(docket: Docket, private: Private, config: Config) -> list[str]:
    """Return the lines of arithmetic behind `assess` of the same arguments; indented by depth."""
    timeline = read_timeline(docket, private, config)
    facts, weighed = weighed_on(timeline, docket.today, config.policy)
    return [
        f"{docket.client} as of {docket.today.isoformat()}",
        "limit(x) keeps x between 0 and 1, 2^(-a / b) halves with each b days of age",
        "",
        *_questions(timeline, facts, weighed),
        *_score(weighed),
        *_steady(timeline, facts, weighed),
        *_literal(facts),
        *_money(weighed),
        *_rules(weighed),
        *_verdict(weighed),
    ]


def _questions(timeline: Timeline, facts: Facts, weighed: Weighed) -> Iterator[str]:
    for asked in scoring.QUESTIONS:
        counts = "" if asked.scored else "  (shown, no part of the score)"
        yield f"{asked.title}{counts}"
        for name in asked.factors:
            factor = weighed.factors[name]
            shown = "unknown" if factor.burden is None else f"{factor.burden:.2f}"
            yield f"  {factor.label}: {shown}  ({factor.detail})"
            if factor.burden is not None:
                for line in factor_lines(name, timeline, facts, weighed.policy):
                    yield f"    {line}"
        yield from _question(asked, weighed)
        yield ""


def _question(asked: scoring.Asked, weighed: Weighed) -> Iterator[str]:
    used = scoring.stand_in(asked, weighed.burdens)
    unknown = [name for name in asked.factors if weighed.burdens[name] is None]
    if scoring.LOGGED & set(unknown):
        yield "  unknown of what is made of logged entries stands at 0.00"
    if len(used) == len(asked.factors) and set(unknown) - scoring.LOGGED:
        ordinary = f"{scoring.ORDINARY:.2f}"
        yield f"  fewer than half are known: an ordinary client, {ordinary}, stands in for the rest"
    yield "  half the worst of these and half their average:"
    total = " + ".join(f"{value:.2f}" for value in used)
    burden = weighed.by_question[asked.key]
    yield f"  {max(used):.2f} / 2 + ({total}) / {len(used)} / 2 = {burden:.2f}"


def _score(weighed: Weighed) -> Iterator[str]:
    yield "Score: half the worst question and half their weighted average"
    weights = weighed.policy.weights
    burdens = {key: weighed.by_question[key] for key in weights}
    yield f"  {_strain(burdens, weights)} = {weighed.score:.1f}"
    for word, unknown in (("at the least", 0.0), ("at the most", 1.0)):
        filled = scoring.filled(weighed.burdens, unknown, weighed.policy)
        yield f"  {word}, with every unknown factor at {unknown:.0f}: {filled:.1f}"
    known = " + ".join(
        f"{weights[asked.key]:g} * {sum(weighed.burdens[n] is not None for n in asked.factors)}"
        f" / {len(asked.factors)}"
        for asked in scoring.SCORED
    )
    total = " + ".join(f"{weight:g}" for weight in weights.values())
    yield f"  known: ({known}) / ({total}) = {weighed.coverage:.2f}"
    policy = weighed.policy
    band = scoring.band(weighed.score, policy)
    lines = f"a talk from {policy.talk_from:g}, leaving from {policy.leave_from:g}"
    yield f"  by the score alone: {band} ({lines})"
    if weighed.young:
        yield f"  not yet: less than {policy.young_days} days together, and no rule speaks"
    yield ""


def _strain(burdens: dict[str, float], weights: dict[str, float]) -> str:
    total = " + ".join(f"{weight:g}" for weight in weights.values())
    parts = " + ".join(f"{weights[key]:g} * {burdens[key]:.2f}" for key in weights)
    return f"100 * ({max(burdens.values()):.2f} / 2 + ({parts}) / ({total}) / 2)"


def _steady(timeline: Timeline, facts: Facts, weighed: Weighed) -> Iterator[str]:
    if not weighed.steadied:
        return
    before = score_before(timeline, timeline.today, facts, weighed.policy)
    yield f"Held at {weighed.by_score}: the score was, on"
    for days in range(0, HORIZON + 1, 7):
        score = before(days)
        if score is None:
            break
        yield f"  {(timeline.today - timedelta(days=days)).isoformat()}: {score:.1f}"
    margin = weighed.policy.steady_points
    yield f"  it softens once it has been {margin:g} or more under the line for 14 days"
    yield ""


def _literal(facts: Facts) -> Iterator[str]:
    ratio = client_to_work_ratio(facts)
    if ratio is not None and facts.hours is not None:
        yield "Hours about the client for each hour on the work"
        yield f"  {facts.hours.about:g} / {facts.hours.on:g} = {ratio:.2f}"
        yield ""


def _money(weighed: Weighed) -> Iterator[str]:
    money = weighed.money
    since = "" if money.since is None else f", owing for {plural(money.since, 'day')}"
    yield f"Money: {money.rung}{since}: {money.verdict}"
    if money.reason:
        yield f"  {money.reason}{_numbers(money.evidence)}"
    yield ""


def _rules(weighed: Weighed) -> Iterator[str]:
    yield "Rules" if weighed.rules else "Rules: none speaks"
    for rule in weighed.rules:
        yield f"  {_rule(rule)}{_numbers(rule.evidence)}"
    problem, troubled = weighed.kind.points
    yield f"  kind: {problem} points of a problem client, {troubled} of a client with problems"
    yield ""


def _rule(rule: Rule) -> str:
    held = "" if rule.excepted is None else f", set aside: the exception {rule.left}"
    return f"{rule.id} {rule.title}: {rule.verdict}{held}"


def _verdict(weighed: Weighed) -> Iterator[str]:
    said = [weighed.by_score, *(rule.says for rule in weighed.rules if rule.id != "R7")]
    yield f"Verdict: the gravest of {', '.join(dict.fromkeys(said))}"
    if any(rule.id == "R7" for rule in weighed.rules):
        yield "  R7 holds it back: repair first"
    yield f"  {weighed.verdict}"


def _numbers(evidence: Sequence[int]) -> str:
    return f" [{' '.join(f'#{seq}' for seq in evidence)}]" if evidence else ""
