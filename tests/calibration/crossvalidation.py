"""Nested cross-validation: a model is fitted to some of the cases and judged by the others.

Whatever a learner chooses, it chooses on the cases it is given, by folds of its own where it has to
weigh two settings; so no case has a say in its own verdict. Seeded: the same cases give the same
figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import NamedTuple, TypeVar

from store.decision import VERDICTS
from tests.calibration.agreement import weighted_kappa
from tests.calibration.errors import TRUTHS, Truth
from tests.calibration.known import TITLES, Known, of_set

Judge = Callable[[Known], str]
Setting = TypeVar("Setting")
OUTER = 6
INNER = 4
SEEDS = (1, 2, 3, 4, 5)
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Learner:
    """A kind of model: its name, and how one of it is fitted to cases."""

    name: str
    fit: Callable[[Sequence[Known]], Judge]


class Share(NamedTuple):
    """A share of cases, and the 95 % interval that resampling the cases gives it."""

    share: float
    low: float
    high: float


def folds(cases: Sequence[Known], count: int, seed: int) -> list[list[Known]]:
    """Return the cases dealt into `count` folds, each label of each set spread evenly."""
    dealt: list[list[Known]] = [[] for _ in range(count)]
    random = Random(seed)
    strata: dict[tuple[str, str], list[Known]] = {}
    for case in cases:
        strata.setdefault((case.set, case.label), []).append(case)
    turn = 0
    for key in sorted(strata):
        random.shuffle(strata[key])
        for case in strata[key]:
            dealt[turn % count].append(case)
            turn += 1
    return dealt


def held_out(learner: Learner, cases: Sequence[Known], seed: int) -> dict[str, str]:
    """Return the verdict on every case by a model that was fitted without its fold."""
    said = {}
    for fold in folds(cases, OUTER, seed):
        ids = {case.id for case in fold}
        judge = learner.fit([case for case in cases if case.id not in ids])
        said.update({case.id: judge(case) for case in fold})
    return said


def chosen(
    settings: Iterable[Setting],
    cases: Sequence[Known],
    fit: Callable[[Setting, Sequence[Known]], Judge],
) -> Setting:
    """Return the setting whose models err least on inner folds; of equals the first."""
    parts = folds(cases, INNER, seed=0)

    def cost_of(setting: Setting) -> float:
        total = 0.0
        for fold in parts:
            ids = {case.id for case in fold}
            judge = fit(setting, [case for case in cases if case.id not in ids])
            total += cost(fold, judge)
        return total

    return min(settings, key=cost_of)


def cost(cases: Sequence[Known], judge: Judge) -> float:
    """Return how far the verdicts are from label and panel: 1 for a miss, 1 more for a far one."""
    total = 0.0
    for case in cases:
        rank = VERDICT_RANK[judge(case)]
        for truth in TRUTHS.values():
            true = truth(case)
            if true is not None:
                away = abs(rank - VERDICT_RANK[true])
                total += (away > 0) + (away > 1)
    return total


VERDICT_RANK = {str(verdict): rank for rank, verdict in enumerate(VERDICTS)}


def share(cases: Sequence[Known], runs: Sequence[dict[str, str]], truth: Truth, away: int) -> Share:
    """Return the mean share of verdicts at most `away` steps from the truth, over the runs.

    The interval is of resampled cases: what other cases of the same kinds would give.
    """
    hits = []
    for case in cases:
        true = truth(case)
        if true is None:
            continue
        ranks = [VERDICT_RANK[run[case.id]] for run in runs]
        hits.append(fmean(abs(rank - VERDICT_RANK[true]) <= away for rank in ranks))
    random = Random(0)
    drawn = sorted(fmean(random.choices(hits, k=len(hits))) for _ in range(DRAWS))
    return Share(fmean(hits), drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975) - 1])


def table(cases: Sequence[Known], learners: Sequence[Learner]) -> str:
    """Return the figures of every learner as text: fitted to all cases, and held out."""
    said = {
        learner.name: (
            [_by_id(learner.fit(cases), cases)],
            [held_out(learner, cases, seed) for seed in SEEDS],
        )
        for learner in learners
    }
    names = ("label", "near", "panel*", "near")
    head = "".join(f"{name:>7}" for name in names)
    head += "".join(f"   {name:<19}near               kappa" for name in names[::2])
    lines = [
        f"{OUTER}-fold cross-validation, {len(SEEDS)} times: no case has a say in its own verdict",
        f"  {'':<24}{'  in sample':<31}held out, with the 95 % interval of resampled cases",
    ]
    for name in TITLES:
        told = of_set(cases, name)
        lines += ["", TITLES[name], f"  {'':<24}{head}".rstrip()]
        lines += [f"  {who:<24}{_row(told, *runs)}" for who, runs in said.items()]
    return "\n".join(lines)


def _by_id(judge: Judge, cases: Sequence[Known]) -> dict[str, str]:
    return {case.id: judge(case) for case in cases}


Runs = Sequence[dict[str, str]]


def _row(cases: Sequence[Known], whole: Runs, held: Runs) -> str:
    asked = [(truth, away) for truth in TRUTHS.values() for away in (0, 1)]
    row = "".join(f"{share(cases, whole, *one).share:>7.3f}" for one in asked)
    for truth, away in asked:
        found = share(cases, held, truth, away)
        row += f"   {found.share:.3f} ({found.low:.2f}-{found.high:.2f})"
        row += f"{kappa(cases, held, truth):>7}" if away else ""
    return row


def kappa(cases: Sequence[Known], runs: Runs, truth: Truth) -> str:
    """Return the mean weighted kappa over the runs; a dash where chance explains it all."""
    told = [(case.id, true) for case in cases if (true := truth(case)) is not None]
    found = [weighted_kappa([(true, run[name]) for name, true in told]) for run in runs]
    known = [one for one in found if one is not None]
    return f"{fmean(known):.2f}" if known else "-"
