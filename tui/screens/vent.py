"""The vent pad: write it all, furiously; then it is gone (advice 77)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tui.bindings import keys_for
from tui.keys import key_shown
from tui.safe_text import content
from tui.screens.parts import Heading
from tui.shell.shell import Shell
from tui.widgets.vent_pad import VentPad

_NOT_KEPT = "Nothing is kept: no file, no draft, no copy, not even that you were here."
_NOT_PROMISED = "Beyond us: swap of this machine, and a terminal that writes its own log."


class VentScreen(Screen[None]):
    """A page to write on, which is wiped on leaving."""

    PLACE = "vent"
    UNTOLD = True
    BINDINGS = keys_for("vent")
    DEFAULT_CSS = """
    VentScreen { layout: vertical; overflow: hidden; }
    VentScreen > .said { height: auto; padding: 0 1; color: $dim; text-style: $dim-style; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.pad = VentPad()

    def compose(self) -> ComposeResult:
        """Yield what the page is, the page, and how to leave it."""
        yield Heading("Vent pad", "", "memory only")
        yield Static(content(f"{_NOT_KEPT}\n{_NOT_PROMISED}\n"), classes="said")
        yield self.pad
        yield Static(content("esc leaves, and it is gone   ctrl+u wipes it now"), classes="said")

    def on_mount(self) -> None:
        """Wait for what is typed."""
        self.pad.focus()

    def action_back(self) -> None:
        """Wipe it and leave; where something was written, say where the letter is to be sent."""
        written = not self.pad.empty
        self.pad.wipe()
        self.dismiss()
        if written and isinstance(self.app, Shell):
            own = self.app.workspace.config.keys
            steps, letter = key_shown("steps", own), key_shown("letter", own)
            self.app.say(f"It is gone. The letter that can be sent: {steps}, then {letter}.")
