"""Builds a workspace for every case of a file, assesses it on its day, and gathers the figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from store.decision import Assessment, assess
from store.settings.config import Config
from store.settings.policy import SETTINGS, Policy
from tests.calibration.agreement import exact, rule_of_thumb, weighted_kappa, within_one
from tests.calibration.convert import Case, write_case


class Judged(TypedDict):
    """One case: its label, our verdict and score, the rules that spoke, the rule of thumb's."""

    id: str
    label: str
    verdict: str
    score: float | None
    rules: list[str]
    provisional: bool
    coverage: float
    baseline: str


class Figures(TypedDict):
    """Agreement with the labels, 0 to 1; kappa is quadratic-weighted."""

    exact: float
    within_one: float
    kappa: float | None


class Compared(TypedDict):
    """Our figures and the rule of thumb's on the same cases."""

    docket: Figures
    baseline: Figures


class Report(Figures):
    """Every case, our figures, those of the rule of thumb, and both on changed cases."""

    cases: list[Judged]
    baseline: Figures
    variants: dict[str, Compared]
    numbers: dict[str, float]


def read_cases(path: Path) -> list[Case]:
    """Return the cases in the JSON Lines file at `path`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def run(path: Path) -> Report:
    """Assess every case in the file at `path`; once, however often it is asked for."""
    told = read_cases(path)
    cases = [judge(case) for case in told]
    return {
        "cases": cases,
        **_ours(cases),
        "baseline": _theirs(cases),
        "variants": {name: _compared(map(change, told)) for name, change in VARIANTS.items()},
        "numbers": dict(_numbers(told)),
    }


def judge(case: Case, policy: Policy | None = None) -> Judged:
    """Assess one case in a workspace of its own, which is thrown away after."""
    (judged,) = _judge_by(case, [policy or Policy()])
    return judged


def _judge_by(case: Case, policies: Sequence[Policy]) -> list[Judged]:
    """Assess one case by each of the policies: it is told once, and read by all of them."""
    with TemporaryDirectory(prefix="docket-case-") as folder:
        docket, private = write_case(Path(folder) / "workspace", case)
        return [
            _judged(case, assess(docket, private, Config(policy=policy))) for policy in policies
        ]


def _judged(case: Case, found: Assessment) -> Judged:
    return {
        "id": str(case.get("id")),
        "label": str(case.get("label")).replace("_", "-"),
        "verdict": found.verdict,
        "score": found.score,
        "rules": [rule.id for rule in found.rules],
        "provisional": found.provisional,
        "coverage": found.coverage,
        "baseline": rule_of_thumb(case["facts"]),
    }


def unfelt(case: Case) -> Case:
    """Return the case without what its reader felt: check-ins and fit."""
    return {**case, "facts": {**case["facts"], "checkins": [], "fit": None}}


def shifted(case: Case, by: int) -> Case:
    """Return the case with every severity moved `by` steps of its scale of 1 to 5."""
    incidents = [
        {**one, "severity": None if one["severity"] is None else one["severity"] + by}
        for one in case["facts"].get("incidents") or ()
    ]
    return {**case, "facts": {**case["facts"], "incidents": incidents}}


VARIANTS: dict[str, Callable[[Case], Case]] = {
    "without check-ins and fit": unfelt,
    "severities one lower": partial(shifted, by=-1),
    "severities one higher": partial(shifted, by=1),
}
"""What the cases are also told as, since their reader knew the outcome (see README.md here)."""


def _compared(cases: Iterable[Case]) -> Compared:
    judged = [judge(case) for case in cases]
    return {"docket": _ours(judged), "baseline": _theirs(judged)}


def _numbers(cases: Sequence[Case]) -> Iterator[tuple[str, float]]:
    """Yield the share exact with each number of the policy a quarter lower and higher."""
    moved = dict(_moved_policies())
    told = [_judge_by(case, list(moved.values())) for case in cases]
    for name, judged in zip(moved, zip(*told, strict=True), strict=True):
        yield name, _ours(judged)["exact"]


def _moved_policies() -> Iterator[tuple[str, Policy]]:
    for name, value in Policy()._asdict().items():
        setting = SETTINGS[name]
        for word, factor in (("-25%", 0.75), ("+25%", 1.25)):
            moved = min(setting.high, max(setting.low, round(value * factor)))
            yield f"{name} {word}", Policy(**{name: moved})


def _ours(cases: Sequence[Judged]) -> Figures:
    return figures([(case["label"], case["verdict"]) for case in cases])


def _theirs(cases: Sequence[Judged]) -> Figures:
    return figures([(case["label"], case["baseline"]) for case in cases])


def figures(pairs: list[tuple[str, str]]) -> Figures:
    """Return the agreement of (label, verdict) pairs."""
    kappa = weighted_kappa(pairs)
    return {
        "exact": round(exact(pairs), 4),
        "within_one": round(within_one(pairs), 4),
        "kappa": None if kappa is None else round(kappa, 4),
    }
