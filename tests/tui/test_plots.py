"""Plots in cells: as wide as asked, what is known shows, and no more than that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.plots import Plot, columns, gauge, span, spark

SHARES = st.floats(0, 1)


def said(plot: Plot) -> str:
    return "".join(text for text, _ in plot)


@given(SHARES, st.integers(1, 40))
def test_a_bar_is_as_wide_as_asked_and_nought_alone_is_empty(share: float, cells: int) -> None:
    drawn = said(gauge(share, cells))
    assert len(drawn) == cells
    assert ("━" in drawn) == (share > 0)


@given(SHARES, SHARES, st.integers(1, 40))
def test_a_range_is_filled_where_it_is(one: float, other: float, cells: int) -> None:
    low, high = sorted((one, other))
    drawn = said(span(low, high, cells))
    assert len(drawn) == cells and set(drawn) <= {"━", "─"}
    filled = drawn.strip("─")
    assert filled and set(filled) == {"━"}, "one piece, a cell at least"


def test_plots_as_they_are_drawn() -> None:
    assert said(span(0.53, 0.66, 12)) == "──────━━────"
    assert said(gauge(0.5, 12)) == "━━━━━━──────"
    assert spark([0, 5, None, 10], 10) == "▁▅ █"
    assert spark([1, 2, 3, 4], 2) == spark([3, 4], 2)


@given(st.floats(0, 100), st.integers(1, 6))
def test_a_column_grows_from_below_and_shows_what_is_above_nought(value: float, rows: int) -> None:
    (*lines,) = (line for line in columns([value], rows))
    assert len(lines) == rows and all(len(line) == 1 for line in lines)
    assert "".join(lines).lstrip(" ").count(" ") == 0
    assert (lines[-1] != " ") == (value > 0)


def test_columns_as_they_are_drawn() -> None:
    assert columns([0, 10, None, 60, 100], 4) == ["    █", "   ▃█", "   ██", " ▃ ██"]
