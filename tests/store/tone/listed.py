"""The languages that the tone check has a list for."""

from __future__ import annotations

from store.tone.phrases import LISTS


def listed_codes() -> list[str]:
    """Return the languages there is a list for, by code."""
    return sorted(path.stem for path in LISTS.glob("*.txt"))
