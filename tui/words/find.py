"""What is said of entries that were found: where the words stand in them, and names near by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.docket.filter import Filter
    from store.overview.finding import Finder

_NAMES = 3


def names_near(asked: Filter, finder: Finder) -> str:
    """Return which clients the words of a filter may mean, or nothing."""
    near = finder.near(asked.values("text"))[:_NAMES]
    names = ", ".join(f"{finder.names[client]} (client:{client})" for client in near)
    return f"Names near: {names}" if names else ""
