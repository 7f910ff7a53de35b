"""Lets the app leave in order when it is told to go: hang-up, termination, a closed terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator

DROPPED = (signal.SIGHUP, signal.SIGTERM)
_READ = 0.1
"""Seconds in which a loop that runs again reads which signals came."""
# Textual 8.2.8 leaves pixel mouse reports on where the terminal knows in-band resizing.
_RESET = b"\x1b[?1016l"


def on_hangup(leave: Callable[[], None]) -> None:
    """Call `leave` inside the running loop when the process is told to go."""
    loop = asyncio.get_running_loop()
    for number in (*DROPPED, signal.SIGINT):  # no key sends one: ctrl+c is read as it is
        loop.add_signal_handler(number, leave)


@contextlib.contextmanager
def handing_over(leave: Callable[[], None]) -> Iterator[None]:
    """Let ctrl+c be for the program that has the terminal meanwhile, then again for `leave`."""
    loop = asyncio.get_running_loop()
    ours = loop.remove_signal_handler(signal.SIGINT)
    signal.signal(signal.SIGINT, lambda *_: None)  # ignored, that program would inherit it
    try:
        yield
    finally:
        if ours:  # once the loop has read of those that came meanwhile
            loop.call_later(_READ, loop.add_signal_handler, signal.SIGINT, leave)


@contextlib.contextmanager
def interrupting(handler: Callable[[int, object], None]) -> Iterator[None]:
    """Let `handler` deal with hang-up and termination while the loop stands still.

    The loop hears of them all the same, once it runs again.
    """
    before = {number: signal.signal(number, handler) for number in DROPPED}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def mind_no_interrupt() -> None:
    """Let a ctrl+c that comes as the app goes change nothing: what was typed is being written."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def may_stop() -> bool:
    """Return whether a shell is there that would notice, and bring the program back."""
    return os.getpgrp() != os.getsid(0)


def stop() -> None:
    """Stop until `fg`, with whatever the program was started by, as the terminal's own ctrl+z."""
    restore_terminal()
    os.killpg(os.getpgrp(), signal.SIGTSTP)


def restore_terminal() -> None:
    """Take back the one mode that textual leaves set; a terminal that is gone is no error."""
    with contextlib.suppress(OSError, ValueError):
        handle = sys.__stderr__.fileno() if sys.__stderr__ else -1
        if handle >= 0 and os.isatty(handle):
            os.write(handle, _RESET)
