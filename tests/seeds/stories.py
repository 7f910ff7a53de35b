"""Tells a story through the command line, day by day, and writes down what is next on each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from store.overview.standing import scene_of
from store.playbook.next_steps import next_steps
from store.playbook.step import NextStep
from store.workspace import Workspace
from tui.cli.run import run

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True)
class Look:
    """What was next for a client on a day of a story."""

    day: date
    client: str
    verdict: str
    steps: tuple[NextStep, ...]


def lines(name: str) -> Iterator[tuple[date, str]]:
    """Yield the days of a story with what is typed, or asked, on each."""
    for line in (STORIES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            day, typed = line.split(None, 1)
            yield date.fromisoformat(day), typed


def told(name: str, root: Path) -> list[Look]:
    """Return every look at what is next in a story, typed into a workspace at `root`."""
    found = []
    for day, typed in lines(name):
        now = datetime.combine(day, time(10), UTC)
        if typed.startswith("?"):
            found.append(look(Workspace.open(root, clock=partial(_stands, now)), typed[1:].strip()))
            continue
        words = [str(root.parent / "out") if w == "out" else w for w in shlex.split(typed)[1:]]
        status = run(
            ["--workspace", str(root), *words],
            open_app=lambda make: 1,
            clock=partial(_stands, now),
        )
        assert status in (0, 1), typed  # a refusal is a part of the story
    return found


def _stands(now: datetime) -> datetime:
    return now


def look(workspace: Workspace, client: str) -> Look:
    """Return what is next for a client on the workspace's day."""
    scene = scene_of(workspace.docket(client), workspace)
    return Look(scene.today, client, scene.assessment.verdict, next_steps(scene))


def timeline(looks: list[Look]) -> Iterator[str]:
    """Yield a story's looks as text: the day, the verdict, and the steps with their days.

    What waits behind another step is one line, with what that is.
    """
    for one in looks:
        yield f"{one.day}  {one.client}: {one.verdict}"
        for step in one.steps:
            if step.under:
                yield f"      behind {step.under}: {step.due} {step.what}"
                continue
            yield f"    {step.due}  {step.what}"
            yield f"                {step.why}"
            yield f"                {step.command}"


def golden(name: str) -> Path:
    """Return the file that holds the timeline of a story."""
    return STORIES / f"{name}.golden"


if __name__ == "__main__":  # python -m tests.seeds.stories writes the timelines anew
    import tempfile

    for name in sorted(path.stem for path in STORIES.glob("*.txt")):
        with tempfile.TemporaryDirectory() as folder:
            looks = told(name, Path(folder) / "work")
        golden(name).write_text("\n".join(timeline(looks)) + "\n", encoding="utf-8")
