"""The line of quick capture: one is typed on, those above and below it stand around it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from store.capture.typed import TypedLines
from store.text import TEXT_LIMIT
from tui.glyphs import glyphs
from tui.safe_text import content, plain
from tui.widgets.line import BarLine, pasted

NEW_LINE = ("ctrl+g", "shift+enter", "ctrl+j")
"""No terminal takes the first; the others come from those that tell them apart from `enter`."""
_SHOWN = 3
"""Lines that are shown above and below the one that is typed on."""


class CaptureLine(BarLine):
    """Hands on what reaches beyond it: other lines, choices, what was typed before."""

    SPECIAL: ClassVar[frozenset[str]] = BarLine.SPECIAL | {"down", *NEW_LINE}

    def action_delete_left(self) -> None:
        """Take the letter before the cursor away; at its start, the end of the line above."""
        if self.cursor_position == 0 and self.selection.is_empty:
            self.post_message(self.Special("backspace"))
        else:
            super().action_delete_left()

    def action_delete_right(self) -> None:
        """Take the letter under the cursor away; on an empty line, what was kept."""
        if self.value:
            super().action_delete_right()
        else:
            self.post_message(self.Special("delete"))

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted; its line ends are kept."""
        if "\n" not in event.text.strip() and "\r" not in event.text.strip():
            super()._on_paste(event)
            return
        event.stop()
        event.prevent_default()
        text = pasted(self, event.text.strip("\r\n"), TEXT_LIMIT // 2)
        self.post_message(self.Special("paste", text))


class SeveralLines(Vertical):
    """A text of one line or more; the first is what is read, as quick capture reads it."""

    DEFAULT_CSS = """
    SeveralLines { height: auto; }
    SeveralLines > Static { padding: 0 1 0 3; height: auto; display: none; }
    SeveralLines > Horizontal { height: 1; }
    SeveralLines #prompt { width: 3; }
    SeveralLines CaptureLine { width: 1fr; padding: 0 1 0 0; }
    """

    def __init__(self, text: str, hint: str) -> None:
        super().__init__()
        self.typed = TypedLines()
        self.typed.text = text
        self.input = CaptureLine(self.typed.line, hint)

    def compose(self) -> ComposeResult:
        """Yield the lines above, the one that is typed on, and those below."""
        yield Static(id="above")
        with Horizontal():
            yield Static(Content(f" {glyphs().prompt} "), id="prompt")
            yield self.input
        yield Static(id="below")

    def on_mount(self) -> None:
        """Show the lines around."""
        self.input.cursor_position = len(self.input.value)
        self._around()

    @property
    def text(self) -> str:
        """All of it."""
        return self.typed.text

    @property
    def head(self) -> str:
        """What stands before the cursor, where the line is the one that is read."""
        return "" if self.typed.above else self.input.value[: self.input.cursor_position]

    def put(self, text: str) -> None:
        """Have `text` instead of what is there."""
        self.typed.text = text
        self.show()

    def show(self, cursor: int | None = None) -> None:
        """Show the line that is typed on as it is now, without saying that it changed."""
        line = self.typed.line
        with self.input.prevent(CaptureLine.Changed):
            self.input.value = plain(line)
        self.input.cursor_position = len(line) if cursor is None else cursor
        self._around()

    def replace_head(self, head: str) -> None:
        """Have `head` before the cursor instead of what is there."""
        tail = self.input.value[self.input.cursor_position :]
        self.input.value = plain(head + tail)
        self.input.cursor_position = len(head)

    def take(self, event: BarLine.Special) -> bool:
        """Do what a key or a paste does to several lines; False where it means something else."""
        at, cursor = self.input.cursor_position, None
        if event.key == "paste":
            cursor = self.typed.insert(at, event.text)
        elif event.key in NEW_LINE:
            self.typed.split(at)
            cursor = 0
        elif event.key == "backspace" and self.typed.above:
            cursor = self.typed.join()
        elif event.key in ("up", "down") and self.typed.move(-1 if event.key == "up" else 1):
            cursor = min(at, len(self.typed.line))
        else:
            return False
        self.show(cursor)
        return True

    def _around(self) -> None:
        above, below = self.typed.above, self.typed.below
        self._tell("#above", above[-_SHOWN:], len(above) - _SHOWN, first=True)
        self._tell("#below", below[:_SHOWN], len(below) - _SHOWN, first=False)

    def _tell(self, which: str, lines: list[str], more: int, *, first: bool) -> None:
        shown = self.query_one(which, Static)
        if more > 0:
            rest = f"… {more + 1} more"
            lines = [rest, *lines[1:]] if first else [*lines[:-1], rest]
        shown.display = bool(lines)
        shown.update(content("\n".join(lines)))
        shown.styles.text_overflow = "ellipsis"
        shown.styles.text_wrap = "nowrap"
