"""How far a verdict hangs on the weights of the four questions (SCORING D8)."""

from __future__ import annotations

from functools import cache
from random import Random

from store.decision import score as scoring
from store.decision.model import VERDICTS, Robustness
from store.decision.weigh import Weighed, combine

DRAWS = 1000
SEED = 7
FRAGILE = 0.8


def robustness(weighed: Weighed) -> Robustness:
    """Return the share of other weights under which the verdict holds, rules included."""
    equal = dict.fromkeys(scoring.WEIGHTS, 1.0)
    holds = 1.0 if weighed.young else _share(weighed)
    return Robustness(
        holds=holds,
        fragile=holds < FRAGILE,
        equal_weights=round(scoring.strain(weighed.by_question, equal), 1),
    )


def _share(weighed: Weighed) -> float:
    """The share of drawn weights with the same verdict; few sums per draw, for there are many."""
    rules = tuple(rule for rule in weighed.rules if rule.id != "R7")
    verdicts = {band: combine(band, rules, weighed.kind) for band in VERDICTS}
    if len(set(verdicts.values())) == 1:
        return 1.0
    more, pay, work, fit = (weighed.by_question[key] for key in ("more", "pay", "work", "fit"))
    worst, worst_apart = max(more, pay, work, fit), max(more, work, fit)
    same = 0
    for w_more, w_pay, w_work, w_fit in _draws():
        apart = w_more * more + w_work * work + w_fit * fit
        score = 50 * (worst + apart + w_pay * pay)
        without = 50 * (worst_apart + apart / (w_more + w_work + w_fit))
        same += verdicts[scoring.banded(score, without)] == weighed.verdict
    return same / DRAWS


@cache
def _draws() -> tuple[tuple[float, ...], ...]:
    """Weights drawn evenly from all that sum to 1, the same ones every time."""
    random = Random(SEED)
    drawn = []
    for _ in range(DRAWS):
        raw = [random.expovariate(1) for _ in scoring.WEIGHTS]
        drawn.append(tuple(value / sum(raw) for value in raw))
    return tuple(drawn)
