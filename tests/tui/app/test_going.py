"""Going about: half pages, and from one client that needs a decision to the next."""

from __future__ import annotations

from typing import Any

from store.workspace import Workspace
from tests.tui.app.conftest import Opened, day
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled
from tui.app import DocketApp


def crossed(workspace: Workspace, client: str) -> None:
    """Log what makes a decision due about `client`."""
    for text in ("shouted", "shouted again"):
        draft = workspace.draft(client, "abuse", text, data={"severity": 3}, **day(20))
        workspace.log(draft)


async def test_half_a_page_down_and_up(opened: Opened, workspace: Workspace) -> None:
    for number in range(60):
        workspace.log(workspace.draft("acme", "note", f"Note {number}", **day(3)))
    async with opened() as (app, pilot):
        await pilot.press("2", "g")
        page = main(app).log_pane.size.height
        await pilot.press("ctrl+d")
        assert main(app).log_pane.cursor == (page - 1) // 2
        await pilot.press("ctrl+d", "ctrl+u")
        assert main(app).log_pane.cursor == (page - 1) // 2
        await pilot.press("ctrl+u", "ctrl+u")
        assert main(app).log_pane.cursor == 0


async def test_to_the_next_client_that_needs_a_decision(
    opened: Opened, workspace: Workspace
) -> None:
    crossed(workspace, "acme")
    crossed(workspace, "cafe")
    async with opened() as (app, pilot):
        asked = [row.id for row in main(app).clients.shown if row.asks]
        assert sorted(asked) == ["acme", "cafe"]
        assert main(app).client == asked[0]
        for key, client in zip("]]J[K", [1, 0, 1, 0, 1], strict=True):
            await pilot.press(key)
            assert main(app).client == asked[client], key


async def test_what_is_typed_after_it_is_about_that_client(
    opened: Opened, workspace: Workspace
) -> None:
    crossed(workspace, "acme")
    crossed(workspace, "cafe")
    async with opened() as (app, pilot):
        assert [row.id for row in main(app).clients.shown if row.asks] == ["acme", "cafe"]
        await send(pilot, "]nblame about the next one\r")
        await pilot.pause()
        assert workspace.entries("cafe")[-1].statement == "about the next one"


async def test_where_nobody_needs_a_decision_that_is_said(opened: Opened) -> None:
    async with opened() as (app, pilot):
        main(app).clients.shown = [row for row in main(app).clients.shown if not row.asks]
        await pilot.press("]")
        assert app.told == "Nobody in the list needs a decision now."


def where(app: DocketApp) -> tuple[str, str | None, int | None]:
    """Return the place, the client and the entry that are shown."""
    selected = main(app).log_pane.selected if app.screen is app.main else None
    client = getattr(app.screen, "client", None)
    return app.place, client, selected.seq if selected else None


