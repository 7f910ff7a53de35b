"""The card, what is behind its lines, and an entry whole: each line opens its entries."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from store.docket import Docket
from store.docket.around import around
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tui.app import DocketApp
from tui.screens.behind import EntriesScreen
from tui.screens.card import CardScreen
from tui.screens.card_rows import CardList
from tui.screens.choose import ChooseScreen
from tui.screens.correct import CorrectScreen
from tui.screens.entry import EntryScreen
from tui.screens.tables import TableScreen

SIZES = swept([((80, 24),), ((60, 20),), ((120, 40),)], 1)


async def line(pilot: Pilot[None], label: str) -> None:
    """Put the cursor of a card on the line with that label."""
    lines = pilot.app.screen.query_one(CardList)
    await pilot.press("g")
    for _ in range(40):
        if lines.current is not None and lines.current.label == label:
            return
        await pilot.press("j")
    raise AssertionError(f"no line {label}")


@pytest.mark.parametrize("size", SIZES)
async def test_c_opens_the_card_of_the_client(opened: Opened, size: tuple[int, int]) -> None:
    async with opened(size) as (app, pilot):
        await pilot.press("c")
        assert isinstance(app.screen, CardScreen) and app.screen.client == "acme"
        drawn = text_of(app)
        assert drawn.startswith(" Acme Media  since 1 Nov 2026")
        assert "Terms and people" in drawn
        if size[0] >= 80:
            assert "EUR 4,210.00" in drawn and "How it feels: private" in drawn
        assert all(len(one) <= size[0] for one in drawn.split("\n"))


async def test_the_cursor_begins_at_the_first_next_step(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c")
        current = app.screen.query_one(CardList).current
        assert current is not None and current.step is not None
        steps = app.screen.card.inner.steps  # type: ignore[attr-defined]
        assert current.step == steps[0]


async def test_tab_goes_to_the_other_column_at_the_same_height(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c")
        lines = app.screen.query_one(CardList)
        await line(pilot, "replies")
        row = lines.cursor
        await pilot.press("tab")
        assert lines.current is not None and lines.current.label in ("not due", "1–30 d", "open")
        assert abs(lines.cursor - row) <= 2
        await pilot.press("left")
        assert lines.current.label == "replies"


async def test_a_line_opens_the_entry_behind_it_and_several_as_a_list(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c")
        await line(pilot, "billed")
        await pilot.press("enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.seq == 2
        await pilot.press("escape")
        assert isinstance(app.screen, CardScreen)
        await line(pilot, "unsaid")
        await pilot.press("enter")
        assert isinstance(app.screen, EntriesScreen)
        assert app.screen.seqs == (6, 5, 4, 2)
        await pilot.press("j", "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.seq == 5
        await pilot.press("j")
        assert app.screen.seq == 4
        await pilot.press("escape", "escape", "escape")
        assert app.screen is main(app)


async def test_where_the_time_went_is_behind_its_line_and_is_copied(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c")
        for _ in range(40):
            current = app.screen.query_one(CardList).current
            if current is not None and current.leads == "weeks":
                break
            await pilot.press("k")
        await pilot.press("enter")
        assert isinstance(app.screen, TableScreen)
        assert "waited for the client" in text_of(app)
        await pilot.press("y")
        assert "working days" in app.clipboard
        await pilot.press("enter")
        assert isinstance(app.screen, EntriesScreen | EntryScreen)


async def test_w_writes_a_decision_down_from_the_card(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c", "w")
        assert isinstance(app.screen, ChooseScreen)


async def test_the_card_takes_in_what_is_logged_from_it(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "cnmicro-change a comma +0.5h\r")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen) and app.screen.card is not None
        assert app.screen.card.about == Decimal("1.0")
        assert "1h about them for 0h of work" in text_of(app)


async def test_what_is_copied_of_a_card_says_that_it_is_private(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c", "y")
        assert app.clipboard.startswith("Acme Media (acme), since 1 Nov 2026")
        assert "private" in told(app)


async def test_an_entry_is_opened_whole_from_the_log(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await pilot.press("enter", "enter")
        assert isinstance(app.screen, EntryScreen) and app.screen.seq == 6
        drawn = text_of(app)
        assert drawn.startswith(" #6 pay-later  Acme Media")
        assert drawn.split("\n")[0].endswith("1 of 6")
        for said in (
            "asked on the phone to keep going",
            "“keep going, I'll pay when the site is up”",
            "the client, by phone, 21 Nov 2026",
            "!!! 3 of 3",
            "court, platform, mediator",
            "after #5",
            "Around it",
            "Nothing added or corrected since.",
        ):
            assert said in drawn, said
        await pilot.press("j")
        assert app.screen.seq == 5
        await pilot.press("k", "k")
        assert app.screen.seq == 6
        await pilot.press("G")
        assert app.screen.seq == 1


async def test_enter_on_a_line_around_it_goes_there(opened: Opened, workspace: Workspace) -> None:
    workspace.log(workspace.draft("acme", "reminder", "INV-42?", refs={"invoice": "INV-42"}))
    async with opened() as (app, pilot):
        await pilot.press("enter", "G", "k", "enter")
        assert isinstance(app.screen, EntryScreen)
        near = [one.seq for one in around(app.screen.docket, app.screen.seq).found]
        for seq in near:
            assert re.search(rf"#{seq}\b", text_of(app))
        if near:
            await pilot.press("enter")
            assert app.screen.seq == near[0]


async def test_an_entry_is_corrected_from_where_it_stands(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "\r\ra")
        assert isinstance(app.screen, CorrectScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, EntryScreen)
        await send(pilot, "vwrong client\r")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        assert "VOID" in text_of(app)


async def test_the_list_behind_a_line_holds_hostile_words_as_text(
    opened: Opened, workspace: Workspace
) -> None:
    text = "[/foo] <b>x</b> [bold]y"
    workspace.log(workspace.draft("acme", "micro-change", text))
    async with opened() as (app, pilot):
        await pilot.press("enter", "enter")
        assert text in text_of(app)


async def test_nobody_selected_has_no_card(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "/zzz\rc")
        assert isinstance(app, DocketApp)
        assert isinstance(app.screen, CardScreen) or "No client is selected" in told(app)


async def test_flags_of_first_contact_stand_on_the_card_and_on_the_decision(
    opened: Opened, workspace: Workspace
) -> None:
    workspace.log(workspace.draft("bolt", "welcome", "", data={"pays_by": "none"}))
    said = "They refuse every ordinary way to pay"
    async with opened((80, 30)) as (app, pilot):
        await send(pilot, "jc")
        assert app.screen.client == "bolt"  # type: ignore[attr-defined]
        assert "First contact" in text_of(app)
        await line(pilot, "beware")
        assert "Not ready: without a goal" in text_of(app) and said in text_of(app)
        await pilot.press("escape", "d", "0")
        await pilot.pause()
        assert f"beware  {said}" in text_of(app)


async def test_the_card_reads_no_docket_but_its_own(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    docket = Workspace.docket

    def noted(self: Workspace, client: str, today: date | None = None) -> Docket:
        read.append(client)
        return docket(self, client, today)

    async with opened() as (app, pilot):
        monkeypatch.setattr(Workspace, "docket", noted)
        await pilot.press("c")
        assert isinstance(app.screen, CardScreen)
        monkeypatch.undo()
    assert set(read) == {"acme"}
