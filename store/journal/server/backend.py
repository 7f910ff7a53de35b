"""Journals in PostgreSQL: one row a line, one transaction an append, the docket's row its turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from os import urandom
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from store.journal.chain import Head
from store.journal.errors import NotAllowedError, NotKnownError, ServerAwayError, ServerError
from store.journal.protocol import Closed, ServedLine
from store.text import clean_line

from .address import ServerAddress
from .driver import check_driver
from .link import TURN, ServerLink, again, broken, connect, refused, said

if TYPE_CHECKING:
    from psycopg import Connection, Error

_PAGE: Final = 500
"""How many lines are fetched at a time: some hundred kilobytes."""
_POLL: Final = 0.7
"""Seconds between looks at a server that tells nobody of news."""
_ECHO: Final = 1.0
"""Seconds in which a server that tells of news repeats what it is told."""
_BEAT: Final = 5.0
"""Seconds after which a line on which nothing came is tried."""
_GLANCE: Final = 0.5
"""Seconds that news is waited for before it is asked whether to stop."""
_TRIES: Final = 50

_OF_ONE: Final = "workspace = %s AND client = %s AND part = %s"
_TURN: Final = f"SELECT turn FROM docket.journal WHERE {_OF_ONE} FOR UPDATE"
_HEAD: Final = f"SELECT seq, hash FROM docket.line WHERE {_OF_ONE} ORDER BY seq DESC LIMIT 1"
_HEADS: Final = """
SELECT j.client, j.part, l.seq, l.hash FROM docket.journal j CROSS JOIN LATERAL (
    SELECT seq, hash FROM docket.line l
    WHERE l.workspace = j.workspace AND l.client = j.client AND l.part = j.part
    ORDER BY seq DESC LIMIT 1) l
WHERE j.workspace = %s AND NOT EXISTS (
    SELECT 1 FROM docket.closed c WHERE c.workspace = j.workspace AND c.client = j.client)"""
_PIECE: Final = 1 << 18
_HAS: Final = "SELECT 1 FROM docket.exhibit WHERE workspace = %s AND client = %s AND sha256 = %s"
_EXHIBIT: Final = """
INSERT INTO docket.exhibit (workspace, client, sha256, size) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING"""
_PUT_PIECE: Final = """
INSERT INTO docket.piece (workspace, client, sha256, number, bytes) VALUES (%s, %s, %s, %s, %s)"""
_GET_PIECE: Final = """
SELECT bytes FROM docket.piece
WHERE workspace = %s AND client = %s AND sha256 = %s AND number = %s"""
_CLOSED: Final = "SELECT how, by, at FROM docket.closed WHERE workspace = %s AND client = %s"
_MINE: Final = "SELECT client FROM docket.mine WHERE workspace = %s AND client IN (%s, '*')"
_CLOSE: Final = "INSERT INTO docket.closed (workspace, client, how) VALUES (%s, %s, 'moved')"
_LINES: Final = (
    f"SELECT seq, line FROM docket.line WHERE {_OF_ONE} AND seq >= %s ORDER BY seq LIMIT {_PAGE}"
)
_IS_THERE: Final = f"SELECT 1 FROM docket.line WHERE {_OF_ONE} AND seq = %s AND hash = %s"
_BEGIN: Final = "INSERT INTO docket.journal (workspace, client, part) VALUES (%s, %s, %s)"
_PUT: Final = """
INSERT INTO docket.line (workspace, client, part, seq, hash, before, prev, line)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
_SAW: Final = """
INSERT INTO docket.seen (workspace, client, part, seq, hash) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING"""
_SEEN: Final = f"SELECT by, at, seq, hash FROM docket.seen WHERE {_OF_ONE} ORDER BY at, seq, by"


