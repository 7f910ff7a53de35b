"""The main screen as it is composed: rules, marks, zoom, what is due, what is not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.old.sample import old_sample
from tests.tui.app.conftest import Opened, Typing
from tests.tui.app.test_main import main, shown
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled, until
from tui.app import DocketApp
from tui.screens.clients import ClientsPane
from tui.widgets.log import LogPane


def lines(app: DocketApp) -> list[str]:
    return text_of(app).split("\n")


async def test_titles_stand_in_the_rules_and_the_heavy_one_is_where_keys_go(
    opened: Opened,
) -> None:
    async with opened() as (app, pilot):
        assert lines(app)[1].startswith("━ 1 Clients 3 ━━━━━━━━┬─ 2 Acme Media ─")
        assert lines(app)[1].endswith(" 1 of 6 ─")
        await pilot.press("2", "j")
        await until(pilot, lambda: "3 #5 no-reply" in text_of(app))
        assert lines(app)[1].startswith("─ 1 Clients 3 ────────┬━ 2 Acme Media ━")
        assert lines(app)[1].endswith(" 2 of 6 ━")


async def test_what_is_due_is_under_the_clients(opened: Opened) -> None:
    async with opened() as (app, _):
        assert any(line.startswith("─ N Due 3 today ─") for line in lines(app))
        assert "◆ Acme Media    walk │" in text_of(app), "who needs a decision is marked"


async def test_no_list_has_a_score_or_a_scroll_bar(tmp_path: Path) -> None:
    app = DocketApp(old_sample(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.workers.wait_for_complete()
        await settled(pilot)
        assert all(
            row.split()[-1].rstrip("*") in {"walk", "stop", "bound", "keep", "keep?", "ended"}
            for row in shown(app, ClientsPane)
        )
        assert not any(pane.vertical_scrollbar.region for pane in (app.main.log_pane,))
        assert lines(app)[3][22] == "│"


async def test_z_zooms_the_pane_and_gives_the_room_back(opened: Opened) -> None:
    async with opened() as (app, pilot):
        before = text_of(app)
        await pilot.press("2", "z")
        await settled(pilot)
        assert lines(app)[1].startswith("━ 2 Acme Media ━")
        assert lines(app)[1].endswith("1 of 6, zoomed ━")
        assert "3 #6 pay-later" in text_of(app)
        await pilot.press("1")
        await settled(pilot)
        assert lines(app)[2].startswith("▌◆ Acme Media ") and "walk away" in lines(app)[2]
        await pilot.press("escape")
        await settled(pilot)
        assert text_of(app) == before


async def test_60x20_says_which_other_panes_there_are(opened: Opened) -> None:
    async with opened((60, 20)) as (app, pilot):
        assert lines(app)[1].endswith("━ 2 log  3 entry ━")
        assert "walk away" in lines(app)[2] and "EUR 4,210" in lines(app)[2]
        await pilot.press("2")
        await settled(pilot)
        assert lines(app)[1].endswith(" 1 of 6  1 clients  3 entry ━")


async def test_what_another_session_logs_is_marked_until_the_next_key(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j")
        kept = main(app).log_pane.selected
        other = Workspace.open(workspace.root, clock=workspace.clock)
        other.log(other.draft("acme", "no-reply", "logged elsewhere"))
        other.log(other.draft("bolt", "thanks", "and here"))
        await until(pilot, lambda: any(row.startswith("+22 Nov") for row in shown(app, LogPane)))
        await until(pilot, lambda: "+  Bolt & Co" in "\n".join(shown(app, ClientsPane)))
        now = main(app).log_pane.selected
        assert kept and now and kept.seq == now.seq, "the cursor stays on its entry"
        await pilot.press("?")
        assert not any(row.startswith("+") for row in shown(app, LogPane))
        assert not any(row.startswith("+") for row in shown(app, ClientsPane))


async def test_what_is_logged_here_is_not_marked(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "blame it was me")
        await pilot.press("enter")
        await until(pilot, lambda: "it was me" in "\n".join(shown(app, LogPane)))
        assert not any(row.startswith("+") for row in shown(app, LogPane))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("boltt", "Bolt & Co"), ("zzzz", "Nobody has that name."), ("kind:blame", "Kinds, days and")],
)
async def test_a_name_that_nobody_has_is_said(
    opened: Opened, typing: Typing, typed: str, said: str
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("/")
        await typing(pilot, typed)
        told = "\n".join(shown(app, ClientsPane))
        assert "Nobody has that name." in told and said in told
        await pilot.press("escape")
        assert len(shown(app, ClientsPane)) == 3


async def test_a_held_key_draws_the_entry_once_it_rests(tmp_path: Path) -> None:
    app = DocketApp(old_sample(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("2")
        drawn: list[int] = []
        pane = app.main.entry_pane
        app.main.panes.draw_later(pane)
        await pilot.press("j", "j")
        drawn.append(pane.standing.seq if pane.standing else 0)
        await until(pilot, lambda: not pane.held)
        assert pane.standing and f"#{pane.standing.seq}" in text_of(app)
        assert drawn == [pane.standing.seq], "what it is about is known at once"


async def test_every_row_fills_the_screen_at_every_size(tmp_path: Path) -> None:
    app = DocketApp(old_sample(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        for size in ((60, 20), (79, 23), (80, 22), (110, 34), (160, 50)):
            await pilot.resize_terminal(*size)
            for key in ("2", "z", "G", "1", "z"):
                await pilot.press(key)
                await settled(pilot)
                rows = app.screen._compositor.render_strips()
                assert [row.cell_length for row in rows] == [size[0]] * size[1], (size, key)


async def test_what_is_overdue_is_said_at_any_width(tmp_path: Path) -> None:
    app = DocketApp(old_sample(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        for width in (80, 100, 110, 120):
            await pilot.resize_terminal(width, 24)
            await settled(pilot)
            assert "overdue AUD 2,800" in lines(app)[0], width


async def test_the_entry_says_what_came_before_it(tmp_path: Path) -> None:
    app = DocketApp(old_sample(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        app.main.look_at("harcourt-wexley", 50)
        await settled(pilot)
        assert "3 #50 micro-change" in text_of(app)
        assert "Fri 27 Nov 09:10, logged 09:19, the same day" in text_of(app)
        assert "!! severity 2 of 3  ·  0.75 h  ·  by email, from a message" in text_of(app)
        assert "before   #44   9 Nov  Ninth version of the caption" in text_of(app)
        assert "in 90 days" in text_of(app)


async def test_the_place_among_many_clients_says_how_many_and_cuts_no_word(
    opened: Opened, workspace: Workspace
) -> None:
    for number in range(20):
        workspace.add_client(f"more-{number}", {"name": f"More {number}"}, {})
    async with opened() as (app, _):
        assert lines(app)[1].startswith("━ 1 Clients ━━━ 1/23 ━┬")


@pytest.mark.parametrize(("columns", "whole"), [(120, False), (160, True)])
async def test_a_long_row_under_the_cursor_takes_two_lines_where_the_screen_is_wide(
    opened: Opened, workspace: Workspace, columns: int, whole: bool
) -> None:
    words = " ".join(f"word{number}" for number in range(22))
    workspace.log(workspace.draft("acme", "note", words))
    async with opened((columns, 40)) as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        top, below, *_ = [
            row for row in text_of(app).split("\n") if "word0" in row or "pay-" in row
        ]
        rows = text_of(app).split("\n")
        at = rows.index(top)
        assert ("word21" in rows[at + 1].partition("│")[2]) == whole
        assert rows.index(below) == at + 1 + whole
        await pilot.press("j")
        await settled(pilot)
        rows = text_of(app).split("\n")
        assert "word21" not in rows[at] and "pay-later" in rows[at + 1]
