"""The title line of a screen and the rules between its parts, as pieces of text with their looks.

A rule takes the whole width and no box is drawn: its title stands in it at the left, a fact at the
right. The heavy rule is over the pane that has the keys, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit
from tui.widgets.lines import Cells, ScrollLines
from tui.widgets.looks import drawn

if TYPE_CHECKING:
    from tui.widgets.fields import FormFields

_LEAST = 10
"""Cells that a title has before the fact gives way to it."""
_LONG = 19
"""Cells up to which a fact is as much needed as whose it is about."""


def title_line(what: str, whose: str, fact: str, width: int, *, look: str = "dim") -> Cells:
    """Return what a screen is (bold), whose or how many (dim), and at the right one fact.

    A long fact gives way to whose it is: to what stands before its comma, else altogether.
    """
    room = width - 2
    fact = _short(fact, room - cell_width(what) - cell_width(whose) - 4)
    if fact and room - cell_width(fact) - 2 < min(_LEAST, cell_width(what)):
        fact = ""
    room -= cell_width(fact) + 2 if fact else 0
    what = safe_fit(what, room).rstrip() if cell_width(what) > room else what
    left = room - cell_width(what) - 2
    whose = safe_fit(whose, left) if whose and left > 2 else " " * max(0, left)
    end = [("  ", ""), (fact, look)] if fact else []
    return [(" ", ""), (what, "bold"), ("  " * (left >= 0), ""), (whose, "dim"), *end]


def _short(fact: str, room: int) -> str:
    if cell_width(fact) <= max(room, _LONG):
        return fact
    first, comma, _ = fact.partition(", ")
    return first if comma else ""


def rule_line(
    width: int, title: str | Cells = "", fact: str | Cells = "", *, focused: bool = False
) -> Cells:
    """Return a rule of `width` cells with its title and a fact; heavy where keys go to its pane.

    Plain titles and facts are dim; the title is the focus's own where the rule is heavy.
    """
    sign, look = (glyphs().heavy, "focus") if focused else (glyphs().rule, "rule")
    title_look = "title" if focused else "dim"
    head, tail = _pieces(title), _pieces(fact)
    if focused:
        head = [(text, title_look) for text, _ in head]
    if tail and _cells(head) + _cells(tail) + 7 > width:
        tail = []
    if head and _cells(head) + 4 > width:
        head = [(safe_fit("".join(text for text, _ in head), width - 4).rstrip(), title_look)]
    head, tail = _held(head, title_look), _held(tail, "dim")
    room = max(0, width - 2 - _cells(head) - _cells(tail))
    return [(sign, look), *head, (sign * room, look), *tail, (sign, look)]


def _held(pieces: Cells, look: str) -> Sequence[tuple[str, str]]:
    """Return pieces with a blank on both sides, which looks as they do."""
    return [(" ", look), *pieces, (" ", look)] if pieces else []


def _pieces(said: str | Cells) -> Sequence[tuple[str, str]]:
    if isinstance(said, str):
        return [(said, "dim")] if said else []
    return said


def _cells(pieces: Cells) -> int:
    return sum(cell_width(text) for text, _ in pieces)


class RuleLine(Widget):
    """A rule as a widget, drawn anew only where something on it changed."""

    DEFAULT_CSS = """
    RuleLine { height: 1; }
    """

    def __init__(self, title: str | Cells = "", fact: str | Cells = "") -> None:
        super().__init__()
        self.title, self.fact, self.focused = title, fact, False
        self._read: str | Cells = ""

    def show(
        self,
        title: str | Cells | None = None,
        fact: str | Cells | None = None,
        *,
        focused: bool | None = None,
    ) -> None:
        """Say from now on what is given; what is None stays."""
        before = self.title, self.fact, self.focused
        self.title = self.title if title is None else title
        self.fact = self.fact if fact is None else fact
        self.focused = self.focused if focused is None else focused
        if (self.title, self.fact, self.focused) != before:
            self.refresh()

    def follow(self, lines: ScrollLines | FormFields) -> None:
        """Say from now on how far `lines` are read, where they do not fit, in place of the fact."""

        def place() -> None:
            last = lines.scroll_offset.y + lines.size.height
            fits = lines.count() <= lines.size.height or not lines.size.height
            read = "" if fits else f"{min(last, lines.count())} of {lines.count()} lines"
            if read != self._read:
                self._read = read
                self.refresh()

        for name in ("scroll_y", "virtual_size", "in_view"):
            self.watch(lines, name, place)

    def render(self) -> Content:
        """Return the rule for the present width."""
        said = self._read or self.fact
        return drawn(self.app, rule_line(self.size.width, self.title, said, focused=self.focused))
