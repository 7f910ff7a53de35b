"""Lines of text for row lists: headings, labelled lines, points and paragraphs, all wrapped."""

from __future__ import annotations

from tui.safe_text import wrap
from tui.screens.rows import Row

LABEL = 9
BLANK = Row()


def title(text: str) -> Row:
    """Return the heading of a part."""
    return Row.of((text, "bold underline"))


def labelled(label: str, text: str, width: int) -> list[Row]:
    """Return `text` beside its label, wrapped to `width` cells."""
    first, *rest = wrap(text, width - LABEL)
    return [Row.of(mark(label), first), *(Row.of(" " * LABEL, line) for line in rest)]


def mark(label: str) -> tuple[str, str]:
    """Return the first column of a labelled line."""
    return (label.ljust(LABEL), "dim")


def bullet(text: str, width: int) -> list[Row]:
    """Return `text` as one point of a list, wrapped to `width` cells."""
    first, *rest = wrap(text, width - 4)
    return [Row.of("  - ", first), *(Row.of("    ", line) for line in rest)]


def paragraph(text: str, width: int, *, indent: int = 0, style: str = "") -> list[Row]:
    """Return `text` wrapped to `width` cells, `indent` of them blank."""
    return [Row.of(" " * indent, (line, style)) for line in wrap(text, width - indent)]
