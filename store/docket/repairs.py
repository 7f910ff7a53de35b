"""Repairs: apology, offer and what was done about one trouble are one plan with one outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from store.docket.docket import Docket
from store.docket.steps import Outcome, outcomes
from store.entries import Entry, Landed, StepData
from store.entries.kinds import weighing

_REPAIRS: Final = weighing("repair")
_DEEP: Final = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """What was done about one trouble, oldest first, and the last word on what came of it."""

    about: int
    steps: tuple[Entry, ...]
    told: Outcome | None

    @property
    def last(self) -> Entry:
        """The last thing done about it."""
        return self.steps[-1]

    @property
    def landed(self) -> Landed | None:
        """Whether it helped; None while nobody has said so of all that was done."""
        told = self.told
        if told is None or (told.day, told.seq) < (self.last.day, self.last.seq):
            return None
        return told.worked

    @property
    def by(self) -> date:
        """The day by which the last of it is done: as it was offered, or the day it was logged."""
        data = self.last.data
        named = data.effective if isinstance(data, StepData) else None
        return named or self.last.day

    @property
    def to_do(self) -> Entry | None:
        """The act that was offered with a day and not done yet, if there is one."""
        offers = [
            one
            for one in self.steps
            if one.kind != "remedy" and isinstance(one.data, StepData) and one.data.effective
        ]
        done = max((one.seq for one in self.steps if one.kind == "remedy"), default=0)
        open_ = [one for one in offers if one.seq >= done]
        return open_[-1] if open_ else None


def plans(docket: Docket) -> list[Plan]:
    """Return the repairs of a docket, each about one trouble or standing alone, oldest first."""
    known = outcomes(docket)
    found: dict[int, list[Entry]] = {}
    for one in docket.kind(*_REPAIRS):
        found.setdefault(_root(docket, one), []).append(one)
    made = []
    for about, steps in found.items():
        told = [word for one in steps for word in known.get(one.seq, ())]
        last = max(told, key=lambda word: (word.day, word.seq), default=None)
        made.append(Plan(about, tuple(steps), last))
    return made


def _root(docket: Docket, step: Entry) -> int:
    """Return the number of what a repair is about: followed from repair to repair."""
    for _ in range(_DEEP):
        link = step.link("about")
        target = docket.find(link.seq) if link else None
        if target is None or not target.counts:
            break
        if target.entry.kind not in _REPAIRS:
            return target.entry.seq
        step = target.entry
    return step.seq
