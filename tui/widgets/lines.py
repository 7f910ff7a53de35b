"""Lists that draw only the lines in view (Textual's Line API): a cursor move draws two."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.safe_text import plain
from tui.widgets.looks import row_style, styled, theme_of

Cells = Sequence[tuple[str, str]]
"""One line: pieces of text, each with what it looks like by tui/tokens.py, as `bold heat3`."""


class ScrollLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines that scroll; a subclass says how many there are and draws one of them.

    `ITEMS` says that each line is a thing of its own, which a message may cover for a moment.
    """

    ITEMS = False

    DEFAULT_CSS = """
    ScrollLines { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def count(self) -> int:
        """Return how many lines there are."""
        return 0

    def cells(self, number: int, width: int) -> Cells:
        """Return line `number`, cut or padded to `width` cells by the caller."""
        return ()

    @property
    def room(self) -> int:
        """The cells of a line beside the scrollbar."""
        return self.scrollable_content_region.width

    def measure(self) -> None:
        """Take in a new number of lines and draw them all."""
        size = Size(0, self.count())
        if self.virtual_size != size:
            self.virtual_size = size
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        style = self.visual_style.rich_style
        if not 0 <= number < self.count():
            return Strip.blank(width, style)
        theme, row = theme_of(self.app).name, self.emphasis(number)
        style += row_style(theme, row)
        pieces = [
            Segment(plain(text), style + styled(theme, look, row) if look else style)
            for text, look in self.cells(number, width)
        ]
        return Strip(pieces).adjust_cell_length(width, style).crop(0, width).simplify()

    def emphasis(self, number: int) -> str:
        """Return which of the CURSOR_ROWS of tokens.py line `number` is; empty for none."""
        return ""

    def step(self, by: int) -> None:
        """Scroll by some lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, immediate=True)

    def page(self, by: float) -> None:
        """Go `by` pages down, and at least one line."""
        self.step(self.lines_of(by))

    def lines_of(self, pages: float) -> int:
        """Return how many lines so many pages are, less the one that one reads on from."""
        lines = pages * (self.size.height - 1)
        return int(math.copysign(max(1, abs(int(lines))), pages))

    def edge(self, *, last: bool) -> None:
        """Go to the first or the last line."""
        self.step(self.count() if last else -self.count())

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self.measure()


@runtime_checkable
class FollowsCursor(Protocol):
    """A screen that follows the cursors of its lists, at once: the next key may depend on it."""

    def cursor_moved(self, lines: LineList) -> None:
        """Take in that the cursor of `lines` is on another line."""


class LineList(ScrollLines, can_focus=True, inherit_bindings=False):
    """Lines with a cursor: its row has a ground of its own, while focused and otherwise."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.cursor = 0

    def emphasis(self, number: int) -> str:
        """Return that the cursor is on its line."""
        if number != self.cursor:
            return ""
        return "selection" if self.has_focus else "selection-off"

    def place(self, number: int) -> None:
        """Take in new lines with the cursor on `number`, without saying that it moved."""
        self.cursor = max(0, min(number, self.count() - 1))
        self.measure()
        self.call_after_refresh(self._show_cursor)

    def step(self, by: int) -> None:
        """Move the cursor by some lines."""
        self.go(self.cursor + by)

    def go(self, number: int) -> None:
        """Move the cursor to a line and bring it into view."""
        number = max(0, min(number, self.count() - 1))
        if number == self.cursor:
            return
        left, self.cursor = self.cursor, number
        self._draw(left)
        self._draw(number)
        self._show_cursor()
        if isinstance(self.screen, FollowsCursor):
            self.screen.cursor_moved(self)

    def on_focus(self) -> None:
        """Show that keys go here."""
        self._draw(self.cursor)

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._draw(self.cursor)

    def show_cursor(self) -> None:
        """Bring the cursor back into view where the list became shorter."""
        self._show_cursor()

    def _show_cursor(self) -> None:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True)

    def _draw(self, number: int) -> None:
        self.refresh(Region(0, number - self.scroll_offset.y, self.size.width, 1))
