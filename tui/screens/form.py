"""Form fields: a label, marked while the cursor is in it, and inputs that send nothing idle."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from store.errors import UsageError
from store.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line
from tui.safe_text import content, plain

_GROWS = 8  # a control character becomes up to eight, such as <U+202E>


class LineInput(Input):
    """One line to type on: no blinking, no border, and what is pasted is cleaned first."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { border: none; height: 1; padding: 0; background: ansi_default; }
    """

    def __init__(self, name: str, value: str = "", *, example: str = "") -> None:
        super().__init__(
            plain(value), placeholder=example, id=name, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted as one clean line."""
        event.stop()
        event.prevent_default()
        try:
            pasted = clean_line(event.text)
        except UsageError:
            pasted = clean_line(event.text[: LINE_LIMIT // _GROWS])
        self.insert_text_at_cursor(pasted)


class TextInput(TextArea):
    """Several lines to type on: no blinking, tab leaves it, and what is pasted is cleaned first."""

    DEFAULT_CSS = """
    TextInput, TextInput:focus { border: none; padding: 0; background: ansi_default; }
    """

    def __init__(self, name: str, value: str = "") -> None:
        shown = "\n".join(plain(line) for line in value.split("\n"))
        super().__init__(shown, id=name, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, clean."""
        event.stop()
        event.prevent_default()
        try:
            pasted = clean(event.text)
        except UsageError:
            pasted = clean(event.text[: TEXT_LIMIT // _GROWS])
        done = self.replace(pasted, *self.selection)
        self.move_cursor(done.end_location)


class Field(Horizontal):
    """One labelled input; `>` before the label shows that the cursor is in it."""

    DEFAULT_CSS = """
    Field { height: auto; padding: 0 1; }
    Field .mark { width: 2; visibility: hidden; }
    Field .label { width: 12; }
    Field.-here .mark { visibility: visible; }
    Field.-here .label { text-style: bold; }
    Field LineInput { width: 1fr; }
    Field TextInput { width: 1fr; height: 5; }
    """

    def __init__(self, label: str, inside: LineInput | TextInput) -> None:
        super().__init__()
        self.label = label
        self.inside = inside

    def compose(self) -> ComposeResult:
        """Yield mark, label and input."""
        yield Static(">", classes="mark")
        yield Static(content(self.label), classes="label")
        yield self.inside

    def on_descendant_focus(self) -> None:
        """Mark the field the cursor is in."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.remove_class("-here")
