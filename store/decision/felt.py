"""What check-ins say on a day: the newer ones weigh more, those older than 45 days say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from store.decision.arithmetic import decayed_mean
from store.private.model import CheckIn

FELT_WINDOW = 45

FELT_ITEMS: Mapping[str, Callable[[CheckIn], int | None]] = {
    "stress_client": lambda checkin: checkin.stress_client,
    "stress_work": lambda checkin: checkin.stress_work,
    "dread": lambda checkin: checkin.dread,
    "version": lambda checkin: checkin.version,
    "fit_communication": lambda checkin: _turned(checkin.fit_communication),
    "fit_vision": lambda checkin: _turned(checkin.fit_vision),
    "fit_direction": lambda checkin: _turned(checkin.fit_direction),
}
"""What a check-in may say, as a burden: 10 is the worst of each."""


def feelings_on(checkins: Sequence[CheckIn], day: date) -> list[tuple[CheckIn, int]]:
    """Check-ins of the last 45 days with their age; older ones are unknown (SCORING D4)."""
    aged = [(checkin, (day - checkin.at.date()).days) for checkin in checkins]
    return [(checkin, age) for checkin, age in aged if 0 <= age <= FELT_WINDOW]


def stress_pair(
    feelings: Sequence[tuple[CheckIn, int]], half_life: float
) -> tuple[float, float] | None:
    """The pair of stresses, from check-ins that gave both (SEEDS row 38)."""
    pairs = [
        (c.stress_client, c.stress_work, age)
        for c, age in feelings
        if c.stress_client is not None and c.stress_work is not None
    ]
    if not pairs:
        return None
    return (
        round(decayed_mean([(client, age) for client, _, age in pairs], half_life), 1),
        round(decayed_mean([(work, age) for _, work, age in pairs], half_life), 1),
    )


def felt_means(
    feelings: Sequence[tuple[CheckIn, int]], items: Sequence[str], half_life: float
) -> tuple[float, ...]:
    """Decayed mean of each item that was answered at all."""
    answered = [
        [(float(v), float(age)) for c, age in feelings if (v := FELT_ITEMS[item](c)) is not None]
        for item in items
    ]
    return tuple(round(decayed_mean(values, half_life), 1) for values in answered if values)


def _turned(value: int | None) -> int | None:
    """Fit is asked with 10 as good; a burden has 10 as bad."""
    return None if value is None else 10 - value
