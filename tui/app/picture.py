"""What the terminal shows, cell by cell, and how another picture is drawn over it in few bytes.

Textual sends whole regions: of a list that moved, of a screen whose layout changed, all of it. What
is on the terminal is known, so that only the cells are sent that differ. What nobody can be sure
of, as after a change of size, is sent whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Self

from rich.cells import cell_len

from tui.app.looks import BARE, Look, after, alike, change, on_blank
from tui.opening import KeptCells, KeptPicture
from tui.widgets.scripts import UNSURE

_PIECES: Final = re.compile(
    r"\x1b\[(?P<look>[\d;]*)m"
    r"|\x1b\[(?P<row>\d*)(?:;(?P<column>\d*))?H"
    r"|(?P<line>\r?\n)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_UNKNOWN: Final = "\x1b"
"""What stands in a cell of which nobody knows what it shows."""
_DOUBT: Final = "\x00"
"""Before a text of which terminals differ over how wide it is; its other cells are empty."""
_SHORT: Final = 6
"""As many cells at most are sent again rather than stepped over."""
_FEW: Final = 4
"""As many blanks at the end of a line are told one by one."""
_MUCH: Final = 400
"""So long is what may be shorter if each look is told once, not once in each row."""


class NotCellsError(Exception):
    """What is to be sent is no picture, or goes beyond it."""


class Picture:
    """What the terminal shows, as far as it is known, and where its cursor is."""

    def __init__(self, columns: int, rows: int) -> None:
        self.forget(columns, rows)

    def forget(self, columns: int, rows: int) -> None:
        """Take nothing for known any more, on a terminal of this size."""
        self._fill(columns, rows, _UNKNOWN)
        self._cursor: tuple[int, int] | None = None

    def clear(self) -> None:
        """Take in that the terminal was cleared, its cursor at the first cell."""
        self._fill(*self.size, " ")
        self._cursor = (0, 0)

    def _fill(self, columns: int, rows: int, glyph: str) -> None:
        self.size = (columns, rows)
        self._glyphs = [[glyph] * columns for _ in range(rows)]
        self._looks = [[BARE] * columns for _ in range(rows)]

    def drawn(self, data: str) -> str:
        """Return what shows the same as `data`, which begins and ends without any look.

        Raises NotCellsError if it is no picture; nothing is known of the terminal then.
        """
        self._changed: dict[int, set[int]] = {}
        self._at, look = self._cursor, BARE
        for piece in _PIECES.finditer(data):
            if piece["text"]:
                self._put(piece["text"], look)
            elif piece["look"] is not None:
                look = after(piece["look"], look)
            elif piece["row"] is not None:
                self._at = (int(piece["row"] or 1) - 1, int(piece["column"] or 1) - 1)
            elif piece["line"] and self._at:
                self._at = (self._at[0] + 1, 0)
            else:
                raise NotCellsError
        return self._sent()

    def _put(self, text: str, look: Look) -> None:
        """Take in a text where the cursor is, and what of it the terminal does not show yet."""
        begun = 0
        for part in UNSURE.finditer(text) if not text.isascii() else ():
            start, end = part.span()
            if not cell_len(part[0]) and start > begun:  # a mark on the letter before it
                start -= 1
            rest = text[end:]
            blanks = len(rest) - len(rest.lstrip(" "))  # which it may take, if it takes more
            doubtful = text[start:end]
            self._take([*text[begun:start]], look)
            wide = cell_len(doubtful) + blanks
            if not wide:
                raise NotCellsError
            self._take([_DOUBT + doubtful, *[""] * (wide - 1)], look)
            begun = end + blanks
        self._take([*text[begun:]], look)

    def _take(self, cells: list[str], look: Look) -> None:
        columns, rows = self.size
        row, column = self._at or (rows, columns)
        if row >= rows or column + len(cells) > columns:
            raise NotCellsError
        glyphs, looks = self._glyphs[row], self._looks[row]
        end = column + len(cells)
        blank = on_blank(look)
        wanted = [blank if one == " " else look for one in cells]
        here = slice(column, end)
        if glyphs[here] != cells or looks[here] != wanted:
            differs = {
                one
                for one in range(column, end)
                if glyphs[one] != cells[one - column] or looks[one] != wanted[one - column]
            }
            self._tear(glyphs, column, end)
            glyphs[here], looks[here] = cells, wanted
            if cells[0][:1] == _DOUBT:  # it may flow over what stands after it
                differs |= {one for one in range(column, columns) if glyphs[one] != _UNKNOWN}
            self._changed[row] = self._changed.get(row, set()) | differs
        self._at = (row, end)

    @staticmethod
    def _tear(glyphs: list[str], column: int, end: int) -> None:
        """Take for unknown what is left of texts in doubt that are written over in part."""
        while end < len(glyphs) and glyphs[end] == "":
            glyphs[end] = _UNKNOWN
            end += 1
        torn = glyphs[column] == ""
        while torn and column:
            column -= 1
            torn = glyphs[column] == ""
            glyphs[column] = _UNKNOWN

    def over(self, shown: Picture) -> str:
        """Return what shows this picture on a terminal that shows another one of its size.

        Raises NotCellsError where it is not known of every cell what this one shows.
        """
        if self.size != shown.size or not self.known:
            raise NotCellsError
        self._changed = {}
        for row, (glyphs, looks) in enumerate(zip(self._glyphs, self._looks, strict=True)):
            before = shown.row(row)
            if (glyphs, looks) == before:
                continue
            doubt = any(one[:1] == _DOUBT for one in (*glyphs, *before[0]))
            here = zip(glyphs, looks, *before, strict=True)
            self._changed[row] = {
                column
                for column, (glyph, look, was, looked) in enumerate(here)
                if doubt or (glyph, look) != (was, looked)
            }
        self._at, self._cursor = self._cursor, shown.cursor
        return self._sent()

    @property
    def known(self) -> bool:
        """Whether it is known of every cell what the terminal shows."""
        return not any(_UNKNOWN in row for row in self._glyphs)

    def kept(self) -> KeptPicture:
        """Return the picture so that it can be kept."""
        empty = Picture(*self.size)
        empty.clear()
        numbers: dict[Look, int] = {}
        cells: KeptCells = [
            (glyphs, [numbers.setdefault(look, len(numbers)) for look in looks])
            for glyphs, looks in zip(self._glyphs, self._looks, strict=True)
        ]
        looks = [(sorted(one.attributes), one.front, one.ground) for one in numbers]
        return KeptPicture(self.over(empty), cells, looks)

    @classmethod
    def of(cls, kept: KeptPicture) -> Self:
        """Return the picture that was kept, its cursor nobody knows where."""
        looks = [Look(frozenset(on), front, ground) for on, front, ground in kept.looks]
        found = cls(0, 0)
        found._glyphs = [list(glyphs) for glyphs, _ in kept.cells]
        found._looks = [[looks[number] for number in numbers] for _, numbers in kept.cells]
        found.size = (len(found._glyphs[0]), len(found._glyphs))
        return found

    def _sent(self) -> str:
        """Return what changes the terminal's picture to this one: row by row, or look by look."""
        strokes = [
            stroke
            for row in sorted(self._changed)
            for stroke in _strokes(self, row, sorted(self._changed[row]))
        ]
        sent = _Pen(self).drawn(strokes, self._at)
        if len(sent) > _MUCH and not any(stroke.doubtful for stroke in strokes):
            looks: dict[Look, list[_Stroke]] = {}
            for stroke in strokes:
                looks.setdefault(stroke.look, []).append(stroke)
            by_look = [stroke for group in looks.values() for stroke in group]
            sent = min(sent, _Pen(self).drawn(by_look, self._at), key=_size)
        self._cursor = self._at
        return sent

    def row(self, number: int) -> tuple[list[str], list[Look]]:
        """Return what stands in a row, and how it looks."""
        return self._glyphs[number], self._looks[number]

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Where the cursor was left: row and column from 0, or None if nobody knows."""
        return self._cursor


class _Stroke(NamedTuple):
    """A cell to draw, or from which on to erase a row; what it looks like, and how sure it is.

    A blank may take on the look before it in its row, where nobody sees the difference.
    """

    row: int
    column: int
    look: Look
    blank: bool = False
    erases: bool = False
    doubtful: bool = False


def _strokes(picture: Picture, row: int, columns: list[int]) -> Iterator[_Stroke]:
    """Yield how these columns of a row are drawn, from the left to the right."""
    glyphs, looks = picture.row(row)
    tail = _blank_from(glyphs, looks)
    if sum(column >= tail for column in columns) > _FEW:
        columns = [*(column for column in columns if column < tail), tail]
    else:
        tail = len(glyphs)
    before = BARE
    for column in columns:
        glyph, look = glyphs[column], looks[column]
        if glyph in ("", _UNKNOWN):  # drawn with what it belongs to, or not at all
            continue
        if column == tail:
            yield _Stroke(row, column, BARE, blank=True, erases=True)
            continue
        blank = glyph == " "
        before = before if blank and alike(before, look) else look
        yield _Stroke(row, column, before, blank, doubtful=glyph[0] == _DOUBT)


class _Pen:
    """Draws cells of a picture, as many as are asked for and in that order."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._at = picture.cursor
        self._on = BARE
        self._sent: list[str] = []

    def drawn(self, strokes: Iterable[_Stroke], to: tuple[int, int] | None) -> str:
        """Return what draws all that, and leaves the cursor at `to`, without any look."""
        for row, column, look, blank, erases, _ in strokes:
            self._go(row, column)
            self._look(look, blank=blank)
            if erases:
                self._sent.append("\x1b[K")
            else:
                self._write(row, column, self._picture.row(row)[0])
        self._look(BARE)
        if to is not None and to != self._at:
            self._sent.append(_absolute(*to))
        return "".join(self._sent)

    def _write(self, row: int, column: int, glyphs: list[str]) -> None:
        """Write one cell, or a text that is in doubt: over blanks, and what follows it placed."""
        glyph, wide = glyphs[column], 1
        doubtful = glyph[0] == _DOUBT
        if doubtful:
            while column + wide < len(glyphs) and glyphs[column + wide] == "":
                wide += 1
            glyph = f"{' ' * wide}\x1b[{column + 1}G{glyph[1:]}"
        self._sent.append(glyph)
        last = column + wide == len(glyphs)  # terminals differ over where the cursor is then
        self._at = (row, -1 if doubtful or last else column + wide)

    def _look(self, wanted: Look, *, blank: bool = False) -> None:
        if wanted != self._on and not (blank and alike(wanted, self._on)):
            self._sent.append(change(self._on, wanted))
            self._on = wanted

    def _go(self, row: int, column: int) -> None:
        if self._at != (row, column):
            self._sent.append(min(self._ways(row, column), key=_size))
            self._at = (row, column)

    def _ways(self, row: int, column: int) -> Iterator[str]:
        """Yield how the cursor comes to a cell."""
        yield _absolute(row, column)
        if self._at is None:
            return
        at_row, at = self._at
        if row == at_row:
            yield f"\x1b[{column + 1}G"
            if 0 <= at < column:
                yield from self._forward(row, at, column)
        elif row == at_row + 1:
            for way in self._forward(row, 0, column):
                yield "\r\n" + way

    def _forward(self, row: int, at: int, column: int) -> Iterator[str]:
        """Yield how it comes to a column of a row further on: also by what stands there already."""
        gap = column - at
        yield f"\x1b[{gap if gap > 1 else ''}C" if gap else ""
        if gap <= _SHORT:
            glyphs, looks = self._picture.row(row)
            between = range(at, column)
            if all(
                _sure(glyphs[one]) and _same(glyphs[one], looks[one], self._on) for one in between
            ):
                yield "".join(glyphs[at:column])


def _sure(glyph: str) -> bool:
    return glyph not in ("", _UNKNOWN) and glyph[0] != _DOUBT


def _same(glyph: str, look: Look, on: Look) -> bool:
    return look == on or (glyph == " " and alike(look, on))


def _size(sent: str) -> int:
    return len(sent.encode())


def _absolute(row: int, column: int) -> str:
    return f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"


def _blank_from(glyphs: list[str], looks: list[Look]) -> int:
    """Return the first column from which on a row is blank to its end."""
    column = len(glyphs)
    while column and glyphs[column - 1] == " " and looks[column - 1] == BARE:
        column -= 1
    return column
