"""The models that are compared: the most common verdict, the rule of thumb, and today's.

Today's model comes as it is, with its two lines fitted, and with fewer rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import product
from unittest.mock import patch

from store.decision import ladder
from store.decision.model import Verdict, worst
from store.decision.weigh import combine, weigh
from store.settings.policy import Policy
from tests.calibration.ablation import RULE_IDS
from tests.calibration.crossvalidation import Judge, Learner, chosen, cost
from tests.calibration.known import Known

TALK_FROM = (15, 20, 25, 30, 35, 40)
LEAVE_FROM = (55, 60, 65, 70, 75, 80)
NEVER = 10**6
PILES = (NEVER, 14, 30, 45, 60, 90)


def commonest(cases: Sequence[Known]) -> Judge:
    """Fit the one verdict that errs least: what a model has to beat to say anything."""
    verdicts = ("keep", "set-boundaries", "stop-work", "walk-away")
    best = min(verdicts, key=lambda verdict: cost(cases, lambda case: verdict))
    return lambda case: best


def rule_of_thumb(cases: Sequence[Known]) -> Judge:
    """The rule of thumb: nothing of it is fitted."""
    return lambda case: case.thumb


def as_it_is(cases: Sequence[Known]) -> Judge:
    """Today's model: nothing of it is fitted here.

    But cases were in view when it was built, so its figure is no forecast.
    """
    return lambda case: case.verdict


def lines_fitted(cases: Sequence[Known]) -> Judge:
    """Today's model with the two lines of its score fitted, near today's where that is as good."""
    policy = Policy()
    lines = sorted(
        product(TALK_FROM, LEAVE_FROM),
        key=lambda pair: abs(pair[0] - policy.talk_from) + abs(pair[1] - policy.leave_from),
    )
    best = min(lines, key=lambda pair: cost(cases, partial(_between, pair)))
    return partial(_between, best)


@cache
def _between(lines: tuple[int, int], case: Known) -> str:
    policy = Policy(talk_from=lines[0], leave_from=lines[1])
    return weigh(case.facts, policy, case.before(policy)).verdict


def fewer_rules(cases: Sequence[Known]) -> Judge:
    """Today's model without the rules that do not pay; how many go is chosen on inner folds."""
    count = chosen(range(len(RULE_IDS)), cases, _with_fewer)
    return _with_fewer(count, cases)


def _with_fewer(count: int, cases: Sequence[Known]) -> Judge:
    return partial(without_rules, frozenset(_least_missed(tuple(cases))[:count]))


@cache
def _least_missed(cases: tuple[Known, ...]) -> list[str]:
    """Return the rules in the order they are best left out, each the one that costs least."""
    gone: list[str] = []
    while left := [rule for rule in RULE_IDS if rule not in gone]:
        gone.append(min(left, key=lambda rule: _cost_without(cases, frozenset([*gone, rule]))))
    return gone


def _cost_without(cases: Sequence[Known], out: frozenset[str]) -> float:
    return cost(cases, partial(without_rules, out))


@cache
def without_rules(out: frozenset[str], case: Known) -> str:
    """Return the verdict of today's model as if the rules `out` did not exist."""
    weighed = case.weighed
    rules = tuple(rule for rule in weighed.rules if rule.id not in out | {"R7"})
    early = case.facts.age is None or case.facts.age < weighed.policy.young_days
    quiet = early and not any(rule.says != "keep" for rule in rules)
    by_score: Verdict = "keep" if quiet else _by_score(case)
    if "R7" in out:
        return worst([by_score, *(rule.says for rule in rules)])
    return combine(by_score, rules, weighed.kind)


@cache
def _by_score(case: Known) -> Verdict:
    """What the score says of a client, however young."""
    policy = Policy()
    return weigh(case.facts, policy._replace(young_days=0), case.before(policy)).by_score


def piling_up(cases: Sequence[Known]) -> Judge:
    """Today's model with the days fitted after which bills that pile up stop the work."""
    best = min(PILES, key=lambda days: cost(cases, partial(_piled, days)))
    return partial(_piled, best)


@cache
def _piled(days: int, case: Known) -> str:
    with patch.object(ladder, "PILE", days):
        return weigh(case.facts, Policy(), case.before(Policy())).verdict


UNPAID = frozenset({"R6", "R7", "R11", "R12"})
"""The rules that pay for themselves in neither set, held against label and panel together."""


def rules_alone(out: frozenset[str]) -> Callable[[Sequence[Known]], Judge]:
    """Today's model without its score, and without the rules `out`; nothing of it is fitted."""

    def judge(case: Known) -> str:
        rules = tuple(rule for rule in case.weighed.rules if rule.id not in out | {"R7"})
        if "R7" in out:
            return worst(rule.says for rule in rules)
        return combine("keep", rules, case.weighed.kind)

    return lambda cases: judge


LEARNERS = (
    Learner("the commonest verdict", commonest),
    Learner("rule of thumb", rule_of_thumb),
    Learner("docket as it is", as_it_is),
    Learner("  its lines fitted", lines_fitted),
    Learner("  fewer rules", fewer_rules),
    Learner("  days of bills piling", piling_up),
    Learner("  rules alone", rules_alone(frozenset())),
    Learner("  eight rules alone", rules_alone(UNPAID)),
    Learner("  bills never pile up", lambda cases: partial(_piled, NEVER)),
)
