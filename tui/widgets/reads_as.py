"""What a line was read as, in words under a rule, and what it lacks on a line of its own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.safe_text import content, safe_wrap
from tui.widgets.looks import drawn
from tui.widgets.rules import RuleLine

_LACKS = "\nNot yet: "


class ReadsAs(Vertical):
    """At least two lines; what is not complete is marked, and what it lacks stands by itself."""

    DEFAULT_CSS = """
    ReadsAs { height: auto; }
    ReadsAs > #reading { height: auto; min-height: 2; max-height: 5; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._tall = 0

    def compose(self) -> ComposeResult:
        """Yield the rule and the words."""
        yield RuleLine("Reads as")
        yield Static(id="reading")

    def say(self, text: str, *, open_: bool, hint: str = "") -> None:
        """Show the reading: an open one starts with `…`, a complete one with `✓`."""
        shown = self.query_one("#reading", Static)
        mark = "…" if open_ else "✓"
        said, lacks, what = text.partition(_LACKS)
        tail = f"\n  Not yet: {what}" if lacks else ""
        whole = f"{mark} {said}{tail}{f'  {hint}' if hint else ''}"
        before, self._tall = self._tall, len(safe_wrap(whole, max(1, self.size.width - 2)))
        look = "heat1" if open_ else "keep"
        pieces = [(mark, f"bold {look}"), (f" {said}", ""), (tail, "heat1")]
        pieces += [(f"  {hint}", "dim")] if hint else []
        drawing = drawn(self.app, pieces) if text else content("")
        shown.update(drawing, layout=self._tall != before)
