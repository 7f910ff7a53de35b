"""A word of the user's own for a kind: read, completed and shown in the app."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from store.workspace import Workspace
from tests.tui.app.conftest import Opened, Typing
from tests.tui.app.test_capture_bar import reading
from tests.tui.app.test_main import shown
from tui.widgets.log import LogPane


@pytest.fixture(autouse=True)
def own(workspace: Workspace) -> None:
    text = 'ask_checkin = false\n[kinds]\nseagull = "micro-change"\n'
    (workspace.root / "config.toml").write_text(text, encoding="utf-8")
    vars(workspace).pop("settings", None)  # it is read once


async def test_from_tab_to_saved_to_shown(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "seag")
        await pilot.press("tab")
        assert app.screen.query_one(Input).value == "seagull "
        await typing(pilot, "moved a dot !2")
        assert reading(app) == "✓ Acme Media: seagull (micro change), severity 2, now: moved a dot"
        await pilot.press("enter")
        await pilot.pause()
        assert shown(app, LogPane)[0].startswith("▌22 Nov seagull  !! moved a dot")
        assert "#7 seagull (micro change)  22 Nov 10:30" in app.main.panes.over["entry"].text
    entry = workspace.docket("acme").entries[-1]
    assert (entry.kind, entry.called) == ("micro-change", "seagull")


async def test_a_wide_log_says_what_it_counts_as(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    workspace.log(workspace.draft("acme", "micro-change", "moved a dot", called="seagull"))
    async with opened((160, 40)) as (app, pilot):
        assert "22 Nov seagull      ! micro change: moved a dot" in shown(app, LogPane)[0]
        await pilot.press("2", "/")
        await typing(pilot, "seagull")
        await pilot.press("enter")
        assert len(shown(app, LogPane)) == 1
