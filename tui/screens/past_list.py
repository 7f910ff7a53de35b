"""The list of past decisions: its cursor goes from one to the next, and stays on one by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.decision.history import Followed
from tui.screens.rows import Row, RowList, paragraph


class PastList(RowList, can_focus=True, inherit_bindings=False):
    """Knows which decision the cursor is on, and brings all of its lines into view."""

    def __init__(self) -> None:
        super().__init__(id="past")
        self._begins: Mapping[int, Followed] = {}

    @property
    def decision(self) -> Followed | None:
        """The decision the cursor is on."""
        return self._begins.get(self.cursor)

    def show_decisions(self, lines: Sequence[tuple[Row, Followed | None]]) -> None:
        """Replace the lines, the first of each decision with that decision."""
        before = self.decision
        self._begins = {at: one for at, (_, one) in enumerate(lines) if one is not None}
        self.show([row for row, _ in lines], keep=before is not None)
        for at, one in self._begins.items():
            if before is not None and (one.client, one.number) == (before.client, before.number):
                self.go(at)

    def tell(self, text: str) -> None:
        """Show a sentence in place of decisions."""
        self.show_decisions([(row, None) for row in paragraph(text, self.room)])

    def step(self, by: int) -> None:
        """Go to the next decision, but read to the end of this one first."""
        top, bottom = self._window()
        if self.cursor < top if by < 0 else self._end > bottom:
            self._scroll(top + by)
            return
        ahead = [at for at in self._begins if (at - self.cursor) * by > 0]
        if ahead:
            self.go(ahead[0] if by > 0 else ahead[-1])
            self._show_whole()
        else:
            self._scroll(top + by)

    def show_cursor(self) -> None:
        """Bring the decision back into view where the list became shorter."""
        super().show_cursor()
        self._show_whole()

    @property
    def _end(self) -> int:
        """The last line of the decision the cursor is on."""
        after = [at for at in self._begins if at > self.cursor]
        return after[0] - 2 if after else self.count() - 1

    def _show_whole(self) -> None:
        """Scroll down to the end of the decision, as far as its first line stays in view."""
        top, bottom = self._window()
        self._scroll(min(self.cursor, max(top, top + self._end - bottom)))
