"""The portfolio: all clients by strain, with what each brings in; `enter` asks about one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import Worker

from store.decision import assess
from store.docket import Docket
from store.errors import DocketError
from store.overview.portfolio import Assessed, Portfolio, portfolio
from store.workspace import Workspace
from tui.bindings import LEAVE, keys_for, presses
from tui.screens.parts import PRIVATE, Heading, Say
from tui.screens.portfolio_view import portfolio_rows
from tui.screens.rows import Reading, RowList, paragraph
from tui.shell.shell import shell_of
from tui.widgets.hints import Hints


class PortfolioScreen(Reading, Screen[None]):
    """Assesses every client in a thread, then shows them side by side."""

    BINDINGS = keys_for("portfolio")
    PLACE = "portfolio"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: Portfolio | None = None
        self.clients: Sequence[str] = ()
        self._assessed: dict[str, Assessed] = {}
        self._work: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Yield the heading and the list."""
        yield Heading("Portfolio: clients by strain", PRIVATE)
        yield RowList(id="portfolio")
        yield Say()
        yield Hints("portfolio", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Begin to read."""
        self.reading.focus()
        self.reading.show(paragraph("Reading…", self.reading.room))
        self.look()

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self._lay_out()

    def on_screen_resume(self) -> None:
        """Take in what was logged, noted or decided on another screen."""
        if self.found is not None:
            self.look()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.look()

    def look(self) -> None:
        """Assess again whatever changed since."""
        self._work = self.run_worker(self._read(), group="portfolio", exclusive=True)

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about the list, which is being read."""
        reads = self._work is not None and not self._work.is_finished
        return reads and not presses(event, self.workspace.config.keys, *LEAVE)

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.query_one("#portfolio", RowList)

    @property
    def client(self) -> str | None:
        """The client under the cursor."""
        at = self.reading.cursor
        return (self.clients[at] or None) if at < len(self.clients) else None

    def action_open(self) -> None:
        """Ask about the client under the cursor."""
        self.action_show("decision")

    def action_show(self, place: str) -> None:
        """Open another screen about the client under the cursor."""
        if self.client is not None:
            shell_of(self).show(place, self.client)

    def action_copy(self) -> None:
        """Copy the line under the cursor."""
        row = self.reading.current
        if row is not None:
            self.app.copy_to_clipboard(row.about)
            self.query_one(Say).tell("Copied. It is private: mind where you paste it.")

    def action_back(self) -> None:
        """Leave."""
        self.dismiss(None)

    async def _read(self) -> None:
        say, skipped = self.query_one(Say), self.workspace.skipped
        try:
            self.found = await asyncio.to_thread(self._found)
        except DocketError as error:  # about the private file or the settings
            say.tell(str(error), error=True)
            return
        say.tell(f"Without {', '.join(sorted(skipped))}: not readable." if skipped else "")
        self.call_after_refresh(self._lay_out)

    def _found(self) -> Portfolio:
        day = self.workspace.clock().date()
        assessed = [self._assess(docket) for docket in self.workspace.dockets(day)]
        return portfolio(assessed, self.workspace.config, day)

    def _assess(self, docket: Docket) -> Assessed:
        """Assess a client, unless neither docket nor private file changed since the last time."""
        private = self.workspace.private.of(docket.client)
        kept = self._assessed.get(docket.client)
        if kept is None or kept.docket is not docket or kept.private != private:
            kept = Assessed(docket, assess(docket, private, self.workspace.config), private)
            self._assessed[docket.client] = kept
        return kept

    def _lay_out(self) -> None:
        if self.found is None:
            return
        reading, before = self.reading, self.client
        lines = portfolio_rows(self.found, reading.room)
        self.clients = [client for _, client in lines]
        reading.show([row for row, _ in lines], keep=before is not None)
        if before in self.clients:
            reading.go(self.clients.index(before))
