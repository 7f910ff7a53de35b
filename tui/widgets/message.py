"""The message line: what was done or refused, in the row above the footer until the next key."""

from __future__ import annotations

import re
from typing import Final, Protocol, runtime_checkable

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.bindings import takes_text
from tui.safe_text import content, safe_wrap
from tui.widgets.hints import Hints
from tui.widgets.lines import Cells, LineList, ScrollLines
from tui.widgets.looks import drawn
from tui.words import copied

_MOST: Final = 8
_LEAD: Final = re.compile(r"[^:.]{1,60}[:.](?= |$)")
"""What was refused, before the reason and the remedy."""


@runtime_checkable
class Says(Protocol):
    """An app with a line for messages."""

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a short message; user text in it is safe."""


def say_in(widget: Widget, text: str, *, error: bool = False) -> None:
    """Say something from a widget, which does not know the app it is in."""
    if isinstance(widget.app, Says):
        widget.app.say(text, error=error)


def copy_in(widget: Widget, text: str, what: str = "", more: str = "") -> None:
    """Copy a text to the clipboard of the user's own terminal, and say so of `what`."""
    widget.app.copy_to_clipboard(text)
    say_in(widget, copied(what, more))


class MessageLine(Static):
    """Up to eight lines over whatever is there; no room is taken while there is no message."""

    DEFAULT_CSS = """
    MessageLine {
        height: auto; max-height: 8; padding: 0 1; display: none;
        background: $ground; color: $text;
    }
    """

    def show(self, text: str, *, error: bool = False) -> None:
        """Show `text`; what an error is about is bold."""
        self.display = True
        self.update(drawn(self.app, _with_lead(text)) if error else content(text))

    def hide(self) -> None:
        """Show nothing."""
        self.display = False

    @property
    def told(self) -> str:
        """What is shown now."""
        return str(self.content) if self.display else ""


def make_room(screen: Screen[object], text: str) -> None:
    """Let the panes of `screen` leave room for a message that would cover what is needed.

    That is a field, the line under the cursor, and the end of a text, which cannot be scrolled up.
    """
    for hints in screen.query(Hints):
        lines = min(_MOST, len(safe_wrap(text, max(1, screen.size.width - 2))))
        bottom = hints.region.y
        if bottom and any(_needs(one, range(bottom - lines, bottom)) for one in screen.query("*")):
            hints.styles.height = 1 + lines
            screen.call_after_refresh(_keep_in_view, screen)


def give_room_back(screen: Screen[object]) -> None:
    """Let the panes of `screen` have all their rows."""
    for hints in screen.query(Hints):
        hints.styles.height = 1


def _keep_in_view(screen: Screen[object]) -> None:
    focused = screen.focused
    if takes_text(focused):
        focused.scroll_visible(animate=False)
    elif isinstance(focused, LineList):
        focused.show_cursor()


def _needs(widget: Widget, rows: range) -> bool:
    """Return whether one of `rows` of the screen holds what must be seen of `widget`."""
    region = widget.content_region
    here = range(max(rows.start, region.y), min(rows.stop, region.bottom))
    if not here or not widget.is_on_screen:
        return False
    if takes_text(widget):
        return True
    if not isinstance(widget, ScrollLines):
        return False
    first = here.start - region.y + widget.scroll_offset.y
    shown = range(first, min(first + len(here), widget.count()))
    if widget.ITEMS:
        at_cursor = isinstance(widget, LineList) and widget.has_focus and widget.cursor in shown
        return at_cursor or widget.count() - 1 in shown
    return any(text.strip() for one in shown for text, _ in widget.cells(one, region.width))


def _with_lead(text: str) -> Cells:
    found = _LEAD.match(text)
    lead = found.group() if found else text
    return [(lead, "bold heat3"), (text[len(lead) :], "")]
