"""An app that deals with keys one at a time, in the order they were typed.

Textual hands a key to the focused widget and looks for a binding once it has bubbled back. Over
a slow line several keys arrive at once, and the second would still go where the focus was before
the first: `n` and the words after it would run as commands. Here a binding is done at once, and
the next key goes to what has the focus then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol, cast, runtime_checkable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.app import App
from textual.widgets import Input, TextArea

# Textual reads `esc` and `2` typed at once as the sign that one terminal on a Mac makes of them.
_TABLE = cast(dict[str, object], ANSI_SEQUENCES_KEYS)
for _sequence in [one for one, sign in _TABLE.items() if isinstance(sign, str) and len(one) == 2]:
    del _TABLE[_sequence]


@runtime_checkable
class TakesKeys(Protocol):
    """A widget that is asked about every key first while it has the focus."""

    async def take_key(self, event: events.Key) -> bool:
        """Deal with a key, or return False: it then does what it does where the focus is now."""


class OrderedKeys(App[None]):
    """Base of the app; `hold` and `replay` let a line finish with one key before the next."""

    def __init__(self, *, ansi_color: bool) -> None:
        super().__init__(ansi_color=ansi_color)
        self._keys: deque[events.Key] = deque()
        self._holding = False

    def hold(self) -> None:
        """Keep keys back until `replay`."""
        self._holding = True

    def replay(self, first: Iterable[events.Key]) -> None:
        """Let keys through again, those of `first` before what was kept back."""
        self._keys.extendleft(reversed([events.Key(one.key, one.character) for one in first]))
        self._holding = False
        self.call_later(self._deal)

    async def on_event(self, event: events.Event) -> None:
        """Queue keys; leave everything else to textual."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._keys.append(event)
            await self._deal()
        else:
            await super().on_event(event)

    async def _deal(self) -> None:
        while self._keys and not self._holding:
            event = self._keys.popleft()
            if isinstance(self.focused, TakesKeys) and await self.focused.take_key(event):
                continue
            typing = isinstance(self.focused, Input | TextArea)
            if typing or not await self._check_bindings(event.key):
                await super().on_event(event)