class PostgresBackend:
    """The journals of one workspace on a server; see `store.journal.protocol.Backend`."""

    def __init__(self, address: ServerAddress, *, patience: float = TURN, rest: float = 0) -> None:
        """Take the address; `patience` is how many seconds a line that broke is waited for.

        Where there is no line it is `rest` seconds before that is tried again.
        """
        check_driver()
        self.address = address
        self._patience = patience
        self._link = ServerLink(address, rest)
        self._channel = f"docket_{sha256(address.workspace.encode()).hexdigest()[:16]}"

    def close(self) -> None:
        """Let go of the connection."""
        self._link.close()

    def heads(self) -> Mapping[str, Head]:
        """Return every journal there is, with where its chain is said to stand."""
        rows = self._ask(_HEADS, (self.address.workspace,))
        return {f"{client}.{part}": Head(seq, head) for client, part, seq, head in rows}

    def head(self, name: str) -> Head | None:
        """Return where the chain of one is said to stand; None where there is no such journal."""
        rows = self._ask(_HEAD, self._key(name))
        return Head(*rows[0]) if rows else None

    def read(self, name: str, start: int) -> Iterator[bytes]:
        """Yield the lines from number `start` on, oldest first."""
        while True:
            rows = self._ask(_LINES, (*self._key(name), start))
            for seq, line in rows:
                yield line.encode()
                start = seq + 1
            if len(rows) < _PAGE:
                return

    def create(self, name: str, rows: Sequence[ServedLine]) -> None:
        """Begin a journal with its header and first entries."""
        given = False
        try:
            with self._asking() as base, base.transaction():
                base.execute(_BEGIN, self._key(name))
                self._put(base, name, rows)
                given = True
        except ServerAwayError as error:
            self._link.away(error)
            if given:
                raise NotKnownError(name, error.why) from error
            raise

    def append(self, name: str, chained: Callable[[Head], Sequence[ServedLine]]) -> None:
        """Put what `chained` returns after the head it is given, all or nothing, and for good."""
        try:
            self._append(name, chained)
        except NotKnownError as error:
            self._link.away(ServerAwayError(self.address.said, error.why))
            raise
        except ServerAwayError as error:
            self._link.away(error)
            raise

    def _append(self, name: str, chained: Callable[[Head], Sequence[ServedLine]]) -> None:
        import psycopg

        begun = time.monotonic()
        sent: ServedLine | None = None
        for tried in range(1, _TRIES + 1):
            try:
                with self._link.held() as base, _in_few_trips(base):
                    head = self._turn(base, name)
                    if sent and self._is_there(base, name, sent):
                        return  # the line broke after it was kept, before that was said
                    sent = None
                    if not (rows := chained(head)):
                        return
                    self._put(base, name, rows)
                    sent = rows[-1]
                return
            except psycopg.Error as error:
                why = self._refused(error, name, known=sent is None, tried=tried)
                patience = self._patience if broken(error) else TURN
            except ServerAwayError as error:
                if sent is None:
                    raise
                why, patience = NotKnownError(name, error.why), self._patience
            if time.monotonic() > begun + patience or tried == _TRIES:
                raise why
            time.sleep(min(0.02 * 2 ** min(tried, 5), 0.5))

    def watch(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Yield whenever something may have been appended by others, until it is `stopped`."""
        import psycopg

        base = connect(self.address)
        self._link.away(None)
        try:
            tells = _listens(base, self._channel)
            yield
            beat = time.monotonic() + _BEAT
            while not stopped():
                if not tells:
                    time.sleep(_POLL)
                    yield
                elif list(base.notifies(timeout=_GLANCE, stop_after=1)):
                    yield
                elif time.monotonic() > beat:  # a line may be dead and not say so
                    base.execute("SELECT 1")
                    yield
                    beat = time.monotonic() + _BEAT
        except psycopg.Error as error:
            found = refused(self.address, error)
            if isinstance(found, ServerAwayError):
                self._link.away(found)
            raise found from error
        finally:
            base.close()

    def saw(self, name: str, head: Head) -> None:
        """Leave word for the other members that this head was seen."""
        with self._asking() as base:
            base.execute(_SAW, (*self._key(name), *head))

    def seen(self, name: str) -> list[tuple[str, str, Head]]:
        """Return who has seen which head when, as the server tells it, oldest first."""
        return [
            (clean_line(who), at.isoformat(timespec="seconds"), Head(seq, head))
            for who, at, seq, head in self._ask(_SEEN, self._key(name))
        ]

    def put_exhibit(self, client: str, sha256: str, stream: BinaryIO, size: int) -> None:
        """Keep a file for the other machines, in pieces; nothing is sent where it is there."""
        key = self.address.workspace, client, sha256
        if self._ask(_HAS, key):
            return
        with self._asking() as base, base.transaction():
            if not base.execute(_EXHIBIT, (*key, size)).rowcount:
                return  # another machine was quicker
            number = 0
            while piece := stream.read(_PIECE):
                base.execute(_PUT_PIECE, (*key, number, piece))
                number += 1

    def exhibit(self, client: str, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces, in order; nothing where it is not there."""
        number = 0
        while rows := self._ask(_GET_PIECE, (self.address.workspace, client, sha256, number)):
            yield rows[0][0]
            number += 1

    def closed(self, client: str) -> Closed | None:
        """Return how and by whom the docket of a client was closed, None where it was not."""
        rows = self._ask(_CLOSED, (self.address.workspace, client))
        if not rows:
            return None
        how, who, at = rows[0]
        return Closed(how, clean_line(who), at.isoformat(timespec="minutes"))

    def shows(self, client: str) -> bool:
        """Return whether this member may see the docket of a client, where there is one."""
        return bool(self._ask(_MINE, (self.address.workspace, client)))

    def close_docket(self, name: str, head: Head) -> None:
        """Close a docket that stands at `head` and is kept elsewhere now; nothing is added to it.

        ServerError where it stands elsewhere.
        """
        with self._asking() as base, base.transaction():
            if self._turn(base, name) != head:
                raise ServerError(
                    f"{name} was not moved", "somebody logged to it meanwhile", "Try again"
                )
            base.execute(_CLOSE, self._key(name)[:2])

    def erase(self, client: str) -> None:
        """Remove everything of a client from the server; that it was removed stays there."""
        with self._asking() as base:
            base.execute("SELECT docket.erase(%s, %s)", (self.address.workspace, client))

    def _key(self, name: str) -> tuple[str, str, str]:
        client, _, part = name.rpartition(".")
        return self.address.workspace, client, part

    @contextmanager
    def _asking(self) -> Iterator[Connection[Any]]:
        """Hold the connection, and say in our words what goes wrong with it."""
        import psycopg

        try:
            with self._link.held() as base:
                yield base
        except psycopg.Error as error:
            raise refused(self.address, error) from error

    def _ask(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return the rows of a query; a connection that was idle and is gone is made anew once."""
        import psycopg

        try:
            with self._link.held() as base:
                return base.execute(query, values).fetchall()
        except psycopg.Error as error:
            if not broken(error):
                raise refused(self.address, error) from error
        with self._asking() as base:
            return base.execute(query, values).fetchall()

    def _turn(self, base: Connection[Any], name: str) -> Head:
        """Take the turn to append to a journal, until the transaction ends; return its head."""
        key = self._key(name)
        held, last = base.execute(_TURN, key), base.execute(_HEAD, key)
        if not held.fetchone() or not (head := last.fetchone()):
            raise NotAllowedError(
                f"Nothing was saved to {name}",
                "the server has no such docket, or you may not write to it",
                "Ask whoever runs it; `docket server members` shows who may do what",
            )
        return Head(*head)

    def _is_there(self, base: Connection[Any], name: str, line: ServedLine) -> bool:
        found = base.execute(_IS_THERE, (*self._key(name), line.seq, line.hash)).fetchone()
        return found is not None

    def _put(self, base: Connection[Any], name: str, rows: Sequence[ServedLine]) -> None:
        key = self._key(name)
        values = [(*key, row.seq, row.hash, *_before(row), row.raw.decode()) for row in rows]
        if len(values) == 1:  # the usual, which waits for no answer of its own
            base.execute(_PUT, values[0])
        else:
            base.cursor().executemany(_PUT, values)
        if _tells(base):
            base.execute("SELECT pg_notify(%s, '')", (self._channel,))

    def _refused(self, error: Error, name: str, *, known: bool, tried: int) -> ServerError:
        """Return what to say if no further try helps; raise it where none can."""
        if broken(error):
            if known and tried > 1:
                raise ServerAwayError(self.address.said, said(error)) from error
            return (
                ServerAwayError(self.address.said, said(error))
                if known
                else NotKnownError(name, said(error))
            )
        if not again(error):
            raise refused(self.address, error) from error
        return refused(self.address, error)


@contextmanager
def _in_few_trips(base: Connection[Any]) -> Iterator[None]:
    """Do all of it or nothing; what needs no answer yet goes along with what comes next."""
    import psycopg

    try:
        with base.pipeline():
            base.execute("BEGIN")
            yield
            base.execute("COMMIT")
    except BaseException:
        with suppress(psycopg.Error):  # the line is gone, and the server undoes it by itself
            base.rollback()
        raise


def _before(line: ServedLine) -> tuple[int | None, str | None]:
    """Return number and hash of the line before, of which the header has none."""
    return (line.seq - 1, line.prev) if line.seq else (None, None)


def _tells(base: Connection[Any]) -> bool:
    """Return whether the server tells those who listen; engines that only speak its protocol
    may not."""
    return base.info.parameter_status("crdb_version") is None


def _listens(base: Connection[Any], own: str) -> bool:
    """Return whether news comes by itself: a word to ourselves shows it.

    Some engines refuse to be listened to, and something between may hear it and say nothing.
    """
    import psycopg

    if not _tells(base):
        return False
    echo = f"{own}_{urandom(6).hex()}"
    try:
        for channel in (own, echo):
            base.execute(f'LISTEN "{channel}"'.encode())
        base.execute("SELECT pg_notify(%s, '')", (echo,))
        heard = list(base.notifies(timeout=_ECHO, stop_after=1))
        base.execute(f'UNLISTEN "{echo}"'.encode())
    except psycopg.Error as error:
        if broken(error):
            raise
        return False
    return bool(heard)
