"""Leaving a client in the app, from the first point to the last, and put down in between."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from store.overview.leaving import answer, leaving_of
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.app import DocketApp
from tui.screens.leaving import LeavingScreen
from tui.screens.letter import LetterScreen
from tui.screens.main import MainScreen

ANSWERS = {
    "notice": "0",
    "balance": "They pay by the last day",
    "fears": "A bad review",
    "channel": "email",
    "channel_why": "They are never there",
    "because": "direction",
    "true": "yes",
    "thanks": "Your second shop opens in May",
    "ends": "today",
    "tips": "Ask Ann Lee about the photos",
    "said": "Wrote to them",
    "theirs": "none",
    "they_say": "8 Gladly",
    "recommend": "3",
    "terms": "good",
    "feared": "Nothing of it",
}


def leaving(app: DocketApp) -> LeavingScreen:
    assert isinstance(app.screen, LeavingScreen)
    return app.screen


async def to_point(app: DocketApp, pilot: Pilot[Any], point: str) -> None:
    screen = leaving(app)
    while screen.selected and screen.selected.id != point:
        await pilot.press("j")


@pytest.mark.parametrize("channel", swept(["email", "phone"], 1))
async def test_a_whole_exit_ends_with_nothing_open(
    opened: Opened, typing: Typing, workspace: Workspace, tmp_path: Path, channel: str
) -> None:
    answers = {**ANSWERS, "channel": channel, "report": str(tmp_path / "report.md")}
    client, again = "acme", channel == "phone"
    async with AsyncExitStack() as session:
        for number in range(30):
            if again or not number:  # a new session for each answer: it resumes there
                await session.aclose()
                app, pilot = await session.enter_async_context(opened())
                app.main.select(client)
                await pilot.press("E", "enter")
                await settled(pilot)
            matter = leaving(app).selected
            if matter is None:
                break
            if matter.id == "confirmed":  # said on the phone: the letter is sent, and logged
                await pilot.press("l")
                await settled(pilot)
                await typing(pilot, "Ines")  # it asks for what it lacks: my name
                await pilot.press("enter")
                await settled(pilot)
                await pilot.press("s", "enter")
                await settled(pilot)
                assert "with its text as exhibit" in " ".join(text_of(app).split())
                await pilot.press("escape")
                await settled(pilot)
                assert isinstance(app.screen, LeavingScreen), text_of(app)
                continue
            assert matter.asks in answers, matter
            await pilot.press("enter")
            await typing(pilot, answers[matter.asks])
            await pilot.press("enter")
            await settled(pilot)
            still = [one.id for one in leaving(app).matters if one.open]
            assert matter.id not in still or matter.id == "channel", text_of(app)
    async with opened() as (app, pilot):
        app.main.select(client)
        await pilot.press("E", "enter")
        await settled(pilot)
        assert "Close it" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "It is closed" in text_of(app)
    assert leaving_of(workspace, client).closed
    assert "Ask Ann Lee" in (tmp_path / "report.md").read_text()


async def test_a_point_with_nothing_to_do_says_how_it_stands(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter")
        await settled(pilot)
        await to_point(app, pilot, "promises")
        await pilot.press("enter")
        assert "What you promised: nothing of yours is open." in text_of(app)


async def test_its_letter_holds_what_was_chosen(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter")
        await settled(pilot)
        await to_point(app, pilot, "thanks")
        await pilot.press("enter")
        await typing(pilot, "Your second shop opens in May")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert isinstance(app.screen, LetterScreen)
        assert "Your second shop opens in May" in text_of(app)
        await pilot.press("escape", "escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_a_wrong_answer_stays_to_be_put_right(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter", "enter")
        await typing(pilot, "soon")
        await pilot.press("enter")
        await settled(pilot)
        assert "soon" in text_of(app)
        assert leaving(app).matters[0].open


async def test_closing_too_early_says_what_is_open(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter", "G", "enter")
        await settled(pilot)
        assert "cannot be closed yet" in text_of(app)


async def test_an_answer_leads_on_to_the_next_point_that_is_open(
    opened: Opened, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter")
        await settled(pilot)
        screen = leaving(app)
        for _ in range(4):
            matter = screen.selected
            assert matter and matter.asks
            await pilot.press("enter")
            await typing(pilot, ANSWERS[matter.asks])
            await pilot.press("enter")
            await settled(pilot)
            ids = [one.id for one in screen.matters]
            after = screen.selected
            assert after and after.open and after.asks != matter.asks  # a channel asks for a why
            assert ids.index(after.id) >= ids.index(matter.id)


async def test_an_answer_that_another_session_gave_meanwhile_is_shown_beside_ones_own(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("E", "enter")
        await settled(pilot)
        await to_point(app, pilot, "thanks")
        await pilot.press("enter")
        await typing(pilot, "mine")
        answer(Workspace.open(workspace.root, clock=workspace.clock), "acme", "thanks", "theirs")
        await pilot.press("enter")
        await settled(pilot)
        said = " ".join(text_of(app).split())
        assert "Not saved yet: another session changed what this is about" in said
        assert "As it is now:" in said
        assert "theirs" in said and "mine" in said
        assert leaving_of(workspace, "acme").thanks == "theirs"
        await pilot.press("enter")
        await settled(pilot)
        assert leaving_of(workspace, "acme").thanks == "mine"
