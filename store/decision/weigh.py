"""Puts factors, score, kind, money and rules together into one verdict: the pure heart of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.decision import score as scoring
from store.decision.factors import all_factors, scored_burdens
from store.decision.facts import Facts
from store.decision.kind import Classified, classify
from store.decision.ladder import money_state
from store.decision.model import Factor, Money, Rule, Verdict, worst
from store.decision.rules import repair_first, standing_rules
from store.decision.steady import lasting
from store.settings.policy import Policy

Before = Callable[[int], float | None]
"""The score of so many days ago, with what was put right since; None before the start."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the facts add up to."""

    policy: Policy
    factors: dict[str, Factor]
    by_question: dict[str, float]
    score: float
    coverage: float
    money: Money
    rules: tuple[Rule, ...]
    kind: Classified
    by_score: Verdict
    steadied: bool
    verdict: Verdict
    young: bool

    @property
    def burdens(self) -> dict[str, float | None]:
        """Every factor's burden, by name."""
        return {name: factor.burden for name, factor in self.factors.items()}

    @property
    def raising(self) -> tuple[Rule, ...]:
        """The rules that ask for more than keeping the client as is."""
        return tuple(rule for rule in self.rules if rule.says != "keep")


def score_of(facts: Facts, policy: Policy) -> float:
    """Return the score of `facts` alone, 0 to 100; those of `strain_on` are enough."""
    burdens = scored_burdens(facts, policy)
    return scoring.strain(scoring.burdens(burdens, scoring.SCORED), policy.weights)


def weigh(facts: Facts, policy: Policy, before: Before | None = None) -> Weighed:
    """Return the verdict of `facts` and everything it rests on.

    `before` lets a verdict by the score last until the score has been milder for a while (D7).
    """
    factors = all_factors(facts, policy)
    burdens = {name: factor.burden for name, factor in factors.items()}
    by_question = scoring.burdens(burdens)
    score = scoring.strain(by_question, policy.weights)
    kind = classify(facts)
    money = money_state(facts, policy)
    rules = standing_rules(facts, money, kind)
    early = facts.age is None or facts.age < policy.young_days
    # No bands in the first month, unless a rule finds it early enough too (SCORING D11.6).
    young = early and not any(rule.says != "keep" for rule in rules)
    today = scoring.band(score, policy)
    by_score = today if before is None else _lasting(score, before, policy)
    if young:
        today = by_score = "keep"
    verdict = combine(by_score, rules, kind)
    cap = repair_first(rules, kind, worst([by_score, *(rule.says for rule in rules)]))
    coverage = scoring.coverage(burdens, policy)
    if not facts.happened and coverage == 0 and not rules:
        verdict = "not-enough"
    return Weighed(
        policy=policy,
        factors=factors,
        by_question=by_question,
        score=score,
        coverage=coverage,
        money=money,
        rules=(*rules, cap) if cap else rules,
        kind=kind,
        by_score=by_score,
        steadied=by_score != today,
        verdict=verdict,
        young=young,
    )


def combine(by_score: Verdict, rules: tuple[Rule, ...], kind: Classified) -> Verdict:
    """Return the gravest of the score's verdict and the rules', under the cap of R7."""
    gravest = worst([by_score, *(rule.says for rule in rules)])
    cap = repair_first(rules, kind, gravest)
    return cap.verdict if cap else gravest


def _lasting(score: float, before: Before, policy: Policy) -> Verdict:
    bands: tuple[Verdict, ...] = ("keep", "set-boundaries", "walk-away")
    edges = (policy.talk_from, policy.leave_from)
    return bands[lasting(score, before, edges, policy.steady_points)]
