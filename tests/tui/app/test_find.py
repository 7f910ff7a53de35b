"""The find bar over a log: the filter language, and what it says of a filter that is wrong."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from store.docket.log import INSIDE
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing, day
from tests.tui.app.test_main import main
from tests.tui.cli.conftest import Cli
from tests.tui.waiting import paste, settled
from tui.screens.correct import CorrectScreen
from tui.widgets.bar import Bar
from tui.widgets.find import FindBar
from tui.widgets.line import PlainLine
from tui.widgets.log import LogPane

SOUGHT = (
    "",
    "logo",
    "logo files",
    '"files logo"',
    "kind:no-reply",
    "kind:no-reply,pay-later since:2026-11-20",
    "about:INV-42",
    "#3-5 severity:2",
    "channel:phone has:quote",
    "is:void",
    "is:amended wrong",
    "heard",
    "until:19 nov since:12 nov",
)


@pytest.mark.parametrize("text", swept(SOUGHT, 4))
async def test_the_shell_and_the_app_find_the_same(
    opened: Opened,
    workspace: Workspace,
    text: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kind, relation, seq, said, data in (
        ("amendment", "amends", 3, "wrong", {"changes": {"statement": "logo and wrong files"}}),
        ("addendum", "adds-to", 4, "Bo heard it", {}),
        ("void", "voids", 5, "another client", {}),
    ):
        link = {"rel": relation, "seq": seq}
        workspace.log(workspace.draft("acme", kind, said, links=[link], data=data, **day(22)))
    cli = Cli(workspace.root, capsys, monkeypatch)
    listed = cli("show", "acme", *text.split(" ")[: len(text)], "--json").json
    by_shell = sorted(one["seq"] for one in listed if one["kind"] not in INSIDE)
    async with opened() as (app, pilot):
        await pilot.press("2", "/")
        await paste(pilot, text)
        assert sorted(one.seq for one in main(app).query_one(LogPane).shown) == by_shell
        assert bool(by_shell) == (text not in ('"files logo"',))


async def test_a_wrong_filter_is_said_and_nothing_typed_is_lost(
    opened: Opened, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "/")
        await typing(pilot, "logo kind:no")
        pane = main(app).query_one(LogPane)
        assert [one.seq for one in pane.shown] == [5, 3, 2]
        wrong = app.screen.query_one("#wrong", Static)
        assert "no-reply or no-show" in str(wrong.render())
        await pilot.press("enter")
        assert app.screen.query_one(PlainLine).value == "logo kind:no"
        await typing(pilot, "-r")
        assert not wrong.display
        assert [one.seq for one in pane.shown] == [5]
        await pilot.press("enter")
        assert not app.screen.query(Bar)
        assert pane.filter == "logo kind:no-r"
        await pilot.press("/")
        assert app.screen.query_one(PlainLine).value == "logo kind:no-r"
        await pilot.press("escape")
        assert len(pane.shown) == 6


async def test_a_long_docket_is_read_in_a_thread_and_keys_about_it_wait(
    opened: Opened, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.widgets.log._MANY", 0)
    async with opened() as (app, pilot):
        pane = main(app).query_one(LogPane)
        await pilot.press("2", "/", *"third", "enter", "v")
        await settled(pilot)
        assert isinstance(app.screen, CorrectScreen)
        assert app.screen.seq == 5
        await pilot.press("escape", "escape")
        assert len(pane.shown) == 6
        await pilot.press("/")
        await typing(pilot, "logo kind:no-r")
        await settled(pilot)
        assert [one.seq for one in pane.shown] == [5]
        assert not pane.looking


async def test_the_bar_of_the_clients_takes_any_text(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("/")
        await paste(pilot, "kind:zzz")
        assert not app.screen.query_one("#wrong").display
        await pilot.press("escape")
        assert not app.screen.query(FindBar)
