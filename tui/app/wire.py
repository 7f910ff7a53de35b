"""What goes over the wire: of all that textual writes, what changes the terminal's picture.

A picture is drawn over the one before it (tui/app/picture.py). What is written besides passes as it
is: modes, questions, a text for the clipboard. A picture is told to come in one go only if there is
something to see.
"""

from __future__ import annotations

import re
from typing import Final

from textual._ansi_sequences import SYNC_END, SYNC_START

from tui.app.picture import NotCellsError, Picture
from tui.opening import KeptPicture

_CLEARED: Final = "\x1b[H\x1b[2J"
_OTHER_SCREEN: Final = "\x1b[?1049"
_BESIDE: Final = re.compile(
    r"(?:\x1b\[[?>=<][\d;]*(?:[hlu]|\$p)|\x1b\][^\x1b\x07]*(?:\x07|\x1b\\)|\x07)+"
)
"""Nothing that draws, and nothing that moves the cursor."""


class Wire:
    """What the terminal was sent, and what of the next it needs."""

    def __init__(self) -> None:
        self._picture = Picture(0, 0)
        self._in_one_go = ""
        self._held: Picture | None = None
        self._mute = False

    def hold(self, kept: KeptPicture) -> None:
        """Leave on the terminal what is there already, a picture that was kept, until `let_go`."""
        self._held = Picture.of(kept)
        self._picture.forget(*self._held.size)

    def let_go(self) -> str | None:
        """Return what makes of the picture that was held the one that is drawn by now.

        None where nobody can tell, so that all has to be drawn anew.
        """
        held, self._held = self._held, None
        if held is None:
            return ""
        return self._picture.over(held) if self._picture.known else None

    @property
    def holds(self) -> bool:
        """Whether what is drawn waits behind a picture that was kept."""
        return self._held is not None

    def fall_silent(self) -> None:
        """Send nothing more that draws: what is drawn from now on is only to be kept."""
        self._mute = True

    def kept(self) -> KeptPicture | None:
        """Return what was drawn last so that it can be kept, if all of it is known."""
        return self._picture.kept() if self._picture.known else None

    def sent(self, data: str, size: tuple[int, int]) -> str:
        """Return what to send for `data` to a terminal of this size; "" if it shows that already.

        No cell is known after a change of size.
        """
        if size != self._picture.size:
            self._picture.forget(*size)
            self._held = None
        if data == SYNC_START:
            self._in_one_go = data
            return ""
        if data == SYNC_END and self._in_one_go:
            self._in_one_go = ""
            return ""
        if data.startswith(_OTHER_SCREEN):
            if self._held and data.endswith("h"):
                self._picture.clear()
                return ""  # it is shown already
            self._held, self._mute = None, False
            return data + self._other_screen(shown=data.endswith("h"))
        if _BESIDE.fullmatch(data):
            return data
        drawn = self._drawn(data)
        if self._mute or self._held:
            return ""
        if drawn:
            drawn, self._in_one_go = self._in_one_go + drawn, ""
        return drawn

    def forget(self) -> None:
        """Take nothing for known that the terminal shows."""
        self._picture.forget(*self._picture.size)

    def _other_screen(self, *, shown: bool) -> str:
        """Return what makes a screen known that comes up, however the terminal leaves it."""
        self.forget()
        if shown:
            self._picture.clear()
        return _CLEARED if shown else ""

    def _drawn(self, data: str) -> str:
        try:
            return self._picture.drawn(data)
        except NotCellsError:
            self.forget()
            return data
