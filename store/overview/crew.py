"""Many dockets worked out by several processes, for a command line that has no threads."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

_T = TypeVar("_T")
_FEW: Final = 8
"""Dockets up to which one process is as quick."""
_MOST: Final = 8
"""Processes at most: each has a docket in its memory."""

_work: Callable[[str], object] | None = None


def by_several(work: Callable[[str], _T], clients: Sequence[str]) -> Iterator[tuple[str, _T]]:
    """Yield what `work` returns for each client, as it is done; all end when nobody asks for more.

    The processes are this one's own copies, so only one that runs no threads may ask.
    """
    count = min(_MOST, os.cpu_count() or 1, len(clients) // 2)
    if len(clients) <= _FEW or count < 2:
        yield from ((client, work(client)) for client in clients)
        return
    from multiprocessing import get_context

    global _work
    _work = work
    with get_context("fork").Pool(count, _alone) as pool:  # its end is a signal to each
        yield from pool.imap_unordered(_one, clients)


def _alone() -> None:
    """Leave signals to whoever has asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _one(client: str) -> tuple[str, object]:
    assert _work
    return client, _work(client)
