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
    equal = dict.fromkeys(weighed.policy.weights, 1.0)
    holds = 1.0 if weighed.young or weighed.verdict == "not-enough" else round(_share(weighed), 2)
    return Robustness(
        holds=holds,
        fragile=holds < FRAGILE,
        equal_weights=scoring.strain(weighed.by_question, equal),
    )


def _share(weighed: Weighed) -> float:
    """The share of drawn weights with the same verdict; few sums per draw, for there are many."""
    rules = tuple(rule for rule in weighed.rules if rule.id != "R7")
    verdicts = {band: combine(band, rules, weighed.kind) for band in VERDICTS}
    if len(set(verdicts.values())) == 1:
        return 1.0
    if weighed.steadied:  # it stands by how it was, which no weight changes
        return 1.0
    burdens = [weighed.by_question[key] for key in weighed.policy.weights]
    worst = max(burdens)
    same = 0
    for drawn in _draws(len(burdens)):
        score = round(50 * (worst + sum(w * b for w, b in zip(drawn, burdens, strict=True))), 1)
        same += verdicts[scoring.band(score, weighed.policy)] == weighed.verdict
    return same / DRAWS


@cache
def _draws(count: int) -> tuple[tuple[float, ...], ...]:
    """Weights drawn evenly from all that sum to 1, the same ones every time."""
    random = Random(SEED)
    drawn = []
    for _ in range(DRAWS):
        raw = [random.expovariate(1) for _ in range(count)]
        drawn.append(tuple(value / sum(raw) for value in raw))
    return tuple(drawn)
