"""A section of a document as it reads: its Markdown laid out, tables in columns or row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from store.records import Section
from store.records.html import tokens_of
from store.text import plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import plain, safe_wrap
from tui.screens.rows import BLANK, Row
from tui.widgets.lines import Cells

if TYPE_CHECKING:
    from markdown_it.token import Token

UNFOLD: Final = "unfold:"
"""How what a row that unfolds something leads to begins; what it is follows."""
_MANY: Final = 40
"""Rows of a table from which on it is folded."""
_FIRST: Final = 12
"""Rows that a folded table shows."""
_NARROWEST: Final = 10
"""Cells that a column of words is not made narrower than."""
_SHORT: Final = 18
"""Letters up to which a cell may tell a row from others."""
_GAP: Final = 2
_COLUMNS: Final = 4
"""Columns up to which a table may have words wrapped in its cells."""
_TALLEST: Final = 2.5
"""Lines that a row of a table with many columns takes on average, or it is told row by row."""
_SUM: Final = re.compile(r"([A-Z]{3}) [-−]?[\d.,]+")
_DAY: Final = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
_FIGURES: Final = re.compile(rf"(?:[A-Z]{{3}} )?[-−]?[\d.,]+(?: ?(?:h|%|days?|d))?|-|none|{_DAY}")
_NOTHING: Final = ("", "-")
_LOOKS: Final = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}


class _Table(NamedTuple):
    """The heads of a table, and its rows."""

    heads: tuple[Cells, ...]
    rows: tuple[tuple[Cells, ...], ...]


def preview_rows(
    section: Section, width: int, unfolded: Collection[int] = (), within: str = ""
) -> list[Row]:
    """Return a section laid out in `width` cells; long tables are folded but those `unfolded`.

    `within` stands before the number of a table in what its last row leads to.
    """
    made = _Made(width, unfolded, within)
    made.read(tokens_of(section.body))
    while made.rows and made.rows[-1] == BLANK:
        made.rows.pop()
    return made.rows


class _Made:
    """The rows while they are made; `indent` is what stands before each of them."""

    def __init__(self, width: int, unfolded: Collection[int], within: str) -> None:
        self.width, self.within = width, within
        self.unfolded = unfolded
        self.rows: list[Row] = []
        self.tables = 0
        self.indent: list[tuple[str, str]] = []
        self.bullet = ""

    def read(self, tokens: Sequence[Token]) -> None:
        """Take in the tokens of a section, one block after the other."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                self._table(_table(tokens[at:end]))
                at = end
            elif token.type == "inline":
                head = tokens[at - 1].type == "heading_open"
                self._text(runs(token, "bold" if head else ""))
            elif token.type in ("fence", "code_block"):
                for line in token.content.rstrip("\n").split("\n"):
                    self._text([(line, "")])
            elif token.type == "hr":
                self.rows.append(Row.of((glyphs().rule * self.width, "rule")))
            else:
                self._block(token)
            at += 1

    def _block(self, token: Token) -> None:
        """Begin or end a list, a quotation or a paragraph."""
        if token.type == "list_item_open":
            self.bullet = f"{token.info}. " if token.info else "- "
            self.indent.append((" " * len(self.bullet), ""))
        elif token.type == "blockquote_open":
            self.indent.append((f"{glyphs().quote} ", "dim"))
        elif token.type in ("list_item_close", "blockquote_close"):
            self.indent.pop()
            self.bullet = ""
        ends = token.type in ("paragraph_close", "heading_close", "bullet_list_close")
        if ends and not token.hidden and self.rows and self.rows[-1] != BLANK:
            self.rows.append(BLANK)

    def _text(self, said: Cells) -> None:
        before = sum(cell_width(text) for text, _ in self.indent)
        for line in wrapped(said, self.width - before):
            indent = list(self.indent)
            if self.bullet and indent:
                indent[-1] = (self.bullet, "")
                self.bullet = ""
            self.rows.append(Row.of(*indent, *line))

    def _table(self, table: _Table) -> None:
        number, self.tables = self.tables, self.tables + 1
        more = len(table.rows) - _FIRST if number not in self.unfolded else 0
        folded = len(table.rows) > _MANY and more > 0
        shown = _Table(table.heads, table.rows[:_FIRST]) if folded else table
        self.rows += table_rows(shown, self.width)
        if folded:
            words = f"{plural(more, 'row')} more: enter shows them"
            leads = f"{UNFOLD}{self.within}{number}"
            self.rows.append(Row.of((words, "dim"), opens=True, leads=leads))
        self.rows.append(BLANK)


