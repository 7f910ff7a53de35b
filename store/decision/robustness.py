"""How far a verdict hangs on the weights of the four questions (SCORING D8)."""

from __future__ import annotations

from functools import cache
from random import Random

from store.decision import score as scoring
from store.decision.model import Robustness
from store.decision.weigh import Weighed, combine

DRAWS = 1000
SEED = 7
FRAGILE = 0.8


@cache
def _draws() -> tuple[dict[str, float], ...]:
    """Weights drawn evenly from all that sum to 1, the same ones every time."""
    random = Random(SEED)
    drawn = []
    for _ in range(DRAWS):
        raw = {key: random.expovariate(1) for key in scoring.WEIGHTS}
        total = sum(raw.values())
        drawn.append({key: value / total for key, value in raw.items()})
    return tuple(drawn)


def robustness(weighed: Weighed) -> Robustness:
    """Return the share of other weights under which the verdict holds, rules included."""
    equal = dict.fromkeys(scoring.WEIGHTS, 1.0)
    rules = tuple(rule for rule in weighed.rules if rule.id != "R7")
    same = 0
    for weights in () if weighed.young else _draws():
        by_score = scoring.band(weighed.by_question, weights)
        same += combine(by_score, rules, weighed.kind) == weighed.verdict
    holds = 1.0 if weighed.young else same / DRAWS
    return Robustness(
        holds=holds,
        fragile=holds < FRAGILE,
        equal_weights=round(scoring.strain(weighed.by_question, equal), 1),
    )
