"""A list of ready-made lines with a cursor: only the lines in view are drawn (Line API)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a screen; `evidence` numbers the entries behind it, `about` says what it is.

    The cursor stops only on rows that `opens` marks.
    """

    content: Content
    opens: bool = False
    about: str = ""
    evidence: tuple[int, ...] = ()


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows one below the other; the cursor goes from one row that opens to the next."""

    DEFAULT_CSS = """
    RowList { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.cursor: int | None = None

    def show(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Replace the rows; the cursor goes to the first that opens, or stays where it was."""
        self.rows = rows
        held = self.cursor if keep else None
        fits = held is not None and held < len(rows) and rows[held].opens
        self.cursor = held if fits else next(iter(self._stops()), None)
        self.virtual_size = Size(self.size.width, len(rows))
        if not keep:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return None if self.cursor is None else self.rows[self.cursor]

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        number = y + self.scroll_offset.y
        width = self.size.width
        if number >= len(self.rows):
            return Strip.blank(width, self.visual_style.rich_style)
        style = self.visual_style
        if number == self.cursor and self.has_focus:
            style += Style(reverse=True)
        strips = Visual.to_strips(self, self.rows[number].content, width, 1, style, pad=False)
        line = strips[0] if strips else Strip.blank(width)
        return line.crop_extend(0, width, style.rich_style)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._draw(self.cursor)

    def on_blur(self) -> None:
        """Hide the cursor: keys go elsewhere now."""
        self._draw(self.cursor)

    def step(self, by: int) -> None:
        """Go to the next row that opens; where none is near, scroll a line instead."""
        ahead = [n for n in self._stops() if self.cursor is None or (n - self.cursor) * by > 0]
        target = (ahead[0] if by > 0 else ahead[-1]) if ahead else None
        top, bottom = self._window()
        if target is not None and top - 1 <= target <= bottom + 1:
            self.go(target)
        else:
            self.scroll_relative(y=by, animate=False, immediate=True)

    def edge(self, *, last: bool) -> None:
        """Go to the first or the last line, and to the row that opens nearest to it."""
        stops = self._stops()
        if stops:
            self.go(stops[-1 if last else 0])
        self.scroll_to(y=len(self.rows) if last else 0, animate=False, immediate=True)

    def page(self, by: int) -> None:
        """Go a page down (+1) or up (-1), taking the cursor along."""
        height = max(1, self.size.height - 1)
        self.scroll_relative(y=by * height, animate=False, immediate=True)
        top, bottom = self._window()
        inside = [n for n in self._stops() if top <= n <= bottom]
        if inside:
            self.go(inside[0 if by > 0 else -1], scroll=False)

    def go(self, number: int, *, scroll: bool = True) -> None:
        """Put the cursor on row `number`."""
        left, self.cursor = self.cursor, number
        self._draw(left)
        self._draw(number)
        if scroll:
            top, bottom = self._window()
            if number < top or number > bottom:
                shift = number - (top if number < top else bottom)
                self.scroll_relative(y=shift, animate=False, immediate=True)
        if left != number:
            self.post_message(self.Moved(self))

    def _stops(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row.opens]

    def _window(self) -> tuple[int, int]:
        top = self.scroll_offset.y
        return top, top + max(1, self.size.height) - 1

    def _draw(self, number: int | None) -> None:
        if number is not None:
            self.refresh(Region(0, number - self.scroll_offset.y, self.size.width, 1))
