"""A bar laid over the bottom of any screen; closing it gives the focus back where it was."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from store.errors import DocketError
from store.text import LINE_LIMIT, clean_line
from tui.safe_text import plain


class Line(Input):
    """One line to type on: no blinking, nothing pasted but text, no border."""

    DEFAULT_CSS = """
    Line, Line:focus { border: none; height: 1; padding: 0; }
    """

    def __init__(self, text: str = "", hint: str = "") -> None:
        super().__init__(plain(text), placeholder=plain(hint), compact=True, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted as one clean line."""
        event.stop()
        event.prevent_default()
        try:
            text = clean_line(event.text.replace("\t", " "))
        except DocketError:
            text = clean_line(event.text[:LINE_LIMIT])
        self.insert_text_at_cursor(text)


class Bar(Vertical):
    """The base of capture, find, palette and confirmation: one at a time on a screen."""

    DEFAULT_CSS = """
    Bar { layer: bar; dock: bottom; height: auto; border-top: solid ansi_bright_black; }
    Bar > Static { padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close"),
        Binding("up,down,pageup,pagedown,tab,shift+tab", "nothing"),
    ]

    def __init__(self, title: Content) -> None:
        super().__init__()
        self.border_title = title
        self.came_from: Widget | None = None

    def on_mount(self) -> None:
        """Remember where the focus was, and take it."""
        self.came_from = self.screen.focused
        self.query_one(Line).focus()

    def action_nothing(self) -> None:
        """Keep keys that move lists from moving those behind the bar."""

    async def action_close(self) -> None:
        """Close the bar."""
        await self.close()

    async def close(self) -> None:
        """Leave the screen as it was before."""
        screen = self.screen
        await self.remove()
        if self.came_from is not None and self.came_from.is_attached:
            screen.set_focus(self.came_from)


class Confirm(Bar, can_focus=True):
    """A question: `enter` does it, `esc` leaves things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "confirm", "yes")]

    def __init__(self, question: Content, action: str) -> None:
        super().__init__(Content("Sure?"))
        self.question = question
        self.action = action

    def compose(self) -> list[Widget]:
        """Return the question and its two answers."""
        answers = Content.assemble(("enter", "bold"), " yes   ", ("esc", "bold"), " no")
        return [Static(self.question), Static(answers)]

    def on_mount(self) -> None:
        """Take the focus."""
        self.came_from = self.screen.focused
        self.focus()

    async def action_confirm(self) -> None:
        """Close, then do it."""
        await self.close()
        await self.app.run_action(self.action)
