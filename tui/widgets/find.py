"""The find bar: filters the list it was opened on as one types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from store.errors import UsageError
from tui.safe_text import content
from tui.widgets.bar import Bar
from tui.widgets.line import BarLine


class FindBar(Bar):
    """`enter` keeps the filter and goes back to the list; `esc` clears it.

    What is wrong with a filter stands under it; the list is filtered by what stands before its
    last word, which may be half typed.
    """

    DEFAULT_CSS = """
    FindBar { border: none; }
    FindBar > Horizontal { height: 1; }
    FindBar BarLine { width: 1fr; padding: 0; }
    FindBar #slash { width: auto; padding: 0 0 0 1; }
    FindBar > #wrong { display: none; color: $heat3; }
    """

    def __init__(self, text: str, where: str, found: Callable[[str], None]) -> None:
        super().__init__("")
        self.where = where
        self.text = text
        self.found = found

    def compose(self) -> ComposeResult:
        """Yield the slash and the line to type on, and what is wrong with it."""
        with Horizontal():
            yield Static(Content("/ "), id="slash")
            yield BarLine(self.text, f"words to find {self.where}")
        yield Static(id="wrong")

    def on_input_changed(self, event: BarLine.Changed) -> None:
        """Filter by what is typed."""
        event.stop()
        said, text = "", event.value.strip()
        try:
            self.found(text)
        except UsageError as error:
            said = str(error)
            with suppress(UsageError):
                self.found(text.rpartition(" ")[0])
        wrong = self.query_one("#wrong", Static)
        wrong.update(content(said))
        wrong.display = bool(said)

    async def accept(self) -> None:
        """Go back to the list, unless what is typed is no filter."""
        if not self.query_one("#wrong").display:
            await self.close()

    async def cancel(self) -> None:
        """Clear the filter."""
        self.found("")
        await self.close()
