"""The terminal that Docket runs on: what is read from it goes through `Keyboard`."""

from __future__ import annotations

import fcntl
import os
import selectors
import termios
from codecs import getincrementaldecoder
from contextlib import suppress

from textual.drivers.linux_driver import LinuxDriver

from tui.app.keyboard import Keyboard

_CHUNK = 4096
_TICK, _MOMENT = 0.1, 0.02
"""Seconds until it is looked whether the app leaves, or whether a key was `escape`."""


class Terminal(LinuxDriver):
    """Textual's own driver, but for how input is read."""

    @property
    def unread(self) -> bool:
        """Whether there is something typed that was not read yet."""
        with suppress(OSError):  # the terminal is gone, and what it held with it
            return any(fcntl.ioctl(self.fileno, termios.FIONREAD, bytes(4)))
        return False

    def run_input_thread(self) -> None:
        """Read until the app leaves; raises OSError or EOFError when the terminal is gone."""
        keyboard = Keyboard()
        # A byte that is no text is a mouse report of the old kind, or a typing slip: no reason
        # to stop, as it is for textual.
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_MOMENT if keyboard.undecided else _TICK):
                    data = os.read(self.fileno, _CHUNK)
                    if not data:
                        raise EOFError("the terminal is gone")
                    if text := decode(data):  # nothing yet, where a letter came in half
                        for message in keyboard.feed(text):
                            self.process_message(message)
                for message in keyboard.tick():
                    self.process_message(message)
