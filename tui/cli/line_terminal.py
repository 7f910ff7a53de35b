"""The terminal as a line editor has it: keys read one by one, a few rows under the prompt drawn.

Nothing else of the screen is touched: what is drawn begins where the cursor was, and is gone when
it is closed.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
import tty
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

from store.text.cells import cell_width
from tui.words import printable

_MOMENT: Final = 0.05
"""Seconds of silence after which an `escape` was the key."""
_KEYS: Final = {
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x01": "home",
    "\x05": "end",
    "\x15": "clear",
    "\x17": "word",
    "\x0b": "rest",
    "\x07": "line",
    "\x03": "cancel",
    "\x04": "eof",
    "\x1b": "escape",
}
_SEQUENCES: Final = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "H": "home",
    "F": "end",
    "1~": "home",
    "3~": "delete",
    "4~": "end",
    "7~": "home",
    "8~": "end",
}
_TOKEN: Final = re.compile(
    r"\x1b\[200~(?P<paste>.*?)\x1b\[201~|\x1b(?:\[|O)(?P<code>[0-?]*[\x20-/]*[@-~])|(?P<one>.)",
    re.DOTALL,
)
_HALF: Final = re.compile(r"\x1b\[200~(?!.*\x1b\[201~).*|\x1b(?:\[[0-?]*[\x20-/]*|O)?", re.DOTALL)


class Pressed(NamedTuple):
    """A key by its name, or a `text` that was typed or pasted."""

    key: str
    text: str = ""


class LineTerminal:
    """Standard input and output of a process, in raw mode while it is `open`."""

    def __init__(self) -> None:
        self._in, self._out = sys.stdin.fileno(), sys.stdout.fileno()
        self._rest = ""
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._below = 0
        self._wake = -1
        self._shown: tuple[object, ...] = ()

    @contextmanager
    def open(self) -> Iterator[None]:
        """Have the terminal, and give it back as it was, with what was drawn gone."""
        before = termios.tcgetattr(self._in)
        self._wake, bell = os.pipe()
        os.set_blocking(bell, False)
        handler = signal.signal(signal.SIGWINCH, lambda *_: None)
        waker = signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
        try:
            tty.setraw(self._in, termios.TCSANOW)
            self._write("\x1b[?2004h")
            yield
        finally:
            self._write(f"{self._to_top()}\x1b[J\x1b[?2004l")
            termios.tcsetattr(self._in, termios.TCSANOW, before)
            signal.set_wakeup_fd(waker)
            signal.signal(signal.SIGWINCH, handler)
            os.close(self._wake)
            os.close(bell)

    @property
    def columns(self) -> int:
        """The width it has now."""
        return os.get_terminal_size(self._out).columns or 80

    def draw(self, rows: Sequence[str], row: int, column: int) -> None:
        """Show `rows` in place of those drawn before, the cursor on one of them."""
        if (shown := (*rows, row, column)) == self._shown:
            return
        self._shown = shown
        text = self._to_top() + "\x1b[J" + "\r\n".join(rows) + "\r"
        up = len(rows) - 1 - row
        text += (f"\x1b[{up}A" if up else "") + (f"\x1b[{column}C" if column else "")
        self._write(text)
        self._below = row

    def _to_top(self) -> str:
        up, self._below = self._below, 0
        return "\r" + (f"\x1b[{up}A" if up else "")

    def _write(self, text: str) -> None:
        data = text.encode(sys.stdout.encoding or "utf-8", "replace")
        while data:
            data = data[os.write(self._out, data) :]

    def read(self, seconds: float | None) -> list[Pressed]:
        """Return what was typed; nothing when the time is up or the size changed.

        EOFError when the terminal is gone.
        """
        half = _HALF.fullmatch(self._rest)
        pasting = self._rest.startswith("\x1b[200~")  # over a slow line it comes in pieces
        wait = _MOMENT if half and not pasting else seconds
        ready, _, _ = select.select([self._in, self._wake], [], [], wait)
        if self._wake in ready:
            os.read(self._wake, 512)
        if self._in in ready:
            try:
                data = os.read(self._in, 65536)
            except OSError:
                data = b""
            if not data:
                raise EOFError
            self._rest += self._decode(data)
        elif half and not pasting:
            typed, self._rest = self._rest, ""
            return list(_pressed(typed)) if len(typed) == 1 else []
        if _HALF.fullmatch(self._rest):
            return []
        cut = re.search(rf"(?:{_HALF.pattern})\Z", self._rest, re.DOTALL)
        end = cut.start() if cut else len(self._rest)
        typed, self._rest = self._rest[:end], self._rest[end:]
        return list(_pressed(typed))


def _pressed(typed: str) -> Iterator[Pressed]:
    for token in _TOKEN.finditer(typed):
        if (paste := token["paste"]) is not None:
            yield Pressed("paste", paste.replace("\r\n", "\n").replace("\r", "\n"))
        elif (code := token["code"]) is not None:
            if name := _SEQUENCES.get(code):
                yield Pressed(name)
        elif name := _KEYS.get(token["one"]):
            yield Pressed(name)
        elif token["one"].isprintable():
            yield Pressed("text", token["one"])


def weighted(pieces: Sequence[tuple[str, str]], columns: int) -> str:
    """Return a row of at most `columns` cells, by weight alone: bold, dim, reversed."""
    out, room = "", columns - 1
    for text, look in pieces:
        shown = ""
        for letter in printable(text):
            wide = cell_width(letter)
            if wide > room:
                break
            shown, room = shown + letter, room - wide
        codes = [code for word, code in _LOOKS.items() if word in look.split()]
        out += f"\x1b[{';'.join(codes)}m{shown}\x1b[m" if codes and shown else shown
    return out


_LOOKS: Final = {"bold": "1", "dim": "2", "heat3": "1", "selection": "7"}
