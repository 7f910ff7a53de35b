"""How the columns of a printed table share the page, and where they say their currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.text.cells import cell_width

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDE = 5
"""Columns from which a table is set in small type."""

ON_ONE_LINE = "line"
"""What is told of a cell that does not break: a figure never does."""

TO_WRITE_IN = "room"
"""What is told of a cell of a column that is empty: it is for a hand."""

_PAGE = 445.0  # points between the margins of a court's page on A4
_TYPE = {True: 8.0, False: 9.0}  # points, of a wide table and of another, as html.css has them
_LETTER = 0.57  # of the size of the type: a figure, and an average letter
_EDGES = 9.0  # points that a cell takes beside its words
_SHORTEST = 25  # letters up to which a column is kept from breaking
_ROOM = {True: 8, False: 14}  # letters that any other is left, a short one and one of sentences
_SUM = re.compile(r"([A-Z]{3}) [-\u2212]?\d")
_NONE = ("", "-")


class _Cell(NamedTuple):
    """A cell of a table: the token that opens it, and its words."""

    opens: Token
    words: Token

    @property
    def text(self) -> str:
        return "".join(word.content for word in self.words.children or [])


class _Column(NamedTuple):
    head: _Cell
    cells: list[_Cell]

    @property
    def width(self) -> int:
        """The letters of its longest cell, or of the longest word of its head, which may break."""
        words = self.head.text.split()
        return max(map(cell_width, [*words, *(cell.text for cell in self.cells)]), default=0)

    @property
    def least(self) -> int:
        """The letters that it is left where it may break."""
        return min(self.width, _ROOM[self.width <= _SHORTEST])


def share_out(tokens: Sequence[Token], at: int) -> None:
    """Say the currency of the table that opens at `at` once, and which cells stay on one line.

    A column of sums of one currency has it in its head. The columns with the fewest letters are
    kept from breaking, as long as the page has room for them beside the others.
    """
    columns = _columns(tokens, at)
    for column in columns:
        _say_once(column)
        for cell in column.cells:
            cell.opens.meta[TO_WRITE_IN] = not any(one.text for one in column.cells)
    size = _TYPE[len(columns) >= WIDE] * _LETTER
    left = _PAGE - sum(_EDGES + one.least * size for one in columns)
    for one in sorted(columns, key=lambda one: one.width):
        left -= (one.width - one.least) * size
        if left < 0 or one.width > _SHORTEST:
            break
        for cell in one.cells:
            cell.opens.meta[ON_ONE_LINE] = not stands_right(cell.opens)


def _columns(tokens: Sequence[Token], at: int) -> list[_Column]:
    """Return the columns of the table that opens at `at`."""
    heads: list[_Cell] = []
    cells: list[_Cell] = []
    for place in range(at, len(tokens)):
        if tokens[place].type == "table_close":
            break
        if tokens[place].type == "th_open":
            heads.append(_Cell(tokens[place], tokens[place + 1]))
        elif tokens[place].type == "td_open":
            cells.append(_Cell(tokens[place], tokens[place + 1]))
    return [_Column(head, cells[at :: len(heads)]) for at, head in enumerate(heads)]


def _say_once(column: _Column) -> None:
    """Put the currency of a column of figures into its head, if it is one for all of them."""
    figures = [cell for cell in column.cells if cell.text not in _NONE]
    found = [_SUM.match(cell.text) for cell in figures]
    currencies = {match[1] if match else "" for match in found}
    if len(currencies) != 1 or "" in currencies or not stands_right(column.head.opens):
        return
    (currency,) = currencies
    _last(column.head.words).content += f" ({currency})"
    for cell in figures:
        first = next(word for word in cell.words.children or [] if word.content)
        first.content = first.content.removeprefix(f"{currency} ")


def stands_right(opens: Token) -> bool:
    """Whether a cell is one of a column of figures."""
    return "right" in str(opens.attrs.get("style", ""))


def _last(words: Token) -> Token:
    return next(word for word in reversed(words.children or []) if word.content)
