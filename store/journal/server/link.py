"""The connection to a PostgreSQL server: made when it is needed, made anew where it broke."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from store.journal.errors import NotAllowedError, ServerAwayError, ServerError
from store.text import clean_line

from .address import ServerAddress
from .driver import check_driver

if TYPE_CHECKING:
    from psycopg import Connection, Error

TURN: Final = 10
"""Seconds to wait for another member's turn to end, or for a line that broke in one's own."""
_LONGEST: Final = 300
"""Letters of what a server says that are passed on: it may say anything."""
_LOGGED: Final = re.compile(r"\b(journal|line)\b")
"""The tables that only a reader may not add to, as the server names them in its own language."""
_SESSION: Final = {
    "synchronous_commit": "on",
    "lock_timeout": f"{TURN}s",
    # Who is stopped, or whose line is gone, does not keep the others from a docket for ever.
    "idle_in_transaction_session_timeout": "60s",
}
_SOCKET: Final[dict[str, int]] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}


class ServerLink:
    """One connection, for one thread at a time; whoever holds it may ask for it again.

    Where there was none to be had, it is `rest` seconds before that is tried again.
    """

    def __init__(self, address: ServerAddress, rest: float = 0) -> None:
        self.address, self._rest = address, rest
        self._base: Connection[Any] | None = None
        self._guard = RLock()
        self._away: tuple[float, ServerAwayError] | None = None

    @contextmanager
    def held(self) -> Iterator[Connection[Any]]:
        """Hold a connection that works, as far as one can tell before it is used."""
        with self._guard:
            if self._base is None or self._base.closed:
                self._base = self._anew()
            yield self._base

    def _anew(self) -> Connection[Any]:
        if self._away and time.monotonic() < self._away[0] + self._rest:
            raise self._away[1]
        try:
            base = connect(self.address)
        except ServerAwayError as error:
            self.away(error)
            raise
        self._away = None
        return base

    def away(self, error: ServerAwayError | None) -> None:
        """Take note that the server cannot be reached, or for None that it can be again."""
        self._away = (time.monotonic(), error) if error else None

    def close(self) -> None:
        """Let go of the connection."""
        with self._guard:
            if self._base is not None:
                self._base.close()
            self._base = None


def connect(address: ServerAddress) -> Connection[Any]:
    """Return a new connection, each statement a transaction of its own unless one is begun.

    ServerAwayError where there is none to be had; DocketError where the driver is not installed.
    """
    check_driver()
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    if logging := sys.modules.get("logging"):
        logging.getLogger("psycopg").disabled = True  # it would write across the screen
    from .patience import patient_connection

    try:
        given = conninfo_to_dict(address.url)
        wanted = [f"-c {name}={value}" for name, value in _SESSION.items()]
        told: dict[str, str | int] = {
            **_SOCKET,
            "application_name": "docket",
            "client_encoding": "UTF8",
            "options": " ".join(filter(None, (str(given.get("options") or ""), *wanted))),
        }
        if address.password:
            told["password"] = address.password
        return patient_connection(make_conninfo(address.url, **told))
    except psycopg.Error as error:
        raise ServerAwayError(address.said, said(error)) from error


def said(error: Error) -> str:
    """Return what the server, or the line to it, had to say, in one line."""
    told = (error.diag.message_primary or str(error)).strip().splitlines()
    first = told[0].rpartition("failed: ")[2] if told else type(error).__name__
    return clean_line(first[:_LONGEST]).rstrip(".?")


def broken(error: Error) -> bool:
    """Return whether it was the connection that failed, or the server that went."""
    import psycopg

    state = error.sqlstate or ""
    gone = state.startswith(("08", "57P")) or state in ("25P03", "53300")
    return gone or (not state and isinstance(error, psycopg.OperationalError))


def again(error: Error) -> bool:
    """Return whether the same, done anew, may do: another came first."""
    return (error.sqlstate or "") in ("40001", "40P01", "23505", "23503")


def refused(address: ServerAddress, error: Error) -> ServerError:
    """Return what to say of an error that no second try helps."""
    if broken(error):
        return ServerAwayError(address.said, said(error))
    state = error.sqlstate or ""
    if state == "23505":
        return ServerError(
            "It was not begun", "the server has a docket of that name already", "Choose another id"
        )
    if state == "53100":
        return ServerError(
            f"Nothing was saved on {address.said[0].lower()}{address.said[1:]}",
            "its disk is full",
            "Ask whoever runs it for room; what is on record is whole",
        )
    if state == "55P03":
        return ServerError(
            "Another member has the turn",
            f"they have held that docket on the server for {TURN} seconds",
            "Try again",
        )
    if state in ("3F000", "42P01"):
        return ServerError(
            f"{address.said} has no dockets",
            said(error),
            f"Whoever runs it begins with `docket server init {address}`",
        )
    if state == "42501":
        return NotAllowedError(
            f"{address.said} does not let you do that",
            "you may not log there" if _LOGGED.search(told := said(error)) else told,
            "Ask whoever runs it; `docket server members` shows who may do what",
        )
    return ServerError(f"{address.said} refused that", said(error), "Nothing was changed")
