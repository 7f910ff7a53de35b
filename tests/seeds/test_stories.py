"""Three stories told day by day: whatever is open has a next date, and the verdict is followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.docket.open_items import open_items
from store.workspace import Workspace
from tests.seeds.stories import golden, timeline, told


@pytest.mark.parametrize("name", ["silent", "ctrl", "payer"])
def test_whatever_is_open_at_the_end_of_a_story_has_a_step_with_a_date(
    name: str, tmp_path: Path
) -> None:
    last = told(name, tmp_path / "work")[-1]
    docket = Workspace.open(tmp_path / "work").docket(last.client).as_of(last.day)
    owed = {item.name for item in open_items(docket) if item.sort in ("invoice", "promise")}
    assert owed <= {step.about for step in last.steps}


def test_the_steps_lead_where_the_verdict_does(tmp_path: Path) -> None:
    for look in told("payer", tmp_path / "work"):
        kinds = [step.line.split(" ")[0] for step in look.steps]
        if look.verdict == "stop-work" and look.day.isoformat() == "2026-05-29":
            assert kinds[0] == "stop"
        if look.verdict == "walk-away" and look.day.isoformat() < "2026-11-16":
            assert kinds[0] == "end-notice"


@pytest.mark.parametrize("name", ["silent", "ctrl", "payer"])
def test_the_timeline_of_a_story_is_as_it_was_looked_at(name: str, tmp_path: Path) -> None:
    told_now = "\n".join(timeline(told(name, tmp_path / "work"))) + "\n"
    assert told_now == golden(name).read_text(encoding="utf-8"), "python -m tests.seeds.stories"
