"""The books of a long docket, made in a thread while somebody types about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from tui.widgets.aside import aside

if TYPE_CHECKING:
    from textual.worker import Worker

    from store.docket import Docket


class Books:
    """Makes one at a time for a bar, which is told once they are there."""

    def __init__(self, bar: Widget, then: Callable[[], None]) -> None:
        self._bar, self._then = bar, then
        self._work: Worker[None] | None = None

    @property
    def made(self) -> bool:
        """Whether they are being made."""
        return self._work is not None and not self._work.is_finished

    def make(self, docket: Docket | None) -> None:
        """Have those of a docket made, if it lacks them, unless some are."""
        if docket is not None and not self.made:
            self._work = self._bar.run_worker(self._make(docket), exit_on_error=False)

    async def _make(self, docket: Docket) -> None:
        await aside(getattr, docket, "ledger")
        if self._bar.is_mounted:
            self._bar.call_later(self._then)
