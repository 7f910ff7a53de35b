"""The vent pad: what is typed there is seen while it is typed, and is nowhere afterwards."""

from __future__ import annotations

import resource

import pytest
from textual import events

from store.workspace import Workspace
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.screens.main import MainScreen
from tui.screens.vent import VentScreen
from tui.widgets.vent_pad import VentPad

MARK = "zqxvent"


async def test_what_is_typed_is_seen_and_gone_on_leaving(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("V", "enter")
        await settled(pilot)
        assert isinstance(app.screen, VentScreen)
        await typing(pilot, f"I am sick of {MARK}")
        await pilot.press("enter")
        app.post_message(events.Paste("pasted\r\nas well"))
        await settled(pilot)
        assert MARK in text_of(app) and "as well" in text_of(app)
        pad = app.screen.pad
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)
        assert pad.empty and MARK not in text_of(app)
        assert "It is gone" in text_of(app) and app.clipboard == "" and not workspace.drafts.kept()


async def test_every_key_is_written_and_runs_nothing(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("V", "enter")
        await settled(pilot)
        await typing(pilot, "nq:?dV/x123")
        await pilot.press("tab", "ctrl+s", "up", "ctrl+z", "ctrl+o", "f1", "ctrl+q")
        await settled(pilot)
        assert isinstance(app.screen, VentScreen) and "nq:?dV/x123" in text_of(app)
        await pilot.press("ctrl+c")
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_back_takes_a_letter_a_word_or_all(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("V", "enter")
        await settled(pilot)
        app.post_message(events.Paste("one two រោង three"))
        await settled(pilot)
        await pilot.press("ctrl+w", "backspace", "backspace")
        await settled(pilot)
        assert "one two រ▌" in text_of(app) and "three" not in text_of(app)
        await pilot.press("ctrl+u")
        await settled(pilot)
        assert isinstance(app.screen, VentScreen) and app.screen.pad.empty


async def test_a_long_text_shows_its_end(opened: Opened, typing: Typing) -> None:
    async with opened((60, 20)) as (app, pilot):
        await pilot.press("V", "enter")
        await settled(pilot)
        app.post_message(events.Paste("\n".join(f"line {number}" for number in range(99))))
        await settled(pilot)
        assert "line 98" in text_of(app) and "line 3\n" not in text_of(app)


async def test_a_failure_on_the_pad_tells_nothing_of_its_text(opened: Opened) -> None:
    with pytest.raises(RuntimeError, match="nothing of it was kept") as failed:  # the pilot's own
        async with opened() as (app, pilot):
            await pilot.press("V", "enter")
            await settled(pilot)
            app._handle_exception(ValueError(MARK))
    assert app.failure is failed.value
    assert failed.value.__context__ is None and failed.value.__cause__ is None


def test_the_pad_switches_core_dumps_off_before_the_first_key() -> None:
    VentPad()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
