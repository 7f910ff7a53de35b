"""Connections that do not wait for a server from which nothing comes back.

A network may drop what is sent and refuse nothing. Nothing is waited for longer than a moment of
silence, and then the server is asked for a sign of life, by a connection of its own: one that only
has to wait for another member's turn gives it.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from contextlib import suppress
from typing import Any, Final

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.waiting import Ready, Wait

_SILENCE: Final = 0.4
"""Seconds in which a server answers: `connect_timeout` in the address says another number."""
_LEAST: Final = 0.25
"""And where a name leads to several addresses, in which one of them does at least."""
_AGAIN: Final = 5.0
"""Seconds between signs of life of one that has been found alive."""
_SIGN: Final = b"\0\0\0\x08\x04\xd2\x16\x2f"
"""What asks whether the line may be encrypted; every server answers it with one letter."""
_POLLED: Final = {
    pq.PollingStatus.READING: select.POLLIN,
    pq.PollingStatus.WRITING: select.POLLOUT,
}


class Patient(psycopg.Connection[tuple[Any, ...]]):
    """A connection that breaks where nothing comes back and the server gives no sign of life."""

    silence = _SILENCE

    def wait(self, gen: Any, interval: float = 0, timeout: float | None = None) -> Any:
        """Return what `gen` ends with; OperationalError where the line is dead.

        With a `timeout` it is for news that it waits, of which there may be none for ever.
        """
        if timeout is not None:
            return super().wait(gen, timeout=timeout)
        silence = self.silence
        try:
            wanted = next(gen)
            while True:
                ready = _ready(self.pgconn.socket, wanted, silence)
                silence = self.silence
                if ready:
                    wanted = gen.send(ready)
                elif self._lives():
                    silence = _AGAIN
                else:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("nothing comes back from it")
        except StopIteration as end:
            return end.value
        except psycopg.Error:
            raise
        except BaseException:  # ctrl+c: what was asked is not waited for, and is in nobody's way
            self.pgconn.finish()
            raise
        finally:
            with suppress(psycopg.Error, RuntimeError):  # else what is left of it is told to stderr
                gen.close()

    def _lives(self) -> bool:
        """Whether the server answers another connection."""
        info = self.info
        return _answers(info.hostaddr or info.host, info.port, self.silence + 0.1)


def patient_connection(told: str) -> Patient:
    """Return a connection to where `told` leads, in libpq's words; psycopg.Error if there is none.

    Each statement is a transaction of its own there unless one is begun.
    """
    given = conninfo_to_dict(told)
    wanted = str(given.pop("connect_timeout", "") or "")
    silence = float(wanted) if wanted.isdigit() and int(wanted) else _SILENCE
    failed: psycopg.Error | None = None
    places = _places(given, silence)
    each = silence if len(places) == 1 else max(_LEAST, silence / len(places))
    for place in places:
        try:
            made = _connected(make_conninfo("", **{**given, **place}), each)
        except psycopg.OperationalError as error:
            failed = error
        else:
            made.silence = silence
            made.autocommit = True
            return made
    raise failed or psycopg.OperationalError("its name leads nowhere")


def _connected(told: str, silence: float) -> Patient:
    """Return a connection to one address; each step of it may take that long, the first no more."""
    pgconn = pq.PGconn.connect_start(told.encode())
    poll, end = select.poll(), time.monotonic() + silence
    while True:
        status = pgconn.connect_poll() if pgconn.status != pq.ConnStatus.BAD else None
        if status == pq.PollingStatus.OK:
            pgconn.nonblocking = 1
            return Patient(pgconn)
        if status not in _POLLED:
            why = pgconn.get_error_message()
            pgconn.finish()
            raise psycopg.OperationalError(why)
        poll.register(pgconn.socket, _POLLED[pq.PollingStatus(status)])
        if not poll.poll(max(0, (end - time.monotonic()) * 1000)):
            pgconn.finish()
            raise psycopg.OperationalError("nothing comes back from it")
        poll.unregister(pgconn.socket)
        if status == pq.PollingStatus.READING:  # that it can be written to is no sign of life
            end = time.monotonic() + silence


def _places(given: dict[str, Any], silence: float) -> list[dict[str, str]]:
    """Return where to try, one after the other: the addresses of a name, looked up in time."""
    host = str(given.get("host") or os.environ.get("PGHOST", ""))
    named = host and not host.startswith(("/", "@")) and "," not in host
    if not named or given.get("hostaddr") or given.get("service"):
        return [{}]
    found: list[str] = []

    def look_up() -> None:
        with suppress(OSError):
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(silence)
    if not found:
        why = "its name is not answered for" if asking.is_alive() else "its name leads nowhere"
        raise psycopg.OperationalError(why)
    return [{"host": host, "hostaddr": one} for one in found[:3]]


def _ready(fd: int, wanted: Wait, seconds: float) -> Ready:
    """Return what a socket is ready for by then."""
    poll = select.poll()
    reads, writes = bool(wanted & Wait.R), bool(wanted & Wait.W)
    poll.register(fd, select.POLLIN * reads | select.POLLOUT * writes)
    events = dict(poll.poll(seconds * 1000)).get(fd, 0)
    gone = events & (select.POLLERR | select.POLLHUP | select.POLLNVAL)
    read = reads and events & (select.POLLIN | gone)
    write = writes and events & (select.POLLOUT | gone)
    return Ready(bool(read) * Ready.R | bool(write) * Ready.W)


def _answers(host: str, port: int, seconds: float) -> bool:
    """Whether a server answers there within so many seconds."""
    try:
        if host.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(seconds)
            line.connect(f"{host}/.s.PGSQL.{port}")
        else:
            line = socket.create_connection((host, port), seconds)
        with line:
            line.settimeout(seconds)
            line.sendall(_SIGN)
            return bool(line.recv(1))
    except OSError:
        return False