def runs(inline: Token, look: str = "") -> Cells:
    """Return the words of an inline token, each run with its look."""
    found: list[tuple[str, str]] = []
    looks = [look] if look else []
    for one in inline.children or ():
        if one.type in _LOOKS:
            looks.append(_LOOKS[one.type])
        elif one.nesting == -1 and looks:
            looks.pop()
        elif one.type in ("softbreak", "hardbreak"):
            found.append((" " if one.type == "softbreak" else "\n", ""))
        elif one.content:
            found.append((plain(one.content), " ".join(looks)))
    return found


def wrapped(said: Cells, width: int) -> Iterator[Cells]:
    """Yield runs of words in lines of at most `width` cells, each word with its look."""
    letters = [(letter, look) for text, look in said for letter in text]
    at = 0
    for line in safe_wrap("".join(text for text, _ in said), max(2, width)):
        pieces: list[tuple[str, str]] = []
        for letter in line:
            while at < len(letters) and letters[at][0] != letter and letters[at][0].isspace():
                at += 1
            look = letters[at][1] if at < len(letters) else ""
            at += 1
            if pieces and pieces[-1][1] == look:
                pieces[-1] = (pieces[-1][0] + letter, look)
            else:
                pieces.append((letter, look))
        yield pieces


def table_rows(table: _Table, width: int) -> list[Row]:
    """Return a table in columns where they fit, its words wrapped; else row by row, labelled."""
    short = _without_codes(table)
    for gap in (_GAP, 1):
        if widths := _widths(short, width, gap):
            return _in_columns(short, widths, gap)
    return _row_by_row(table, width)


def _without_codes(table: _Table) -> _Table:
    """Return the table with a currency that all sums of a column have in its head alone."""
    columns = [list(column) for column in zip(*table.rows, strict=True)]
    heads = list(table.heads)
    for number, column in enumerate(columns):
        sums = [_SUM.fullmatch(_words(cell)) for cell in column if _words(cell) not in _NOTHING]
        codes = {found[1] for found in sums if found}
        if sums and all(sums) and len(codes) == 1:
            (code,) = codes
            heads[number] = [*heads[number], (f" {code}", "")]
            columns[number] = [_bare(cell, code) for cell in column]
    return _Table(tuple(heads), tuple(zip(*columns, strict=True)))


def _bare(cell: Cells, code: str) -> Cells:
    return [(text.replace(f"{code} ", "", 1), look) for text, look in cell]


def _in_columns(table: _Table, widths: Sequence[int], gap: int) -> list[Row]:
    right = [_figures(table, column) for column in range(len(table.heads))]
    rule = Row.of((glyphs().rule * (sum(widths) + gap * (len(widths) - 1)), "rule"))
    heads = [[(text, "dim") for text, _ in head] for head in table.heads]
    rows = [*_line(heads, widths, right, gap), rule]
    for row in table.rows:
        total = any("bold" in look for _, look in row[0])
        rows += [rule] if total and len(rows) > 2 else []
        rows += _line(row, widths, right, gap)
    return rows


def _line(
    row: Sequence[Cells], widths: Sequence[int], right: Sequence[bool], gap: int
) -> Iterator[Row]:
    """Yield the lines of a row, each cell wrapped in its column."""
    columns = [list(wrapped(cell, wide)) for cell, wide in zip(row, widths, strict=True)]
    for number in range(max(map(len, columns), default=1) or 1):
        pieces: list[tuple[str, str]] = []
        for lines, wide, flush in zip(columns, widths, right, strict=True):
            said = lines[number] if number < len(lines) else ()
            blank = " " * max(0, wide - sum(cell_width(text) for text, _ in said))
            pieces += [(" " * gap, "")] if pieces else []
            pieces += [(blank, ""), *said] if flush else [*said, (blank, "")]
        yield Row.of(*pieces)


