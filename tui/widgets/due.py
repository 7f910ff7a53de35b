"""What is due, under the clients: the first step of each client, as many as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from store.playbook.step import NextStep
from tui.safe_text import safe_fit
from tui.widgets.lines import Cells, ScrollLines
from tui.words.steps import DUE_CELLS, briefly, step_words, when_due

_BRIEF, _WIDE, _NAME = 12, 50, 24


class DuePane(ScrollLines, can_focus=False):
    """Shows steps; no key goes here, for `N` opens them all."""

    bare = True

    def __init__(self) -> None:
        super().__init__(id="due", classes="pane")
        self.steps: Sequence[NextStep] = ()
        self.names: Mapping[str, str] = {}
        self.day: date | None = None

    def show(self, steps: Sequence[NextStep], names: Mapping[str, str], day: date) -> None:
        """Show the steps as they stand on a day; draws only what changed."""
        self.steps, self.names, self.day = steps, names, day
        self.measure()

    def count(self) -> int:
        """Return how many steps there are, or one line to say that there is none."""
        return len(self.steps) or 1

    def cells(self, number: int, width: int) -> Cells:
        """Draw one step: what, then with whom; from 50 cells on when, with whom and what."""
        if not self.steps or self.day is None:
            return [(" Nothing is due.", "dim")]
        step = self.steps[number]
        look = "bold heat1" if step.due <= self.day else ""
        name = self.names.get(step.client, step.client)
        if width < _WIDE:
            room = width - _BRIEF - 2
            what = safe_fit(briefly(step), _BRIEF)
            return [(" ", ""), (what, look), (" ", ""), (safe_fit(name, room), "dim")]
        when, _ = when_due(step.due, self.day)
        room = width - DUE_CELLS - _NAME - 5
        what = safe_fit(step_words(step, step.due), room)
        return [(f" {when}  ", look), (safe_fit(name, _NAME), "dim"), ("  ", ""), (what, "")]
