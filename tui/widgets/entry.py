"""Pane 3: one entry in full, with its lag, links, corrections and struck originals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.docket import Standing
from tui.safe_text import content, safe_wrap
from tui.widgets.lines import Cells, ScrollLines
from tui.words.entry import Paragraph, Role, paragraphs_of

_LOOKS: Final[dict[Role, str]] = {
    "head": "bold",
    "quote": "italic",
    "held": "italic",
    "void": "bold heat3",
    "amended": "heat1",
    "before": "dim",
    "struck": "dim strike",
}


class EntryPane(ScrollLines):
    """Shows one entry, wrapped to the width; it scrolls and has no cursor."""

    def __init__(self) -> None:
        super().__init__(id="entry", classes="pane")
        self.standing: Standing | None = None
        self.trouble = ""
        self._lines: Sequence[tuple[str, str]] = ()

    def show(self, standing: Standing | None, trouble: str = "") -> None:
        """Show `standing` from its first line, or the `trouble` there is with the docket."""
        self.trouble = trouble
        if standing is not None and self.standing is not None:
            same = standing.original.id == self.standing.original.id
        else:
            same = standing is self.standing
        self.standing = standing
        name = f" {standing.original.client}#{standing.seq}" if standing else ""
        self.border_title = content(f"3 Entry{name}")
        self.measure()
        if not same:
            self.scroll_to(y=0, animate=False, immediate=True)

    def measure(self) -> None:
        """Wrap the entry anew and draw it."""
        told = paragraphs_of(self.standing) if self.standing else [Paragraph("head", self.trouble)]
        room = max(10, self.room - 2)
        looks = [(text, _LOOKS.get(role, "")) for role, text in told]
        self._lines = [(line, look) for text, look in looks for line in safe_wrap(text, room)]
        super().measure()

    def count(self) -> int:
        """Return the number of wrapped lines."""
        return len(self._lines)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line."""
        text, look = self._lines[number]
        return [(" ", ""), (text, look)]


def copy_text(one: Standing) -> str:
    """Return an entry as plain text, for the clipboard."""
    name = f"{one.original.client}#{one.seq}"
    return "\n".join([name, *(text for _, text in paragraphs_of(one))])
