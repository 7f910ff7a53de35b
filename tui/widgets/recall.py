"""What ↑ brings back in quick capture: texts that were kept, then lines of this session."""

from __future__ import annotations

from store.capture.typed import LineHistory
from store.drafts import Kept
from tui.widgets.keeper import Keeper


class Recall:
    """Goes back and forth; what was being typed waits meanwhile, and is not changed on disk."""

    def __init__(self, keeper: Keeper, history: LineHistory) -> None:
        self._keeper = keeper
        self._history = history
        self._texts: list[tuple[str, Kept | None]] = []
        self._at = -1
        self._waits = ""

    @property
    def open(self) -> bool:
        """Whether an earlier text is on the line, as it was."""
        return self._at >= 0

    @property
    def kept(self) -> Kept | None:
        """The kept text that is on the line, if it is one."""
        return self._texts[self._at][1] if self.open else None

    def go(self, by: int, text: str) -> str | None:
        """Return the text before (1) or after (-1) the one on the line; None for no other."""
        if not self.open:
            self._texts = [(one.line, one) for one in self._keeper.offered]
            self._texts += [(line, None) for line in reversed(self._history.lines)]
            self._waits = text
        at = self._at + by
        if not -1 <= at < len(self._texts) or (at < 0 and not self.open):
            return None
        self._at = at
        return self._texts[at][0] if self.open else self._waits

    def make_own(self) -> None:
        """Make the earlier text this input's; what was typed before it stays kept."""
        kept = self.kept
        self._at = -1
        if kept is None:
            self._keeper.put_by()
        else:
            self._keeper.take(kept)

    def throw_away(self) -> bool:
        """Throw away the kept text that is offered; ↑ brings it back in this session."""
        if self.open or not self._keeper.offered:
            return False
        kept = self._keeper.offered[0]
        self._keeper.discard(kept)
        self._history.remember(kept.line, logged=False)
        return True
