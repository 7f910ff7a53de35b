"""What other sessions log: how often the disk is looked at, and what is marked until a key."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from store.overview.client_book import ClientBook
from tui.screens.clients import ClientsPane
from tui.widgets.log import LogPane

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

_OFTEN: Final = 0.8
"""Seconds between looks at the disk, where nobody tells that something changed."""
_RARELY: Final = 30.0
"""And where somebody does: the day changes too."""


class Looks:
    """Has a screen look at the disk again and again."""

    def __init__(self, screen: Screen[None], look: Callable[[], None]) -> None:
        self._screen, self._look = screen, look
        self._timer: Timer | None = None

    def often(self) -> None:
        """Look as often as what others log is to be seen."""
        self._every(_OFTEN)

    def rarely(self) -> None:
        """Look only for what nobody tells."""
        self._every(_RARELY)

    def _every(self, seconds: float) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = self._screen.set_interval(seconds, self._look)


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

    def count(self) -> None:
        """Take in how many entries there are where that was worked out only now."""
        for client, row in self._book.rows.items():
            if row.summary:
                self._lengths.setdefault(client, row.summary.entries)

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
