"""The pictures in `screenshots/`: `python -m tests.docs.screenshots` makes them from the sample.

Each scenario gives an SVG and a text twin. Time and ids are fixed, so the same program gives the
same bytes; `stale()` tells which pictures today's program would draw otherwise.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import tempfile
from contextlib import chdir
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "screenshots"
NOW = datetime(2026, 11, 22, 10, 20, tzinfo=timezone(timedelta(hours=1)))


@dataclass(frozen=True, slots=True)
class Scenario:
    """A picture: its name, the terminal's size, and the keys that lead to it."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()


def _typed(text: str) -> tuple[str, ...]:
    return tuple("space" if sign == " " else sign for sign in text)


_OSTRELLE = ("j", "j", "j")  # the client who says "keep working, I'll pay you eventually"
_PAY_LATER = (*_OSTRELLE, "2", *["j"] * 8)
_LINE = "late OE-05 still unpaid !2 @yesterday +0.5h"

SCENARIOS = (
    Scenario("main-80x24", (80, 24), _PAY_LATER),
    Scenario("main-120x40", (120, 40), _PAY_LATER),
    Scenario("main-60x20", (60, 20)),
    Scenario("capture-80x24", (80, 24), (*_OSTRELLE, "n", *_typed(_LINE))),
    Scenario("gut-80x24", (80, 24), ("j", "j", "j", "j", "d")),
    Scenario("decision-80x24", (80, 24), (*_OSTRELLE, "d", "0")),
    Scenario("decision-120x40", (120, 40), (*_OSTRELLE, "d", "0")),
    Scenario("trend-80x24", (80, 24), (*_OSTRELLE, "d", "0", "t")),
    Scenario("exception-80x24", (80, 24), (*_OSTRELLE, "d", "0", *["j"] * 5, "m")),
    Scenario("past-80x24", (80, 24), (*_OSTRELLE, "h")),
    Scenario("portfolio-80x24", (80, 24), ("p",)),
    Scenario("checkin-80x24", (80, 24), (*_OSTRELLE, "i", "8", "3")),
    Scenario("record-80x24", (80, 24), (*_OSTRELLE, "x")),
    Scenario("help-80x24", (80, 24), ("question_mark",)),
)


async def draw(scenario: Scenario, workspace_folder: Path) -> tuple[str, str]:
    """Return the SVG and the text of one scenario."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from rich.console import Console

    from store.workspace import Workspace
    from tests.tui.waiting import settled, without_the_clock
    from tui.app import DocketApp

    without_the_clock()
    app = DocketApp(Workspace.open(workspace_folder, clock=lambda: NOW))
    async with app.run_test(size=scenario.size) as pilot:
        await settled(pilot)
        await pilot.press(*scenario.keys)
        await settled(pilot)
        svg = app.export_screenshot(title="docket", simplify=True)
        console = Console(
            width=scenario.size[0], height=scenario.size[1], file=io.StringIO(), record=True
        )
        console.print(app.screen._compositor.render_update(full=True))
        text = console.export_text()
    lines = [line.rstrip() for line in text.splitlines()]
    return svg, "\n".join(lines).rstrip("\n") + "\n"


async def draw_all() -> dict[str, str]:
    """Return every picture by file name."""
    from store.sample import write_sample

    files = {}
    with chdir("/tmp"), tempfile.TemporaryDirectory() as folder:  # no picture shows a home folder
        root = Path(folder) / "sample"
        write_sample(root, NOW)
        for scenario in SCENARIOS:
            svg, text = await draw(scenario, root)
            files[f"{scenario.name}.svg"] = svg
            files[f"{scenario.name}.txt"] = text
    return files


def stale(files: dict[str, str]) -> list[str]:
    """Return the names of pictures that are missing, differ, or are not made by any scenario."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.*")}
    return sorted(name for name in files.keys() | kept.keys() if files.get(name) != kept.get(name))


def main() -> int:
    """Write the pictures, or with `--check` name the stale ones and return 1."""
    files = asyncio.run(draw_all())
    if "--check" in sys.argv[1:]:
        print("\n".join(stale(files)))
        return 1 if stale(files) else 0
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.*"):
        path.unlink()
    for name, content in files.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
