"""What the log and the entry pane show: the client that is selected, and the entry of its log."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from store.docket import Standing
from store.overview.client_book import ClientBook
from store.workspace import Workspace
from tui.screens.panes import Panes
from tui.widgets.lines import ScrollLines
from tui.words.entry import Label, unlabelled
from tui.words.whole import files_of

if TYPE_CHECKING:
    from tui.shell.labels import ShownLabels

_STOPPED: Final = "Not read: you stopped it. enter reads it."


class Selection:
    """Lets the panes follow each other's cursors."""

    def __init__(self, book: ClientBook, panes: Panes) -> None:
        self._book, self._panes = book, panes
        self.client = self._last = ""
        """Whose log is shown."""

    def log(self, keep: int | None = None) -> None:
        """Show the log of the selected client, the cursor on `keep` or where it was."""
        clients, pane = self._panes.clients, self._panes.log_pane
        client = clients.client
        self.client = client or ""
        if client != self._last:  # who comes back to it asks for it anew
            self._book.given_up.discard(self._last)
            self._last = client or ""
        stopped = client in self._book.given_up
        if client and not (stopped or clients.trouble) and self._book.long(client):
            clients.read(client)
        reading = client in self._book.unread
        there = client and not (reading or stopped or clients.trouble)
        docket = self._book.shown(client) if client and there else None
        if keep is None and docket and pane.docket and docket.client == pane.docket.client:
            keep = pane.selected.seq if pane.selected else None
        pane.waiting = self._waiting()
        why = _STOPPED if stopped else ""
        why = "Reading…" if reading or (client is None and clients.orders) else why
        pane.show(docket, keep, "This docket cannot be read." if clients.trouble else why)
        self.entry()
        if not self._panes.resting:
            self._panes.tell()

    def _waiting(self) -> list[Standing]:
        """Return what waits for the server, the last typed first; nothing while somebody looks."""
        workspace = self._book.workspace
        if workspace.discreet:
            return []
        entries = workspace.journals.waiting(self.client) if self.client else []
        return [Standing(one, one) for one in reversed(entries)]

    def entry(self) -> None:
        """Show the entry under the log's cursor; of one that waits, why it does."""
        log, one = self._panes.log_pane, self._panes.log_pane.selected
        trouble = str(self._panes.clients.trouble or "")
        if one is None or one.entry.on_record:
            self._panes.entry.show(one, log.docket, trouble, self.label(one))
            return
        from tui.words.outbox import why_words

        outbox = self._book.workspace.journals.outbox
        found = outbox.find(one.seq) if outbox else None
        self._panes.entry.show(one, None, ". ".join(why_words(found)) if found else "")

    def label(self, one: Standing | None) -> Label:
        """Return what the files of an entry are called."""
        return self._labels.of(one) if one and files_of(one) else unlabelled

    @cached_property
    def _labels(self) -> ShownLabels:
        from tui.shell.labels import ShownLabels  # of no use to most dockets

        return ShownLabels(self._panes.entry, self._book.workspace, self.entry)

    def follow(self, lines: ScrollLines) -> None:
        """Follow the cursor of a list, and the lines in view of the entry.

        The cursor is drawn before what it shows is read; the next key waits for that.
        """
        panes = self._panes
        if lines is panes.log_pane:
            panes.draw_later(panes.entry)
            panes.tell_log()
            panes.screen.call_after_refresh(self._catch_up_in_log)
        elif (row := panes.clients.selected) and row.id != panes.clients.client:
            panes.draw_later(panes.entry, panes.log_pane)
            panes.clients.client = row.id
            panes.tell_clients()
            panes.tell_line(row.id)
            panes.screen.call_after_refresh(self._catch_up)
        elif lines is panes.entry:
            panes.tell_entry()

    def _catch_up(self) -> None:
        """Show the log of the client that the cursor has come to."""
        if (self._panes.clients.client or "") != self.client:
            self.log()
        self._panes.draw_later()  # the cursor rests once what it shows is read

    def _catch_up_in_log(self) -> None:
        self.entry()
        self._panes.draw_later()


def line_facts(workspace: Workspace) -> list[str]:
    """Return what the first line says of the server: that there is no line, and what waits."""
    if workspace.journals.shared is None:
        return []
    from tui.words.outbox import waiting_facts

    return list(waiting_facts(workspace.journals.shared))
