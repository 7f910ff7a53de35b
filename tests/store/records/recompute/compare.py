"""Comparing what a document says with what was reckoned, cell by cell and line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from store.recheck.figures import tokens

from .markdown import Section, Table


@dataclass(frozen=True)
class Words:
    """A cell in somebody's words: its numbers are compared; `cut` says that it may end early."""

    text: str
    cut: bool = False


ALIKE = 0.8
"""How much of two lines must be alike, so that a word more does not part them."""

Cell = str | Words | None
"""What a cell must be; None is a cell without a figure of ours."""


@dataclass
class Expected:
    """A table as it was reckoned; rows come in this order, or in that of `key` cells."""

    headers: tuple[str, ...]
    rows: list[list[Cell]]
    key: int = 0


@dataclass
class Reckoned:
    """Everything that a section must say."""

    tables: list[Expected] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    free: tuple[str, ...] = ()
    """How lines in somebody's own words begin, which no journal has."""

    def table(
        self, headers: str, rows: list[list[Cell]], key: int = 0, optional: str = "Exhibit"
    ) -> None:
        """Add a table, if it has rows; `headers` are parted by bars.

        Of the `optional` ones, those are left out under which no row says anything.
        """
        heads = headers.split("|")
        kept = [
            at
            for at, head in enumerate(heads)
            if head not in optional.split("|") or any(row[at] not in ("", "-") for row in rows)
        ]
        if rows:
            told = [[row[at] for at in kept] for row in rows]
            self.tables.append(Expected(tuple(heads[at] for at in kept), told, key))

    def line(self, text: str) -> None:
        """Add a line."""
        self.lines.append(text)


@dataclass
class Findings:
    """How many figures were compared, and each that disagrees."""

    figures: int = 0
    problems: list[str] = field(default_factory=list)

    def same(self, where: str, said: object, mine: object) -> None:
        """Compare two figures."""
        self.figures += 1
        if said != mine:
            self.problems.append(f"{where}: it says {said!r}, reckoned {mine!r}")

    @contextmanager
    def reading(self, where: str) -> Iterator[None]:
        """Note what cannot be read at all as one problem more."""
        try:
            yield
        except (LookupError, ValueError, StopIteration) as error:
            self.wrong(where, f"it cannot be read: {error!r}")

    def wrong(self, where: str, what: str) -> None:
        """Add a problem."""
        self.problems.append(f"{where}: {what}")

    def section(self, where: str, section: Section, mine: Reckoned) -> None:
        """Compare a whole section: no table and no line with a number in it may be left over."""
        left = list(section.tables)
        for expected in mine.tables:
            found = next((one for one in left if one.headers == expected.headers), None)
            if found is None:
                self.wrong(where, f"no table {'|'.join(expected.headers)}")
                continue
            left.remove(found)
            self._table(where, found, expected)
        for table in left:
            self.wrong(where, f"a table that nothing was reckoned for: {'|'.join(table.headers)}")
        self._lines(where, section.lines, mine)

    def _table(self, where: str, found: Table, mine: Expected) -> None:
        said = list(found.rows)
        rows = list(mine.rows)
        if mine.key:
            said.sort(key=lambda row: row[: mine.key])
            rows.sort(key=lambda row: [str(cell) for cell in row[: mine.key]])
        name = f"{where}, {mine.headers[0]}|{mine.headers[1]}"
        self.same(f"{name}: rows", len(said), len(rows))
        for row, cells in zip(said, rows, strict=False):
            for header, text, cell in zip(mine.headers, row, cells, strict=True):
                self._cell(f"{name}, {row[0]} {header}", text, cell)

    def _cell(self, where: str, text: str, cell: Cell) -> None:
        if isinstance(cell, Words):
            self._words(where, text, cell)
        elif cell is not None:
            self.same(where, text, cell)

    def _words(self, where: str, text: str, cell: Words) -> None:
        said, mine = tokens(text), tokens(cell.text)
        if "\u2026" in text or cell.cut:
            mine = mine[: len(said)]
        if said or mine:
            self.same(where, said, mine)

    def _lines(self, where: str, said: list[str], mine: Reckoned) -> None:
        left = [one for one in said if tokens(one)]
        for one in mine.lines:
            figures = tokens(one)
            found = next((line for line in left if _alike(line, one)), None) if figures else None
            self.figures += len(figures)
            if found is not None:
                left.remove(found)
            elif figures:
                self.wrong(where, f"it does not say {_plain(one)!r}")
        for one in left:
            if not one.startswith(mine.free or ("\0",)):
                self.wrong(where, f"not reckoned: {_plain(one)!r}")


def _alike(said: str, mine: str) -> bool:
    """Whether two lines tell the same figures in the same order, in much the same words."""
    words = _plain(said).split(), _plain(mine).split()
    return tokens(said) == tokens(mine) and SequenceMatcher(None, *words).ratio() >= ALIKE


def _plain(text: str) -> str:
    """Return a line up to its last figure: how it ends is for others to read."""
    line = " ".join(text.split())
    return line[: max((at.end() for at in re.finditer(r"\d", line)), default=0)]
