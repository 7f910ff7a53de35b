"""How wide text is on a terminal, and columns and paragraphs that respect it in any script."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence

_JOINER = "\u200d"
_EMOJI = "\ufe0f"
# Hangul vowels and finals, and skin tones, are drawn into the character before them.
_JOINED = frozenset(map(chr, (*range(0x1160, 0x1200), *range(0x1F3FB, 0x1F400))))
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
    """Yield what a reader sees as one character, with its width in cells (0, 1 or 2)."""
    seen, cells, joined = "", 0, False
    for letter in text:
        wide = _width(letter)
        if seen and (joined or wide == 0):
            seen += letter
            cells = 2 if letter == _EMOJI else max(cells, wide)
        else:
            if seen:
                yield seen, cells
            seen, cells = letter, wide
        joined = letter == _JOINER
    if seen:
        yield seen, cells


def width(text: str) -> int:
    """Return the cells `text` takes on one line."""
    return len(text) if text.isascii() else sum(cells for _, cells in clusters(text))


def fit(text: str, cells: int) -> str:
    """Return `text` in exactly `cells` cells: padded, or cut with an ellipsis."""
    wide = width(text)
    if wide <= cells:
        return text + " " * (cells - wide)
    kept, used = "", 0
    for cluster, size in clusters(text):
        if used + size > cells - 1:
            break
        kept, used = kept + cluster, used + size
    return kept + "…" + " " * (cells - 1 - used)


def wrap(text: str, cells: int, indent: str = "") -> list[str]:
    """Return `text` as lines of at most `cells` cells, its own line ends kept."""
    room = max(8, cells - width(indent))
    return [
        (indent + line).rstrip() for part in text.split("\n") for line in _paragraph(part, room)
    ]


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], shrink: int, cells: int, *, cut: bool = True
) -> list[str]:
    """Return aligned lines, none wider than `cells`: column `shrink` is cut, or else wrapped."""
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
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
    lines, line, used = [], "", 0
    for word in text.split(" "):
        wide = width(word)
        if line and used + 1 + wide <= room:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        *whole, line = _chunks(word, room)
        lines += whole
        used = width(line)
    return [*lines, line]


def _chunks(word: str, room: int) -> list[str]:
    """Cut a word that fits on no line; Khmer, Thai and CJK write whole sentences without a gap."""
    if width(word) <= room:
        return [word]
    chunks, used = [""], 0
    for cluster, size in clusters(word):
        if used + size > room:
            chunks.append("")
            used = 0
        chunks[-1] += cluster
        used += size
    return chunks


def _width(letter: str) -> int:
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or letter in _JOINED:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
