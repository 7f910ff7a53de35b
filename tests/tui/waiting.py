"""How a test of the app waits: until the app has nothing left to do, never for a time to pass.

To write a test that does not wait:

- `await pilot.press(...)` and `await pilot.pause()` return once the keys are dealt with, every
  message is through, and the screen is drawn. Nothing need be added before looking at the screen.
- What a worker or a thread brings (a record that is written, another client's assessment) is
  there after `await settled(pilot)`. Keys do not wait for a worker that is itself waiting.
- What a timer brings, another process or another thread: `await until(pilot, condition)`.
- A text that is not about typing goes in as `await typed(pilot, text)`, in one go, or as
  `await paste(pilot, text)`, one event for the line.
- A timer that is only in the way is set short: `monkeypatch.setattr(elsewhere, "_OFTEN", 0.02)`.
- `pilot.pause(0.3)`, `asyncio.sleep(0.3)` and `time.sleep(0.3)` are how a test gets slow and fails
  on a busy machine. Only that nothing happens for a while has to be waited out.
- One size is enough for a flow; what other sizes show is a test of the rows, with no app.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import get_native_id
from time import monotonic, process_time
from typing import Any

import textual.app
import textual.pilot
from textual import events
from textual._context import active_app
from textual.app import App, ScreenStackError
from textual.pilot import Pilot

from tui.shell.ordered_keys import OrderedKeys

_LONG = 60.0
_LOOK = 0.002
_GLANCE = 0.02


async def settled(pilot: Pilot[Any]) -> None:
    """Return once all workers have ended, all messages are through and the screen is drawn."""
    await _wait(lambda: not _working(pilot.app), lambda: "the workers do not end")
    await pilot.pause()


async def until(pilot: Pilot[Any], condition: Callable[[], bool], said: str = "") -> None:
    """Return once `condition` holds and the screen is drawn; fail with `said` if it never does."""

    def shown() -> str:
        return said or f"it never came to that:\n{_text(pilot.app)}"

    await _wait(condition, shown)
    await pilot.pause()


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Put `text` into what has the focus, as a terminal does with what is pasted."""
    focused = pilot.app.focused
    assert focused is not None, "nothing has the focus"
    focused.post_message(events.Paste(text))
    await pilot.pause()


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Type `text` in one go, as keys that arrive faster than the app draws; it is all there then.

    What each letter of it brings is for `pilot.press`, which waits after every key.
    """
    names = ["space" if letter == " " else letter for letter in text]
    _hurried.add(pilot.app)
    try:
        await pilot.press(*names[:-1])
    finally:
        _hurried.discard(pilot.app)
    await pilot.press(*names[-1:])


_hurried: set[App[Any]] = set()
"""The apps that are typed into without a pause."""


async def _wait(condition: Callable[[], bool], said: Callable[[], str]) -> None:
    end = monotonic() + _LONG
    while True:
        await _drawn(active_app.get())
        if condition():
            return
        assert monotonic() < end, said()
        await asyncio.sleep(_LOOK)


def _text(app: App[Any]) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)


def _working(app: App[Any]) -> bool:
    return any(not worker.is_finished for worker in app.workers)


def _keys_due(app: App[Any]) -> bool:
    """Whether keys wait for their turn, and not for a worker that they were told to wait for."""
    return isinstance(app, OrderedKeys) and bool(app._waiting) and not app._awaited()


async def _drawn(app: App[Any]) -> None:
    """Return once the event loop has nothing to do but wait, and the screen shows all there is."""
    ready: deque[Any] = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    end = monotonic() + _LONG
    while True:
        await asyncio.sleep(0)
        if not ready and not _draw(app):
            return
        assert monotonic() < end, "the app never comes to rest"


def _draw(app: App[Any]) -> bool:
    """Do now what the next tick of the screen's own timer would do; whether there was anything."""
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    if app._exit or app._batch_count or not screen.is_current or not screen.is_running:
        return False
    due = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or bool(screen._dirty_widgets)
        or bool(screen._callbacks)
    )
    if due:
        screen._on_timer_update()
    return due


async def _idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Return once the app is at rest; where a worker runs, once it ended or itself only waits.

    However long that takes here: Textual's `max_sleep` is what a fast machine needs.
    """
    app = active_app.get()
    if app in _hurried:
        return
    end = monotonic() + _LONG
    await _drawn(app)
    while _keys_due(app) and monotonic() < end:
        await asyncio.sleep(_LOOK)
        await _drawn(app)
    while _working(app) and monotonic() < end:
        used, glance = process_time(), monotonic() + _GLANCE
        while _working(app) and monotonic() < glance:
            await asyncio.sleep(_LOOK)
            await _drawn(app)
        if process_time() - used < _GLANCE / 10 and not _held_up():
            return


def _held_up() -> bool:
    """Whether another thread of ours has work to do and waits for the machine, where that is told.

    A busy machine gives a worker no time for longer than a glance.
    """
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # it has just ended
            state = (thread / "stat").read_text().rpartition(")")[2].split()[0]
            if state in "RD" and int(thread.name) != get_native_id():
                return True
    return False


def without_the_clock() -> None:
    """Let `press` and `pause` return when the app is at rest, instead of after 20 ms and more."""
    for module in (textual.app, textual.pilot):
        module.wait_for_idle = _idle  # type: ignore[attr-defined]
