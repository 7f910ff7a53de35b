"""The find bar: filters the list it was opened on as one types."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget

from tui.widgets.bar import Bar, Line


class FindBar(Bar):
    """`enter` keeps the filter and goes back to the list; `esc` clears it."""

    DEFAULT_CSS = """
    FindBar { border: none; height: 1; layout: horizontal; }
    FindBar > Line { width: 1fr; padding: 0; }
    FindBar > #slash { width: auto; padding: 0 0 0 1; }
    """

    def __init__(self, text: str, where: str, found: Callable[[str], None]) -> None:
        super().__init__("")
        self.where = where
        self.text = text
        self.found = found

    def compose(self) -> list[Widget]:
        """Return the slash and the line to type on."""
        from textual.widgets import Static

        return [Static(Content("/ "), id="slash"), Line(self.text, f"words to find {self.where}")]

    def on_input_changed(self, event: Line.Changed) -> None:
        """Filter by what is typed."""
        event.stop()
        self.found(event.value.strip())

    async def cancel(self) -> None:
        """Clear the filter."""
        self.found("")
        await self.close()
