"""How many cells of a terminal a text takes, in any script: wcwidth's count, for all of Docket."""

from __future__ import annotations

_MARKS = "\u0300"
"""The first sign that joins another: what comes before takes a cell each, and needs no table."""


def cell_width(text: str) -> int:
    """Return the cells `text` takes on one line."""
    if text.isascii() or max(text) < _MARKS:
        return len(text)
    from wcwidth import width  # takes as long to load as an entry to log

    return width(text, control_codes="ignore")
