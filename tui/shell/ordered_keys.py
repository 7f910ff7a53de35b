"""The one order of keys: each is dealt with to its end before the next one is looked at.

Textual hands a key to whatever has the focus and goes on at once, so that over a slow line the
second of two keys still goes where the focus was before the first: `n` and the words after it
would run as commands. Here a key waits until all that the key before it set going is done: the
screen it opened is there and laid out, its first field has the focus, the cursor has moved. What
takes longer than that, such as a docket read in a thread, is asked after: see `Awaits`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message

from tui.bindings import takes_text

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump
    from textual.widget import Widget

_AT_ONCE = 30
"""Turns of the loop that are waited for without a pause; most keys need fewer than ten."""
_PAUSE = 0.001
_ARRIVE_WITHIN = 0.1
"""Seconds after which keys that were read are here."""
_LEAVE_WITHIN = 3.0
"""Seconds that keys already typed may take once the program was told to go."""


@runtime_checkable
class TakesKeys(Protocol):
    """A widget that is asked about every key first while it has the focus."""

    async def take_key(self, event: events.Key) -> bool:
        """Deal with a key, or return False: it then does what it does where the focus is now."""


@runtime_checkable
class Awaits(Protocol):
    """A screen or a bar where something may be under way that a key depends on."""

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key would do something else once that is done."""


@runtime_checkable
class Stops(Protocol):
    """A screen where long work may be under way, which keys that were typed may wait for."""

    def stop(self) -> bool:
        """Stop that work, and return whether there was any."""


class OrderedKeys(App[None]):
    """Base of the app; keys, pastes and the wish to leave wait here in the order they came."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._waiting: deque[events.Key | events.Paste | Callable[[], None]] = deque()
        self._dealing: asyncio.Task[None] | None = None
        self._at_work = 0

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pastes wait for their turn; leave out what the terminal says by itself."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if not self._stopped(event):
                if self._held_up() and self.leaves(event):
                    self._waiting.clear()  # they wait for what nobody will see
                self._put(event)
        elif not isinstance(event, events.MouseEvent | events.AppBlur | events.AppFocus):
            await super().on_event(event)

    def _stopped(self, event: events.Event) -> bool:
        """Return whether `event` has stopped long work: that comes before the keys that wait."""
        if not gives_up(event):
            return False
        if self.stop():
            self._waiting.clear()  # they were meant for what is given up
            return True
        return bool(self._screen_stack) and isinstance(self.screen, Stops) and self.screen.stop()

    def stop(self) -> bool:
        """Give up what a screen that is to open waits for, and return whether there was any."""
        return False

    def after_keys(self, do: Callable[[], None]) -> None:
        """Do something once the keys typed before are dealt with, or wait for something long."""
        done = False

        def once() -> None:
            nonlocal done
            if not done:
                done = True
                do()

        def once_read() -> None:
            if getattr(self._driver, "unread", False):  # our own driver can tell
                self.set_timer(_ARRIVE_WITHIN, once_read)
            elif self._held_up():
                once()
            else:
                self._put(once)

        self.set_timer(_ARRIVE_WITHIN, once_read)
        self.set_timer(_LEAVE_WITHIN, once)

    def leaves(self, event: events.Event) -> bool:
        """Return whether a key that has come means to leave the app."""
        return False

    def keep_focus(self) -> None:
        """Give the focus back to what is open and has lost it; called before every key."""

    def comes(self, event: events.Event) -> None:
        """Take in that a key or a paste is about to be dealt with."""

    def leads_nowhere(self, event: events.Key) -> None:
        """Take in that a key does nothing where it was pressed, and adds to no text."""

    def _put(self, what: events.Key | events.Paste | Callable[[], None]) -> None:
        self._waiting.append(what)
        self._go_on()

    def _go_on(self) -> None:
        if self._dealing is None:
            self._dealing = asyncio.create_task(self._deal())

    async def _deal(self) -> None:
        try:
            while self._waiting and not self._exit:
                await self._settled()
                if self._waiting:  # else they were given up meanwhile
                    self.call_later(self._take, self._waiting.popleft())
        finally:
            self._dealing = None

    async def _take(self, what: events.Key | events.Paste | Callable[[], None]) -> None:
        if not isinstance(what, events.Event):
            what()
            return
        if not self.screen._mounted_event.is_set():  # it came up since the key's turn began
            self._waiting.appendleft(what)
            self._go_on()
            return
        if gives_up(what) and self.stop():  # what a key before it has just begun
            return
        self.keep_focus()
        self.comes(what)
        if isinstance(what, events.Key):
            if await self._done(what):
                return
            if not self._in_text():
                self.leads_nowhere(what)
        await super().on_event(what)

    async def _done(self, event: events.Key) -> bool:
        """Do what a key is bound to, and return whether there was something."""
        if isinstance(self.focused, TakesKeys) and await self.focused.take_key(event):
            return True
        if await self._check_bindings(event.key, priority=True):
            return True
        return not self._in_text() and await self._check_bindings(event.key)

    def _in_text(self) -> bool:
        return takes_text(self.focused)

    def _typing(self, what: events.Key | events.Paste | Callable[[], None]) -> bool:
        """Return whether `what` only adds to a text, whatever that looks like."""
        is_text = isinstance(what, events.Paste) or (
            isinstance(what, events.Key) and what.is_printable
        )
        return is_text and self._in_text()

    async def _settled(self) -> None:
        """Return once nothing is under way that the first key of those waiting depends on."""
        turns = 0
        while self._waiting and not self._exit and (not self._quiet() or self._awaited()):
            turns += 1
            await asyncio.sleep(0 if turns < _AT_ONCE else _PAUSE)

    def _held_up(self) -> bool:
        """Return whether there are keys that wait for long work."""
        return bool(self._waiting and self._screen_stack and self._awaited())

    def _awaited(self) -> bool:
        first = self._waiting[0]
        if not isinstance(first, events.Key):
            return False
        chain = self.focused.ancestors_with_self if self.focused else [self.screen, self]
        return any(isinstance(one, Awaits) and one.awaits(first) for one in chain)

    def _quiet(self) -> bool:
        """Return whether every message was dealt with and, unless text is typed, laid out."""
        if self._at_work or self._message_queue.qsize() or self._next_callbacks:
            return False
        try:
            screen = self.screen
        except ScreenStackError:  # it is yet to be shown
            return False
        if (screen._callbacks or screen._layout_required) and not self._typing(self._waiting[0]):
            return False
        return not any(_busy(node) for node in list(self._registry))

    async def _dispatch_message(self, message: Message) -> None:
        await self._counted(super()._dispatch_message)(message)

    def _register_child(
        self, parent: DOMNode, child: Widget, before: int | None, after: int | None
    ) -> None:
        """Know of every message that `child` is dealing with."""
        counted = self._counted(child._dispatch_message)
        child._dispatch_message = counted  # type: ignore[method-assign, assignment]
        super()._register_child(parent, child, before, after)

    def _counted(
        self, dispatch: Callable[[Message], Coroutine[Any, Any, None]]
    ) -> Callable[[Message], Coroutine[Any, Any, None]]:
        async def counted(message: Message) -> None:
            self._at_work += 1
            try:
                await dispatch(message)
            finally:
                self._at_work -= 1

        return counted


def gives_up(event: events.Event) -> bool:
    """Whether a key gives up long work."""
    return isinstance(event, events.Key) and event.key in ("escape", "ctrl+c")


def _busy(node: MessagePump) -> bool:
    if node._closing or node._closed:
        return False
    if node._message_queue.qsize() or node._next_callbacks:
        return True
    return not node._mounted_event.is_set()
