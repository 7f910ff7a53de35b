"""A bar laid over the bottom of any screen; closing it gives the focus back where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.text.cells import cell_width
from tui.safe_text import content, safe_fit
from tui.widgets.message import MessageLine

if TYPE_CHECKING:
    from tui.widgets.line import BarLine

Keys = Sequence[tuple[str, str]]
"""Keys and what they do, for the title of a bar."""
_NAME = 16
"""Cells of a client's name that go before the keys."""


class BarSlot(Vertical):
    """Where messages and bars go on a screen: it stays, so that opening one repaints little."""

    DEFAULT_CSS = """
    BarSlot { layer: bar; dock: bottom; height: auto; margin: 0 0 1 0; }
    BarSlot.-bar { margin: 0; }
    """

    def __init__(self) -> None:
        self.message = MessageLine()
        super().__init__(self.message)


class Bar(Vertical):
    """The base of capture, find, palette and confirmation: one at a time on a screen."""

    DEFAULT_CSS = """
    Bar { height: auto; border-top: heavy $focus; }
    Bar > Static { padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,pageup,pagedown,shift+tab", "nothing"),
    ]

    def __init__(self, what: str, whose: str = "", keys: Keys = ()) -> None:
        super().__init__()
        self.came_from: Widget | None = None
        self._titled = (what, whose, keys)
        self.closed = False

    def entitle(self, what: str, whose: str, keys: Keys) -> None:
        """Say from now on what the bar does, about which client, and with which keys."""
        if (what, whose, keys) != self._titled:
            self._titled = (what, whose, keys)
            self._draw_title()

    def on_resize(self) -> None:
        """Lay the title out for the width."""
        self._draw_title()

    def _draw_title(self) -> None:
        title = bar_title(*self._titled, self.size.width - 6)
        self.border_title = Content.assemble(" ", title, " ")

    def take_focus(self) -> None:
        """Remember where the focus was, and take it at once."""
        self.came_from = self.screen.focused
        self.screen.set_focus(self._line())

    def take_back(self) -> None:
        """Take the focus again, which something took away while the bar is open."""
        self.screen.set_focus(self if self.can_focus else self._line())

    def _line(self) -> BarLine:
        from tui.widgets.line import BarLine  # textual's lines are not needed before one is open

        return self.query_one(BarLine)

    async def on_bar_line_special(self, event: BarLine.Special) -> None:
        """Deal with a key that the line does not take."""
        event.stop()
        await self.special(event)

    async def special(self, event: BarLine.Special) -> None:
        """Deal with `enter`, `escape`, `tab` and ↑."""
        if event.key == "enter":
            await self.accept()
        elif event.key == "escape":
            await self.cancel()
        elif event.key == "tab":
            self.complete()
        else:
            self.take_kept()

    async def accept(self) -> None:
        """Do what `enter` is for."""
        await self.close()

    async def cancel(self) -> None:
        """Do what `escape` is for."""
        await self.close()

    def complete(self) -> None:
        """Do what `tab` is for."""

    def take_kept(self) -> None:
        """Do what ↑ is for."""

    def action_nothing(self) -> None:
        """Keep keys that move lists from moving those behind the bar."""

    async def close(self) -> None:
        """Leave the screen as it was before; `closed` says so before the bar is gone."""
        self.closed = True
        screen = self.screen
        back = self.came_from
        screen.set_focus(back if back is not None and back.is_attached else None)
        for slot in screen.query(BarSlot):
            slot.remove_class("-bar")
        await self.remove()


def open_bars(screen: Widget) -> list[Bar]:
    """Return the bars that are open on a screen, which lie in its slot: each key asks for them."""
    slots = (slot for slot in screen.children if isinstance(slot, BarSlot))
    bars = (bar for slot in slots for bar in slot.children if isinstance(bar, Bar))
    return [bar for bar in bars if not bar.closed]


def bar_title(what: str, whose: str, keys: Keys, room: int) -> Content:
    """Return what a bar does and for whom, then its keys, as many as leave room for the name."""
    kept = list(keys)
    head = f"{what}: " if whose else what
    while kept and cell_width(head) + min(cell_width(whose), _NAME) + _cells(kept) > room:
        kept.pop(-2 if len(kept) > 1 else 0)
    left = max(0, room - cell_width(head) - _cells(kept))
    name = whose if cell_width(whose) <= left else safe_fit(whose, left).rstrip()
    pieces = (("   ", (key, "bold"), f" {does}") for key, does in kept)
    return Content.assemble(content(head + name), *(part for one in pieces for part in one))


def _cells(keys: Keys) -> int:
    return sum(cell_width(key) + cell_width(does) + 4 for key, does in keys)


class Confirm(Bar, can_focus=True):
    """A question: `enter` does it, any other key leaves things as they are and does no more."""

    def __init__(self, what: str, whose: str, question: Content, action: str) -> None:
        super().__init__(what, whose)
        self.question = question
        self.action = action

    def compose(self) -> Iterable[Widget]:
        """Yield the question and its two answers."""
        yield Static(self.question)
        yield Static(Content.assemble(("enter", "bold"), " yes   any other key no"))

    def take_focus(self) -> None:
        """Take the focus."""
        self.came_from = self.screen.focused
        self.screen.set_focus(self)

    async def take_key(self, event: events.Key) -> bool:
        """Close, and do it on `enter`; no key reaches what is behind the question."""
        await self.close()
        if event.key == "enter":
            await self.app.run_action(self.action)
        return True
