"""The lower part of a screen: a title and lines about what the cursor is on, hidden until asked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.safe_text import content, fit
from tui.screens.rows import Row, RowList


class Below(Vertical):
    """Takes the lower two fifths while it is open."""

    DEFAULT_CSS = """
    Below { height: 40%; display: none; }
    Below #below-title { height: 1; padding: 0 1; text-style: bold; }
    """

    def compose(self) -> ComposeResult:
        """Yield the title and the lines."""
        yield Static(id="below-title")
        yield RowList(id="evidence")

    @property
    def lines(self) -> RowList:
        """The lines, which `tab` goes to."""
        return self.query_one(RowList)

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return bool(self.display)

    def show(self, title: str, rows: Sequence[Row]) -> None:
        """Show `rows` under a title that runs across the screen."""
        room = max(10, self.screen.size.width - 2)
        line = fit(f"── {title} ".ljust(room, "─"), room)
        self.query_one("#below-title", Static).update(content(line))
        self.display = True
        self.lines.show(rows)

    def close(self) -> None:
        """Hide it."""
        self.display = False
