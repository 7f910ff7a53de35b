"""What Docket refuses while the app runs is said; the app and the text typed stay."""

from __future__ import annotations

import pytest
from textual import events

from store.errors import DocketError
from store.text import LINE_LIMIT
from store.workspace import Workspace
from tests.drafted import drafted
from tests.tui.app.conftest import Opened, Typing
from tests.tui.app.test_main import main, shown, told
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled, until
from tui.screens.clients import ClientsPane
from tui.screens.correct import CorrectScreen
from tui.screens.form import TextInput
from tui.screens.record import RecordScreen
from tui.widgets.entry import EntryPane
from tui.widgets.line import BarLine
from tui.widgets.log import LogPane
from tui.widgets.status import StatusLine


def no_drafts(workspace: Workspace) -> None:
    """Make every draft fail to be written, as a full disk does."""
    workspace.drafts.folder.rmdir() if workspace.drafts.folder.exists() else None
    workspace.drafts.folder.write_text("in the way")


async def test_a_form_whose_draft_cannot_be_kept_stays(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    no_drafts(workspace)
    async with opened() as (app, pilot):
        await pilot.press("a")
        await pilot.pause()
        await typing(pilot, "but not ")
        await until(pilot, lambda: "What you typed is not on disk yet" in told(app))
        assert isinstance(app.screen, CorrectScreen)
        await typing(pilot, "quite ")
        assert "but not quite" in app.screen.query_one(TextInput).text
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "What you typed is not on disk:" in text_of(app)
        assert "but not quite" in app.screen.query_one(TextInput).text
        workspace.drafts.folder.unlink()
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, CorrectScreen)
        assert (
            "but not quite"
            in drafted(workspace, f"amend-{len(workspace.entries('acme'))}", "acme")[0]
        )
        await pilot.press("2", "j")
        assert main(app).pane == "log"
    assert app.failure is None


async def test_a_docket_deleted_elsewhere_is_said_when_it_is_looked_at(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        gone = main(app).query_one(ClientsPane).shown[1].id
        workspace.path(gone).unlink()
        await pilot.press("j")
        await until(pilot, lambda: gone not in app.book.rows)
        await pilot.press("g")
        assert "asked on the" in shown(app, LogPane)[0]
    assert app.failure is None


@pytest.mark.parametrize("mark", [None, b"\xef\xbb\xbf"], ids=["empty", "marked"])
async def test_one_docket_that_cannot_be_read_leaves_the_others(
    opened: Opened, workspace: Workspace, mark: bytes | None
) -> None:
    whole = workspace.path("bolt").read_bytes()
    workspace.path("bolt").write_bytes(mark + whole if mark else b"")
    workspace._handles.clear()
    async with opened() as (app, pilot):
        assert set(app.book.rows) == {"acme", "bolt", "cafe"}
        assert "1 unreadable" in main(app).query_one(StatusLine).facts
        assert {row.id for row in app.book.rows.values() if row.summary} == {"acme", "cafe"}
        await pilot.press("j")
        assert main(app).client == "bolt"
        assert shown(app, ClientsPane)[1].split() == ["▌", "bolt", "damaged"]
        assert shown(app, LogPane) == [" This docket cannot be read."]
        assert "is not a journal" in " ".join(" ".join(shown(app, EntryPane)).split())
        for key in "dxiavs":
            app.hush()
            await pilot.press(key)
            await until(pilot, lambda: "is not a journal" in told(app))
            assert len(app.screen_stack) == 2, key
        await pilot.press("g", "d")
        await pilot.pause()
        assert len(app.screen_stack) == 3
        await pilot.press("escape", "escape")
        workspace.path("bolt").write_bytes(whole)
        await until(pilot, lambda: not any(row.trouble for row in app.book.rows.values()))
        await pilot.press("1", "G")
        assert "damaged" not in "\n".join(shown(app, ClientsPane))
    assert app.failure is None


async def test_a_docket_damaged_while_the_app_is_open_is_marked(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        workspace.path("acme").write_bytes(b"")
        await until(pilot, lambda: any(row.trouble for row in app.book.rows.values()))
        assert [row.id for row in app.book.rows.values() if row.trouble] == ["acme"]
        assert main(app).client == "acme"
        assert "is not a journal" in " ".join(" ".join(shown(app, EntryPane)).split())
        await pilot.press("j")
        assert main(app).client in {"bolt", "cafe"}
        assert "client" in shown(app, LogPane)[0]


async def test_what_is_refused_in_a_message_a_timer_or_a_callback_is_said(opened: Opened) -> None:
    async with opened() as (app, pilot):

        def refuse() -> None:
            raise DocketError("Refused on purpose", "a test asked for it")

        pane = main(app).query_one(ClientsPane)
        for later in (pane.call_later, pane.call_next, app.call_later, pane.call_after_refresh):
            app.hush()
            later(refuse)
            await pilot.pause()
            assert "Refused on purpose: a test asked for it." in told(app)
        app.hush()
        pane.set_timer(0.01, refuse)
        await until(pilot, lambda: "Refused on purpose" in told(app))
        before = main(app).client
        await pilot.press("j")
        await pilot.pause()
        assert main(app).client != before, "messages still reach the pane and the screen"


async def test_a_long_paste_is_cut_and_said(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        line = app.screen.query_one(BarLine)
        for raw in ("ש" * 1_206 + "\u200f", "\u200f" * 3_000, "x" * 90_000):
            app.hush()
            line.value = ""
            line.post_message(events.Paste(raw))
            await pilot.pause()
            assert len(line.value) == LINE_LIMIT
            assert "Only the first 1,000 characters" in told(app)
        line.post_message(events.Paste("one\n two"))
        await pilot.pause()
        assert line.value.endswith("two")
        await pilot.press("enter")
        await pilot.pause()
    assert app.failure is None


async def test_what_a_screen_put_off_is_not_done_once_it_is_taken_apart(opened: Opened) -> None:
    """The record was left by a key right behind the one that resized it: it had no screen then."""
    async with opened() as (app, pilot):
        await pilot.press("x")
        await settled(pilot)
        record = app.screen
        assert isinstance(record, RecordScreen)
        leaving = app.pop_screen()
        record._callbacks.append((record.draw, record))
        await leaving
        record._callbacks.append((record.draw, record))
        await record._invoke_and_clear_callbacks()
        await settled(pilot)
        assert app.failure is None
