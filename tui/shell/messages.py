"""The one door for messages: what is said stands above the footer, and goes at the next key."""

from __future__ import annotations

from time import monotonic
from typing import Any, NamedTuple

from textual import events
from textual.app import ScreenStackError
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tui.shell.ordered_keys import OrderedKeys
from tui.widgets.bar import BarSlot, open_bars
from tui.widgets.message import give_room_back, make_room


class Notice(NamedTuple):
    """A message, and when it was said."""

    text: str
    error: bool
    passing: bool
    at: float


class SaysMessages(OrderedKeys):
    """Base of the app: shows one message at a time, on whatever screen is up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._message: Notice | None = None
        self._shown_on: Screen[Any] | None = None

    @property
    def told(self) -> str:
        """The message that is shown, or nothing."""
        return self._message.text if self._message else ""

    def say(self, text: str, *, error: bool = False, passing: bool = False) -> None:
        """Show a short message until the next key; user text in it is safe.

        A refusal that no key came after stays in front of it: nobody may have seen it yet. What
        is only `passing`, such as how far something is, is replaced by what comes of it.
        """
        before = self._message
        if before and not before.passing and (before.error or error) and text not in before.text:
            text, error = f"{before.text}\n{text}", True
        self._message = Notice(text, error, passing, monotonic())
        self._show_message()

    def hush(self) -> None:
        """Take the message away, if there is one."""
        if self._message:
            self._message = None
            self._show_message()

    def hush_passing(self) -> None:
        """Take away how far something was, once it is done."""
        if self._message and self._message.passing:
            self.hush()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say what Textual itself would show in a box over the screen."""
        self.say(message, error=severity == "error")

    def comes(self, event: events.Event) -> None:
        """Take the message away; a refusal stays if the key was pressed before it was there."""
        if self._message and not (self._message.error and event.time < self._message.at):
            self.hush()

    def on_mount(self) -> None:
        """Let a message go along to the next screen."""
        self.screen_change_signal.subscribe(self, self._show_message, immediate=True)

    def _show_message(self, *_: object) -> None:
        """Show the message, or none, on the screen that is up."""
        try:
            screen = self.screen
        except ScreenStackError:  # none is up yet
            self.call_later(self._show_message)
            return
        if not screen.is_mounted:
            screen.call_later(self._show_message)
            return
        before, said = self._shown_on, self._message
        if before and (said is None or before is not screen):
            for slot in before.query(BarSlot):
                slot.message.hide()
            give_room_back(before)
        self._shown_on = screen if said else None
        if said:
            self.slot_of(screen).message.show(said.text, error=said.error)
            if not self.has_bar:
                make_room(screen, said.text)

    @property
    def has_bar(self) -> bool:
        """Whether a bar is open."""
        return bool(open_bars(self.screen))

    def slot_of(self, screen: Screen[Any]) -> BarSlot:
        """Return where bars and messages go on `screen`, and make it if there is none."""
        for slot in screen.query(BarSlot):
            return slot
        slot = BarSlot()
        screen.mount(slot)
        return slot
