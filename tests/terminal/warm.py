"""Starts the app as a copy of a process that has its imports behind it: they are most of a start.

Each process of the tests has one server of its own, started when it is first asked for: it imports
the app, waits, and is copied by `fork` for each start. A copy gets its own session, terminal,
folder and environment, and its signals as a new program has them. Where the interpreter itself
would start otherwise (PYTHONUTF8, LC_ALL and the like), the driver starts a new one.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_READ_AT_A_START = ("PYTHON", "LC_", "LANG", "TEXTUAL", "ESCDELAY", "COLUMNS", "LINES")
_ROOM = 1 << 20
_ONE_BY_ONE = threading.Lock()
"""Held from a question to its answer: some tests have two terminals in two threads."""
CAN = hasattr(os, "pidfd_open")
"""Whether a process that is not our own child can be waited for here."""


class Warm:
    """The app in a copy of the server, as `subprocess.Popen` would tell of it."""

    def __init__(self, slave: int, cwd: Path, env: Mapping[str, str], rest: float) -> None:
        self.pid: int = _ask(("start", str(cwd), dict(env), rest), slave)
        self._ended = os.pidfd_open(self.pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        return self._status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status; fail where it does not end in time."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("docket", timeout or 0)
        return status

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _status(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._ended], [], [], timeout)[0]:
            self.returncode = _ask(("status", self.pid))
            os.close(self._ended)
        return self.returncode


def same_interpreter(env: Mapping[str, str]) -> bool:
    """Whether what is set besides would not have made the interpreter start otherwise."""
    return not any(name.startswith(_READ_AT_A_START) for name in env)


@cache
def _server(of: int) -> socket.socket:
    """Return the line to the server of the process `of`, which is this one."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    terminal, slave = os.openpty()  # so that its streams are those of a terminal
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    server = subprocess.Popen(
        [sys.executable, "-m", __name__, str(there.fileno())],
        stdin=slave,
        stdout=slave,
        cwd=_ROOT,
        env={**keep, "TERM": "xterm-256color", "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        pass_fds=[there.fileno()],
        start_new_session=True,
    )
    there.close()
    os.close(slave)
    atexit.register(_end, server, here, terminal)
    return here


def _end(server: subprocess.Popen[bytes], line: socket.socket, terminal: int) -> None:
    line.close()
    server.wait(60)
    os.close(terminal)


def _ask(what: tuple[object, ...], *handles: int) -> int:
    with _ONE_BY_ONE:
        server = _server(os.getpid())
        socket.send_fds(server, [json.dumps(what).encode()], handles)
        answer = server.recv(_ROOM)
    assert answer, "the server of warm starts has ended"
    number: int = json.loads(answer)
    return number


def _serve(line: socket.socket) -> None:
    """Make copies and tell how they ended, until nobody can ask any more."""
    import tui.__main__
    import tui.app

    assert tui.app
    gc.collect()
    gc.freeze()
    while True:
        data, handles, _, _ = socket.recv_fds(line, _ROOM, 1)
        if not data:
            return
        what, *words = json.loads(data)
        if what == "status":
            _, status = os.waitpid(words[0], 0)
            answer = os.waitstatus_to_exitcode(status)
        elif not (answer := os.fork()):
            line.close()
            _become(handles[0], *words)
            sys.exit(tui.__main__.main([]))
        for handle in handles:
            os.close(handle)
        line.send(json.dumps(answer).encode())


def _become(terminal: int, folder: str, env: dict[str, str], rest: float) -> None:
    """Be a program that was started there, in that terminal and with that environment."""
    from tui.screens import panes

    vars(panes)["_REST"] = rest
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(terminal, number)
    os.close(terminal)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
