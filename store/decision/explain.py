"""What each rule counts and where its lines are: the verdict and the rank, redone by hand.

A line with `=` is a sum: what stands before it gives what stands after it. The verdict is the
gravest of the lines that are reached; nothing else is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.decision.counted import Counted
from store.decision.scale import VERDICTS
from store.decision.timeline import read_timeline
from store.decision.verdict import weighed_on
from store.decision.weigh import STEP, Weighed
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config
from store.text import few

_SHOWN = 6


def explain(docket: Docket, private: Private, config: Config) -> list[str]:
    """Return the lines of arithmetic behind `assess` of the same arguments: at most 25."""
    timeline = read_timeline(docket, private, config)
    _, weighed = weighed_on(timeline, docket.today, config.policy)
    excepted = {rule.id for rule in weighed.rules if rule.excepted is not None}
    return [
        f"{docket.client} as of {docket.today.isoformat()}",
        "",
        *(_count(one, one.id in excepted) for one in weighed.counted),
        "",
        *_ending(weighed, nothing=weighed.verdict == "not-enough"),
    ]


def _count(one: Counted, excepted: bool) -> str:
    """Return what a rule counts, where its lines are, and the entries it counts if it speaks."""
    lines = ", ".join(f"{said} from {at:g}" for at, said in one.lines) or "asks for nothing"
    aside = ", set aside" if excepted else ""
    shown = few([f"#{seq}" for seq in one.evidence], _SHOWN)
    numbers = f"  [{shown}]" if one.verdict and shown else ""
    return f"{one.id:<4}{one.what}: {one.sum} = {one.value:g}; {lines}{aside}{numbers}"


def _ending(weighed: Weighed, *, nothing: bool) -> Iterator[str]:
    if nothing:
        yield "Verdict: not-enough, for nothing is on record"
        return
    yield f"Verdict: {weighed.verdict}, the gravest of the lines that are reached"
    at = VERDICTS.index(weighed.verdict)
    told = [one for one in weighed.counted if one.points]
    total = " + ".join(f"{one.points:g}" for one in told) or "0"
    yield f"Counted, days as months of 30: {total} = {weighed.points:g}"
    yield f"Rank: {STEP} * {at} + {min(STEP - 1.0, weighed.points):g} = {weighed.rank:g}"
