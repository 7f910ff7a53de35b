"""The first line of the main screen: where things stand, and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget

from store.text.cells import cell_width
from tui.safe_text import safe_fit


class StatusLine(Widget):
    """Shows the facts that fit before the day; draws only when one of them changed."""

    DEFAULT_CSS = """
    StatusLine { dock: top; height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.facts: Sequence[str] = ()
        self.day: date | None = None

    def show(self, facts: Sequence[str], day: date) -> None:
        """Show `facts`, most telling first, and `day` at the right."""
        if (facts, day) != (self.facts, self.day):
            self.facts, self.day = facts, day
            self.refresh()

    def render(self) -> Content:
        """Return the line for the present width."""
        width = self.size.width
        day = f"{self.day:%a %-d %b}" if self.day else ""
        facts = list(self.facts)
        while facts and 6 + sum(cell_width(one) + 3 for one in facts) + cell_width(day) + 1 > width:
            facts.pop()
        said = "".join(f"   {one}" for one in facts)
        return Content.assemble(
            ("docket", "bold"), safe_fit(said, max(0, width - 6 - cell_width(day))), day
        )
