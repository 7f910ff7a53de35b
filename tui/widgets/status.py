"""The first line of the main screen: where things stand, and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget

from store.text.cells import cell_width
from tui.widgets.lines import Cells
from tui.widgets.looks import drawn

_NAME = "docket"


class StatusLine(Widget):
    """Shows the facts that fit before the day; draws only when one of them changed."""

    DEFAULT_CSS = """
    StatusLine { dock: top; height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.told: Sequence[Cells] = ()
        self.day: date | None = None

    @property
    def facts(self) -> list[str]:
        """The facts without their looks."""
        return [_text(fact) for fact in self.told]

    def show(self, facts: Sequence[Cells], day: date) -> None:
        """Show `facts`, most telling first, and `day` at the right."""
        if (facts, day) != (self.told, self.day):
            self.told, self.day = facts, day
            self.refresh()

    def render(self) -> Content:
        """Return the line for the present width."""
        room = self.size.width - len(_NAME)
        day = f"{self.day:%a %-d %b}" if self.day else ""
        facts = list(self.told)
        while facts and _cells(facts) + cell_width(day) + 2 > room:
            facts.pop()
        pieces: list[tuple[str, str]] = [(_NAME, "bold")]
        for fact in facts:
            pieces += [("  ", ""), *fact]
        gap = room - _cells(facts) - cell_width(day)
        return drawn(self.app, [*pieces, (" " * max(0, gap), ""), (day, "dim")])


def _text(fact: Cells) -> str:
    return "".join(text for text, _ in fact)


def _cells(facts: Sequence[Cells]) -> int:
    return sum(cell_width(_text(fact)) + 2 for fact in facts)
