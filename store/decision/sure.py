"""How sure a verdict is: how published cases like this one were judged by those who told them."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Final, Literal

from store.decision.model import Sure
from store.decision.published import JUDGED
from store.decision.scale import VERDICTS, Verdict
from store.decision.weigh import Weighed

_Ground = Literal["money", "trouble", "nothing"]
"""What a verdict rests on: a debt, how they treat you, or no rule at all."""
_FEWEST: Final = 12
"""Published cases that have to be like it before anything is said."""
_MONEY: Final = frozenset({"R1", "R2", "R13"})
_NUMBERS: Final = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
)
_AWAY: Final = {
    0: "said so",
    -1: "a step milder",
    1: "a step graver",
    -2: "more than a step milder",
    2: "more than a step graver",
}
TOO_FEW: Final = "Too few published cases are like this to say how sure it is."


def ground(weighed: Weighed) -> _Ground:
    """Return what the verdict rests on, by the first rule that asks for it."""
    if not weighed.decisive:
        return "nothing"
    return "money" if weighed.decisive[0].id in _MONEY else "trouble"


def how_sure(weighed: Weighed) -> Sure:
    """Return how published cases with this verdict on the same ground were judged."""
    judged = JUDGED.get((weighed.verdict, ground(weighed)), {})
    cases = sum(judged.values())
    if cases < _FEWEST:
        return Sure(TOO_FEW, cases)
    same = judged.get(weighed.verdict, 0) / cases
    low, high = wilson(same, cases)
    words = (
        f"Of ten published cases like this, {_in_words(weighed.verdict, judged)} "
        f"({cases} cases; by chance between {10 * low:.0f} and {10 * high:.0f} of ten)."
    )
    return Sure(words, cases, round(same, 2), round(low, 2), round(high, 2))


def wilson(share: float, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a `share` seen in so many `cases`, of which there is one."""
    z = 1.96
    middle = share + z * z / (2 * cases)
    spread = z * sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    whole = 1 + z * z / cases
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _in_words(verdict: Verdict, judged: Mapping[Verdict, int]) -> str:
    """Return how many of ten said so, and how many were milder or graver."""
    at = VERDICTS.index(verdict)
    counts = dict.fromkeys(_AWAY.values(), 0)
    for said, cases in judged.items():
        counts[_AWAY[max(-2, min(2, VERDICTS.index(said) - at))]] += cases
    parts = [f"{_NUMBERS[n]} {words}" for words, n in _of_ten(counts).items() if n]
    return ", ".join(parts) or "none said so"


def _of_ten(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts as parts of ten: rounded down, and what is left to the largest remainders."""
    total = sum(counts.values())
    parts = {name: count * 10 // total for name, count in counts.items()}
    left = sorted(counts, key=lambda name: -(counts[name] * 10 % total))
    for name in left[: 10 - sum(parts.values())]:
        parts[name] += 1
    return parts
