"""Form fields: a label, marked while the cursor is in it, and inputs that send nothing idle."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static, TextArea

from tui.safe_text import content, plain
from tui.widgets.bar import Line


class Field(Horizontal):
    """One labelled input; `>` before the label shows that the cursor is in it."""

    DEFAULT_CSS = """
    Field { height: auto; padding: 0 1; }
    Field .mark { width: 2; visibility: hidden; }
    Field .label { width: 12; }
    Field.-here .mark { visibility: visible; }
    Field.-here .label { text-style: bold; }
    Field Input { width: 1fr; }
    Field TextArea { width: 1fr; height: 5; }
    """

    def __init__(self, label: str, inside: Input | TextArea) -> None:
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


def line_input(name: str, value: str = "", *, example: str = "") -> Input:
    """Return a one-line input that sends nothing while idle."""
    made = Line(value, example)
    made.id = name
    return made


def text_input(name: str, value: str = "") -> TextArea:
    """Return an input of several lines that sends nothing while idle; tab leaves it."""
    made = TextArea(_lines(value), id=name, compact=True, highlight_cursor_line=False)
    made.cursor_blink = False
    return made


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.split("\n"))
