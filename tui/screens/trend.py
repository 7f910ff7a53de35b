"""How the score moved, as a picture: a line of marks, and a chart with the verdicts under it."""

from __future__ import annotations

from collections.abc import Sequence

from store.dates import day_in_full
from store.decision import VERDICT
from store.decision.trend import Point, turns
from store.settings.policy import Policy
from tui.screens.rows import Row, paragraph

_BLOCKS = " ▁▂▃▄▅▆▇█"
_LETTERS = {"keep": "k", "set-boundaries": "b", "stop-work": "s", "walk-away": "w"}
_STEPS = (100, 80, 60, 40, 20)  # the upper end of each row of the chart
_AXIS = 6


def sparkline(points: Sequence[Point]) -> str:
    """Return the scores as a mark each, oldest first; `·` where nothing was known."""
    return "".join("·" if one.score is None else _mark(one.score / 100) for one in points)


def chart_rows(points: Sequence[Point], policy: Policy, width: int) -> list[Row]:
    """Return the scores week by week as a chart, the verdicts under it, and when they turned."""
    wide = 2 if width >= _AXIS + 2 * len(points) else 1
    shown = points[-max(1, (width - _AXIS) // wide) :]
    rows = []
    for top in _STEPS:
        marks = "".join(_cell(one, top) * wide for one in shown)
        rows.append(Row.of((f"{top:4} │", "dim"), marks))
    verdicts = "".join(_LETTERS.get(one.verdict, "·").ljust(wide) for one in shown)
    rows.append(Row.of(("     └", "dim"), (verdicts, "bold")))
    first, last = day_in_full(shown[0].day), day_in_full(shown[-1].day)
    rows.append(Row.of(" " * _AXIS, f"{first} to {last}"))
    lines = f"By the score alone a talk from {policy.talk_from:g}, leaving from "
    rows += paragraph(f"{lines}{policy.leave_from:g}.", width, style="dim")
    for point in reversed(turns(points)):
        score = "" if point.score is None else f", score {point.score:.1f}"
        rows.append(Row.of(f"{day_in_full(point.day)}: {VERDICT[point.verdict].words}{score}"))
    note = "As the log reads now: what was logged late counts from the day it occurred."
    return [*rows, Row(), *paragraph(note, width, style="dim")]


def _cell(point: Point, top: int) -> str:
    if point.score is None:
        return " "
    filled = (point.score - (top - 20)) / 20
    return " " if filled <= 0 else _mark(min(1.0, filled))


def _mark(share: float) -> str:
    """Return a block for `share`, 0 to 1; anything above 0 shows."""
    return _BLOCKS[min(8, max(1, round(share * 8)))]
