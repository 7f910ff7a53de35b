"""Work beside the loop, in threads that leaving does not wait for."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from store.overview.at_hand import logs_slowly

if TYPE_CHECKING:
    from store.workspace import Workspace

_T = TypeVar("_T")
_PATIENCE: Final = 0.1
"""Seconds that leaving waits for what is being written; half of it is swept by whoever comes."""
_SWITCH: Final = 0.001
"""Seconds after which a thread that computes lets the keys in; Python's own are five times that."""

_writing: set[threading.Thread] = set()
_MUCH: Final = 100_000
"""Objects that work must leave behind for them to be taken as here to stay."""


class _Uncollected:
    """While anything is done aside no garbage is looked for: that holds all threads, keys too.

    Of 100,000 entries that were read it is half a second, and it would be so again and again:
    what is there by then stays. Garbage in circles, which is little, is collected later.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._collecting = threading.Lock(), 0, False

    def __enter__(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._collecting = gc.isenabled()
                gc.disable()

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside or not self._collecting:
                return
            if gc.get_count()[0] > _MUCH:
                gc.freeze()
            gc.enable()


_uncollected: Final = _Uncollected()


async def aside(work: Callable[..., _T], *args: Any, writes: bool = False) -> _T:
    """Return what `work` returns, in a thread of its own; it `writes` what is worth a moment.

    As asyncio.to_thread, but for its end: asyncio lets no program go before all its threads are
    done, and reading a long docket takes longer than anybody who leaves will wait.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_T] = loop.create_future()
    context = copy_context()

    def run() -> None:
        try:
            with _uncollected:
                found = context.run(work, *args)
        except BaseException as error:
            _tell(loop, done, partial(done.set_exception, error))
        else:
            _tell(loop, done, partial(done.set_result, found))
        finally:
            _writing.discard(threading.current_thread())

    sys.setswitchinterval(_SWITCH)
    thread = threading.Thread(target=run, name=f"aside {work}", daemon=True)
    if writes:
        _writing.add(thread)
    thread.start()
    return await done


async def log_aside(
    workspace: Workspace, client: str | None, work: Callable[..., _T], *args: Any
) -> _T:
    """Return what `work` returns, which logs about a client: in a thread where that may be long."""
    if not logs_slowly(workspace, client):
        return work(*args)
    return await aside(work, *args, writes=True)


def wind_up() -> None:
    """Give what is being written a moment to be whole."""
    end = time.monotonic() + _PATIENCE
    for thread in tuple(_writing):
        thread.join(max(0.0, end - time.monotonic()))


def end_at_once(status: int) -> None:
    """End the program with nothing tidied up that goes with it anyway.

    Nobody waits for what is still worked out aside, nor for a docket to be taken apart in memory.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the terminal may be gone
            stream.flush()
    os._exit(status)


def _tell(
    loop: asyncio.AbstractEventLoop, done: asyncio.Future[_T], tell: Callable[[], None]
) -> None:
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(lambda: None if done.done() else tell())
