"""Runs Docket on a real pseudo-terminal and looks at what it sends, byte for byte."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.terminal.warm import CAN, Warm, same_interpreter

ROOT = Path(__file__).parents[2]
APP = ("-m", "tui")
_SILENCE = 0.05 if Path("/proc/self/task").is_dir() else 0.7
"""Seconds without a byte after which the threads are looked at, where they can be."""


class Terminal:
    """A program on its own pty; `raw` is all it sent, `screen` what a terminal would show.

    The app starts warm, as a copy of a process with its imports behind it, unless `cold`.
    """

    def __init__(
        self,
        workspace: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        args: Sequence[str] = APP,
        cwd: Path = ROOT,
        cold: bool = False,
        rest: float = 0.05,
    ) -> None:
        """Start it; after `rest` seconds without a move the cursor rests, where it starts warm."""
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.raw = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        whole = {
            **plain,
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "DOCKET_WORKSPACE": str(workspace),
            **(env or {}),
        }
        warm_enough = CAN and not cold and tuple(args) == APP and same_interpreter(env or {})
        self.process = (
            Warm(slave, cwd, whole, rest) if warm_enough else _started(slave, args, cwd, whole)
        )
        self.slave, self.rest = slave, rest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(60)
        for handle in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(handle)

    @property
    def screen(self) -> str:
        """The text on the screen."""
        rows = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "\n".join("".join(row[x].data for x in range(self._screen.columns)) for row in rows)

    @property
    def cells(self) -> list[pyte.screens.Char]:
        """What is on the screen, with its look; of a blank only what is seen."""
        rows = [self._screen.buffer[y] for y in range(self._screen.lines)]
        return [_as_seen(row[x]) for row in rows for x in range(self._screen.columns)]

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def send(self, text: str) -> None:
        """Type `text`."""
        os.write(self.master, text.encode(errors="surrogateescape"))

    def collect(self, seconds: float) -> bytes:
        """Take in what arrives within `seconds`, and return it."""
        start, end = len(self.raw), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._take(left):
                break
        return self.raw[start:]

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Take in what arrives until `text` is on the screen."""
        end = time.monotonic() + seconds
        while text not in self.screen:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} did not come up:\n{self.screen}"
            if not self._take(min(left, 0.5)) and self.process.poll() is not None:
                assert text in self.screen, f"ended without {text!r}:\n{self.screen}"

    def settle(self, seconds: float = 60) -> bytes:
        """Take in what arrives until the program has read all its keys and waits for more.

        A timer of the program's may still be due: what that brings is waited for by `wait_for`.
        """
        start, end = len(self.raw), time.monotonic() + seconds
        before = None
        while True:
            silent = not self.collect(_SILENCE)
            rests = self._rests()
            if silent and rests is not None and rests == before:
                return self.raw[start:]
            before = rests
            assert time.monotonic() < end, "it never falls silent"

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self, seconds: float = 60) -> int:
        """Take in the rest and return the exit status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self._take(0.02)
        while self._take(0.02):
            pass
        return self.process.wait(0)

    def restored(self) -> bool:
        """Whether the line is back in the mode it had before."""
        return termios.tcgetattr(self.slave)[:4] == self.before[:4]

    def _rests(self) -> int | None:
        """Return the time its threads and its children's have used, or None while one runs.

        None too while keys are unread.
        """
        unread = struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, bytes(4)))[0]
        used = 0
        threads = list(Path(f"/proc/{self.process.pid}/task").glob("*"))
        for thread in threads:
            try:
                state, *numbers = (thread / "stat").read_text().rpartition(")")[2].split()
                children = thread / "children"  # not every kernel tells
                for child in children.read_text().split() if children.exists() else ():
                    threads += Path(f"/proc/{child}/task").glob("*")
            except OSError:  # it has just ended
                return None
            if state != "S":
                return None
            used += int(numbers[10]) + int(numbers[11])
        return None if unread else used

    def _take(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        self.raw += data
        self._stream.feed(data)
        return data


def _started(
    terminal: int, args: Sequence[str], cwd: Path, env: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *args],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        env=env,
    )


def _as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)
