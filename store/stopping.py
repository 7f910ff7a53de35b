"""Work that whoever waits for it may stop half way, and that says how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from store.errors import DocketError

Thing = TypeVar("Thing")


class GivenUpError(DocketError):
    """Work was stopped before its end, and left nothing behind."""


class Effort:
    """How far some work is, in pieces; pieces in one thread, read and stopped in another.

    `what` is done now, in so many pieces as `total`, none where that is not known; `each` of them
    make one of its `unit`.
    """

    def __init__(
        self, what: str = "", total: int = 0, unit: str = "entries", each: int = 1
    ) -> None:
        self.what, self.total, self.unit, self.each = what, total, unit, each
        self.done = 0
        self.stopped = False

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def count(self) -> str:
        """How much of it is done, such as `2,310 of 5,000 entries`."""
        done = min(self.done, self.total)
        return f"{done // self.each:,} of {self.total // self.each:,} {self.unit}"

    def turn_to(self, what: str, total: int, unit: str, each: int) -> None:
        """Begin to count anew, for the next part of the work."""
        self.what, self.total, self.unit, self.each, self.done = what, total, unit, each, 0

    def go_on(self, count: int = 1) -> None:
        """Count so many pieces as done, or raise GivenUpError."""
        self.done += count
        if self.stopped:
            raise GivenUpError("Stopped", "nothing was written")


_UNDER_WAY: ContextVar[Effort | None] = ContextVar("under way", default=None)


@contextmanager
def under_way(effort: Effort) -> Iterator[None]:
    """Let `effort` count, and stop, what is done inside."""
    token = _UNDER_WAY.set(effort)
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)


def piece_by_piece(things: Iterable[Thing]) -> Iterator[Thing]:
    """Yield each of `things`, counted as a piece of the work that is under way."""
    for one in things:
        piece_done()
        yield one


def piece_done(count: int = 1) -> None:
    """Count a piece of the work that is under way, if any is; GivenUpError where it is to end."""
    if effort := _UNDER_WAY.get():
        effort.go_on(count)


def turn_to(what: str, total: int = 0, unit: str = "entries", each: int = 1) -> None:
    """Say what the work that is under way, if any is, turns to now: pieces are counted anew."""
    if effort := _UNDER_WAY.get():
        effort.turn_to(what, total, unit, each)
