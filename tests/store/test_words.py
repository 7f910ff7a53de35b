"""Counts in words."""

from __future__ import annotations

import pytest

from store.text import plural


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1200, "1,200 entries")],
)
def test_entries_are_counted(number: int, said: str) -> None:
    assert plural(number, "entry", "entries") == said


def test_most_words_take_an_s() -> None:
    assert (plural(1, "day"), plural(3, "day")) == ("1 day", "3 days")
