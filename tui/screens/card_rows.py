"""The rows of a card: its parts two and two beside each other, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from store.text import plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit
from tui.widgets.card_line import line_cells
from tui.widgets.lines import Cells, LineList
from tui.widgets.rules import rule_line
from tui.words.card import CardLine, CardPart

ALL_STEPS: Final = "steps"
"""What the line under the first steps leads to: all of them."""
_TWO: Final = 70
"""Cells from which on two parts stand beside each other."""
_LONG_BAR: Final = 50
"""Cells of a column from which on a bar may be longer."""
_HALF: Final = 70
"""Cells that a column has at most."""
_FIRST: Final = 3
"""Next steps that a card has room for."""


class PartTitle(NamedTuple):
    """The title of a part."""

    text: str
    look: str = "dim"


HalfRow = CardLine | PartTitle | None
"""What a half of a row holds."""


class CardRow(NamedTuple):
    """A row: its slots, one for each column, or one for both; titles in a rule if `ruled`."""

    slots: tuple[HalfRow, ...]
    ruled: bool = False


def card_rows(parts: Sequence[CardPart], width: int) -> list[CardRow]:
    """Return the rows of a card for a width."""
    columns = 2 if width >= _TWO else 1
    bands = [parts[at : at + columns] for at in range(0, len(parts), columns)]
    rows: list[CardRow] = []
    for number, band in enumerate(bands):
        titles = [PartTitle(one.title, "private" if _felt(one) else "dim") for one in band]
        rows.append(CardRow(tuple(titles), ruled=number > 0 or columns == 1))
        listed = [list(_few(part)) for part in band]
        rows += [CardRow(slots) for slots in zip_longest(*listed)]
    return rows


def _felt(part: CardPart) -> bool:
    return any(line.felt for line in part.lines) or "private" in part.title


def _few(part: CardPart) -> Iterator[CardLine]:
    """Yield the lines of a part; of the next steps only the first, and how many more there are."""
    steps = [line for line in part.lines if line.step is not None]
    shown = 0
    for line in part.lines:
        shown += line.step is not None
        if shown > _FIRST:
            break
        yield line
    if len(steps) > _FIRST:
        more = f"{plural(len(steps) - _FIRST, 'step')} more"
        yield CardLine("", ((more, "dim"),), leads=ALL_STEPS, whole=True)


class CardList(LineList, can_focus=True, inherit_bindings=False):
    """Shows the rows; the cursor goes down a column, then down the next one."""

    DEFAULT_CSS = """
    CardList { height: 1fr; scrollbar-size-vertical: 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="card-lines")
        self.rows: Sequence[CardRow] = ()
        self._stops: list[tuple[int, int]] = []
        self._at = 0

    @property
    def current(self) -> CardLine | None:
        """The line under the cursor."""
        if not self._stops:
            return None
        row, column = self._stops[self._at]
        slot = self.rows[row].slots[column]
        return slot if isinstance(slot, CardLine) else None

    @property
    def resting(self) -> int:
        """The number of the line under the cursor, to come back to: a row has two of them."""
        return self._at

    def show(self, rows: Sequence[CardRow]) -> None:
        """Show these rows; the cursor stays on its line, or begins on the first next step."""
        before, had = self.current, bool(self._stops)
        self.rows = rows
        self._stops = sorted(
            (column, row)
            for row, one in enumerate(rows)
            for column, slot in enumerate(one.slots)
            if isinstance(slot, CardLine) and opens(slot)
        )
        self._stops = [(row, column) for column, row in self._stops]
        lines = [self.rows[row].slots[column] for row, column in self._stops]
        if had and before in lines:
            self._at = lines.index(before)
        else:
            # In one column the first step is below the first page, so the cursor begins on top.
            two = bool(rows) and len(rows[0].slots) > 1
            steps = [isinstance(one, CardLine) and one.step is not None for one in lines]
            first = steps.index(True) if two and True in steps else 0
            self._at = min(self._at, len(lines) - 1) if had and lines else first
        wanted = vars(self.screen).pop("cursor_wanted", None) if lines else None
        if wanted is not None:
            self._at = min(wanted, len(lines) - 1)
        self.cursor = self._stops[self._at][0] if self._stops else 0
        self.measure()
        self.call_after_refresh(self._show_cursor)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def emphasis(self, number: int) -> str:
        """Return nothing: a half of the row is under the cursor, not all of it."""
        return ""

    def cells(self, number: int, width: int) -> Cells:
        """Draw one row."""
        row = self.rows[number]
        if row.ruled:
            return _ruled(row, width)
        pieces: list[tuple[str, str]] = [(" ", "")]
        for column, (slot, room, last) in enumerate(_places(row, width)):
            under = bool(self._stops) and self._stops[self._at] == (number, column)
            pieces += self._half(slot, room, last, under=under)
        return pieces

    def _half(self, slot: HalfRow, room: int, last: bool, *, under: bool) -> Cells:
        """Return a half: the cell of the cursor, what it holds, and a blank."""
        if slot is None:
            return [(" " * (room + 1 + (not last)), "")]
        if isinstance(slot, PartTitle):
            return [(" ", ""), (safe_fit(slot.text, room), slot.look), (" " * (not last), "")]
        drawn = _drawn(slot, room, last)
        if not under:
            return [(" ", ""), *drawn, (" " * (not last), "")]
        ground = "selection" if self.has_focus else "selection-off"
        mark = (glyphs().cursor, f"{ground} {'focus' if self.has_focus else 'dim'}")
        return [
            mark,
            *((text, f"{ground} {look}") for text, look in drawn),
            (" " * (not last), ground),
        ]

    def go(self, number: int) -> None:
        """Move the cursor to the stop with that number, in the order of the columns."""
        number = max(0, min(number, len(self._stops) - 1))
        if not self._stops or number == self._at:
            return
        left, self._at = self.cursor, number
        self.cursor = self._stops[number][0]
        self._draw(left)
        self._draw(self.cursor)
        self._show_cursor()

    def step(self, by: int) -> None:
        """Go to the next line that opens, or to the one before."""
        self.go(self._at + by)

    def across(self) -> None:
        """Go to the nearest line of the other column."""
        if not self._stops:
            return
        row, column = self._stops[self._at]
        other = [at for at, (_, its) in enumerate(self._stops) if its != column]
        if other:
            self.go(min(other, key=lambda at: abs(self._stops[at][0] - row)))

    def page(self, by: float) -> None:
        """Go some pages down, within the column."""
        if not self._stops:
            return
        row, column = self._stops[self._at]
        wanted = row + round(by * max(1, self.size.height - 1))
        own = [at for at, (_, its) in enumerate(self._stops) if its == column]
        self.go(min(own, key=lambda at: abs(self._stops[at][0] - wanted)))

    def edge(self, *, last: bool) -> None:
        """Go to the first line, or to the last."""
        self.go(len(self._stops) - 1 if last else 0)

    def on_resize(self) -> None:
        """Leave it to the screen, which makes the rows for a width."""


