"""The signs a screen is drawn with, each named by its use, so that a poorer set can stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Glyphs(NamedTuple):
    """One set of signs; each takes one cell, and a joint is named by where its arms go."""

    rule: str = "─"
    heavy: str = "━"
    down: str = "│"
    joint_down: str = "┬"
    joint_all: str = "┼"
    joint_right: str = "├"
    joint_left: str = "┤"
    cursor: str = "▌"
    marked: str = "■"
    decide: str = "◆"
    severity: str = "!"
    changed: str = "+"
    cut: str = "…"
    dot: str = "·"
    leads: str = "→"
    done: str = "✓"
    prompt: str = "›"
    quote: str = "▌"
    bar: str = "━"
    rest: str = "─"
    spark: str = "▁▂▃▄▅▆▇█"


_FULL: Final = Glyphs()
FULL, CONSOLE, ASCII = "full", "console", "ascii"
"""The levels there are: all signs, those of CP437, and ASCII alone."""
POORER: Final[Mapping[str, Mapping[int, int]]] = {
    CONSOLE: str.maketrans(
        "━…◆✓›▸▁▂▃▄▅▆▇█‘’“”–—−╭╮╰╯",
        "═~♦√>►12345678''\"\"---┌┐└┘",
    ),
    ASCII: str.maketrans(
        "─━│┃┌┐└┘├┤┬┴┼╭╮╰╯▌■◆…·→✓›▸░▒▁▂▃▄▅▆▇█‘’“”–—−",
        "-=||+++++++++++++>@*~->+>>.:12345678''\"\"---",
    ),
}
"""What stands for each sign where a terminal shows fewer, whoever wrote it."""


def glyphs() -> Glyphs:
    """Return the set that this terminal can show."""
    return _FULL
