"""The choices under a line: at most five, with what tells them apart, one of them the cursor's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from store.capture import Candidate, Completions
from store.capture.completion import AT_ONCE
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import plain, safe_fit
from tui.widgets.lines import Cells
from tui.widgets.looks import row_style, styled, theme_of
from tui.widgets.scripts import as_wide

_INDENT: Final = 5
_LEAST: Final = 12


class Suggestions(Widget):
    """Grows with what it shows and keeps that height, so that no key moves what is above it."""

    DEFAULT_CSS = """
    Suggestions { height: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.offer = Completions()
        self.chosen = 0
        self.moved = False
        self._rows: list[Cells] = []

    @property
    def open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.offer.choices)

    def show(self, offer: Completions) -> None:
        """Show what is offered, the cursor on the first."""
        self.offer, self.chosen, self.moved = offer, 0, False
        self._draw()

    def step(self, by: int) -> None:
        """Move the cursor."""
        self.chosen = max(0, min(self.chosen + by, len(self.offer.choices) - 1))
        self.moved = True
        self._draw()

    def on_resize(self) -> None:
        """Lay the choices out for the width."""
        self._rows = []
        self._draw()

    def _draw(self) -> None:
        rows = choice_rows(self.offer, self.chosen, self.size.width)
        before, self._rows = self._rows, rows
        height = max(len(rows), self.size.height)
        if height != self.size.height:
            self.styles.height = height
        for y in range(height):
            if rows[y : y + 1] != before[y : y + 1]:
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


def choice_rows(offer: Completions, chosen: int, width: int) -> list[Cells]:
    """Return the lines that show what is offered, the first piece of each before its ground."""
    rows: list[Cells] = []
    top = max(0, min(chosen - AT_ONCE + 1, len(offer.choices) - AT_ONCE))
    shown = offer.choices[top : top + AT_ONCE]
    columns = _columns(shown)
    for number, one in enumerate(shown, top):
        mark = (glyphs().cursor, "focus") if number == chosen else (" ", "")
        rows.append([(" " * _INDENT, ""), mark, *_cells(one, columns, width - _INDENT - 1)])
    more = len(offer.choices) - top - len(shown)
    said = ", ".join(filter(None, [offer.remark, f"and {more} more" if more > 0 else ""]))
    if said:
        room = max(0, width - _INDENT - 1)
        rows.append([(" " * (_INDENT + 1), ""), (safe_fit(said, room).rstrip(), "dim")])
    return rows


def _columns(shown: Sequence[Candidate]) -> list[int]:
    texts = [(one.typed, one.amount, one.day, one.age) for one in shown]
    return [max(map(cell_width, column), default=0) for column in zip(*texts, strict=True)]


def _cells(one: Candidate, columns: Sequence[int], room: int) -> list[tuple[str, str]]:
    typed, amount, day, age = columns or (0, 0, 0, 0)
    cells = [(safe_fit(one.typed, min(typed, room)), "")]
    room -= typed
    aged = "heat3" if one.late else "dim"
    for text, wide, look in ((one.amount, amount, "money"), (one.day, day, "dim")):
        if wide and room > wide + 3:
            code, _, figure = text.rpartition(" ") if look == "money" else ("", "", text)
            gap = " " * (wide - cell_width(text))
            told = f"{code} {gap}{figure}" if code else f"{text}{gap}"
            cells.append((f"   {told}", look))
            room -= wide + 3
    if age and room > age + 3:
        cells.append((f"   {safe_fit(one.age, age)}", aged))
        room -= age + 3
    if one.says and room > _LEAST:
        cells.append(("   ", ""))
        room -= 3
        cells.append((safe_fit(one.says, min(room - 1, cell_width(one.says))), "dim"))
    return [*cells, ("  ", "")] if room > 2 else cells
