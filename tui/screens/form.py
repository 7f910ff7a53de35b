"""Form fields: a label, marked while the cursor is in it, and inputs that send nothing idle."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static, TextArea

from store.text import TEXT_LIMIT
from tui.safe_text import content, plain
from tui.widgets.line import PlainLine, pasted


@runtime_checkable
class OffersKept(Protocol):
    """A form that gives back what was typed in it before."""

    def action_kept(self) -> bool:
        """Take up what was kept, unless something is typed; return whether it was."""


def took_kept(inside: Widget, event: events.Key) -> bool:
    """Deal with ↑ at once, so that the keys after it find what was kept; return whether it did."""
    screen = inside.screen
    if event.key != "up" or not isinstance(screen, OffersKept) or not screen.action_kept():
        return False
    event.stop()
    event.prevent_default()
    return True


class LineInput(PlainLine):
    """One line of a form, named as the field is."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus { background: ansi_default; }
    """

    def __init__(self, name: str, value: str = "", *, example: str = "") -> None:
        super().__init__(value, example, id=name)

    async def _on_key(self, event: events.Key) -> None:
        """Type; ↑ takes up what was kept of the form before."""
        if not took_kept(self, event):
            await super()._on_key(event)


class TextInput(TextArea):
    """Several lines to type on, from the end of what is there.

    No blinking, tab leaves it, and what is pasted is cleaned first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "edge(False)", "to the beginning", show=False),
        Binding("ctrl+end", "edge(True)", "to the end", show=False),
    ]

    DEFAULT_CSS = """
    TextInput, TextInput:focus { border: none; padding: 0; background: ansi_default; }
    """

    def __init__(self, name: str, value: str = "") -> None:
        shown = "\n".join(plain(line) for line in value.split("\n"))
        super().__init__(shown, id=name, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        """Type; ↑ on the first line takes up what was kept of the form before."""
        if not took_kept(self, event):
            await super()._on_key(event)

    def action_edge(self, last: bool) -> None:
        """Go to the end of the text, or to its beginning."""
        self.move_cursor(self.document.end if last else (0, 0))

    async def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, clean."""
        event.stop()
        event.prevent_default()
        done = self.replace(pasted(self, event.text, TEXT_LIMIT), *self.selection)
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

    @property
    def typed(self) -> str:
        """What stands in it."""
        return self.inside.text if isinstance(self.inside, TextInput) else self.inside.value

    def on_descendant_focus(self) -> None:
        """Mark the field the cursor is in."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self.remove_class("-here")


def typed_in(screen: Screen[Any]) -> dict[str, str]:
    """Return what stands in the fields of a form, by name; the line of a bar over it is none."""
    return {str(field.inside.id): field.typed for field in screen.query(Field)}
