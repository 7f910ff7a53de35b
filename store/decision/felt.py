"""What check-ins say on a day: their plain mean; those older than 45 days say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from statistics import fmean

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


def feelings_on(checkins: Sequence[CheckIn], day: date) -> list[CheckIn]:
    """Return the check-ins of the last 45 days; older ones are unknown."""
    return [one for one in checkins if 0 <= (day - one.at.date()).days <= FELT_WINDOW]


def stress_pair(feelings: Sequence[CheckIn]) -> tuple[float, float] | None:
    """Return the pair of stresses, from check-ins that gave both (advice 38)."""
    pairs = [
        (one.stress_client, one.stress_work)
        for one in feelings
        if one.stress_client is not None and one.stress_work is not None
    ]
    if not pairs:
        return None
    client, work = zip(*pairs, strict=True)
    return round(fmean(client), 1), round(fmean(work), 1)


def felt_means(feelings: Sequence[CheckIn], items: Sequence[str]) -> tuple[float, ...]:
    """Return the mean of each item that was answered at all."""
    answered = [
        [value for one in feelings if (value := FELT_ITEMS[item](one)) is not None]
        for item in items
    ]
    return tuple(round(fmean(values), 1) for values in answered if values)


def _turned(value: int | None) -> int | None:
    """Fit is asked with 10 as good; a burden has 10 as bad."""
    return None if value is None else 10 - value
