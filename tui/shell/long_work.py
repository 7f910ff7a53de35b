"""Long work that a screen waits for: how far it is, after a moment, and that `esc` stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from store.stopping import Effort, under_way
from tui.plots import gauge
from tui.shell.messages import SaysMessages

_FIRST: Final = 0.3
_EVERY: Final = 0.5
_BAR: Final = 20


class LongWork:
    """Something that takes a while, in pieces; then perhaps a copy, in bytes."""

    def __init__(self, what: str, total: int = 0, *, each: int = 1, at_esc: bool = True) -> None:
        """Take what it is called, and whether `esc` gives it up or waits like any other key."""
        self.effort, self.at_esc = Effort(what, total, each=each), at_esc
        self.bytes, self.copied = 0, 0

    def begin_copy(self, total: int) -> Callable[[int], object]:
        """Take the bytes there are to copy, and return what is told of each piece."""
        self.bytes = total
        return self._copy

    def _copy(self, count: int) -> None:
        self.copied += count
        self.effort.go_on(0)

    def stop(self) -> bool:
        """Let it end at its next piece, with nothing left behind; return that it does."""
        self.effort.stopped = True
        return True

    @property
    def words(self) -> str:
        """How far it is, such as `Reading ━━━───── 2,310 of 5,000 entries   esc stops it`."""
        effort = self.effort
        if effort.stopped:
            return "Stopping…"
        share, what, far = effort.share, effort.what, effort.count
        if 0 < self.copied < self.bytes:
            share, what = self.copied / self.bytes, "Copying exhibits"
            far = f"{self.copied // 10**6:,} of {self.bytes // 10**6:,} MB"
        elif not effort.total:
            return f"{what}…   esc stops it" if self.at_esc else f"{what}…"
        bar = "".join(text for text, _ in gauge(share, _BAR))
        return f"{what} {bar} {far}   esc stops it"

    @contextmanager
    def told_in(self, app: SaysMessages) -> Iterator[None]:
        """Count what is done inside, and say how far it is: after a moment, then twice a second."""

        def say() -> None:
            app.say(self.words, passing=True)

        timers = [app.set_timer(_FIRST, say), app.set_interval(_EVERY, say)]
        try:
            with under_way(self.effort):
                yield
        finally:
            for one in timers:
                one.stop()
            app.hush_passing()
