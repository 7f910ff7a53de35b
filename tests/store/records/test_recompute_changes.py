"""The independent script is not vacuous: it sees changed digits, lost tables and moved rows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.store.records.recompute.compare import Findings
from tests.store.records.recompute.markdown import read
from tests.store.records.recompute.records import Folder
from tests.store.records.recompute.run import check_paper, files_in, journal_at
from tests.store.records.recomputing import Written, parting, whole_year

DIGITS_PER_CELL = 2
NUMBER = re.compile(r"\d")
FREE = ("Party", "Source", "How obtained")
"""Columns in words alone, which no journal has in this form."""


@pytest.fixture(scope="module")
def the_year(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return the year in every profile."""
    return whole_year(tmp_path_factory.mktemp("year"))


@pytest.fixture(scope="module")
def a_parting(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return the year that ends in a final report."""
    return parting(tmp_path_factory.mktemp("parting"))


@dataclass(frozen=True)
class Place:
    """A digit of a document, by line and column."""

    line: int
    column: int


def numeric(text: str) -> list[list[Place]]:
    """Return the digits of every cell and line that tells a figure, grouped."""
    rows, found = text.split("\n"), []
    start = rows.index("---", 1) + 1
    headers: list[str] = []
    for number, row in enumerate(rows[start:], start):
        if not row.startswith("|"):
            headers = []
            if NUMBER.search(row) and not row.startswith((">", "#")):
                found.append([Place(number, at.start()) for at in NUMBER.finditer(row)])
            continue
        edges = [at.start() for at in re.finditer(r"(?<!\\)\|", row)]
        headers = headers or [row[a + 1 : b].strip() for a, b in pairwise(edges)]
        for header, (first, last) in zip(headers, pairwise(edges), strict=False):
            digits = [Place(number, at) for at in range(first, last) if row[at].isdigit()]
            if digits and header not in FREE:
                found.append(digits)
    return found


def changed(text: str, place: Place, by: int) -> str:
    """Return a document with one digit changed."""
    rows = text.split("\n")
    row = rows[place.line]
    digit = str((int(row[place.column]) + by) % 10)
    rows[place.line] = row[: place.column] + digit + row[place.column + 1 :]
    return "\n".join(rows)


class Checker:
    """One document in memory, to be checked again after each change."""

    def __init__(self, written: Written, name: str) -> None:
        path = written.documents[name]
        self.journal = journal_at(Path(written.arguments[0]))
        self.folder: Folder | None = None
        if path.is_dir():
            custody = Path(written.arguments[2])
            held = journal_at(custody) if custody.exists() else None
            exhibits = files_in(Path(written.arguments[1]))
            self.folder = Folder(path, self.journal, exhibits, held)
        self.text = self.folder.text() if self.folder else path.read_text("utf-8")
        assert self.problems(self.text) == []

    def problems(self, text: str) -> list[str]:
        """Return what the script says of a changed document."""
        found = Findings()
        if self.folder:
            self.folder.check_text(text, found)
        else:
            check_paper("paper", text, self.journal, found)
        return found.problems


def sampled(text: str, seed: int, cells: int) -> Iterator[tuple[Place, int]]:
    """Yield digits of some cells, and by how much to change each."""
    chance = random.Random(seed)
    groups = numeric(text)
    for group in chance.sample(groups, min(cells, len(groups))):
        for place in chance.sample(group, min(DIGITS_PER_CELL, len(group))):
            yield place, chance.randint(1, 9)


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        *[("court", 10), ("redacted", 10), ("extract", 10), ("public", 10), ("statement-EUR", 30)],
        pytest.param("court", 40, marks=pytest.mark.slow),
    ],
)
def test_every_changed_digit_is_seen(the_year: Written, name: str, cells: int) -> None:
    checker = Checker(the_year, name)
    text = checker.text
    unseen = [
        (text.split("\n")[place.line], place.column, by)
        for place, by in sampled(text, 2026, cells)
        if not checker.problems(changed(text, place, by))
    ]
    assert unseen == []


def test_every_changed_digit_of_a_table_in_a_final_report_is_seen(a_parting: Written) -> None:
    checker = Checker(a_parting, "report")
    text, rows = checker.text, checker.text.split("\n")
    places = [one for one in sampled(text, 7, 99) if rows[one[0].line].startswith("|")]
    assert len(places) > 20
    assert all(checker.problems(changed(text, *one)) for one in places)


@pytest.mark.parametrize("name", ["court", "platform", "public", "statement-EUR"])
def test_a_table_or_section_that_is_gone_or_renamed_is_seen(the_year: Written, name: str) -> None:
    checker = Checker(the_year, name)
    text = checker.text
    for section in read(text).sections:
        for table in section.tables:
            row = next(row for row in text.split("\n") if _headers(row) == table.headers)
            renamed = text.replace(row, row.replace(table.headers[0], "Number", 1))
            assert checker.problems(renamed), table.headers
        if section.level == 2 and section.tables:
            title = next(row for row in text.split("\n") if row.endswith(section.title))
            assert checker.problems(text.replace(title, "## 99. Else")), section.title


def _headers(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.split("|")[1:-1])


def test_an_entry_that_is_gone_twice_or_out_of_order_is_seen(the_year: Written) -> None:
    checker = Checker(the_year, "court")
    text = checker.text
    rows = [row for row in text.split("\n") if re.match(r"\| +\d+ \| \S+ \d\d:\d\d ", row)]
    rows = [row for row in rows if row.count(" | ") == 3]
    assert len(rows) > 40
    first, second = rows[10], rows[11]
    for wrong in (
        text.replace(first + "\n", ""),
        text.replace(first, f"{first}\n{first}"),
        text.replace(f"{first}\n{second}", f"{second}\n{first}"),
    ):
        assert checker.problems(wrong)
