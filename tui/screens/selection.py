"""What the log and the entry pane show: the client that is selected, and the entry of its log."""

from __future__ import annotations

from store.overview.client_book import ClientBook
from tui.screens.panes import Panes
from tui.widgets.lines import ScrollLines


class Selection:
    """Lets the panes follow each other's cursors."""

    def __init__(self, book: ClientBook, panes: Panes) -> None:
        self._book, self._panes = book, panes
        self.client = ""
        """Whose log is shown."""

    def log(self, keep: int | None = None) -> None:
        """Show the log of the selected client, the cursor on `keep` or where it was."""
        clients, pane = self._panes.clients, self._panes.log_pane
        client = clients.client
        self.client = client or ""
        if client and not clients.trouble and self._book.long(client):
            clients.read(client)
        reading = client in self._book.unread
        docket = self._book.shown(client) if client and not (reading or clients.trouble) else None
        if keep is None and docket and pane.docket and docket.client == pane.docket.client:
            keep = pane.selected.seq if pane.selected else None
        why = "Reading…" if reading or (client is None and clients.orders) else ""
        pane.show(docket, keep, "This docket cannot be read." if clients.trouble else why)
        self.entry()
        if not self._panes.resting:
            self._panes.tell()

    def entry(self) -> None:
        """Show the entry under the log's cursor."""
        log = self._panes.log_pane
        self._panes.entry.show(log.selected, log.docket, str(self._panes.clients.trouble or ""))

    def follow(self, lines: ScrollLines) -> None:
        """Follow the cursor of a list, and the lines in view of the entry."""
        panes = self._panes
        if lines is panes.log_pane:
            panes.draw_later(panes.entry)
            self.entry()
            panes.tell_log()
        elif (row := panes.clients.selected) and row.id != panes.clients.client:
            panes.draw_later(panes.entry, panes.log_pane)
            panes.clients.client = row.id
            self.log()
            panes.tell_clients()
        elif lines is panes.entry:
            panes.tell_entry()
