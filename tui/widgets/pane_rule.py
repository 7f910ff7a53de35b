"""The rules between panes: over each its name and place, and one down the middle with joints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widget import Widget

from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import plain
from tui.widgets.lines import Cells
from tui.widgets.looks import styled, theme_of
from tui.widgets.rules import rule_line
from tui.widgets.scripts import as_wide

_LEAST = 12
"""Cells that a title has before the fact gives way to it."""


class RulePart(Widget):
    """A piece of a rule, drawn on its own."""

    DEFAULT_CSS = """
    RulePart { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.pieces: Cells = ()

    def show(self, pieces: Cells) -> None:
        """Show `pieces`; draws only what changed."""
        if pieces != self.pieces:
            self.pieces = pieces
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the piece."""
        theme, style = theme_of(self.app).name, self.visual_style.rich_style
        segments = [
            Segment(as_wide(plain(text)), style + styled(theme, look) if look else style)
            for text, look in self.pieces
            if text
        ]
        strip = Strip(segments).adjust_cell_length(self.size.width, style)
        return strip.simplify().crop(0, self.size.width)


class PaneRule(Horizontal):
    """The rule over a pane: its key and name at the left, a fact about it at the right.

    It is heavy over the pane that keys go to. The two parts are drawn each on its own, so that a
    count at the right costs no more than itself.
    """

    DEFAULT_CSS = """
    PaneRule { height: 1; }
    PaneRule RulePart { width: 1fr; }
    PaneRule RulePart.-right { width: 0; }
    """

    def __init__(self, pane: str) -> None:
        super().__init__(id=f"{pane}-rule")
        self.pane = pane
        self.left, self.right = RulePart(), RulePart()
        self.right.add_class("-right")
        self._told: tuple[Cells, str, bool, int] = ((), "", False, 0)

    def compose(self) -> ComposeResult:
        """Yield the two parts."""
        yield self.left
        yield self.right

    @property
    def text(self) -> str:
        """What stands in the rule, without the rule."""
        title, aside, _, _ = self._told
        return f"{''.join(text for text, _ in title)}  {aside}".strip()

    def show(self, title: Cells, aside: str = "", *, focused: bool = False, most: int = 0) -> None:
        """Show a title, whose first piece is a key, and a fact that takes up to `most` cells."""
        self._told = (title, aside, focused, most)
        self.draw()

    def on_resize(self) -> None:
        """Lay it out for the width."""
        self.draw()

    def draw(self) -> None:
        """Draw what changed."""
        title, aside, focused, most = self._told
        width = self.size.width
        sign, look = (glyphs().heavy, "focus") if focused else (glyphs().rule, "rule")
        aside = aside if cell_width(aside) + _LEAST <= width else ""
        room = max(most, cell_width(aside)) + 3 if aside else 0
        if self.right.styles.width is None or self.right.styles.width.value != room:
            self.right.styles.width = room
        spare = sign * (room - cell_width(aside) - 3)
        fact = (f" {aside} ", "focus" if focused else "dim")
        self.right.show(((spare, look), fact, (sign, look)) if aside else ())
        self.left.show(rule_line(width - room, title, focused=focused))


class Divider(Widget):
    """The rule down the middle, with a joint wherever a rule meets it."""

    DEFAULT_CSS = """
    Divider { width: 1; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.joints: Mapping[int, str] = {}

    def show(self, left: Sequence[int], right: Sequence[int]) -> None:
        """Join the rules that meet it on these rows, from the left and from the right."""
        signs = glyphs()
        found = dict.fromkeys(left, signs.joint_left) | dict.fromkeys(right, signs.joint_right)
        found |= {row: signs.joint_all for row in left if row in right}
        found[0] = signs.joint_down
        if found != self.joints:
            self.joints = found
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one cell."""
        style = self.visual_style.rich_style + styled(theme_of(self.app).name, "rule")
        return Strip([Segment(self.joints.get(y, glyphs().down), style)], 1)
