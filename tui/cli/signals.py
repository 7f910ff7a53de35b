"""Lets a verb that is told to go clean up first, as Ctrl-C does: hang-up and termination raise."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
_WORDS = {signal.SIGHUP: "the terminal hung up", signal.SIGTERM: "it was told to end"}


class Ended(KeyboardInterrupt):
    """The process was told to go; whoever minds Ctrl-C minds it as well."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = signal.Signals(number)

    @property
    def exit_status(self) -> int:
        """What a shell reports for a process that this signal ended."""
        return 128 + self.number

    def __str__(self) -> str:
        why = f"{_WORDS[self.number]} ({self.number.name})"
        return f"docket stopped: {why}. What it did not say is done was not finished."


@contextmanager
def ending() -> Iterator[None]:
    """Raise Ended in the block when the process is told to go, once: the rest is the clean-up.

    A signal that is ignored, as under nohup, stays so. Outside the main thread nothing changes.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        mine = [one for one in _SIGNALS if signal.getsignal(one) == signal.SIG_DFL]
        before = {number: signal.signal(number, _raise) for number in mine}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, frame: FrameType | None) -> None:
    for other in _SIGNALS:  # a second one must not cut the clean-up short
        signal.signal(other, signal.SIG_IGN)
    raise Ended(number)
