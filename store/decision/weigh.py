"""Puts factors, score, kind and rules together into one verdict: the pure heart of it."""

from __future__ import annotations

from dataclasses import dataclass

from store.decision import score as scoring
from store.decision.factors import all_factors
from store.decision.facts import Facts
from store.decision.kind import Classified, classify
from store.decision.model import Factor, Rule, Verdict, worst
from store.decision.rules import repair_first, standing_rules

YOUNG = 30
"""Days in which the score sets no verdict, for it is too early (SCORING D4, D11.6)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the facts add up to."""

    factors: dict[str, Factor]
    by_question: dict[str, float]
    score: float
    coverage: float
    rules: tuple[Rule, ...]
    kind: Classified
    by_score: Verdict
    verdict: Verdict
    young: bool

    @property
    def burdens(self) -> dict[str, float | None]:
        """Every factor's burden, by name."""
        return {name: factor.burden for name, factor in self.factors.items()}

    @property
    def raising(self) -> tuple[Rule, ...]:
        """The rules that ask for more than keeping the client as is."""
        return tuple(rule for rule in self.rules if rule.verdict != "keep")


def weigh(facts: Facts) -> Weighed:
    """Return the verdict of `facts` and everything it rests on."""
    factors = all_factors(facts)
    burdens = {name: factor.burden for name, factor in factors.items()}
    by_question = scoring.burdens(burdens)
    kind = classify(facts)
    rules = standing_rules(facts, kind)
    young = facts.age is None or facts.age < YOUNG
    by_score: Verdict = "keep" if young else scoring.band(by_question)
    verdict = combine(by_score, rules, kind)
    cap = repair_first(rules, kind, worst([by_score, *(rule.verdict for rule in rules)]))
    coverage = scoring.coverage(burdens)
    if not facts.happened and coverage == 0 and not rules:
        verdict = "not-enough"
    return Weighed(
        factors=factors,
        by_question=by_question,
        score=round(scoring.strain(by_question), 1),
        coverage=coverage,
        rules=(*rules, cap) if cap else rules,
        kind=kind,
        by_score=by_score,
        verdict=verdict,
        young=young,
    )


def combine(by_score: Verdict, rules: tuple[Rule, ...], kind: Classified) -> Verdict:
    """Return the gravest of the score's verdict and the rules', under the cap of R7."""
    gravest = worst([by_score, *(rule.verdict for rule in rules)])
    cap = repair_first(rules, kind, gravest)
    return cap.verdict if cap else gravest
