"""The vent pad's page: what is typed on it is held in memory alone, and wiped when it is left."""

from __future__ import annotations

import resource
from contextlib import suppress
from typing import Final

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.safe_text import plain, safe_wrap

_NOT_DUMPABLE: Final = (4, 0, 0, 0, 0)
"""PR_SET_DUMPABLE off, as Linux's prctl takes it: a limit alone does not stop a dump to a pipe."""
_TOO_MUCH: Final = 200_000
"""Bytes after which the beginning goes: nobody reads it, and nothing may grow without end."""


def no_core_dump() -> None:
    """See to it that a crash of this process leaves no image of its memory, for good."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from ctypes import CDLL

    with suppress(OSError, AttributeError):
        CDLL(None).prctl(*_NOT_DUMPABLE)


class VentPad(Widget, can_focus=True):
    """Takes every key; there is no undo, no selection and no clipboard, and no draft is kept."""

    PLACE = "vent"
    DEFAULT_CSS = "VentPad { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        no_core_dump()
        self._written = bytearray()
        self._shown: list[str] = []

    async def take_key(self, event: events.Key) -> bool:
        """Write the key down, or take back; only the ways out, and to hide it, are others'."""
        if event.key in ("escape", "ctrl+c", "f8"):
            return False
        if event.key == "enter":
            self._write("\n")
        elif event.key == "backspace":
            self._cut(len(self._text) - 1)
        elif event.key == "ctrl+w":
            self._cut(len(self._text.rstrip().rpartition(" ")[0]))
        elif event.key == "ctrl+u":
            self._cut(0)
        elif event.is_printable and event.character:
            self._write(event.character)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Write down what is pasted."""
        event.stop()
        self._write(event.text)

    def on_unmount(self) -> None:
        """Overwrite it, however the page was left."""
        self._written[:] = bytes(len(self._written))
        self._written.clear()

    @property
    def empty(self) -> bool:
        """Whether nothing is written on it."""
        return not self._written

    def wipe(self) -> None:
        """Overwrite what was written, and show an empty page."""
        self._written[:] = bytes(len(self._written))
        self._written.clear()
        self._draw()

    @property
    def _text(self) -> str:
        return self._written.decode(errors="ignore")

    def _write(self, text: str) -> None:
        self._written += text.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace")
        if (over := len(self._written) - _TOO_MUCH) > 0:
            del self._written[:over]
        self._draw()

    def _cut(self, letters: int) -> None:
        kept = self._text[: max(0, letters)].encode()
        self._written[:] = bytes(len(self._written))
        self._written[:] = kept
        self._draw()

    def _draw(self) -> None:
        """Show the end of it, drawing only the lines that changed."""
        before, self._shown = self._shown, self._lines()
        for number in range(max(len(before), len(self._shown))):
            if before[number : number + 1] != self._shown[number : number + 1]:
                self.refresh(Region(0, number, self.size.width, 1))

    def _lines(self) -> list[str]:
        room, high = max(8, self.size.width - 2), max(1, self.size.height)
        lines: list[str] = []
        for part in reversed(self._text.split("\n")):
            lines = safe_wrap(part, room) + lines
            if len(lines) >= high:
                break
        lines = lines[-high:]
        return [*lines[:-1], f"{lines[-1]}▌"]

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        self._draw()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the page."""
        style = self.visual_style.rich_style
        text = self._shown[y] if y < len(self._shown) else ""
        return Strip([Segment(f" {plain(text)}", style)]).adjust_cell_length(self.size.width, style)
