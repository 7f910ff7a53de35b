"""The app on a line to a server that dies: no key freezes it, what waits is changed and dropped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.journal.server.address import ServerAddress
from store.journal.server.schema import init
from store.workspace import Workspace
from store.workspace.folder import begin
from store.workspace.timer import Timer, start_timer
from tests.postgres import Server
from tests.store.journal.server.proxy import Proxy
from tests.tui.app.test_bursts import send
from tests.tui.app.test_main import main, told
from tests.tui.screens.host import text_of
from tests.tui.waiting import until
from tui.app import DocketApp


class Line:
    """A machine's line to the server, with the app on it."""

    def __init__(self, server: Server, root: Path) -> None:
        address = server.url(workspace=root.name)
        init(ServerAddress.parse(address))
        self.proxy = Proxy(server.port)
        at = f"postgresql://root@127.0.0.1:{self.proxy.port}/postgres"
        begin(root, f"{at}?workspace={root.name}&sslmode=disable")
        self.workspace = Workspace.open(root)
        self.workspace.add_client("acme", {"name": "Acme Media"}, {})
        for number in range(4):
            self.workspace.enter("acme", "note", f"as it was {number}")

    @asynccontextmanager
    async def app(self) -> AsyncIterator[tuple[DocketApp, Pilot[None]]]:
        """Open the app, and yield it once the log is there."""
        app = DocketApp(self.workspace)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await until(pilot, lambda: len(main(app).log_pane.numbers) == 5)
            yield app, pilot

    def waiting(self) -> list[str]:
        """Return what waits, by kind and words."""
        found = self.workspace.journals.waiting("acme")
        return [f"{one.kind} {one.statement}".strip() for one in found]

    def logged(self) -> list[str]:
        """Return what is on record since it began."""
        found = self.workspace.entries("acme")[5:]
        return [f"{one.kind} {one.statement}".strip() for one in found]


@pytest.fixture
def line(postgres: Server, tmp_path: Path) -> Line:
    """A line to a workspace of the test's own."""
    return Line(postgres, tmp_path / f"dead{time.monotonic_ns()}")


class Beat:
    """How long the loop of the app was held up at most while it beats."""

    longest = 0.0

    async def __aenter__(self) -> Beat:
        self._beating = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *error: object) -> None:
        self._beating.cancel()

    async def _beat(self) -> None:
        before = time.monotonic()
        while True:
            await asyncio.sleep(0.005)
            now = time.monotonic()
            self.longest, before = max(self.longest, now - before), now


DYING = {
    "amend": ("2ja, in other words\t\tit was wrong\r", "amendment"),
    "add": ("2jemore of it\x13", "addendum more of it"),
    "void": ("2jvit was wrong\r", "void"),
    "several": ("2TTvit was wrong\r", "void"),
    "welcome": ("I\tme\x13", "welcome"),
    "timer": ("C", "hours"),
    "log": ("nnote typed\r", "note typed"),
    "undo": ("u\r", "void"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", DYING)
async def test_a_line_that_dies_freezes_nothing_and_keys_wait_in_order(
    line: Line, what: str
) -> None:
    keys, waits = DYING[what]
    async with line.app() as (_, pilot):
        if what == "undo":
            await send(pilot, "nnote typed\r")
            await until(pilot, lambda: len(line.logged()) == 1)
        if what == "timer":
            since = line.workspace.clock() - timedelta(hours=1)
            start_timer(line.workspace.root, Timer("acme", since))
        line.proxy.swallows = True
        async with Beat() as beat:
            await send(pilot, f"{keys}nnote afterwards\r")
            await until(pilot, lambda: "note afterwards" in line.waiting())
        assert beat.longest < 0.35, f"held up for {beat.longest:.2f} s; the line takes 0.9 to die"
        assert line.waiting()[0] == waits
        assert line.waiting()[-1] == "note afterwards"
        line.proxy.swallows = False
        await until(pilot, lambda: not line.waiting())
        assert line.logged()[-1] == "note afterwards"
    assert waits in line.logged()


@pytest.mark.slow
async def test_what_waits_is_changed_dropped_and_undone(line: Line) -> None:
    line.proxy.refuses = True
    assert line.workspace.journals.shared
    line.workspace.journals.shared.backend.close()
    async with line.app() as (app, pilot):
        await until(pilot, lambda: "cannot be reached" in told(app))
        await send(pilot, "nnote typed here\r2")
        assert line.waiting() == ["note typed here"]
        await send(pilot, "a\r")
        assert "would say nothing" in text_of(app)
        await send(pilot, "in other words\r")
        assert line.waiting() == ["note in other words"]
        assert told(app) == "acme~1 says that now; it is checked as it is sent."
        await send(pilot, "e")
        assert "acme~1 is not on record yet" in told(app)
        await send(pilot, "vby mistake\r")
        assert line.waiting() == []
        assert "never on record: by mistake; what it said is among the drafts" in told(app)
        await send(pilot, "nnote once more\ru")
        assert "It was never on record." in text_of(app)
        await send(pilot, "\r")
        assert line.waiting() == []
        await send(pilot, "u")
        assert "There is nothing to undo" in told(app)
        await send(pilot, "nnote a fact\rnnote more on #~1\rnnote and about:~1\r")
        one, two, three = line.workspace.journals.waiting("acme")
        assert [link.id for link in (*two.links, *three.links)] == [one.id, one.id]
        await send(pilot, "nnew Zeta\r")
        assert "its docket is here, and sent once the server is there" in told(app)
        await until(pilot, lambda: "1 client not sent" in text_of(app))
    kept = sorted(one.text for one in line.workspace.drafts.kept("unsent"))
    assert kept == ["in other words", "once more"]
    assert line.logged() == []
