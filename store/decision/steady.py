"""Keeps a verdict by the score from flapping: worse at once, milder only if it lasts (D7).

What was put right counts at once, for earlier days are looked at as if it had been already. Only
what time alone softens has to last: a score that dips under the line for a week and comes back is
one story, not three (SEEDS row 52).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

STEP: Final = 1
"""Days between two looks back."""
LASTING: Final = 14
"""Days for which the score has to stay under a line."""
HORIZON: Final = 28
"""Days looked back at the most: what was shown before that has no say."""


def settle(
    scores: Sequence[float],
    edges: Sequence[float],
    margin: float,
    looks: int = LASTING // STEP + 1,
) -> int:
    """Return how many of the rising `edges` count as reached at the last of `scores`.

    An edge is reached at once. It is left only when the score has stayed `margin` or more under it
    at so many `looks` in a row, which make 14 days.
    """
    reached = 0
    for at, score in enumerate(scores):
        now = sum(score >= edge for edge in edges)
        lately = scores[max(0, at - looks + 1) : at + 1]
        while reached > now and (
            len(lately) == looks and all(one <= edges[reached - 1] - margin for one in lately)
        ):
            reached -= 1
        reached = max(reached, now)
    return reached


def lasting(
    score: float,
    before: Callable[[int], float | None],
    edges: Sequence[float],
    margin: float,
) -> int:
    """Return how many `edges` count as reached today, at `score`; looks back no more than it must.

    `before` gives the score of so many days ago, as if what was put right since had been already;
    None before the start.
    """
    above = [edge for edge in edges if edge > score]
    scores = [score]
    for days in range(STEP, HORIZON + 1, STEP):
        earlier = before(days)
        if earlier is None:
            break
        scores.append(earlier)
        quiet = all(one <= edge - margin for one in scores for edge in above)
        if quiet and days >= LASTING:
            break
    return settle(scores[::-1], edges, margin)
