"""Asks one line about the entries that are marked: why they are withdrawn, or their project."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget
from textual.widgets import Static

from store.errors import DocketError
from tui.safe_text import content
from tui.widgets.bar import Bar, BarLine


class MarkedBar(Bar):
    """`enter` does it to all of them; what is refused is said, and what was typed stays."""

    DEFAULT_CSS = """
    MarkedBar BarLine { padding: 0 1; }
    """

    def __init__(
        self, what: str, whose: str, which: str, hint: str, does: Callable[[str], None]
    ) -> None:
        super().__init__(what, whose, (("enter", "does it"), ("esc", "leaves them")))
        self._which, self._hint, self._does = which, hint, does

    def compose(self) -> Iterable[Widget]:
        """Yield the line, and which entries it is about."""
        yield BarLine("", self._hint)
        yield Static(content(self._which), id="which")

    async def accept(self) -> None:
        """Do it, or say why not."""
        try:
            self._does(self.query_one(BarLine).value.strip())
        except DocketError as error:
            self.query_one("#which", Static).update(content(f"Not saved: {error}"))
        else:
            await self.close()
