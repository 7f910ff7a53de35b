"""The burdens as plain arithmetic: numbers in, 0 (none) to 1 (worst) out; anchors are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

MOST_DAYS_LATE = 90
ORDINARY_DAYS_LATE = 3
"""Days that a bill of an ordinary client may be late."""
FULL = 6
"""Severities of half a year, or late bills, or late answers, that make a burden its worst."""
MONTH = 30


def clamp(value: float) -> float:
    """Limit `value` to 0..1."""
    return max(0.0, min(1.0, value))


def overhead(on_work: float, about_client: float) -> float:
    """Hours about the client among all hours: 10 % is free, half and half is the worst."""
    return clamp((about_client / (on_work + about_client) - 0.10) / 0.40)


def stress(client: float, work: float) -> float:
    """Stress from the client, 0..10, and the more so the further it is above that of the work."""
    return client / 10 * clamp(0.5 + (client - work) / 10)


def felt(values: Sequence[float]) -> float:
    """The mean of answers from 0 (fine) to 10 (worst)."""
    return fmean(values) / 10


def share_earned(earned: float, target: float) -> float:
    """Return what an hour earns as a share of what it should, to four decimals."""
    return round(earned / target, 4)


def worth(share: float) -> float:
    """How far an hour earns less than it should: 40 % of the target or less is the worst."""
    return clamp((1 - share) / 0.6)


def slope(days_late: Sequence[int]) -> float:
    """Theil-Sen slope, in days per invoice, over the last six; needs at least two."""
    last = [min(max(days, 0), MOST_DAYS_LATE) for days in days_late[-6:]]
    return median(
        (last[j] - last[i]) / (j - i) for i in range(len(last)) for j in range(i + 1, len(last))
    )


def drift(days_late: Sequence[int]) -> float:
    """How fast payment gets later: a week more each time is the worst."""
    return clamp(slope(days_late) / 7)


def exposure(months: float) -> float:
    """Money at risk, in months of average billing: two months is the worst."""
    return clamp(months / 2)


def silence(late: int, waiting: int) -> float:
    """Late answers, six at the worst, or days waited for one, a month at the worst."""
    return max(clamp(late / FULL), clamp(waiting / MONTH))


def counted(amount: float) -> float:
    """What was counted, severities or late bills: six at the worst."""
    return clamp(amount / FULL)


def insatiable(repairs: int, refused: int) -> float:
    """Repairs that were not accepted, smoothed: one refusal says little, five say much."""
    return clamp(((refused + 1) / (repairs + 4) - 0.25) / 0.5)
