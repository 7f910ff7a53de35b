"""Asks one line about the entries that are marked: why they are withdrawn, or their project."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget
from textual.widgets import Static

from store.errors import DocketError
from store.workspace import Workspace
from tui.safe_text import content
from tui.widgets.aside import log_aside
from tui.widgets.bar import Bar
from tui.widgets.line import BarLine


class MarkedBar(Bar):
    """`enter` does it to all of them; what is refused is said, and what was typed stays."""

    DEFAULT_CSS = """
    MarkedBar BarLine { padding: 0 1; }
    """

    def __init__(
        self,
        workspace: Workspace,
        client: str,
        what: str,
        whose: str,
        which: str,
        hint: str,
        does: Callable[[str], Callable[[], object]],
    ) -> None:
        """Take what `enter` does with the line, perhaps in a thread, and returns what to show."""
        super().__init__(what, whose, (("enter", "does it"), ("esc", "leaves them")))
        self._workspace, self._client = workspace, client
        self._which, self._hint, self._does = which, hint, does

    def compose(self) -> Iterable[Widget]:
        """Yield the line, and which entries it is about."""
        yield BarLine("", self._hint)
        yield Static(content(self._which), id="which")

    async def accept(self) -> None:
        """Do it, or say why not."""
        typed = self.query_one(BarLine).value.strip()
        try:
            done = await log_aside(self._workspace, self._client, self._does, typed)
        except DocketError as error:
            self.query_one("#which", Static).update(content(f"Not saved: {error}"))
        else:
            await self.close()
            done()
