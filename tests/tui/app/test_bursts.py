"""Bytes that are read at once do what the keys do one by one; nothing else takes the focus."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from store.records.review.sides import to_ask
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened
from tests.tui.app.test_main import main, told
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.app.terminal import Keyboard
from tui.screens.correct import CorrectScreen
from tui.screens.form import typed_in
from tui.screens.record import RecordScreen
from tui.screens.sides import MINE, THEIRS
from tui.widgets.bar import Bar
from tui.widgets.line import BarLine


async def send(pilot: Pilot[None], text: str) -> None:
    """Let the app read `text` in one go, and wait until all of it is dealt with."""
    app = pilot.app
    assert isinstance(app, DocketApp)
    assert app._driver is not None
    keyboard = Keyboard()
    for message in [*keyboard.feed(text), *keyboard.feed("")]:
        message.set_sender(app)
        app._driver.send_message(message)
    await pilot.pause()
    await until(pilot, lambda: app._dealing is None)


def said(workspace: Workspace, client: str) -> list[str]:
    """Return what was logged about a client since the workspace was made."""
    return [one.statement for one in workspace.docket(client).entries[6 * (client == "acme") :]]


BURSTS = (
    ("nblame here\r", "acme"),
    ("jnblame here\r", "bolt"),
    ("jjnblame here\r", "cafe"),
    ("\x1b[B\x1b[Bnblame here\r", "cafe"),
    ("Gnblame here\r", "cafe"),
    ("j/caf\rnblame here\r", "cafe"),
    ("jx1nblame here\r", "bolt"),
    ("jd0nblame here\r", "bolt"),
    ("jcnblame here\r", "bolt"),
    ("c\x1bjnblame here\r", "bolt"),
    ("c\rnblame here\r", "acme"),
    ("c\r\rnblame here\r", "acme"),
    ("\r\rjnblame here\r", "acme"),
    ("pjcnblame here\r", "bolt"),
    ("pjnblame here\r", "bolt"),
    ("pjj\r0nblame here\r", "cafe"),
    ("jh\x1bnblame here\r", "bolt"),
    ("?jj\x1bjnblame here\r", "bolt"),
    (":find\rcaf\rnblame here\r", "cafe"),
    ("nx\x1bjn\x15blame here\r", "bolt"),
    ("2vwhy\x1b\x1bjnblame here\r", "bolt"),
    ("nblame \x1b[200~here\x1b[201~\r", "acme"),
    ("n\x1b[<0;1;1M\x1b[Oblame \x1b]11;rgb:1e/1e/1e\x07here\r", "acme"),
)


@pytest.mark.parametrize(("keys", "client"), swept(BURSTS, 6))
async def test_an_entry_goes_to_the_client_that_the_keys_before_it_chose(
    opened: Opened, workspace: Workspace, keys: str, client: str
) -> None:
    async with opened() as (_, pilot):
        await send(pilot, keys)
    assert said(workspace, client)[-1] == "here"
    assert sum(len(said(workspace, one)) for one in workspace.client_ids()) == 3


async def test_keys_typed_before_the_first_picture_count(workspace: Workspace) -> None:
    app = DocketApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await send(pilot, "jnblame early\r")
    assert said(workspace, "bolt")[-1] == "early"


async def test_a_form_takes_all_that_is_typed_after_its_key(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2vbad entry")
        assert isinstance(app.screen, CorrectScreen)
        assert typed_in(app.screen) == {"reason": "bad entry"}
        await send(pilot, "\r2j:void\rmistaken entry\r")
    assert [one.kind for one in workspace.docket("acme").entries[6:]] == ["void", "void"]


async def test_tab_in_a_burst_goes_to_the_next_field(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2a\t\t\twas too mild")
        assert typed_in(app.screen)["reason"] == "was too mild"
        await send(pilot, "\x1b\x1bxf\t\tKari")
        assert isinstance(app.screen, RecordScreen)
        assert app.screen.asking.typed["redact"] == "Kari"


async def test_escape_and_a_letter_at_once_are_both_keys(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (_, pilot):
        await send(pilot, "nblame one half\x1bnblame two\r")
    assert said(workspace, "acme") == ["two"]


async def test_an_open_bar_takes_the_focus_back(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "nblame they")
        app.screen.set_focus(None)
        await send(pilot, " said")
        assert app.screen.query_one(BarLine).value == "blame they said"
        app.screen.set_focus(app.screen.query_one("#log"))
        await send(pilot, "\x1b")
        assert not app.screen.query(Bar)
        app.post_message(events.AppBlur())
        await send(pilot, "nblame added\r")
    assert said(workspace, "acme") == ["added"]


async def test_the_line_of_a_bar_over_a_form_is_no_field_of_it(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2vhalf a reason")
        await app.open_capture()
        await send(pilot, "acme note over it")
        assert typed_in(app.screen) == {"reason": "half a reason"}


async def test_ctrl_c_goes_one_level_back_and_says_which_key_leaves(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "nblame half\x03")
        assert not app.screen.query(Bar)
        await send(pilot, "2vhalf\x03")
        assert app.screen is main(app)
        await send(pilot, "\x03\x03")
        assert told(app) == "q leaves Docket. What you typed is kept."
        await send(pilot, "n\x03?\x03")
        assert app.screen is main(app)


async def test_who_is_told_to_leave_deals_with_the_keys_first(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        assert app._driver is not None
        for message in Keyboard().feed("jnblame typed before\r"):
            message.set_sender(app)
            app.post_message(message)
        app.after_keys(app.leave)
        await until(pilot, lambda: app._exit)
    assert said(workspace, "bolt")[-1] == "typed before"


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ("jn", "Log: Bolt & Co"),
        ("jM", "Log a mail: Bolt & Co"),
        ("j:", "Commands: Bolt & Co"),
        ("jnnote x\ru", "Withdraw: Bolt & Co"),
    ],
)
async def test_a_bar_names_its_client(opened: Opened, keys: str, title: str) -> None:
    async with opened() as (app, pilot):
        await send(pilot, keys)
        shown = app.screen.query_one(Bar)._border_title
        assert shown is not None and shown.plain.strip().startswith(title)
        assert isinstance(app.focused, Input) or keys.endswith("u")


async def test_what_a_side_lacks_is_asked_for_from_the_record_in_one_write(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "x")
        screen = app.screen
        assert isinstance(screen, RecordScreen)
        await until(pilot, lambda: screen.parts.made is not None)
        for leads, keys in ((THEIRS, "2 High Street\r\rDE 2\r"), (MINE, "1 Main Street\r\r\r")):
            await send(pilot, "g\r")
            rows = screen.parts.preview.rows
            screen.parts.preview.place([row.leads for row in rows].index(leads))
            made = screen.parts.made
            await send(pilot, f"\r{keys}\x1b")
            await until(pilot, lambda: screen.parts.made not in (None, made))  # noqa: B023
        points = screen.parts.made.open_points if screen.parts.made else ()
        said_open = [one.said for one in points if one.what == "address"]
        assert said_open[-1] == "no e-mail address of theirs stands in it"
    who = workspace.docket("acme").profile
    assert (who.address, who.email, who.tax_id) == ("2 High Street", None, "DE 2")
    again = Workspace.open(workspace.root)
    assert again.config.address == "1 Main Street"
    assert to_ask(again, again.docket("acme")) == []
