"""A line whose columns stand where they should, however wide a terminal thinks a name is.

Terminals differ over Khmer, Arabic or CJK, and tmux differs from what it runs in. After a text
that one may measure otherwise, the next column is placed by its number, not by counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from store.text.cells import cell_width

_SURE: Final = re.compile(
    "[\x00-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u205e\u2070-\u20bf\u2100-\u25ff]*"
)
"""Latin, Greek, Cyrillic, and the signs that Docket draws with: one cell each, everywhere."""


def unsure(text: str) -> bool:
    """Whether terminals may differ over how many cells `text` takes."""
    return not text.isascii() and _SURE.fullmatch(text) is None


def as_wide(text: str) -> str:
    """Return `text` with as many blanks after it that rich counts the cells that Docket does."""
    if text.isascii() or not unsure(text):
        return text
    more = cell_width(text) - cell_len(text)
    if more >= 0:
        return text + " " * more
    blanks = len(text) - len(text.rstrip(" "))
    return text[: len(text) - min(blanks, -more)]


class PlacedStrip(Strip):
    """A strip that begins in column `x` of the terminal, counted from nought."""

    __slots__ = ("_x",)

    def __init__(self, segments: Iterable[Segment], cell_length: int | None, x: int) -> None:
        super().__init__(segments, cell_length)
        self._x = x

    def render(self, console: Console) -> str:
        """Return what is sent: an unsure piece goes over blanks, and what follows is placed."""
        if self._render_cache is None:
            system = console._color_system
            sent, x = [], self._x
            for text, style, _ in self._segments:
                wide = cell_len(text)
                shown = text
                if unsure(text):
                    begin, end = f"\x1b[{x + 1}G", f"\x1b[{x + wide + 1}G"
                    shown = f"{' ' * wide}{begin}{text.rstrip()}{end}"
                if style is not None and system is not None:
                    shown = self.render_style(style, shown, system)
                sent.append(shown)
                x += wide
            self._render_cache = "".join(sent)
        return self._render_cache

    def apply_filter(self, filter: LineFilter, background: Color) -> Strip:  # noqa: A002
        """Return the strip with a filter applied, placed as before."""
        strip = super().apply_filter(filter, background)
        return PlacedStrip(list(strip), self.cell_length, self._x)


def placed(strip: Strip, x: int) -> Strip:
    """Return `strip`, which begins in column `x`, so that it looks the same on any terminal."""
    if any(unsure(segment.text) for segment in strip):
        return PlacedStrip(list(strip), strip.cell_length, x)
    return strip
