"""Where verdicts and labels part: by verdict, by what it rests on, by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from store.decision import VERDICTS
from store.decision.sure import ground
from tests.calibration.known import Known

Truth = Callable[[Known], str | None]


class Tally(NamedTuple):
    """Of so many cases: how many verdicts are the same, milder, or graver than the truth."""

    cases: int
    same: int
    milder: int
    graver: int


TRUTHS: dict[str, Truth] = {"label": lambda case: case.label, "panel": lambda case: case.panel}


def tally(cases: Iterable[Known], truth: Truth) -> Tally:
    """Return how the model stands to the truth on those of the cases that have one."""
    steps = [
        _rank(case.verdict) - _rank(true) for case in cases if (true := truth(case)) is not None
    ]
    same, milder = steps.count(0), sum(step < 0 for step in steps)
    return Tally(len(steps), same, milder, len(steps) - same - milder)


def confusion(cases: Sequence[Known], truth: Truth) -> dict[str, dict[str, int]]:
    """Return for each true verdict how often the model says each of them."""
    return {
        true: {
            said: sum(truth(case) == true and case.verdict == said for case in cases)
            for said in VERDICTS
        }
        for true in VERDICTS
    }


def by_ground(cases: Sequence[Known]) -> dict[str, list[Known]]:
    """Return the cases by what the verdict rests on, of those grounds that have any."""
    groups: dict[str, list[Known]] = {}
    for case in cases:
        groups.setdefault(ground(case.weighed), []).append(case)
    return dict(sorted(groups.items()))


def by_rule(cases: Sequence[Known]) -> dict[str, list[Known]]:
    """Return for every rule that speaks anywhere, in order, the cases that it speaks in.

    `silent` stands for those in which none does.
    """
    groups: dict[str, list[Known]] = {}
    for case in cases:
        names = [rule.id for rule in case.weighed.rules]
        for name in names or ["silent"]:
            groups.setdefault(name, []).append(case)
    return dict(sorted(groups.items(), key=lambda group: _order(group[0])))


def _order(name: str) -> tuple[int, str]:
    return (int(name[1:]), name) if name[1:].isdigit() else (99, name)


def _rank(verdict: str) -> int:
    return [str(known) for known in VERDICTS].index(verdict)
