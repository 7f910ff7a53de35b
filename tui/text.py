"""Text on a terminal: what fits into so many cells, lines and columns, in any script."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from store.text.cells import cell_width, graphemes, most_cells

NARROWEST = 40
WIDEST = 100


def line_width() -> int:
    """Return how many cells a line may take: the terminal's, within reason, or 80 without one."""
    return max(NARROWEST, min(WIDEST, _columns()))


def _columns() -> int:
    """Return what shutil.get_terminal_size does, which takes longer to load than to log."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and len(told) < 6 and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a reader sees as one character, with its width in cells."""
    if text.isascii():
        yield from ((letter, 1) for letter in text)
        return
    yield from ((cluster, cell_width(cluster)) for cluster in graphemes(text))


def fit(text: str, cells: int) -> str:
    """Return `text` in exactly `cells` cells: padded, or cut with an ellipsis."""
    if cells <= 0:
        return ""
    if cell_width(text) > cells:
        text = _chunks(text, cells - 1)[0].rstrip() + "…"
    return text + " " * (cells - cell_width(text))


def fit_anywhere(text: str, cells: int) -> str:
    """Return `text` in `cells` cells, cut so that no terminal takes more of them for it."""
    if most_cells(text) <= cells:
        return fit(text, cells)
    room = cells
    while most_cells(cut := fit(text, room).rstrip()) > cells and room > 0:
        room -= 1
    return fit(cut, cells)


def wrap(text: str, cells: int, indent: str = "") -> list[str]:
    """Return `text` as lines of at most `cells` cells, its own line ends kept."""
    room = max(2, cells - cell_width(indent))
    return [
        (indent + line).rstrip() for part in text.split("\n") for line in _paragraph(part, room)
    ]


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], shrink: int, cells: int, *, cut: bool = True
) -> list[str]:
    """Return aligned lines, none wider than `cells`: column `shrink` is cut, or else wrapped."""
    widths = [max(map(cell_width, column)) for column in zip(head, *rows, strict=True)]
    spare = cells - sum(widths) - 2 * (len(widths) - 1)
    widths[shrink] = max(8, widths[shrink] + min(0, spare))
    lines = []
    for row in (head, *rows):
        parts = [row[shrink]] if cut else wrap(row[shrink], widths[shrink])
        for number, part in enumerate(parts):
            shown = list(row) if number == 0 else [""] * len(row)
            shown[shrink] = part
            lines.append("  ".join(map(fit, shown, widths)).rstrip())
    return lines


def _paragraph(text: str, room: int) -> list[str]:
    if text[:1] != " " and cell_width(text) <= room:
        return [text]
    lines, line, used = [], "", 0
    for word in text.split(" "):
        wide = cell_width(word)
        if line and used + 1 + wide <= room:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        *whole, line = _chunks(word, room)
        lines += whole
        used = cell_width(line)
    return [*lines, line]


def _chunks(word: str, room: int) -> list[str]:
    """Cut a word that fits on no line; Khmer, Thai and CJK write whole sentences without a gap."""
    if cell_width(word) <= room:
        return [word]
    chunks, used = [""], 0
    for cluster, size in clusters(word):
        if used + size > room:
            chunks.append("")
            used = 0
        chunks[-1] += cluster
        used += size
    return chunks
