"""How many cells of a terminal a text takes, in any script: wcwidth's count, for all of Docket."""

from __future__ import annotations

_SPACING = "\u0900"
"""The first sign that joins another and that some terminals give a cell of its own."""
_MARKS = "\u0300"
"""The first sign that joins another: what comes before takes a cell each, and needs no table."""


def cell_width(text: str) -> int:
    """Return the cells `text` takes on one line."""
    if text.isascii() or max(text) < _MARKS:
        return len(text)
    from wcwidth import width  # takes as long to load as an entry to log

    return width(text, control_codes="ignore")


def most_cells(text: str) -> int:
    """Return the cells `text` takes where they are most.

    Terminals differ over vowels that stand beside their letter, as in Khmer and the scripts of
    India: tmux gives each a cell.
    """
    if text.isascii() or max(text) < _SPACING:
        return cell_width(text)
    from unicodedata import category

    beside = sum(category(sign) == "Mc" for sign in text)
    return (
        max(cell_width(text), sum(map(cell_width, text)) + beside) if beside else cell_width(text)
    )
