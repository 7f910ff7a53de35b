"""The list of next steps by key: to the entry, to the letter, done, and put off."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from store.index import summary
from store.workspace import Workspace
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.screens.letter import LetterScreen
from tui.screens.main import MainScreen
from tui.screens.steps import StepsScreen
from tui.widgets.status import StatusLine


async def test_n_lists_what_is_due_first(opened: Opened) -> None:
    async with opened() as (app, pilot):
        assert "3 due today" in app.main.query_one(StatusLine).facts
        assert "end it       Acme Me…" in text_of(app)
        await pilot.press("N")
        await settled(pilot)
        shown = text_of(app)
        assert shown.index(" Today") < shown.index("today  Acme Media ")
        assert "Take INV-42" not in shown
        assert "INV-42" in shown


async def test_enter_goes_to_the_entry_the_step_rests_on(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("N")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, StepsScreen) and screen.selected
        seq = screen.selected.evidence[0]
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)
        selected = app.main.log_pane.selected
        assert selected and selected.seq == seq


async def test_the_letter_asks_for_what_it_lacks_and_is_copied(
    opened: Opened, workspace: Workspace, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (app, pilot):
        copied: list[str] = []
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await pilot.press("N")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, StepsScreen)
        while screen.selected and screen.selected.about != "INV-42":
            await pilot.press("j")
        await pilot.press("l")
        await settled(pilot)
        letter = app.screen
        assert isinstance(letter, LetterScreen)
        before = len(workspace.docket("acme").entries)
        while letter.query(Input):
            await typing(pilot, "said")
            await pilot.press("enter")
        assert not letter.letter.missing
        await pilot.press("y")
        assert "INV-42" in copied[0] and "<" not in copied[0]
        assert len(workspace.docket("acme").entries) == before


async def test_done_logs_the_step_with_its_link_and_moves_it_on(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("N")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, StepsScreen)
        while screen.selected and screen.selected.about != "INV-42":
            await pilot.press("j")
        due = screen.selected.due if screen.selected else None
        await pilot.press("s")
        assert app.screen.query_one(Input).value == "notice INV-42: EUR 4,210.00 open"
        await pilot.press("enter")
        await settled(pilot)
        entry = workspace.docket("acme").entries[-1]
        assert (entry.kind, entry.refs.invoice) == ("notice", "INV-42")
        [now] = [step for step in screen.steps if step.about == "INV-42"]
        assert due is not None and now.due > due


async def test_a_step_is_put_off_and_a_client_held_for_a_reason(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("N")
        await settled(pilot)
        await pilot.press("W")
        await typing(pilot, "yesterday")
        await pilot.press("enter")
        assert app.screen.query_one(Input).value == "yesterday"
        app.screen.query_one(Input).value = "+7d"
        await pilot.press("enter")
        await typing(pilot, "at the fair")
        await pilot.press("enter")
        await settled(pilot)
        [snooze] = workspace.private.of("acme").snoozes
        assert (snooze.key, snooze.why) == ("end", "at the fair")
        screen = app.screen
        assert isinstance(screen, StepsScreen)
        assert screen.steps[0].key != "end"
        await pilot.press("Z")
        await typing(pilot, "+9d")
        await pilot.press("enter")
        await typing(pilot, "the flood")
        await pilot.press("enter")
        await settled(pilot)
        assert [step.key for step in screen.steps if step.client == "acme"] == ["hold"]


async def test_what_was_kept_is_shown_without_reading_a_docket(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "settled", lambda found, now: True)  # as after a moment
    async with opened() as (app, pilot):
        await settled(pilot)
        app.book.save()
        read: list[str] = []
        monkeypatch.setattr(Workspace, "readable", lambda self, client, day: read.append(client))
        await pilot.press("N")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, StepsScreen)
        assert not read and {step.client for step in screen.steps} == set(workspace.client_ids())
