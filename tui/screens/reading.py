"""The keys that move a list, the same on every screen that is read."""

from __future__ import annotations

from tui.screens.rows import RowList


class Reading:
    """Moves whatever list `reading` says the keys are for."""

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        raise NotImplementedError

    def action_down(self) -> None:
        """Go a line down."""
        self.reading.step(1)

    def action_up(self) -> None:
        """Go a line up."""
        self.reading.step(-1)

    def action_page_down(self) -> None:
        """Go a page down."""
        self.reading.page(1)

    def action_page_up(self) -> None:
        """Go a page up."""
        self.reading.page(-1)

    def action_top(self) -> None:
        """Go to the first line."""
        self.reading.edge(last=False)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.reading.edge(last=True)
