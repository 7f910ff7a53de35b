"""A progress bar on stderr for what takes longer than a second, and only where somebody looks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from shutil import get_terminal_size
from types import TracebackType
from typing import Final, Self, TextIO

PATIENCE: Final = 1.0
"""Seconds of work before a bar appears."""

_EVERY = 0.1
_BAR = 20
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


class Progress:
    """Is told how many more bytes are done, and draws `Copying [####    ] 42 % of 1.2 GB` in place.

    Used as a context manager: the bar is cleared at its end, however that comes. Nothing is ever
    drawn off a terminal, on a dumb one, or if `quiet`. `what` is one or two words of our own.
    """

    def __init__(
        self,
        total: int,
        what: str,
        *,
        quiet: bool = False,
        stream: TextIO | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the number of bytes there are in all, and a clock in seconds."""
        self._total, self._what = total, what
        self._stream = stream or sys.stderr
        self._monotonic = monotonic
        self._shown = not quiet and self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._done = 0
        self._next = monotonic() + PATIENCE
        self._drawn = 0

    def __call__(self, count: int) -> None:
        """Take note of `count` more bytes."""
        self._done += count
        if self._shown and (now := self._monotonic()) >= self._next:
            self._next = now + _EVERY
            self._draw(self._words())

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Clear the bar."""
        if self._drawn:
            self._put(f"\r{' ' * self._drawn}\r")

    def _words(self) -> str:
        if not 0 < self._done <= self._total:  # what is copied may grow meanwhile
            return f"{self._what} {_size(self._done)}"
        part = self._done / self._total
        bar = "#" * int(part * _BAR)
        return f"{self._what} [{bar:<{_BAR}}] {part:4.0%} of {_size(self._total)}"

    def _draw(self, words: str) -> None:
        """Put `words` where the bar was, and blanks over what was longer."""
        shown = words[: max(0, get_terminal_size().columns - 1)]
        self._put(f"\r{shown}{' ' * (self._drawn - len(shown))}")
        self._drawn = len(shown)

    def _put(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._shown = False  # nobody looks any more; the work goes on


class CountedProgress(Progress):
    """Is told how many things of how many are done, and draws `Assessing [####    ] 12 of 200`."""

    def __init__(self, what: str) -> None:
        super().__init__(0, what)

    def reach(self, done: int, total: int) -> None:
        """Take note that so many of so many are done."""
        self._total = total
        self(done - self._done)

    def _words(self) -> str:
        bar = "#" * (self._done * _BAR // self._total)
        return f"{self._what} [{bar:<{_BAR}}] {self._done} of {self._total}"


def _size(count: int) -> str:
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} bytes"
