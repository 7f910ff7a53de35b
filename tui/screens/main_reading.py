"""How the main screen reads dockets and has them assessed: at once where that is quick."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual import events
from textual.worker import get_current_worker

from store.docket import Docket
from store.errors import DocketError
from store.journal import JournalError
from store.overview.client_book import ClientRow
from tui.bindings import LEAVE, presses
from tui.commands import MOVES

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_OF_ENTRY = ("amend", "extend", "void", "copy")
_MOMENT = 0.12  # seconds of work: on a busy machine as much as on an idle one
_PATIENCE = 4.0
"""Seconds that a move in the list, and the first selection, wait for the order it will have."""
_FEW = 500  # entries: one assessment of so many takes a few hundredths of a second


class MainReading:
    """Takes in what changed on disk; long dockets, and many of them, are left to a thread."""

    def _main(self) -> MainScreen:
        from tui.screens.main import MainScreen

        assert isinstance(self, MainScreen)
        return self

    def take_in(self, changed: set[str]) -> None:
        """Read the dockets in `changed` again, and show what came of it."""
        main = self._main()
        present = set(main.shelf.clients())
        for client in changed:
            if client in present:
                main.rows[client] = main.shelf.known(client) or self._new_row(client)
            else:
                main.rows.pop(client, None)
        self._assess_some()
        if pending := self._pending():
            main.ordered_by = time.monotonic() + _PATIENCE
            main.run_worker(
                self._assess(pending), group="assess", exclusive=True, exit_on_error=False
            )
        main.show_clients()
        if main.client in changed or main.client is None:
            main.show_log()

    def read_long(self, client: str) -> None:
        """Read a long docket in a thread, unless that is under way."""
        main = self._main()
        if client not in main.reading:
            main.reading.add(client)
            main.run_worker(self._read(client), group="read", exit_on_error=False)

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about a list that is being read, or put in order."""
        main = self._main()
        own, at_clients = main.workspace.config.keys, main.pane == "clients"
        if main.client in main.reading:
            needed = _OF_ENTRY if at_clients else (*_OF_ENTRY, *MOVES, "find")
            if presses(event, own, *needed):
                return True
        if not self.orders:
            return False
        if main.client is None:
            return not presses(event, own, *LEAVE)
        return at_clients and presses(event, own, *MOVES)

    @property
    def orders(self) -> bool:
        """Whether the list of clients is being put in order, and that is worth waiting for."""
        return time.monotonic() < self._main().ordered_by

    def docket_of(self, client: str) -> Docket | None:
        """Return the docket of `client`; if it cannot be read, its row says so from now on."""
        main = self._main()
        try:
            return main.shelf.docket(client)
        except JournalError as error:
            main.rows[client] = main.shelf.unreadable(client, error)
            return None

    def _new_row(self, client: str) -> ClientRow:
        """Return the line of a client that has to be read; a long docket is read in a thread."""
        main = self._main()
        if not main.shelf.long(client):
            return main.shelf.row(client)
        self.read_long(client)
        return ClientRow(client, client)

    def _pending(self) -> list[str]:
        """Return the clients that can be assessed and are not yet."""
        main = self._main()
        return [
            client
            for client, row in main.rows.items()
            if not row.summary and not row.trouble and client not in main.reading
        ]

    def _assess_some(self) -> None:
        """Work out what fits a moment at once: so a small workspace is not painted twice."""
        main = self._main()
        end = time.thread_time() + _MOMENT
        for client in self._pending():
            if time.thread_time() > end:
                return
            docket = self.docket_of(client)
            if docket and len(docket.entries) < _FEW:
                try:
                    state = main.shelf.state(client)
                    main.shelf.keep(docket, main.shelf.assess(docket), state)
                except DocketError as error:  # about the private file or the settings
                    main.notify_once(str(error))
                    return
                main.rows[client] = main.shelf.row(client)

    async def _read(self, client: str) -> None:
        """Read a long docket in a thread; the screen is there meanwhile."""
        main = self._main()
        try:
            await asyncio.to_thread(main.shelf.read, client)
        except JournalError as error:
            main.rows[client] = main.shelf.unreadable(client, error)
        finally:
            main.reading.discard(client)
        if client in self._pending():
            self.take_in({client})
            return
        main.show_clients()
        if client == main.client:
            main.show_log()

    async def _assess(self, clients: list[str]) -> None:
        """Work out assessments in a thread, the selected client's first."""
        main = self._main()
        worker = get_current_worker()
        for client in sorted(clients, key=lambda one: one != main.client):
            docket = self.docket_of(client)
            if docket is None:
                continue
            state = main.shelf.state(client)
            try:
                assessment = await asyncio.to_thread(main.shelf.assess, docket)
            except DocketError as error:
                main.ordered_by = 0.0
                main.notify_once(str(error))
                return
            if worker.is_cancelled:
                return
            main.shelf.keep(docket, assessment, state)
        for client in clients:
            if client in main.rows:
                main.rows[client] = main.shelf.row(client)
        main.ordered_by = 0.0
        main.show_clients()
        await asyncio.to_thread(main.shelf.save)
