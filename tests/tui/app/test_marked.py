"""Marks on entries: several are withdrawn, tagged or listed first at once."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from store.workspace import Workspace
from tests.tui.app.conftest import Opened
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tui.screens.record import RecordScreen
from tui.widgets.marked_bar import MarkedBar


async def test_marked_entries_are_counted_in_the_rule_and_have_a_sign(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2TjT")
        assert list(main(app).log_pane.marked) == [6, 4]
        assert "■ 2 marked" in text_of(app)
        assert text_of(app).count("■") == 3
        await send(pilot, "kT")
        assert list(main(app).log_pane.marked) == [6]
        await send(pilot, "\x1b")
        assert "■" not in text_of(app)
        assert main(app).pane == "log"


async def test_marks_stay_while_one_moves_and_go_with_the_client(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2TG13gg1")
        assert list(main(app).log_pane.marked) == [6]
        await send(pilot, "1j")
        assert not main(app).log_pane.marked


async def test_they_are_withdrawn_for_one_reason(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2TTv")
        bar = app.screen.query_one(MarkedBar)
        assert str(bar.query_one("#which", Static).content) == "#5, #6"
        await send(pilot, "\r")
        assert "The reason is missing" in text_of(app)
        await send(pilot, "about Bolt\r")
        assert "2 withdrawn" in told(app)
        assert not main(app).log_pane.marked
    voids = [one.void for one in workspace.docket("acme").standing if one.void]
    assert len(voids) == 2
    assert all("about Bolt" in str(one) for one in voids)


async def test_they_are_tagged_as_one_project(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2TTashop\r")
        assert "2 tagged as shop" in told(app)
        await send(pilot, "gTTTashop\r")
        assert "1 tagged as shop" in told(app)
    docket = workspace.docket("acme")
    tagged = [one.seq for one in docket.standing if one.entry.refs.project == "shop"]
    assert len(tagged) == 3


async def test_a_record_lists_them_first(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "2TjTx")
        assert isinstance(app.screen, RecordScreen)
        assert app.screen.asking.request.first == (6, 4)


@pytest.mark.parametrize("keys", ["e", "v\x1b"])
async def test_nothing_is_done_that_does_not_fit(
    opened: Opened, workspace: Workspace, keys: str
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, f"2TT{keys}")
        assert len(main(app).log_pane.marked) == 2
    assert len(workspace.docket("acme").entries) == 6
