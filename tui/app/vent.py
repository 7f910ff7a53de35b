"""The vent pad on its own, for the command line: it opens no workspace."""

from __future__ import annotations

from typing import ClassVar

from tui.app import environment

# isort: split

from textual.binding import BindingType

from store.errors import DocketError
from tui.app.signals import on_hangup, restore_terminal
from tui.app.terminal import Terminal
from tui.bindings import bindings_of
from tui.screens.vent import VentScreen
from tui.shell.shell import SaysRefusals


class VentApp(SaysRefusals):
    """One page; a signal or a failure ends it with nothing said of what was on it."""

    TITLE = "docket"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("cancel")

    def __init__(self) -> None:
        super().__init__(driver_class=Terminal)
        self.animation_level = environment.ANIMATIONS

    def on_mount(self) -> None:
        """Show the page; leave at once when the line drops."""
        if not self.is_headless:
            on_hangup(self.exit)
        self.push_screen(VentScreen(), lambda _: self.leave())

    def action_cancel(self) -> None:
        """Leave, as esc does."""
        if isinstance(self.screen, VentScreen):
            self.screen.action_back()


def run_vent() -> int:
    """Run the vent pad until it is left; DocketError, without its text, when it had to stop."""
    app = VentApp()
    try:
        app.run(mouse=False)
    finally:
        restore_terminal()
    if app.failure is not None:
        raise DocketError("The vent pad had to close", "", "Nothing of it was kept")
    return 0
