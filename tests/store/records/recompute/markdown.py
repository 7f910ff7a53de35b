"""A small reader of the documents' Markdown: front matter, sections, tables, lines and quotes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"`([^`\\]+)`")
_BAR = re.compile(r"(?<!\\)\|")
_OVER_TABLE = re.compile(r"Table \w+\.\d+")
_RULE = re.compile(r"\|(?: -+:? \|)+")


@dataclass
class Table:
    """Headers and rows, as text."""

    headers: tuple[str, ...]
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Section:
    """What stands under one heading, up to the next; `number` is what stood before the title."""

    title: str
    level: int
    number: int = 0
    tables: list[Table] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    mark: str = ""
    numbered: int = 0


@dataclass
class Document:
    """A document read."""

    front: dict[str, str]
    sections: list[Section]

    def section(self, title: str) -> Section | None:
        """Return the section of this title."""
        return next((one for one in self.sections if one.title == title), None)


def read(text: str) -> Document:
    """Return the document that `text` spells."""
    rows = text.split("\n")
    end = rows.index("---", 1)
    front = dict(_front(row) for row in rows[1:end])
    sections = [Section("", 0)]
    for row in rows[end + 1 :]:
        _take(sections, row)
    return Document(front, sections)


def unescape(text: str) -> str:
    """Return inline text as it is read."""
    text = text.replace("**", "").replace("~~", "")
    parts = _CODE.split(text)
    return "".join(
        part if n % 2 else _ESCAPED.sub(r"\1", part) for n, part in enumerate(parts)
    ).strip()


def _front(row: str) -> tuple[str, str]:
    name, value = row.split(": ", 1)
    return name, unescape(str(json.loads(value)))


def _take(sections: list[Section], row: str) -> None:
    here = sections[-1]
    heading = re.fullmatch(r"(#+) (?:(\d+)\. )?(.*)", row)
    if heading:
        title = unescape(heading[3])
        made = Section(title, len(heading[1]), int(heading[2] or 0))
        annex = re.match(r"Annex ([A-Z])\.", title)
        made.mark = heading[2] or (annex[1] if annex else here.mark)
        made.numbered = 0 if heading[2] or annex else here.numbered
        sections.append(made)
    elif row.startswith("|"):
        _take_row(here, row)
    elif row.startswith(">"):
        here.quotes.append(unescape(row[2:].removesuffix("\\")))
    elif _OVER_TABLE.fullmatch(row):
        here.numbered += 1
        if row != f"Table {here.mark}.{here.numbered}":
            here.lines.append(row)  # which nothing was reckoned for
    elif row.strip():
        here.lines.append(unescape(row.removeprefix("- ").removesuffix("\\")))
    else:
        here.lines.append("")


def _take_row(here: Section, row: str) -> None:
    cells = [unescape(cell) for cell in _BAR.split(row)[1:-1]]
    begun = bool(here.lines) and here.lines[-1] == "|"
    if not begun:
        here.tables.append(Table(tuple(cells)))
        here.lines.append("|")
    elif not _RULE.fullmatch(row):
        here.tables[-1].rows.append(cells)
