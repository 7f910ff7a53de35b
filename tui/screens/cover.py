"""An empty screen over all that could not show less: the same key takes it away again."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from store.workspace import Workspace
from tui.bindings import bindings_of
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints


class CoverScreen(Screen[None]):
    """Shows nothing; `esc` goes to the main screen, which shows little."""

    PLACE = "cover"
    BINDINGS = bindings_of("back")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def compose(self) -> ComposeResult:
        """Yield the hints."""
        yield Hints(self.PLACE, self.workspace.config.keys)
        yield BarSlot()

    def action_back(self) -> None:
        """Leave all that is covered."""
        while len(self.app.screen_stack) > 2:  # textual's own, and the main screen
            self.app.pop_screen()
