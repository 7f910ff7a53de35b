"""Lists that draw only the lines in view (Textual's Line API): a cursor move draws two."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.glyphs import glyphs
from tui.safe_text import plain
from tui.widgets.looks import row_style, styled, theme_of
from tui.widgets.scripts import as_wide

Cells = Sequence[tuple[str, str]]
"""One line: pieces of text, each with what it looks like by tui/tokens.py, as `bold heat3`."""


class ScrollLines(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines that scroll; a subclass says how many there are and draws one of them.

    `ITEMS` says that each line is a thing of its own, which a message may cover for a moment. Those
    that are `bare` have no scroll bar, and scroll without a new layout. Those that are `held` take
    in what they show and draw it once they are let go.
    """

    ITEMS = False
    in_view: reactive[int] = reactive(0, repaint=False)
    """How many lines there is room for; the size itself cannot be watched."""
    bare = False
    held = False

    DEFAULT_CSS = """
    ScrollLines { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._drawn: dict[int, tuple[Cells, str]] = {}
        self._top = 0

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self.in_view = size.height
        return changed

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

    @property
    def top(self) -> int:
        """The number of the first line in view."""
        return self._top if self.bare else self.scroll_offset.y

    @property
    def still(self) -> bool:
        """Whether no key moves it: all of its lines are in view, and none has a cursor."""
        return self.count() <= self.size.height

    def scroll_down_to(self, y: int) -> None:
        """Bring line `y` to the top, as far as there are lines to fill the rest."""
        if not self.bare:
            self.scroll_to(y=y, animate=False, immediate=True)
            return
        self._top = max(0, min(y, self.count() - self.size.height))
        self.redraw()

    def measure(self) -> None:
        """Take in a new number of lines and draw those that changed."""
        size = Size(0, self.count())
        if self.bare:
            self._top = max(0, min(self._top, self.count() - max(1, self.size.height)))
        elif self.virtual_size != size:
            self.virtual_size = size
        self.redraw()

    def hold(self) -> None:
        """Draw nothing until `let_go`."""
        self.held = True

    def let_go(self) -> None:
        """Draw what changed since `hold`."""
        if self.held:
            self.held = False
            self.redraw()

    def redraw(self) -> None:
        """Draw the lines in view that are not as they were drawn last."""
        if self.held:
            return
        width = self.scrollable_content_region.width
        for y in range(self.size.height):
            if self._line(y, width) != self._drawn.get(y):
                self.refresh(Region(0, y, width, 1))

    def _line(self, y: int, width: int) -> tuple[Cells, str]:
        """Return what belongs on a visible line, and which row that is."""
        number = y + self.top
        if not 0 <= number < self.count():
            return (), ""
        return tuple(self.cells(number, width)), self.emphasis(number)

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        width = self.scrollable_content_region.width
        style = self.visual_style.rich_style
        cells, row = self._drawn[y] = self._line(y, width)
        theme = theme_of(self.app).name
        style += row_style(theme, row)
        pieces = [
            Segment(as_wide(plain(text)), style + styled(theme, look, row) if look else style)
            for text, look in cells
        ]
        return Strip(pieces).adjust_cell_length(width, style).crop(0, width).simplify()

    def emphasis(self, number: int) -> str:
        """Return which of the CURSOR_ROWS of tokens.py line `number` is; empty for none."""
        return ""

    def step(self, by: int) -> None:
        """Scroll by some lines."""
        self.scroll_down_to(self.top + by)

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

    def cursor_moved(self, lines: ScrollLines) -> None:
        """Take in that the cursor of `lines` is on another line."""


class LineList(ScrollLines, can_focus=True, inherit_bindings=False):
    """Lines with a cursor: its row has a ground of its own, while focused and otherwise.

    A list that `jumps` goes on by half a page at its edge: over a slow line most moves then redraw
    two rows, not all of them.
    """

    jumps = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.cursor = 0

    @property
    def still(self) -> bool:
        """Whether no key moves it: it has no second line."""
        return self.count() < 2

    @property
    def resting(self) -> int:
        """The number of what the cursor is on, to come back to."""
        return self.cursor

    def emphasis(self, number: int) -> str:
        """Return that the cursor is on its line."""
        if number != self.cursor:
            return ""
        return "selection" if self.has_focus else "selection-off"

    def cursor_cell(self, number: int, *, changed: bool = False) -> tuple[str, str]:
        """Return the first cell of a row: the cursor, or that it `changed` elsewhere."""
        if changed:
            return glyphs().changed, "bold"
        if number != self.cursor:
            return " ", ""
        return glyphs().cursor, "focus" if self.has_focus else "dim"

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
        top, height = self.top, max(1, self.size.height)
        if not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            if self.jumps and self.cursor in (top - 1, top + height):
                y = self.cursor - height // 2
            self.scroll_down_to(y)

    def _draw(self, number: int) -> None:
        self.refresh(Region(0, number - self.top, self.size.width, 1))
