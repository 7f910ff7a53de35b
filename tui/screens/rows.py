"""Ready-made lines, the list that shows them, and how they are made of text, wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self

from tui.glyphs import glyphs
from tui.safe_text import safe_wrap
from tui.widgets.lines import Cells, LineList, ScrollLines
from tui.widgets.rules import rule_line

LABEL_CELLS = 9
MEASURE = 110
"""Cells of a line of prose on the widest screen: no eye finds back from the end of a longer one."""
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a screen; `evidence` numbers the entries behind it, `about` says what it is.

    The cursor stops only on rows that `opens` marks; `leads` names what opening shows instead,
    and `rule` the rule that the line is about. A row that is a `head` begins a part: the plain
    ones stand a cell before the lines, the others in a rule over the whole width, with a `fact`.
    """

    cells: Cells = ()
    opens: bool = False
    about: str = ""
    evidence: tuple[int, ...] = ()
    leads: str = ""
    rule: str = ""
    head: Literal["", "plain", "ruled"] = ""
    fact: Cells = ()

    @classmethod
    def of(
        cls,
        *pieces: str | tuple[str, str],
        opens: bool = False,
        about: str = "",
        evidence: tuple[int, ...] = (),
        leads: str = "",
        rule: str = "",
    ) -> Self:
        """Return a row of plain pieces and pieces with a style."""
        cells = tuple((one, "") if isinstance(one, str) else one for one in pieces)
        return cls(cells, opens, about, evidence, leads, rule)

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(text for text, _ in self.cells)


BLANK = Row()


def title(text: str | Cells, fact: str = "") -> Row:
    """Return the heading of a part, in a rule."""
    cells = ((text, "dim"),) if isinstance(text, str) else text
    return Row(cells, head="ruled", fact=((fact, "dim"),) if fact else ())


def group(text: str, *more: str, bold: bool = False) -> Row:
    """Return the heading of a group of lines in a list, bold where they must be acted on."""
    return Row(((text, "bold" if bold else "dim"), *((one, "dim") for one in more)), head="plain")


def labelled(label: str, text: str, width: int) -> list[Row]:
    """Return `text` beside its label, wrapped to `width` cells."""
    first, *rest = safe_wrap(text, width - LABEL_CELLS)
    return [Row.of(label_mark(label), first), *(Row.of(" " * LABEL_CELLS, line) for line in rest)]


def label_mark(label: str) -> tuple[str, str]:
    """Return the first column of a labelled line."""
    return (label.ljust(LABEL_CELLS), "dim")


def bullet(text: str, width: int) -> list[Row]:
    """Return `text` as one point of a list, wrapped to `width` cells."""
    first, *rest = safe_wrap(text, width - 4)
    return [Row.of("  - ", first), *(Row.of("    ", line) for line in rest)]


def paragraph(text: str, width: int, *, indent: int = 0, style: str = "") -> list[Row]:
    """Return `text` wrapped to `width` cells, `indent` of them blank."""
    return [Row.of(" " * indent, (line, style)) for line in safe_wrap(text, width - indent)]


class RowList(LineList, can_focus=True, inherit_bindings=False):
    """Shows rows one below the other; the cursor goes from one row that opens to the next."""

    DEFAULT_CSS = """
    RowList { height: 1fr; scrollbar-size-vertical: 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """Replace the rows; the cursor goes to the first that opens, or stays where it was."""
        before, self.rows = self.rows, rows
        stops = self._stops()
        wanted = vars(self.screen).pop("cursor_wanted", None) if stops else None
        if keep and len(before) == len(rows) and self.cursor in stops:
            for number, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old.cells != new.cells:
                    self._draw(number)
            return
        self.cursor = self.cursor if keep and self.cursor in stops else next(iter(stops), 0)
        if wanted in stops:
            self.cursor = wanted
            self.call_after_refresh(self.show_cursor)
        if not keep:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.measure()

    @property
    def current(self) -> Row | None:
        """The row under the cursor, if it opens something."""
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else None
        return row if row and row.opens else None

    @property
    def room(self) -> int:
        """Cells a row may take: the width without the cell of the cursor and those beside it."""
        return max(20, (self.scrollable_content_region.width or self.app.size.width) - _BESIDE)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def cells(self, number: int, width: int) -> Cells:
        """Return the pieces of one row, the cell of the cursor before it."""
        row = self.rows[number]
        if row.head == "ruled":
            return rule_line(width, row.cells, row.fact)
        at = self.emphasis(number)
        mark = (glyphs().cursor if at else " ", "focus" if at == "selection" else "dim")
        return [mark, *row.cells] if row.head else [mark, (" ", ""), *row.cells]

    def emphasis(self, number: int) -> str:
        """Return that the cursor is on a row, where that is one it stops on."""
        return super().emphasis(number) if self.current is not None else ""

    @property
    def still(self) -> bool:
        """Whether no key moves it: all of its rows are in view, and none opens."""
        return self.count() <= self.size.height and not self._stops()

    def step(self, by: int) -> None:
        """Go to the next row that opens; where none is near, scroll a line instead."""
        here = self.cursor if self.current else -1
        ahead = [number for number in self._stops() if (number - here) * by > 0]
        target = (ahead[0] if by > 0 else ahead[-1]) if ahead else None
        top, bottom = self._window()
        if target is not None and top - 1 <= target <= bottom + 1:
            self.go(target)
        else:
            self._scroll(top + by)

    def page(self, by: float) -> None:
        """Go some pages down, taking the cursor along."""
        self._scroll(self.scroll_offset.y + self.lines_of(by))
        top, bottom = self._window()
        inside = [number for number in self._stops() if top <= number <= bottom]
        if inside:
            self.go(inside[0 if by > 0 else -1])

    def edge(self, *, last: bool) -> None:
        """Go to the first or the last line, and to the row that opens nearest to it."""
        stops = self._stops()
        if stops:
            self.go(stops[-1 if last else 0])
        self._scroll(len(self.rows) if last else 0)

    def show_cursor(self) -> None:
        """Bring the cursor back into view where the list became shorter."""
        if self.current is not None:
            self._show_cursor()

    def on_resize(self) -> None:
        """Leave it to the screen, which makes the rows for a width."""

    def _stops(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row.opens]

    def _window(self) -> tuple[int, int]:
        top = self.scroll_offset.y
        return top, top + max(1, self.size.height) - 1

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, immediate=True)


class ListKeys:
    """A screen with a list, which its keys move."""

    @property
    def reading(self) -> ScrollLines:
        """The list that keys move."""
        raise NotImplementedError

    def action_step(self, by: int) -> None:
        """Go some lines down."""
        self.reading.step(by)

    def action_page(self, by: float) -> None:
        """Go some pages down."""
        self.reading.page(by)

    def action_edge(self, last: bool) -> None:
        """Go to the first line, or to the last."""
        self.reading.edge(last=last)
