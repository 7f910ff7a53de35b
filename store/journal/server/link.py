"""The connection to a PostgreSQL server: made when it is needed, made anew where it broke."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from store.errors import DocketError
from store.journal.errors import ServerAwayError, ServerError
from store.text import clean_line

from .address import ServerAddress

if TYPE_CHECKING:
    from psycopg import Connection, Error

CONNECT: Final = 5
"""Seconds to wait for a connection."""
TURN: Final = 10
"""Seconds to wait for another member's turn to end, or for a line that broke in one's own."""
_LONGEST: Final = 300
"""Letters of what a server says that are passed on: it may say anything."""
_SESSION: Final = {
    "synchronous_commit": "on",
    "lock_timeout": f"{TURN}s",
    # Who is stopped, or whose line is gone, does not keep the others from a docket for ever.
    "idle_in_transaction_session_timeout": "60s",
}
_SOCKET: Final[dict[str, int]] = {
    "connect_timeout": CONNECT,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class ServerLink:
    """One connection, for one thread at a time; whoever holds it may ask for it again."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self._base: Connection[Any] | None = None
        self._guard = RLock()

    @contextmanager
    def held(self) -> Iterator[Connection[Any]]:
        """Hold a connection that works, as far as one can tell before it is used."""
        with self._guard:
            if self._base is None or self._base.closed:
                self._base = connect(self.address)
            yield self._base

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
    import logging

    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    logging.getLogger("psycopg").disabled = True  # it would write across the screen
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
        base = psycopg.connect(make_conninfo(address.url, **told), autocommit=True)
    except psycopg.Error as error:
        raise ServerAwayError(address.said, said(error)) from error
    return base


def check_driver() -> None:
    """Raise DocketError where the driver is not installed, or cannot be loaded."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise DocketError(
            "A workspace on a server needs a driver",
            "psycopg is not installed",
            "Install it with: pip install 'docket-crm[server]'",
        ) from error


def said(error: Error) -> str:
    """Return what the server, or the line to it, had to say, in one line."""
    told = (error.diag.message_primary or str(error)).strip().splitlines()
    last = clean_line(told[-1][:_LONGEST]) if told else type(error).__name__
    return last.rstrip(".?")


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
        return ServerError(
            f"{address.said} does not let you do that",
            said(error),
            "Ask whoever runs it; `docket server members` shows who may do what",
        )
    return ServerError(f"{address.said} refused that", said(error), "Nothing was changed")
