"""How the score moved: the docket assessed as it stood on earlier days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from store.config import Config
from store.decision import Assessment, assess
from store.docket import Docket
from store.private import Private
from tui.safe_text import fit
from tui.screens.correct_fields import day_in_full
from tui.screens.decision_view import WORDS, ruler
from tui.screens.lines import paragraph
from tui.screens.rows import Row

_WEEKS_AGO = (0, 2, 4, 8, 12, 26)


def assessed_then(docket: Docket, kept: Private, config: Config) -> list[Assessment]:
    """Return the assessments of today and of days up to half a year back, newest first."""
    days = [docket.today - timedelta(weeks=weeks) for weeks in _WEEKS_AGO]
    known = [day for day in days if docket.started is None or day >= docket.started]
    return [assess(docket.as_of(day), kept, config) for day in known]


def trend_rows(assessments: Iterable[Assessment], width: int) -> list[Row]:
    """Return one line for each day: the verdict then, and the score on a ruler."""
    rows = []
    for one in assessments:
        start = f"{fit(day_in_full(one.as_of), 15)}  {fit(WORDS[one.verdict], 21)}"
        if one.score is None:
            rows.append(Row.of(start))
            continue
        drawn = ruler(one.score, one.low, one.high, max(10, min(50, width - 45)))
        rows.append(Row.of(start, (f"{one.score:5.1f}", "bold"), f" {drawn}"))
    note = "As the log reads now: what was logged late counts from the day it occurred."
    return [*rows, Row(), *paragraph(note, width, style="dim")]
