"""The lines to type on: nothing pasted or typed but text, and nothing sent while idle."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from store.text import LINE_LIMIT, clean, clean_line
from tui.safe_text import plain
from tui.widgets.message import say_in

_GROWS = 8
"""A control character becomes up to so many, such as <U+202E>."""


class PlainLine(Input):
    """Base of every line: no blinking, no border, and what is pasted is cleaned and cut to fit."""

    DEFAULT_CSS = """
    PlainLine, PlainLine:focus { border: none; height: 1; padding: 0; }
    """

    def __init__(self, text: str = "", hint: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            plain(text), placeholder=plain(hint), id=id, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted as one clean line."""
        event.stop()
        event.prevent_default()
        self.replace(pasted(self, event.text, LINE_LIMIT, one_line=True), *self.selection)


class BarLine(PlainLine):
    """The line of a bar, which deals with `enter`, `escape`, `tab` and ↑ itself."""

    SPECIAL: ClassVar[frozenset[str]] = frozenset({"enter", "escape", "tab", "up"})

    class Special(Message):
        """A key that the bar deals with, or `paste` with a text of several lines."""

        def __init__(self, key: str, text: str = "") -> None:
            super().__init__()
            self.key = key
            self.text = text

    async def _on_key(self, event: events.Key) -> None:
        """Type, or hand a special key to the bar."""
        if event.key not in self.SPECIAL:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Special(event.key))


def pasted(into: Widget, raw: str, limit: int, *, one_line: bool = False) -> str:
    """Return `raw` as clean text of at most `limit` characters; what is cut off is said."""
    taken = raw[: limit * _GROWS]
    text = (clean_line if one_line else clean)(taken, limit=limit * _GROWS * _GROWS)
    if len(text) > limit or len(taken) < len(raw):
        say_in(into, f"Only the first {limit:,} characters were pasted.")
    return text[:limit]
