"""The card of a client under the list of clients, where a screen is wide and tall enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.widgets.lines import Cells, ScrollLines

if TYPE_CHECKING:
    from store.docket import Docket
    from store.overview.client_book import ClientBook, ClientRow
    from tui.words.card import CardLine

CARD_ROWS: Final = 12
_LABEL: Final = 9


class CardPane(ScrollLines, can_focus=False):
    """Shows what is agreed, owed, open and felt, a line each; no key goes here."""

    bare = True

    def __init__(self) -> None:
        super().__init__(id="card", classes="pane")
        self._lines: Sequence[CardLine] = ()

    def show(self, docket: Docket | None, row: ClientRow | None, book: ClientBook) -> None:
        """Show the card of a docket; works nothing out where there is no room for it."""
        if not self.display or docket is None:
            self._lines = ()
        else:
            from tui.words.glance import glance_lines  # of no use on a small screen

            private = book.workspace.private.of(docket.client)
            self._lines = list(glance_lines(docket, row.summary if row else None, private))
        self.measure()

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line: what it is about, and what is to say."""
        from tui.widgets.card_line import line_cells

        return [(" ", ""), *line_cells(self._lines[number], width - 1, _LABEL)]
