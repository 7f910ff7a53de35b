"""The main screen, driven by keys at 80x24."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from store.decision import Assessment, assess
from store.docket import Docket
from store.private.model import Private
from store.settings.config import Config
from store.workspace import Workspace
from tests.examples import swept
from tests.tui.app.conftest import Opened, Typing
from tests.tui.screens.host import text_of
from tests.tui.waiting import settled, until
from tui.app import DocketApp
from tui.screens.clients import ClientsPane
from tui.screens.help import HelpScreen
from tui.screens.leaving import LeavingScreen
from tui.screens.main import MainScreen
from tui.widgets.bar import Bar, Confirm
from tui.widgets.entry import EntryPane
from tui.widgets.log import LogPane
from tui.widgets.status import StatusLine


def main(app: DocketApp) -> MainScreen:
    found = [screen for screen in app.screen_stack if isinstance(screen, MainScreen)]
    return found[0]


def shown(app: DocketApp, pane: type[LogPane | ClientsPane | EntryPane]) -> list[str]:
    """Return the lines of a pane as text."""
    lines = main(app).query_one(pane)
    return [
        "".join(text for text, _ in lines.cells(number, lines.room)).rstrip()
        for number in range(lines.count())
    ]


def told(app: DocketApp) -> str:
    return app.told


async def test_the_worst_client_is_selected_and_its_newest_entry_shown(opened: Opened) -> None:
    async with opened() as (app, _):
        assert main(app).client == "acme"
        assert shown(app, LogPane)[0].startswith("▌21 Nov pay-la… !!! asked on the")
        entry = "\n".join(shown(app, EntryPane))
        assert main(app).panes.over["entry"].text == "3 #6 pay-later  21 Nov, 1 day later"
        assert "by phone" in " ".join(entry.split())
        assert "“keep going, I'll pay when the site is up” (client)" in entry
        status = main(app).query_one(StatusLine)
        assert status.facts == ["◆ 1 to decide", "3 due today", "overdue EUR 4,210"]


async def test_moving_in_a_list_shows_what_is_under_the_cursor(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j")
        assert "logo files, third ask" in shown(app, EntryPane)[0]
        await pilot.press("G")
        assert "Acme Media" in shown(app, EntryPane)[0]
        await pilot.press("g", "1", "j")
        assert main(app).client != "acme"


async def test_escape_goes_back_one_pane_at_a_time(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("enter", "3")
        assert main(app).pane == "entry"
        await pilot.press("escape")
        assert main(app).pane == "log"
        await pilot.press("escape", "escape", "escape")
        assert main(app).pane == "clients"


async def test_find_ignores_case_and_accents_and_escape_clears(
    opened: Opened, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("/")
        await typing(pilot, "CAFE aero")
        assert [row.id for row in main(app).query_one(ClientsPane).shown] == ["cafe"]
        await pilot.press("enter")
        assert not app.screen.query(Bar)
        assert len(main(app).query_one(ClientsPane).shown) == 1
        await pilot.press("escape")
        assert len(main(app).query_one(ClientsPane).shown) == 3


async def test_find_in_the_log_reads_kinds_statements_and_quotes(
    opened: Opened, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "/")
        await typing(pilot, "site is up")
        assert len(main(app).query_one(LogPane).shown) == 1
        await pilot.press("escape")
        assert len(main(app).query_one(LogPane).shown) == 6


async def test_undo_asks_and_then_voids(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("u")
        assert "nothing to undo" in told(app)
        await pilot.press("n")
        await typing(pilot, "abuse shouted")
        await pilot.press("enter", "u", "escape")
        assert workspace.docket("acme").entries[-1].kind == "abuse"
        await pilot.press("u", "enter")
        await pilot.pause()
        docket = workspace.docket("acme")
        assert docket.entries[-1].kind == "void"
        assert not docket.standing[-2].counts
        assert "withdrawn: undone right after" in shown(app, LogPane)[0]
        assert any("VOID" in line for line in shown(app, EntryPane))
        await pilot.press("u")
        assert "nothing to undo" in told(app)
        await pilot.press("n")
        for line, said in (
            ("paid 100", "payment EUR 100.00?"),
            ("paid 50 by hand", "payment EUR 50.00: by hand?"),
            ("invoice B-7 500 vat 25% net14 shop", "VAT 100.00 at …: shop?"),
        ):
            await typing(pilot, line)
            await pilot.press("enter", "u")
            assert f", {said}" in " ".join(text_of(app).split())
            await pilot.press("escape", "n")


OTHER_KEYS = ("slash", "p", "n", "u", "y", "j", "question_mark", "escape")


@pytest.mark.parametrize("key", swept(OTHER_KEYS, 3))
async def test_any_key_but_enter_takes_the_question_back_and_does_nothing_else(
    opened: Opened, typing: Typing, workspace: Workspace, key: str
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("n")
        await typing(pilot, "abuse shouted")
        await pilot.press("enter")
        await pilot.pause()
        before = (app.screen, app.focused, shown(app, EntryPane))
        await pilot.press("u")
        assert app.screen.query(Confirm)
        await pilot.press(key)
        await pilot.pause()
        assert not app.screen.query(Bar)
        assert (app.screen, app.focused, shown(app, EntryPane)) == before
        await pilot.press("enter")
        await pilot.pause()
    assert workspace.docket("acme").entries[-1].kind == "abuse"


async def test_the_next_step_is_ready_to_be_logged(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("s")  # they asked to go on for nothing: it leads through leaving them
        await settled(pilot)
        assert isinstance(app.screen, LeavingScreen) or app.screen.query(Confirm)


async def test_an_amended_entry_shows_its_original_struck(
    opened: Opened, workspace: Workspace
) -> None:
    link = {"rel": "amends", "seq": 6, "reason": "misheard"}
    changes = {"statement": "asked by mail to keep going"}
    draft = workspace.draft("acme", "amendment", data={"changes": changes}, links=[link])
    workspace.log(draft)
    async with opened() as (app, _):
        pane = main(app).query_one(EntryPane)
        told = [pane.cells(number, 55) for number in range(pane.count())]
        lines = dict(cells[1] for cells in told if len(cells) == 2)
        assert lines["asked by mail to keep going"] == ""
        assert lines["asked on the phone to keep going"] == "dim strike"
        assert any("misheard" in line for line in lines)


async def test_another_process_is_seen_and_nothing_is_lost(
    opened: Opened, workspace: Workspace, typing: Typing
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("2", "j", "/")
        await typing(pilot, "logo")
        await pilot.press("enter", "n")
        await typing(pilot, "half a l")
        before = main(app).query_one(LogPane).selected
        other = Workspace.open(workspace.root, clock=workspace.clock)
        other.log(other.draft("acme", "no-reply", "logo again"))
        other.new_client("zed", [other.draft("zed", "client", data={"name": "Zed"})])
        await until(pilot, lambda: any("logo again" in line for line in shown(app, LogPane)))
        after = main(app).query_one(LogPane).selected
        assert before and after and before.seq == after.seq
        assert main(app).query_one(LogPane).filter == "logo"
        assert app.screen.query_one(Input).value == "half a l"
        assert any("Zed" in line for line in shown(app, ClientsPane))


async def test_nothing_changed_means_nothing_is_worked_out_again(opened: Opened) -> None:
    async with opened() as (app, _):
        book = app.book
        docket = book.docket("acme")
        known = book.assessment(docket)
        main(app).look()
        await app.workers.wait_for_complete()
        assert known is not None and book.assessment(docket) is known


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        ((80, 24), set()),
        ((120, 40), set()),
        ((60, 20), set()),
        ((59, 20), {"-small"}),
    ],
)
async def test_the_layout_follows_the_size(
    opened: Opened, size: tuple[int, int], classes: set[str]
) -> None:
    async with opened(size) as (app, pilot):
        assert set(main(app).classes) & {"-small"} == classes
        visible = [pane.id for pane in main(app).query(".pane") if pane.region.height]
        if size == (60, 20):
            assert visible == ["clients", "due"]
            await pilot.press("3")
            await pilot.pause()
            panes = main(app).query(".pane")
            assert [pane.id for pane in panes if pane.region.height] == ["entry"]
        elif classes != {"-small"}:
            card = ["card"] if size == (120, 40) else []
            assert visible == ["clients", "due", *card, "log", "entry"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("d", "DecisionScreen"),
        ("x", "RecordScreen"),
        ("i", "CheckInScreen"),
        ("a", "CorrectScreen"),
        ("e", "CorrectScreen"),
        ("v", "CorrectScreen"),
        ("?", "HelpScreen"),
    ],
)
async def test_keys_open_screens_and_escape_comes_back(opened: Opened, key: str, name: str) -> None:
    async with opened() as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert type(app.screen).__name__ == name
        for _ in range(4):
            await pilot.press("escape")
            await pilot.pause()
        assert isinstance(app.screen, MainScreen)


async def test_an_empty_workspace_says_how_to_start(
    workspace: Workspace, opened: Opened, typing: Typing
) -> None:
    for client in workspace.client_ids():
        workspace.path(client).unlink()
    async with opened() as (app, pilot):
        assert "+ NAME enter" in "\n".join(shown(app, ClientsPane))
        await pilot.press("d")
        assert "No client is selected" in told(app)
        await pilot.press("j", "G", "enter", "3", "y")
        await pilot.press("n")
        await typing(pilot, "new Zed Bros")
        await pilot.press("enter")
        await typing(pilot, "Robin Reed")
        await pilot.press("enter")
        await pilot.pause()
        assert main(app).client == "zed-bros"
    assert workspace.entries("zed-bros")[0].author == "Robin Reed"


async def test_the_palette_finds_a_command_and_does_it(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press(":")
        await typing(pilot, "help")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press(":")
        await typing(pilot, "sheet")
        await pilot.press("enter")
        await pilot.pause()
        assert "'welcome' does nothing here" in told(app)


async def test_copying_says_what_was_copied(opened: Opened) -> None:
    async with opened() as (app, pilot):
        await pilot.press("y")
        assert app.clipboard.startswith("acme#6\npay-later")
        assert "acme#6 copied" in told(app)


HOSTILE = ("[/foo]", "[link=http://x]y", "[$primary]z[/]", "[type=x, v={'a[0]'}]", "[red]hi[/red]")


@pytest.mark.parametrize("text", swept(HOSTILE, 1))
async def test_brackets_are_shown_as_they_are(
    opened: Opened, workspace: Workspace, typing: Typing, text: str
) -> None:
    fields: dict[str, Any] = {"occurred_at": datetime(2026, 11, 22, 10, tzinfo=UTC)}
    name = {"name": f"A {text}"}
    workspace.new_client("aaa", [workspace.draft("aaa", "client", text, data=name, **fields)])
    workspace.log(workspace.draft("aaa", "abuse", text, quotes=[{"text": text}], **fields))
    async with opened() as (app, pilot):
        await find_and_log(app, pilot, typing, text)
        assert any(text in line for line in shown(app, EntryPane))
        await pilot.press("u", "escape", "?", "escape", "y", "a", "escape")


async def find_and_log(app: DocketApp, pilot: Pilot[None], typing: Typing, text: str) -> None:
    await pilot.press("/")
    await typing(pilot, text)
    await pilot.press("enter", "n")
    await typing(pilot, f"aaa note {text}")
    await pilot.press("enter")
    await pilot.pause()
    assert "aaa#3 logged" in told(app)
    assert main(app).client == "aaa"


async def test_a_damaged_docket_is_named_after_the_first_paint(
    opened: Opened, workspace: Workspace
) -> None:
    path = workspace.path("acme")
    path.write_bytes(path.read_bytes().replace(b"third ask", b"third aks"))
    async with opened() as (app, pilot):
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = told(app)
    assert "entry 5 was changed" in said
    assert "docket verify" in said


async def test_a_client_added_from_the_list_is_the_one_selected(
    opened: Opened, typing: Typing, workspace: Workspace
) -> None:
    async with opened() as (app, pilot):
        await pilot.press("+")
        await typing(pilot, "Zed Ltd")
        await pilot.press("enter")
        await pilot.pause()
        assert "zed-ltd" in workspace.client_ids()
        assert main(app).client == "zed-ltd"
        selected = main(app).query_one(ClientsPane).selected
        assert selected is not None
        assert selected.id == "zed-ltd"


async def test_a_filter_that_fits_nothing_loses_no_place(opened: Opened, typing: Typing) -> None:
    async with opened() as (app, pilot):
        await pilot.press("down")
        before = main(app).client
        await pilot.press("/")
        await typing(pilot, "qqqq")
        await pilot.press("escape", "escape")
        assert main(app).client == before


async def test_a_second_start_works_nothing_out_that_did_not_change(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list comes from what was kept; only the client that changed is assessed again."""
    monkeypatch.setattr("store.files.TICK", 0)  # nothing is appended while it starts
    first = DocketApp(workspace)
    async with first.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await first.workers.wait_for_complete()
        first.book.save()
        shown = [(row.id, row.summary) for row in first.book.rows.values()]
    assert all(summary for _, summary in shown)
    asked: list[str] = []

    def counted(docket: Docket, private: Private, config: Config) -> Assessment:
        asked.append(docket.client)
        return assess(docket, private, config)

    monkeypatch.setattr("store.decision.assess", counted)
    again = DocketApp(Workspace.open(workspace.root, clock=workspace.clock))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await again.workers.wait_for_complete()
        assert [(row.id, row.summary) for row in again.book.rows.values()] == shown
        assert asked == []
        draft = again.workspace.draft("acme", "abuse", "Shouted.", data={"severity": 3})
        again.workspace.log(draft)
        again.main.look()
        await again.workers.wait_for_complete()
        assert set(asked) == {"acme"}
