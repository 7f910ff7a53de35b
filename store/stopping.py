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
    """How far some work is, in pieces; pieces in one thread, read and stopped in another."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.stopped = False

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

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
