"""The burdens as plain arithmetic (SCORING D2): numbers in, 0 (none) to 1 (worst) out.

Half-lives are the policy's; anchors and caps are chosen, not fitted (SCORING D10).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from statistics import fmean, median

POINTS = {1: 1, 2: 2, 3: 4}
MOST_DAYS_LATE = 90
MOST_REPLY_RATIO = 5.0
ORDINARY_DAYS_LATE = 3.0  # the prior: one invoice of an ordinary client, three days late


def clamp(value: float) -> float:
    """Limit `value` to 0..1."""
    return max(0.0, min(1.0, value))


def decay(age_days: float, half_life: float) -> float:
    """Return the weight of something `age_days` old: 1 today, 0.5 after one half-life.

    To four decimals, so that what is made of it can be redone by hand.
    """
    return float(round(2.0 ** (-max(age_days, 0.0) / half_life), 4))


def decayed_mean(values: Sequence[tuple[float, float]], half_life: float) -> float:
    """Return the mean of (value, age in days) pairs, the recent ones weighing more.

    Where all are too old to weigh anything it is the plain mean.
    """
    weights = [decay(age, half_life) for _, age in values]
    if not any(weights):
        return fmean(value for value, _ in values)
    return sum(w * value for w, (value, _) in zip(weights, values, strict=True)) / sum(weights)


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


def capped_days(days: int) -> int:
    """Days late as they count: early is 0, three months is the most."""
    return min(max(days, 0), MOST_DAYS_LATE)


def lateness(invoices: Sequence[tuple[int, int, bool]], half_life: float) -> float:
    """Decayed mean of days late, shrunk to an ordinary client; rows are (days, age, open).

    An open invoice does not age: its days count in full. The weights below the line stay those of
    the due dates, so a later payment never lowers the mean.
    """
    total, weights = ORDINARY_DAYS_LATE, 1.0
    for days, age, is_open in invoices:
        weight = decay(age, half_life)
        total += (1.0 if is_open else weight) * capped_days(days)
        weights += weight
    return clamp(total / weights / 30)


def slope(days_late: Sequence[int]) -> float:
    """Theil-Sen slope, in days per invoice, over the last six; needs at least two."""
    last = [capped_days(days) for days in days_late[-6:]]
    return median(
        (last[j] - last[i]) / (j - i) for i in range(len(last)) for j in range(i + 1, len(last))
    )


def drift(days_late: Sequence[int]) -> float:
    """How fast payment gets later: a week more each time is the worst (SEEDS row 31)."""
    return clamp(slope(days_late) / 7)


def exposure(months: float) -> float:
    """Money at risk, in months of average billing: two months is the worst."""
    return clamp(months / 2)


def counted_waits(
    in_time: Sequence[tuple[float, float]], late: Sequence[tuple[float, float]], half_life: float
) -> list[tuple[float, float]]:
    """Return the waits that count, as (multiple of the agreed time, age in days), capped.

    Every answer in time counts. Of the late ones, and those still open after their time, the
    longest count, as many as make it worse: one that is a little late makes no other look shorter,
    so to be silent longer never helps.
    """
    found = list(in_time)
    worst = decayed_mean(found, half_life) if found else 0.0
    rows = found
    for multiple, age in sorted(late, key=lambda row: (-row[0], row[1])):
        rows = [*rows, (min(multiple, MOST_REPLY_RATIO), age)]
        if (mean := decayed_mean(rows, half_life)) >= worst:
            found, worst = rows, mean
    return found


def silence(waits: Sequence[tuple[float, float]], half_life: float) -> float:
    """Waits as multiples of the agreed reply time; rows are (multiple, age in days)."""
    return clamp((decayed_mean(waits, half_life) - 1) / 2)


def intensity(incidents: Sequence[tuple[float, float]], hours: float, half_life: float) -> float:
    """Decayed points of incidents, (points, age) each, per 40 hours; small jobs are not inflated.

    Returned as a burden, `1 - e^(-I/6)`, so that each further incident adds less.
    """
    points = sum(points * decay(age, half_life) for points, age in incidents)
    return 1 - exp(-points * 40 / max(40.0, hours) / 6)


def insatiable(repairs: int, refused: int) -> float:
    """Repairs that were not accepted, smoothed: one refusal says little, five say much."""
    return clamp(((refused + 1) / (repairs + 4) - 0.25) / 0.5)
