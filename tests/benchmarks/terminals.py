"""Programs in a terminal of their own, measured from outside: start, keys, bytes, memory, idling.

The terminal answers the one question that changes what is sent, whether it shows a picture in one
go; nothing else is told, and no program here waits to be told.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

_QUIET: Final = 0.3
"""Seconds without a byte after which a picture is whole."""
_LONGEST: Final = 10.0
"""Seconds after which that is not waited for: some blink."""
_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_CODES: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|[=>])")


class Start(NamedTuple):
    """What a start took: until a text was there, in ms; all bytes; CPU in ms; peak in MiB."""

    ready: float
    sent: int
    cpu: float
    peak: float


class Press(NamedTuple):
    """What a key took: until the first byte, in ms; and all bytes that came of it."""

    answered: float
    sent: int


class Pane:
    """A program on a pty of 80 columns and 24 rows."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str]) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._begun = time.perf_counter()
        self._told = bytearray()
        self._process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**env, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        os.close(self._master)

    def started(self, ready: str, within: float = 60.0) -> Start:
        """Wait for a text, and for the picture to be whole; RuntimeError if it does not come."""
        end = self._begun + within
        while ready.encode() not in _CODES.sub(b"", bytes(self._told)):
            left = end - time.perf_counter()
            if left <= 0 or (not self._take(left) and self._process.poll() is not None):
                shown = _CODES.sub(b" ", bytes(self._told))[-800:].decode(errors="replace")
                raise RuntimeError(f"{ready!r} did not come up: {shown}")
        there = (time.perf_counter() - self._begun) * 1000
        self.rest()
        return Start(there, len(self._told), self.cpu(), self.peak())

    def rest(self, quiet: float = _QUIET) -> None:
        """Take in what comes, until nothing more does and all of it sleeps."""
        end = time.perf_counter() + _LONGEST
        while (self._take(quiet) or self._runs()) and time.perf_counter() < end:
            pass

    def ended(self) -> None:
        """Take in what comes, until the program has ended by itself."""
        end = time.perf_counter() + _LONGEST
        while self._process.poll() is None and time.perf_counter() < end:
            self._take(_QUIET)

    def type(self, keys: str) -> None:
        """Type keys, whether they are waited for or not."""
        os.write(self._master, keys.encode())

    def press(self, key: str, quiet: float = 0.15) -> Press:
        """Press a key, and wait until all that comes of it is there."""
        before, begun = len(self._told), time.perf_counter()
        os.write(self._master, key.encode())
        self._take(1.0)
        answered = (time.perf_counter() - begun) * 1000
        self.rest(quiet)
        return Press(answered, len(self._told) - before)

    def held(self, key: str, many: int, each: float) -> Press:
        """Press a key `many` times, one every `each` seconds: how late is the last picture?"""
        before, begun = len(self._told), time.perf_counter()
        for number in range(many):
            while (left := begun + number * each - time.perf_counter()) > 0:
                self._take(left)
            os.write(self._master, key.encode())
        last = pressed = time.perf_counter()
        while self._take(_QUIET):
            last = time.perf_counter()
        return Press((last - pressed) * 1000, (len(self._told) - before) // many)

    def cpu(self) -> float:
        """Return the CPU time that the program and what it started took, in ms."""
        return sum(int(one.split()[0]) for one in self._of_threads("schedstat")) / 1e6

    def peak(self) -> float:
        """Return the peak memory of all its processes, in MiB."""
        kilobytes = 0
        for one in self._tree():
            with suppress(OSError):
                status = Path(f"/proc/{one}/status").read_text()
                kilobytes += int(status.partition("VmHWM:")[2].split()[0])
        return kilobytes / 1024

    def _tree(self) -> list[int]:
        found = [self._process.pid]
        for one in found:
            for children in _threads(one, "children"):
                found += map(int, children.split())
        return found

    def _of_threads(self, name: str) -> list[str]:
        return [told for one in self._tree() for told in _threads(one, name)]

    def _runs(self) -> bool:
        return any(one.rpartition(")")[2].split()[0] != "S" for one in self._of_threads("stat"))

    def _take(self, seconds: float) -> int:
        """Take in what comes within so many seconds; return how many bytes that is."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return 0
        try:
            told = os.read(self._master, 65_536)
        except OSError:  # it has ended
            return 0
        if _ASKED in told:
            os.write(self._master, _ANSWER)
        self._told += told
        return len(told)


def idle(panes: Sequence[Pane], seconds: float) -> list[float]:
    """Return how many ms of CPU a second takes in which no program has anything to do."""
    time.sleep(1)
    before, begun = [one.cpu() for one in panes], time.perf_counter()
    time.sleep(seconds)
    took = time.perf_counter() - begun
    return [(one.cpu() - was) / took for one, was in zip(panes, before, strict=True)]


def _threads(process: int, name: str) -> list[str]:
    """Return what the system tells under a name of each thread of a process."""
    told: list[str] = []
    with suppress(OSError):
        told.extend((one / name).read_text() for one in Path(f"/proc/{process}/task").iterdir())
    return told
