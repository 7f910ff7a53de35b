"""The choices under a line: at most five, with what tells them apart, one of them the cursor's."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from store.capture import Completions
from tui.glyphs import glyphs
from tui.safe_text import plain
from tui.widgets.lines import Cells
from tui.widgets.looks import row_style, styled, theme_of
from tui.widgets.scripts import as_wide
from tui.words.choices import choice_rows


class Suggestions(Widget):
    """Grows with what it shows and stays so high while one types: no key moves what is over it."""

    DEFAULT_CSS = """
    Suggestions { height: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.offer = Completions()
        self.chosen = 0
        self.moved = False
        self._rows: Sequence[Cells] = ()

    @property
    def open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.offer.choices)

    def show(self, offer: Completions) -> None:
        """Show what is offered, the cursor on the first."""
        self.offer, self.chosen, self.moved = offer, 0, False
        self._draw()

    def settle(self) -> None:
        """Give back the lines that nothing stands on any more."""
        self.styles.height = len(self._rows)

    def step(self, by: int) -> None:
        """Move the cursor."""
        self.chosen = max(0, min(self.chosen + by, len(self.offer.choices) - 1))
        self.moved = True
        self._draw()

    def on_resize(self) -> None:
        """Lay the choices out for the width."""
        self._rows = ()
        self._draw()

    def _draw(self) -> None:
        rows = choice_rows(self.offer, self.chosen, self.size.width)
        before, self._rows = self._rows, rows
        height = max(len(rows), self.size.height)
        if height != self.size.height:
            self.styles.height = height
        for y in range(height):
            if tuple(rows[y : y + 1]) != tuple(before[y : y + 1]):
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        theme, style = theme_of(self.app).name, self.visual_style.rich_style
        cells = self._rows[y] if y < len(self._rows) else ()
        chosen = any(text == glyphs().cursor for text, _ in cells)
        pieces = []
        for number, (text, look) in enumerate(cells):
            row = "selection" if chosen and number else ""
            ground = style + row_style(theme, row) if row else style
            shown = ground + styled(theme, look, row) if look else ground
            pieces.append(Segment(as_wide(plain(text)), shown))
        return Strip(pieces).adjust_cell_length(self.size.width, style).simplify()
