"""Where verdicts and labels part: by verdict, by leading question, by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from store.decision import VERDICTS
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


def by_question(cases: Sequence[Known]) -> dict[str, list[Known]]:
    """Return the cases by the question that burdens most in them, of those that have one."""
    groups: dict[str, list[Known]] = {}
    for case in cases:
        groups.setdefault(leading(case), []).append(case)
    return dict(sorted(groups.items()))


def leading(case: Known) -> str:
    """Return the question with the heaviest burden; `none` where none is above an ordinary one."""
    burdens = case.weighed.by_question
    heaviest = max(burdens, key=lambda key: burdens[key])
    return heaviest if burdens[heaviest] > 0.1 else "none"


def by_rule(cases: Sequence[Known]) -> dict[str, list[Known]]:
    """Return for every rule that speaks anywhere, in order, the cases that it speaks in.

    `score` stands for the cases in which the score asks for more than to keep the client, `silent`
    for those in which neither it nor any rule does.
    """
    groups: dict[str, list[Known]] = {}
    for case in cases:
        names = [rule.id for rule in case.weighed.rules]
        if case.weighed.by_score != "keep":
            names.append("score")
        for name in names or ["silent"]:
            groups.setdefault(name, []).append(case)
    return dict(sorted(groups.items(), key=lambda group: _order(group[0])))


def _order(name: str) -> tuple[int, str]:
    return (int(name[1:]), name) if name[1:].isdigit() else (99, name)


def _rank(verdict: str) -> int:
    return [str(known) for known in VERDICTS].index(verdict)
