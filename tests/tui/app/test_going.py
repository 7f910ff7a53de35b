"""Going about: half pages, and from one client that needs a decision to the next."""

from __future__ import annotations

from store.workspace import Workspace
from tests.tui.app.conftest import Opened, day
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main


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
