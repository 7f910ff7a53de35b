"""Assessing a docket beside reading it: a verdict may cost less than the look it is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from store.decision import assess
from store.decision.trend import trend
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config
from store.workspace import Workspace
from tests.benchmarks.figures import Claim, Section, interleaved
from tests.benchmarks.fixture import START, write_workspace
from tests.benchmarks.reading import timed

LOAD = "read every entry"
ASSESS = "assess, entries read"


def assessing(folder: Path, entries: int, rounds: int) -> Section:
    """Compare an assessment of a docket of so many entries with reading them, in CPU time."""
    root = write_workspace(folder / f"assess-{entries}", {"acme": entries}).root
    read = list(Workspace.open(root).entries("acme"))
    day = max(entry.day for entry in read)
    assert day > START.date()

    def fresh() -> Docket:  # nothing folded yet, as after reading
        return Docket.of("acme", read, day)

    subjects: dict[str, Callable[[], object]] = {
        LOAD: lambda: list(Workspace.open(root).entries("acme")),
        ASSESS: lambda: assess(fresh(), Private(), Config()),
        "half a year of weeks": lambda: trend(fresh(), Private(), Config()),
    }

    figures = interleaved({name: timed(work) for name, work in subjects.items()}, rounds)
    title = f"Assess a docket of {entries:,} entries (CPU time)"
    return Section(title, figures, [Claim(ASSESS, LOAD, 1), Claim("half a year of weeks", LOAD)])
