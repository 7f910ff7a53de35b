"""The keys that move a list, the same on every screen that is read."""

from __future__ import annotations

from tui.screens.rows import RowList


class Reading:
    """Moves whatever list `reading` says the keys are for."""

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        raise NotImplementedError

    def action_step(self, by: int) -> None:
        """Go some lines down."""
        self.reading.step(by)

    def action_page(self, by: int) -> None:
        """Go some pages down."""
        self.reading.page(by)

    def action_edge(self, last: bool) -> None:
        """Go to the first line, or to the last."""
        self.reading.edge(last=last)
