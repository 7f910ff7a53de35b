"""Eyes on the screen: one key leaves only what both sides know, on every screen, until it is over.

What nobody else may read has a mark in it, and no mark may be on a screen meanwhile.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from store.docket.discretion import docket_shown, open_docket
from store.private.model import CheckIn, Decision
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import NOW, Opened, day
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.app import DocketApp

MARK = "zqx"
SIZES = swept([((80, 24),), ((60, 20),), ((120, 40),), ((200, 50),)], 1)
WEIGHED = ("◆", "walk", "set bound", "stop work", "keep", "score", "late-pay", "no-reply", "!!")
PLACES = (
    *("d0", "db", "h", "p", "N", "x", "i", "I", "E\r", "V\r", "D", "R", "l", "F", "2\r", "2a"),
    "c",
)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """Return the workspace with private texts, each with the mark in it."""

    def log(client: str, kind: str, text: str, **fields: Any) -> int:
        return workspace.log(workspace.draft(client, kind, text, **fields, **day(20))).seq

    log("bolt", "note", f"{MARK} of another client")
    log("acme", "note", f"{MARK} what I remember")
    log("acme", "abuse", f"{MARK} an incident", data={"severity": 3})
    log("acme", "talk", f"{MARK} a step")
    log(
        "acme",
        "promise",
        f"{MARK} held back",
        visibility="internal",
        data={"by": "me", "due": date(2026, 11, 25)},
    )
    log(
        "acme",
        "request",
        f"{MARK} settlement",
        visibility="settlement",
        data={"needed_by": date(2026, 11, 25)},
    )
    log("acme", "hours", f"{MARK} chased", data={"hours": "2", "spent": "chase"})
    log("acme", "cost", f"{MARK} court", data={"amount": "35", "currency": "EUR"})
    log("acme", "delivery", "the logo in four files")
    shown = workspace.log(workspace.draft("acme", "delivery", f"{MARK} amended away", **day(20)))
    workspace.log(
        workspace.draft(
            "acme",
            "amendment",
            data={"changes": {"visibility": "internal"}},
            links=[{"rel": "amends", "seq": shown.seq, "reason": f"{MARK} why"}],
            visibility="internal",
        )
    )
    workspace.private.add("acme", CheckIn(at=NOW, stress_client=9, note=f"{MARK} how it feels"))
    workspace.private.add("acme", Decision(at=NOW, choice="walk-away", why=f"{MARK} decided"))
    line = workspace.drafts.open("capture")
    line.hold(f"{MARK} half a thought")
    line.close()
    return workspace


def page(drawn: str) -> list[str]:
    """Return what is under the heading, but for where the cursor is."""
    return drawn.replace("▌", " ").split("\n")[2:]


def clean(app: DocketApp) -> str:
    """Return what is on the screen, on which nothing may be that is not for all eyes."""
    drawn = text_of(app)
    found = [word for word in (MARK, "Bolt", "Café", *WEIGHED) if word in drawn]
    assert not found, f"{found} in\n{drawn}"
    return drawn


def test_the_open_docket_has_what_both_sides_know(workspace: Workspace) -> None:
    whole = workspace.docket("acme")
    shown = open_docket(whole)
    assert [one.entry.kind for one in shown.log] == ["delivery", "request", "invoice", "client"]
    assert shown is open_docket(whole)
    assert docket_shown(workspace, "acme", whole.today) is whole
    workspace.discreet = True
    assert docket_shown(workspace, "acme", whole.today) is shown


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_hides_and_the_same_shows_again(
    opened: Opened, size: tuple[int, int]
) -> None:
    async with opened(size) as (app, pilot):
        await pilot.press("2" if size[0] < 80 else "1")
        before = text_of(app)
        await pilot.press("H")
        drawn = clean(app)
        assert "H on" in drawn
        assert "logo" in drawn
        await pilot.press("H")
        await settled(pilot)
        assert text_of(app) == before


@pytest.mark.parametrize("keys", swept(PLACES, 5))
async def test_every_screen_shows_less_or_nothing(opened: Opened, keys: str) -> None:
    async with opened() as (app, pilot):
        await send(pilot, keys)
        await settled(pilot)
        before, screen = text_of(app), app.screen
        await pilot.press("f8")  # where letters are text as well
        await settled(pilot)
        drawn = clean(app)
        assert "H on" in drawn
        await pilot.press("f8")
        await settled(pilot)
        assert app.screen is screen
        if keys != "l":  # its bar is closed
            assert page(text_of(app)) == page(before)
        await pilot.press("f8", "escape")
        await settled(pilot)
        clean(app)


async def test_no_key_leads_to_what_is_hidden(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("H")
        for key in "dhpsNxiIEVMDRlFouaev][C<>+.":
            await send(pilot, key)
            clean(app)
            assert app.place == "main", key
        typed = ("c", "2\r", "?", "n", ":", ":decide\r", "/bol", "1/zzz", "nbolt thanks\r", "n\t")
        for keys in typed:
            await send(pilot, keys)
            await settled(pilot)
            clean_of_others(app)
            await pilot.press("escape", "escape", "1")
            await settled(pilot)


def clean_of_others(app: DocketApp) -> None:
    drawn = text_of(app)
    assert MARK not in drawn and "Café" not in drawn, drawn


async def test_an_entry_of_the_open_docket_is_opened_and_a_hidden_one_is_covered(
    opened: Opened,
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "H2\r")
        assert app.place == "entry" and "four files" in clean(app)
        await send(pilot, "\x1bH2g\r")
        assert app.place == "entry"
        await pilot.press("H")
        await settled(pilot)
        clean(app)


async def test_what_is_logged_says_no_more_than_its_number(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "Hnthanks for the logo\r")
        await settled(pilot)
        assert "logged" in app.told
        clean(app)


async def test_messages_about_others_wait(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("H")
        app.say("bolt#3 is damaged")
        app.say_once("Something is wrong somewhere")
        assert app.told == ""
        await pilot.press("H")
        assert app.told == "bolt#3 is damaged\nSomething is wrong somewhere"


async def test_a_name_shows_that_one_alone(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("H", "1")
        await send(pilot, "/bo")
        assert "Bolt" not in text_of(app)
        await send(pilot, "l")
        assert "Bolt & Co" in text_of(app) and "Acme" not in "\n".join(
            row.name for row in main(app).clients.shown
        )
        await send(pilot, "\r\x1b")
        await settled(pilot)
        assert main(app).client == "bolt"
        assert "Acme" not in text_of(app) and MARK not in text_of(app)


async def test_it_may_begin_so(workspace: Workspace) -> None:
    workspace.discreet = True
    app = DocketApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        drawn = clean(app)
        assert "Nobody is shown." in drawn and "Acme" not in drawn
        await send(pilot, "/acme\r")
        await settled(pilot)
        assert "Acme Media" in clean(app)