def opens(line: CardLine) -> bool:
    """Whether there is anything behind a line."""
    return bool(line.seqs or line.leads or line.step)


def _places(row: CardRow, width: int) -> Iterator[tuple[HalfRow, int, bool]]:
    """Yield each slot with its cells, and whether it is the last column of two."""
    if len(row.slots) == 1:
        yield row.slots[0], width - 3, False
        return
    half = _half(width)
    yield row.slots[0], half - 2, False
    yield row.slots[1], min(width - half, _HALF) - 3, True


def _half(width: int) -> int:
    """Return the cells of the first of two columns: no figure stands far from its label."""
    return min(width // 2, _HALF)


def _drawn(line: CardLine, room: int, last: bool) -> Cells:
    """Return a line in `room` cells: in the first column figures end before its last two."""
    label, bar = (10, 12) if last else (9, 20)
    bar += 12 if room > _LONG_BAR else 0
    spare = (1 if last else 2) if line.figure or line.gauge else 0
    return [*line_cells(line, room - spare, label, bar=bar), (" " * spare, "")]


def _ruled(row: CardRow, width: int) -> Cells:
    """Return the titles of a band, in one rule."""
    titles = [slot for slot in row.slots if isinstance(slot, PartTitle)]
    if len(titles) < 2:
        return rule_line(width, ((titles[0].text, titles[0].look),)) if titles else ()
    sign, half = glyphs().rule, _half(width)
    left, right = titles
    head = safe_fit(left.text, min(cell_width(left.text), half - 6))
    tail = safe_fit(right.text, min(cell_width(right.text), width - half - 3))
    between = half + 2 - 4 - cell_width(head)
    end = width - half - 4 - cell_width(tail)
    return [
        (sign * 2, "rule"),
        (f" {head} ", left.look),
        (sign * between, "rule"),
        (f" {tail}", right.look),
        *([(" ", ""), (sign * end, "rule")] if end > 0 else []),
    ]
