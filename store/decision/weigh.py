"""Puts money, rules and what they count together into one verdict: the pure heart of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from store.decision.counted import Counted
from store.decision.facts import Facts
from store.decision.ladder import money_state
from store.decision.literal import literal_tests
from store.decision.model import Debt, Rule
from store.decision.money_rules import late_as_a_habit, owing, pay_later, terms_broken
from store.decision.rules import (
    SIGNS,
    blocked,
    cannot_satisfy,
    hostility,
    more_than_the_work,
    my_promise,
    not_heeded,
    pattern,
)
from store.decision.scale import VERDICTS, Verdict, worst
from store.settings.policy import Policy
from store.stopping import piece_done

RULES: tuple[Callable[[Facts, Policy], Counted], ...] = (
    pay_later,
    not_heeded,
    blocked,
    hostility,
    cannot_satisfy,
    my_promise,
    terms_broken,
    pattern,
    late_as_a_habit,
    more_than_the_work,
)
"""All but R2, which reads the ladder."""
MODEL: Final = "2"
"""Which model this is, as a decision keeps it. The first was a score of nine factors and rules."""
GONE: Final = {
    "R7": "helped a client with problems before leaving",
    "R11": "left after the same thing three times",
    "R12": "asked for a talk about paying late (R13 does now)",
}
"""Rules of the model before, and what they did; their numbers are not used again."""
STEP: Final = 25
"""What the rank rises by from one verdict to the next."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the facts add up to: what each rule counts, which of them speak, and the verdict.

    `rank` is 0 to 100 and never falls when trouble rises: 25 for each step of the verdict, and
    what the rules counted, up to 24.
    """

    policy: Policy
    money: Debt
    counted: tuple[Counted, ...]
    rules: tuple[Rule, ...]
    verdict: Verdict
    points: float
    rank: float

    @property
    def raising(self) -> tuple[Rule, ...]:
        """The rules that ask for more than keeping the client as is."""
        return tuple(rule for rule in self.rules if rule.says != "keep")

    @property
    def decisive(self) -> tuple[Rule, ...]:
        """The rules that ask for what the verdict is."""
        return tuple(rule for rule in self.raising if rule.says == self.verdict)


def weigh(facts: Facts, policy: Policy) -> Weighed:
    """Return the verdict of `facts`, the gravest of what the rules ask for, and all behind it."""
    piece_done(0)  # it is weighed many times over: whoever waits for that may give it up
    money = money_state(facts, policy)
    counted = [owing(money), *(count(facts, policy) for count in RULES)]
    counted.sort(key=lambda one: int(one.id[1:]))
    left = {one.rule: one.left for one in sorted(facts.waivers, key=lambda one: one.left)}
    rules = tuple(_excepted(one.rule, left.get(one.id)) for one in counted if one.rule)
    verdict = worst(rule.says for rule in rules)
    points = round(sum(one.points for one in counted), 1)
    rank = STEP * VERDICTS.index(verdict) + min(STEP - 1.0, points)
    if not facts.happened and not rules and not facts.felt:
        verdict = "not-enough"
    return Weighed(policy, money, tuple(counted), rules, verdict, points, rank)


def highest(facts: Facts, weighed: Weighed) -> float:
    """Return the rank if every plain sign that is unknown spoke against them."""
    unknown = sum(sign.passed is None for sign in literal_tests(facts))
    passed = sum(sign.passed is True for sign in literal_tests(facts))
    at = 0 if weighed.verdict == "not-enough" else VERDICTS.index(weighed.verdict)
    if unknown and passed + unknown >= SIGNS and not any(w.rule == "R14" for w in facts.waivers):
        at = max(at, VERDICTS.index("set-boundaries"))
    return STEP * at + min(STEP - 1.0, round(weighed.points + unknown, 1))


def _excepted(rule: Rule, left: int | None) -> Rule:
    return rule if left is None or rule.verdict == "keep" else replace(rule, excepted=left)
