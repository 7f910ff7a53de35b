"""How rank and verdict moved: the docket assessed week by week, as it is known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from store.decision.model import Stage
from store.decision.scale import Verdict
from store.decision.timeline import read_timeline
from store.decision.verdict import weighed_on
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config

WEEKS = 26


class Point(NamedTuple):
    """What a day added up to: `score` is None while nothing was known."""

    day: date
    verdict: Verdict
    score: float | None
    rung: Stage


def trend(docket: Docket, private: Private, config: Config, weeks: int = WEEKS) -> list[Point]:
    """Return one point a week, oldest first, ending on the docket's day; none before its start.

    Each is what `docket decide --as-of` says of that day, by the terms and bills of today. What
    was logged late counts from the day it occurred.
    """
    timeline = read_timeline(docket, private, config)
    points = []
    for week in range(weeks, -1, -1):
        day = docket.today - timedelta(weeks=week)
        if docket.started is None or day < docket.started:
            continue
        _, weighed = weighed_on(timeline, day, config.policy)
        score = None if weighed.verdict == "not-enough" else weighed.rank
        points.append(Point(day, weighed.verdict, score, weighed.money.rung))
    return points


def standing_since(points: Sequence[Point]) -> date | None:
    """Return the first day, by weeks, from which the verdict of today has stood without a break."""
    since = None
    for point in reversed(points):
        if point.verdict != points[-1].verdict:
            break
        since = point.day
    return since


def turns(points: Sequence[Point]) -> list[Point]:
    """Return the points at which the verdict became another, the first one included."""
    return [
        point
        for before, point in zip([None, *points], points, strict=False)
        if before is None or before.verdict != point.verdict
    ]
