"""The app on a workspace that is on a server: others' entries appear, and a broken line is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.journal.chain import NOT_YET
from store.journal.server.address import ServerAddress
from store.journal.server.schema import init
from store.workspace import Workspace
from store.workspace.folder import begin
from tests.postgres import Server, running
from tests.tui.app.conftest import Typing
from tests.tui.app.test_main import main, shown, told
from tests.tui.waiting import until
from tui.app import DocketApp
from tui.widgets.entry import EntryPane
from tui.widgets.log import LogPane
from tui.widgets.status import StatusLine


def member(server: Server, root: Path) -> Workspace:
    """Return a workspace of a machine of its own."""
    if not root.exists():
        address = server.url(workspace="app")
        init(ServerAddress.parse(address))
        begin(root, address)
    return Workspace.open(root)


@pytest.mark.slow
async def test_what_others_log_is_seen_and_nothing_typed_is_lost(
    tmp_path: Path, typing: Typing
) -> None:
    with running() as server:
        bea = member(server, tmp_path / "bea")
        bea.add_client("acme", {"name": "Acme Media"}, {})
        ann = member(server, tmp_path / "ann")
        shared = ann.journals.shared
        assert shared is not None
        app = DocketApp(ann)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            log = main(app).log_pane
            await until(pilot, lambda: log.docket is not None)
            bea.enter("acme", "note", "from the other machine")
            await until(pilot, lambda: log.docket is not None and len(log.docket.entries) == 2)
            await pilot.press("n")
            await typing(pilot, "acme note typed here")
            await pilot.press("enter")
            await until(pilot, lambda: log.docket is not None and len(log.docket.entries) == 3)
            server.stop()
            await until(pilot, lambda: "cannot be reached" in told(app))
            await pilot.press("n")
            await typing(pilot, "acme note while it was away")
            await pilot.press("enter")
            await until(pilot, lambda: [*log.numbers[:1]] == [NOT_YET + 1])
            assert len(ann.entries("acme")) == 3
            assert "not yet on record" in shown(app, LogPane)[0]
            assert "waits for the server" in "\n".join(shown(app, EntryPane))
            facts = main(app).query_one(StatusLine).facts
            assert facts[0].startswith("no line, as of")
            assert facts[1] == "1 not on record"
            server.start()
            await until(pilot, lambda: log.docket is not None and len(log.docket.entries) == 4)
            await until(pilot, lambda: [*log.numbers] == [4, 3, 2, 1])
            assert shared.outbox is not None
            assert shared.outbox.waiting() == []
        assert [one.statement for one in member(server, tmp_path / "bea").entries("acme")][2:] == [
            "typed here",
            "while it was away",
        ]
