"""Which clients and entries are marked, since another session logged something, until a key."""

from __future__ import annotations

from collections.abc import Collection

from store.overview.client_book import ClientBook
from tui.screens.clients import ClientsPane
from tui.widgets.log import LogPane


class Elsewhere:
    """Keeps count of the entries of each client, and marks those that are not of this session."""

    def __init__(self, book: ClientBook, clients: ClientsPane, log: LogPane) -> None:
        self._book, self._clients, self._log = book, clients, log
        self._lengths: dict[str, int] = {}

    def take_in(self, changed: Collection[str]) -> None:
        """Mark what was logged elsewhere in the dockets that changed; before they are shown."""
        for client in changed:
            if seqs := self._foreign(client):
                self._clients.foreign |= {client}
                self._clients.redraw()  # the list is drawn by now, and the log is not
                if client == self._clients.client:
                    self._log.foreign |= seqs

    def clear(self) -> None:
        """Take the marks away."""
        if self._clients.foreign:
            self._clients.foreign = frozenset()
            self._log.foreign = frozenset()
            self._clients.redraw()
            self._log.redraw()

    def _foreign(self, client: str) -> frozenset[int]:
        """Return the numbers of what was logged since the last look, and not in this session."""
        row = self._book.rows.get(client)
        if row is None or row.summary is None:
            return frozenset()
        now = row.summary.entries
        before = self._lengths.get(client, now)
        self._lengths[client] = now
        own = self._book.workspace.file(client).own
        return frozenset(range(before + 1, now + 1)) - own
