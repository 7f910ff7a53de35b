"""The models that are compared: the commonest verdict, the rule of thumb, today's, the one before.

Today's comes as it is, with fewer rules, with its lines fitted, and as a list that is learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache, partial
from types import ModuleType
from unittest.mock import patch

from store.decision import VERDICTS, ladder, money_rules, rules
from store.decision.scale import worst
from store.decision.weigh import weigh
from store.settings.policy import Policy
from tests.calibration.ablation import NEVER, RULE_IDS
from tests.calibration.crossvalidation import Judge, Learner, chosen, cost
from tests.calibration.known import Known
from tests.calibration.panel import READINGS

Setting = tuple[tuple[str, float], ...]
LINES: dict[str, tuple[ModuleType, tuple[float, ...]]] = {
    "CROSSED": (rules, (2, 1, 3, NEVER)),
    "TALK": (rules, (3, 2, 4, 5)),
    "ATTACKED": (rules, (4, 3, 6, NEVER)),
    "REFUSED": (rules, (2, 3, NEVER)),
    "WAITED": (rules, (30, 14, 60, NEVER)),
    "SIGNS": (rules, (2, 3, NEVER)),
    "HABIT": (money_rules, (3, 2, NEVER)),
    "WORD": (ladder, (14, 5, 30, NEVER)),
    "LONG": (ladder, (90, 60, 120, NEVER)),
    "PILE": (ladder, (30, 14, 60, NEVER)),
}
"""Every line of the model, and where it may lie; today's first."""


def commonest(cases: Sequence[Known]) -> Judge:
    """Fit the one verdict that errs least: what a model has to beat to say anything."""
    best = min(VERDICTS, key=lambda verdict: cost(cases, lambda case: verdict))
    return lambda case: best


def rule_of_thumb(cases: Sequence[Known]) -> Judge:
    """The rule of thumb: nothing of it is fitted."""
    return lambda case: case.thumb


def the_one_before(cases: Sequence[Known]) -> Judge:
    """The model before: a score of nine factors and twelve rules, as it stood."""
    return lambda case: case.before


def as_it_is(cases: Sequence[Known]) -> Judge:
    """Today's model: nothing of it is fitted here.

    But cases were in view when it was built, so its figure is no forecast.
    """
    return lambda case: case.verdict


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
    return worst(rule.says for rule in case.weighed.rules if rule.id not in out)


def lines_fitted(cases: Sequence[Known]) -> Judge:
    """Today's model with every line fitted, one after the other, twice; near today's if as good."""
    setting: dict[str, float] = {}
    for _ in range(2):
        for name, (_, values) in LINES.items():
            tried = {value: {**setting, name: value} for value in values}
            best = min(values, key=lambda value: _cost_at(cases, tried[value]))
            setting[name] = best
    return partial(_at, tuple(sorted(setting.items())))


def _cost_at(cases: Sequence[Known], setting: dict[str, float]) -> float:
    return cost(cases, partial(_at, tuple(sorted(setting.items()))))


@cache
def _at(setting: Setting, case: Known) -> str:
    with ExitStack() as changed:
        for name, value in setting:
            changed.enter_context(patch.object(LINES[name][0], name, value))
        return weigh(case.facts, Policy()).verdict


def a_list_learned(cases: Sequence[Known]) -> Judge:
    """A list that is learned: the count that parts best comes first; how long is chosen within."""
    length = chosen((1, 2, 3, 4, 5, 6), cases, _listed)
    return _listed(length, cases)


def _listed(length: int, cases: Sequence[Known]) -> Judge:
    left, steps = list(cases), []
    for _ in range(length):
        found = [one for one in _splits(left) if one[0] > 0]
        if not found:
            break
        _, rule, at, verdict = max(found)
        steps.append((rule, at, verdict))
        left = [case for case in left if _value(case, rule) < at]
    otherwise = _common(left or cases)
    return lambda case: next(
        (said for rule, at, said in steps if _value(case, rule) >= at), otherwise
    )


def _splits(cases: Sequence[Known]) -> Iterator[tuple[float, str, float, str]]:
    """Yield how much each split saves, of those that leave three cases or more on its side."""
    whole = _least(cases)
    for rule in RULE_IDS:
        for at in sorted({_value(case, rule) for case in cases} - {0}):
            inside = [case for case in cases if _value(case, rule) >= at]
            if len(inside) < 3:
                continue
            outside = [case for case in cases if _value(case, rule) < at]
            yield whole - _least(inside) - _least(outside), rule, at, _common(inside)


def _common(cases: Sequence[Known]) -> str:
    return min(VERDICTS, key=lambda verdict: sum(_price(case, verdict) for case in cases))


def _least(cases: Sequence[Known]) -> float:
    return min(sum(_price(case, verdict) for case in cases) for verdict in VERDICTS)


@cache
def _price(case: Known, verdict: str) -> float:
    return cost([case], lambda _: verdict)


@cache
def _value(case: Known, rule: str) -> float:
    return next(one.value for one in case.weighed.counted if one.id == rule)


def a_reading(name: str) -> Callable[[Sequence[Known]], Judge]:
    """One of the blind readings: nothing of it is fitted to any case here."""
    return lambda cases: lambda case: case.readings[name]


LEARNERS = (
    Learner("the commonest verdict", commonest),
    Learner("rule of thumb", rule_of_thumb),
    Learner("the model before", the_one_before),
    Learner("docket as it is", as_it_is),
    Learner("  fewer rules", fewer_rules),
    Learner("  its lines fitted", lines_fitted),
    Learner("a list learned", a_list_learned),
    *(Learner(title, a_reading(name)) for name, title in READINGS.items()),
)
