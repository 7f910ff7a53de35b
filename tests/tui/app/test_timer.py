"""The timer's key: it asks once for who owes, says for whom it runs, and logs the hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from store.entries import HoursData
from store.workspace import Workspace
from store.workspace.timer import Timer, running, start_timer
from tests.tui.app.conftest import NOW, Opened
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tests.tui.waiting import paste, settled, until
from tui.widgets.status import StatusLine


async def test_for_who_owes_it_asks_once_and_the_answer_is_on_record(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("C")
        await until(pilot, lambda: "INV-42 is 13 days late: why work on" in told(app))
        assert running(workspace.root) is None
        await pilot.press("C")
        await until(pilot, lambda: running(workspace.root) == Timer("acme", NOW, late=True))
        assert main(app).query_one(StatusLine).facts[0] == "timer acme 10:30"


async def test_what_ran_since_yesterday_is_logged_on_its_day(
    opened: Opened, workspace: Workspace
) -> None:
    start_timer(workspace.root, Timer("bolt", NOW - timedelta(hours=11, minutes=15)))
    async with opened() as (app, pilot):
        assert main(app).query_one(StatusLine).facts[0] == "timer bolt 23:15"
        await pilot.press("C")
        await until(pilot, lambda: running(workspace.root) is None)
        (entry,) = workspace.docket("bolt").kind("hours")
        assert isinstance(entry.data, HoursData)
        assert (entry.data.hours, entry.day) == (Decimal("11.25"), datetime(2026, 11, 21).date())
        assert "11.25 h logged" in told(app)


async def test_hours_that_are_typed_are_asked_about_by_the_same_words(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        before = len(workspace.docket("acme").entries)
        await pilot.press("n")
        await paste(pilot, "hours 2 a quick fix")
        await pilot.press("enter")
        assert "INV-42 is 13 days late: why work on before it is paid?" in text_of(app)
        assert len(workspace.docket("acme").entries) == before
        await pilot.press("enter")
        await settled(pilot)
        assert workspace.docket("acme").entries[-1].kind == "hours"
        await pilot.press("n")
        await paste(pilot, "hours 1 chase mails")
        await pilot.press("enter")
        await settled(pilot)
        assert workspace.docket("acme").entries[-1].statement == "mails"
