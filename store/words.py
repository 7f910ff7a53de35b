"""Counts in words, the same wherever one is said."""

from __future__ import annotations


def plural(number: int, one: str, many: str = "") -> str:
    """Return `1 entry`, `1,200 entries`; `many` where more than one is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