def _row_by_row(table: _Table, width: int) -> list[Row]:
    """Return each row as what tells it from others in a line, then its other cells labelled."""
    rows: list[Row] = []
    heads = [_words(head) for head in table.heads]
    for number, row in enumerate(table.rows):
        rows += [BLANK] if number else []
        telling = _telling(row, width)
        first = "  ".join(_words(cell) for cell in row[:telling] if _words(cell) != "-")
        rows += [Row.of((line, "bold")) for line in safe_wrap(first, width)]
        labelled = [
            [(f"{head}: ", "dim"), *cell]
            for head, cell in zip(heads[telling:], row[telling:], strict=True)
            if _words(cell) not in _NOTHING
        ]
        for said in _joined(labelled, width - 2):
            rows += [Row.of("  ", *line) for line in wrapped(said, width - 2)]
    return rows


def _telling(row: Sequence[Cells], width: int) -> int:
    """Return how many of the first cells tell a row from others: its number, its day, its kind."""
    used, days = cell_width(_words(row[0])), 0
    for number, cell in enumerate(row[1:3], start=1):
        said = _words(cell)
        used += cell_width(said) + _GAP
        day = re.fullmatch(_DAY, said) is not None
        figure = not day and said not in _NOTHING and _FIGURES.fullmatch(said)
        if used > width or len(said) > _SHORT or figure or (day and days):
            return number
        days += day
    return min(3, len(row))


def _joined(labelled: Sequence[Cells], width: int) -> Iterator[Cells]:
    """Yield labelled cells, as many of them in a line as fit whole."""
    line: list[tuple[str, str]] = []
    for said in labelled:
        before = sum(cell_width(text) for text, _ in line)
        if line and before + 3 + sum(cell_width(text) for text, _ in said) <= width:
            line += [("   ", ""), *said]
            continue
        if line:
            yield line
        line = list(said)
    if line:
        yield line


def _widths(table: _Table, width: int, gap: int) -> list[int]:
    """Return the cells of each column, where the table fits; nothing where it does not.

    A column of figures keeps its width, and so does a narrow one; a table with many columns is in
    columns only where few words have to be wrapped.
    """
    columns = [[_words(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    if not columns:
        return [cell_width(_words(head)) for head in table.heads]
    found, least = [], []
    for number, (head, said) in enumerate(zip(table.heads, columns, strict=True)):
        words = [word for cell in (_words(head), *said) for word in cell.split()]
        longest = max(map(cell_width, words), default=1)
        head_word = max(map(cell_width, _words(head).split()), default=1)
        found.append(max(*map(cell_width, said), head_word, 1))
        kept = _figures(table, number) or found[-1] <= _NARROWEST
        least.append(found[-1] if kept else min(found[-1], max(_NARROWEST, longest)))
    if len(found) <= _COLUMNS:  # heads are told whole where there is room
        room = width - gap * (len(found) - 1)
        whole = [max(f, cell_width(_words(h))) for f, h in zip(found, table.heads, strict=True)]
        found = whole if sum(whole) <= room else found
    return _shrunk(found, least, columns, width - gap * (len(found) - 1))


def _shrunk(
    found: list[int], least: Sequence[int], columns: Sequence[Sequence[str]], room: int
) -> list[int]:
    """Return widths that take `room` cells together, none below its `least`; nothing if none do."""
    while sum(found) > room:
        free = [number for number, wide in enumerate(found) if wide > least[number]]
        if not free:
            return []
        found[max(free, key=found.__getitem__)] -= 1
    rows = list(zip(*columns, strict=True))
    lines = sum(
        max(-(-cell_width(cell) // wide) for cell, wide in zip(row, found, strict=True))
        for row in rows
    )
    return [] if len(found) > _COLUMNS and lines > _TALLEST * len(rows) else found


def _figures(table: _Table, column: int) -> bool:
    """Whether a column holds sums, counts or days, so that it ends flush right."""
    said = [_words(row[column]) for row in table.rows]
    return column > 0 and bool(said) and all(_FIGURES.fullmatch(one) for one in said)


def _words(cell: Cells) -> str:
    return "".join(text for text, _ in cell).strip()


def _table(tokens: Sequence[Token]) -> _Table:
    """Return what a table holds, from its tokens."""
    rows: list[list[Cells]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(runs(token))
    head, *rest = rows
    return _Table(tuple(head), tuple(tuple(row) for row in rest))
