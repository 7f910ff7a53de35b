"""Builds a workspace for every case of a file, assesses it on its day, and gathers the figures."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from store.config import Config
from store.decision import assess
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


class Report(Figures):
    """Every case, our figures, and those of the rule of thumb."""

    cases: list[Judged]
    baseline: Figures


def read_cases(path: Path) -> list[Case]:
    """Return the cases in the JSON Lines file at `path`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def run(path: Path) -> Report:
    """Assess every case in the file at `path`."""
    cases = [judge(case) for case in read_cases(path)]
    ours = figures([(case["label"], case["verdict"]) for case in cases])
    theirs = figures([(case["label"], case["baseline"]) for case in cases])
    return {"cases": cases, **ours, "baseline": theirs}


def judge(case: Case) -> Judged:
    """Assess one case in a workspace of its own, which is thrown away after."""
    with TemporaryDirectory(prefix="docket-case-") as folder:
        docket, private = write_case(Path(folder) / "workspace", case)
        found = assess(docket, private, Config())
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


def figures(pairs: list[tuple[str, str]]) -> Figures:
    """Return the agreement of (label, verdict) pairs."""
    kappa = weighted_kappa(pairs)
    return {
        "exact": round(exact(pairs), 4),
        "within_one": round(within_one(pairs), 4),
        "kappa": None if kappa is None else round(kappa, 4),
    }