async def test_back_and_forward_as_in_a_browser(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j")
        entry = where(app)
        await pilot.press("d", "0")
        decision = where(app)
        assert decision[0] == "decision"
        await pilot.press("escape", "1", "j")
        other = where(app)
        assert other[1] != entry[1]
        await pilot.press("x")
        record = where(app)
        assert record[:2] == ("record", other[1])
        for key, seen in (("<", other), ("ctrl+o", decision), ("<", entry)):
            await pilot.press(key)
            await settled(pilot)
            assert where(app) == seen, key
        assert main(app).pane == "log"
        await pilot.press("<")
        assert app.told == "Nothing was looked at before this."
        for key, seen in ((">", decision), (">", other), (">", record)):
            await pilot.press(key)
            await settled(pilot)
            assert where(app) == seen, key
        await pilot.press(">")
        assert app.told == "Nothing was looked at after this."


async def test_a_new_place_ends_the_way_forward(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("j", "<")
        assert app.screen is app.main
        await pilot.press("d", "0", "escape", ">")
        assert app.told == "Nothing was looked at after this."
        await pilot.press("<")
        assert app.place == "decision"
        await pilot.press("<", "<")
        assert app.told == "Nothing was looked at before this."


async def test_one_comes_back_to_the_line_one_was_on(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("j", "j")
        client = where(app)[1]
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("<")
        await settled(pilot)
        assert where(app) == ("portfolio", client, None)


async def test_the_entries_behind_a_line_of_the_card_are_gone_back_and_forward_to(
    opened: Opened,
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("c")
        await settled(pilot)
        card: Any = app.screen
        while not (card.reading.current and card.reading.current.seqs):
            await pilot.press("j")
        line = card.reading.current
        await pilot.press("enter")
        await settled(pilot)
        there = app.place
        assert there in ("entries", "entry")
        for key, place in (("<", "card"), (">", there), ("<", "card"), ("<", "main")):
            await pilot.press(key)
            await settled(pilot)
            assert app.place == place, key
            if place == "card":
                assert app.screen.reading.current == line  # type: ignore[attr-defined]


async def test_what_a_screen_that_was_left_put_off_is_not_done(opened: Opened) -> None:
    """The screen that comes up does what was put off; the other has no place to draw on."""
    async with opened() as (app, pilot):
        await pilot.press("x")
        await settled(pilot)
        record: Any = app.screen
        await pilot.press("escape")
        await settled(pilot)
        done: list[str] = []
        for sender, call in ((record, record.draw), (app.main, lambda: done.append("drawn"))):
            app.screen._invoke_later(call, sender)
        await settled(pilot)
        assert done == ["drawn"]
        assert app.failure is None


async def test_a_finding_of_a_record_is_left_for_its_entry_and_come_back_to(
    opened: Opened,
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("j", "x")
        await settled(pilot)
        app.look_at("acme", 3)
        await pilot.pause()
        assert where(app) == ("main", "acme", 3)
        await pilot.press("<")
        await settled(pilot)
        assert where(app)[:2] == ("record", "bolt")


async def test_keys_after_it_in_one_write_are_about_what_one_came_back_to(
    opened: Opened, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "d0\x1bjx<<nblame where it was\r")
        await settled(pilot)
        assert where(app)[:2] == ("decision", "acme")
        assert workspace.entries("acme")[-1].statement == "where it was"


async def test_a_client_that_is_gone_is_passed_over(opened: Opened, workspace: Workspace) -> None:
    async with opened() as (app, pilot):
        await pilot.press("j", "d", "escape", "k", "x")
        workspace.path("bolt").unlink()
        await pilot.press("<", "<")
        await settled(pilot)
        assert where(app)[1] == "acme"


async def test_from_pane_to_pane_by_arrows_and_as_in_vi(
    opened: Opened, workspace: Workspace
) -> None:
    (workspace.root / "config.toml").write_text('[keys]\npreset = "vi"\n', encoding="utf-8")
    vars(workspace).pop("settings", None)  # it is read once
    async with opened() as (app, pilot):
        for key, pane in (
            ("right", "log"),
            ("l", "entry"),
            ("l", "entry"),
            ("h", "log"),
            ("left", "clients"),
        ):
            await pilot.press(key)
            assert main(app).pane == pane, key
        await pilot.press("Y")
        assert app.place == "past"


async def test_what_opens_by_a_slip_asks_once(opened: Opened) -> None:
    async with opened() as (app, pilot):
        for key, asked in (("V", "nothing is kept of?"), ("E", "what leaving them takes")):
            await pilot.press(key)
            assert asked in text_of(app)
            await pilot.press("j")
            assert app.screen is app.main and not app.has_bar, "any other key leaves all as it is"
        await send(pilot, "V\rnobody reads this\x1b")
        await settled(pilot)
        assert "It is gone." in app.told


async def test_the_gut_is_not_asked_again_about_an_answer_that_was_seen(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await send(pilot, "d")
        assert app.place == "gut"
        await send(pilot, "0\x1bd")
        await settled(pilot)
        assert app.place == "decision"
        await send(pilot, "\x1bjd")
        await settled(pilot)
        assert app.place == "gut"  # of another client nothing was seen
