"""Plots in cells: bars and small curves, as pieces of text with their looks.

The figure always stands beside a plot, so a plot alone tells nothing. Bars of a group have one
scale, of which the longest is the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.glyphs import glyphs

Plot = Sequence[tuple[str, str]]


def gauge(share: float, cells: int, look: str = "text") -> Plot:
    """Return a bar of `cells` cells, `share` (0 to 1) of it filled; anything above 0 shows."""
    filled = min(cells, max(1 if share > 0 else 0, round(share * cells)))
    signs = glyphs()
    return [(signs.bar * filled, look), (signs.rest * (cells - filled), "rule")]


def spark(values: Sequence[int | None], cells: int, most: int = 10) -> str:
    """Return the last of `values` as a curve, a cell each, on a scale of 0 to `most`.

    What is not known is a blank. The curve ends at the right of `cells`.
    """
    signs = glyphs().spark
    last = len(signs) - 1
    shown = values[-cells:] if cells > 0 else ()
    return "".join(" " if one is None else signs[round(one / most * last)] for one in shown)


def span(low: float, high: float, cells: int, look: str = "text") -> Plot:
    """Return a range within 0 to 1 as a line of `cells` cells, a cell of it filled at least."""
    signs = glyphs()
    first = min(cells - 1, max(0, round(low * cells)))
    last = min(cells, max(first + 1, round(high * cells)))
    rest = [(signs.rest * first, "rule"), (signs.bar * (last - first), look)]
    return [*rest, (signs.rest * (cells - last), "rule")]


def columns(values: Sequence[float | None], rows: int, most: float = 100) -> list[str]:
    """Return values as columns, a cell each, on a scale of 0 to `most` in `rows` lines, top first.

    What is above 0 shows in the lowest line; what is not known is a blank.
    """
    step = most / rows
    return ["".join(_cell(one, step * row, step) for one in values) for row in range(rows)][::-1]


def _cell(value: float | None, low: float, step: float) -> str:
    """Return the part of a column that is between `low` and `low` and a `step`."""
    if value is None or value <= low:
        return " "
    signs = glyphs().spark
    return signs[min(len(signs), max(1, round((value - low) / step * len(signs)))) - 1]
