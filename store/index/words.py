"""The words of every entry of every docket, in one SQLite file, so that finding reads no docket.

Each entry has a row: the fields a filter asks for (store.docket.table), and its folded text as
bytes, which are looked through as they are. Measured at 100,000 entries: 15 to 60 ms for whatever
is asked, in a file of 25 MB. With a full-text index of trigrams rare words take no time, but what
decides, one letter and a common word, takes as long, and the file is four times as large.

A row is made when it is asked for, not when something is logged, and holds while the journal is
the file it was made from, or that with more lines. What is shown of an entry is read from the
journal, at the place that is kept here. It holds what entries say, so no backup has it, and
erasing any client removes it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.docket.filter import Filter, Term
from store.docket.standing import Standing
from store.files import Stamp, stamp
from store.index.entry_rows import KEPT_FIELDS, EntryReader, KeptRow, LinePlace, apart, as_bytes
from store.index.rows import last_bytes
from store.index.sealed import SealedBase, StoppedError
from store.journal import JournalError, JournalMissingError
from store.journal.disk import first_line
from store.journal.lock import reading
from store.places import Places

_FORM: Final = 1
"""Goes up when other rows are kept, or texts are folded otherwise."""
_COLUMNS: Final = ", ".join(f'"{name}"' for name in KEPT_FIELDS)
_SCHEMA: Final = f"""
CREATE TABLE docket (id INTEGER PRIMARY KEY, client TEXT UNIQUE, stamp TEXT, seen INTEGER,
  tail TEXT);
CREATE TABLE line (docket INTEGER, seq INTEGER, start INTEGER, size INTEGER, target INTEGER,
  PRIMARY KEY (docket, seq)) WITHOUT ROWID;
CREATE INDEX correcting ON line (docket) WHERE target IS NOT NULL;
CREATE TABLE entry (docket INTEGER, seq INTEGER, at REAL, {_COLUMNS}, text BLOB);
CREATE UNIQUE INDEX numbered ON entry (docket, seq)
"""
_NAMED: Final = {"number": "seq", "client": "docket"}
_NOTHING: Final[Stamp] = (0, 0, 0, 0, 0)


class Hit(NamedTuple):
    """An entry that was found."""

    client: str
    seq: int


class _Known(NamedTuple):
    """What is kept of a docket: all of the journal up to the byte `seen`."""

    id: int
    stamp: Stamp
    seen: int
    tail: str


class WordIndex:
    """What is kept of all dockets of a workspace; for one thread at a time, but for `interrupt`.

    `skipped` says which dockets could not be read, and why.
    """

    def __init__(self, root: Path) -> None:
        places = Places(root)
        self._docket = places.docket
        self.file = SealedBase(places.words, _FORM, _SCHEMA)
        self.skipped: dict[str, JournalError] = {}
        self._unread: dict[str, Stamp] = {}
        self._dockets: dict[str, _Known] = {}
        self._version: tuple[int, ...] = ()

    def behind(self, clients: Collection[str]) -> int:
        """Return how many bytes of these dockets are not kept yet."""
        self.file.intact()
        return sum(size for _, size in self._stale(clients))

    def catch_up(
        self,
        clients: Collection[str],
        told: Callable[[int], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Keep what was added to these dockets; forget others.

        `told` is told how many bytes were read. StoppedError once it is `stopped`; what was read
        by then is kept.
        """
        for again in (self.file.lose, lambda: self.file.lose(for_good=True), None):
            try:
                self._catch_up(set(clients), told, stopped)
                return
            except sqlite3.Error:  # damaged, or no room for it
                if again is None:
                    raise
                again()

    def _catch_up(
        self, clients: set[str], told: Callable[[int], None], stopped: Callable[[], bool]
    ) -> None:
        if self.file.intact() and not self._stale(clients) and self._known.keys() <= clients:
            return
        with self.file.alone(stopped):
            for client in self._known.keys() - clients:
                self._drop(client)
            for client, _ in self._stale(clients):
                self._take_in(client, told, stopped)

    def counts(self, asked: Filter, today: int, texts: Mapping[str, str]) -> dict[str, int]:
        """Return how many entries of each client fit a filter; see `hits`."""
        where, values = self._where(asked, today, texts)
        rows = self.file.ask(f"SELECT docket, count(*) FROM {where} GROUP BY docket", values)
        clients = self._clients()
        return {clients[docket]: count for docket, count in rows}

    def entries(self) -> int:
        """Return how many entries are kept."""
        return int(self.file.ask("SELECT count(*) FROM entry")[0][0])

    def hits(
        self, asked: Filter, today: int, texts: Mapping[str, str], most: int = -1
    ) -> list[Hit]:
        """Return what fits a filter, the newest first, at `most` so many.

        `today` is the ordinal of a day: what occurred later is left out. `texts` is what each
        client is looked up in (store.docket.table.client_text); clients not in it are left out.
        """
        where, values = self._where(asked, today, texts)
        rows = self.file.ask(
            f"SELECT docket, seq FROM {where} ORDER BY at DESC, seq DESC LIMIT ?",
            [*values, most],
        )
        clients = self._clients()
        return [Hit(clients[docket], seq) for docket, seq in rows]

    def standing(self, client: str, numbers: Iterable[int]) -> dict[int, Standing]:
        """Return entries of a client as they stand, read from the journal.

        Those that are not where they are said to be are left out: the docket is read anew then.
        """
        known = self._known.get(client)
        if known is None:
            return {}
        try:
            with reading(self._docket(client)) as fd:
                reader = EntryReader(fd, self._places_of(known.id))
                found = {seq: reader.standing(seq) for seq in numbers}
        except JournalError:
            return {}
        if None in found.values():
            self._dockets[client] = known._replace(stamp=_NOTHING, tail="")
        return {seq: one for seq, one in found.items() if one}

    def _where(self, asked: Filter, today: int, texts: Mapping[str, str]) -> tuple[str, list[Any]]:
        """Return what a filter asks for in SQL, and the values in it.

        All entries are looked through where they stand, not docket by docket by way of an index.
        """
        ids = {one.id: texts[client] for client, one in self._known.items() if client in texts}
        few = len(ids) < len(self._known) or bool(asked.values("client"))
        conditions, values = ["day <= ?"], [today]
        if few:
            conditions.append(f"docket IN ({','.join(map(str, ids))})")
        for alternatives in asked.terms:
            said = [_condition(term, ids) for term in alternatives]
            conditions.append(f"({' OR '.join(text for text, _ in said)})")
            values += [value for _, given in said for value in given]
        table = "entry" if few else "entry NOT INDEXED"
        return f"{table} WHERE {' AND '.join(conditions)}", values

    @property
    def _known(self) -> dict[str, _Known]:
        """What is kept of each docket, as the file has it."""
        if self._version != self.file.version:
            rows = self.file.ask("SELECT * FROM docket") if self.file.version else ()
            self._dockets = {
                client: _Known(number, _stamp_of(told), seen, tail)
                for number, client, told, seen, tail in rows
            }
            self._version = self.file.version
        return self._dockets

    def _clients(self) -> dict[int, str]:
        return {one.id: client for client, one in self._known.items()}

    def _places_of(self, docket: int) -> Callable[[str, Sequence[int]], list[LinePlace]]:
        """Return what looks up where lines of a docket stand."""
        return lambda condition, values: self.file.ask(
            f"SELECT seq, start, size, target FROM line WHERE docket = {docket} AND {condition}",
            values,
        )

    def _stale(self, clients: Iterable[str]) -> list[tuple[str, int]]:
        """Return the dockets that are not kept as they are now, with the bytes to be read."""
        stale = []
        for client in sorted(clients):
            known = self._known.get(client)
            try:
                info = os.lstat(self._docket(client))
            except OSError:
                continue
            now = stamp(info)
            if (known and known.stamp == now) or self._unread.get(client) == now:
                continue
            grown = known and known.stamp[:2] == now[:2] and known.seen < info.st_size
            stale.append((client, info.st_size - known.seen if known and grown else info.st_size))
        return stale

    def _take_in(
        self, client: str, told: Callable[[int], None], stopped: Callable[[], bool]
    ) -> None:
        """Keep what is new on a docket; remember for how long none can be read."""
        self.skipped.pop(client, None)
        path = self._docket(client)
        try:
            with reading(path) as fd:
                self._read_on(client, fd, len(first_line(fd, path)[1]) + 1, told, stopped)
        except JournalMissingError:
            return  # erased meanwhile
        except JournalError as error:
            self.skipped[client] = error
            with suppress(OSError):
                self._unread[client] = stamp(os.lstat(path))
            if client in self._known:
                self._drop(client)

    def _read_on(
        self,
        client: str,
        fd: int,
        head: int,
        told: Callable[[int], None],
        stopped: Callable[[], bool],
    ) -> None:
        """Keep the lines of an open journal that are new, a stretch at a time."""
        info, known = os.fstat(fd), self._known.get(client)
        if known is None or not _grown(fd, info, known):
            known = self._begin(client, head)
        reader, seen = EntryReader(fd, self._places_of(known.id)), known.seen
        for places, rows, after in reader.stretches(seen, info.st_size):
            half = info.st_dev, info.st_ino, 0, 0, 0
            with self.file.changing() as base:
                _keep(base, known.id, places, rows)
                _note(base, known._replace(stamp=half, seen=after, tail=last_bytes(fd, after)))
            told(after - seen)
            seen = after
            if stopped():
                raise StoppedError
        with self.file.changing() as base:
            _note(base, _Known(known.id, stamp(info), seen, last_bytes(fd, seen)))

    def _begin(self, client: str, head: int) -> _Known:
        """Forget what was kept of a docket, and begin anew after its first line."""
        known = self._known.get(client)
        with self.file.changing() as base:
            if known:
                _forget(base, known.id)
            row = base.execute("INSERT OR REPLACE INTO docket (client) VALUES (?)", [client])
            begun = _Known(row.lastrowid or 0, _NOTHING, head, "")
            _note(base, begun)
        return begun

    def _drop(self, client: str) -> None:
        known = self._known[client]
        with self.file.changing() as base:
            _forget(base, known.id)
            base.execute("DELETE FROM docket WHERE id = ?", [known.id])


def _condition(term: Term, clients: Mapping[int, str]) -> tuple[str, list[Any]]:
    """Return what asks for a term, and the values it asks for; only our own names are spelled."""
    column = _NAMED.get(term.field, f'"{term.field}"')
    if term.test == "part":
        fitting = [n for n, text in clients.items() if any(map(text.__contains__, term.values))]
        return f"{column} IN ({','.join(map(str, fitting))})", []
    if term.test == "between":
        ends = [one.toordinal() if hasattr(one, "toordinal") else one for one in term.values]
        return f"{column} BETWEEN ? AND ?", ends
    if term.test == "one-of":
        return f"{column} IN ({','.join('?' * len(term.values))})", list(term.values)
    if term.test == "any-of":
        sought = [apart([value]) for value in term.values]
        return " OR ".join([f"instr({column}, ?)"] * len(sought)), sought
    words = [as_bytes(word) for word in term.values]
    return " AND ".join([f"instr({column}, ?)"] * len(words)), words


def _keep(
    base: sqlite3.Connection, docket: int, places: Iterable[LinePlace], rows: Iterable[KeptRow]
) -> None:
    marks = ", ".join("?" * (len(KEPT_FIELDS) + 3))
    base.executemany(f"INSERT OR IGNORE INTO line VALUES ({docket}, ?, ?, ?, ?)", places)
    base.executemany(f"INSERT OR REPLACE INTO entry VALUES ({docket}, {marks})", rows)


def _note(base: sqlite3.Connection, known: _Known) -> None:
    at = ",".join(map(str, known.stamp))
    base.execute(
        "UPDATE docket SET stamp = ?, seen = ?, tail = ? WHERE id = ?",
        [at, known.seen, known.tail, known.id],
    )


def _forget(base: sqlite3.Connection, docket: int) -> None:
    base.execute("DELETE FROM entry WHERE docket = ?", [docket])
    base.execute("DELETE FROM line WHERE docket = ?", [docket])


def _stamp_of(told: str) -> Stamp:
    first, second, third, fourth, fifth = map(int, told.split(","))
    return first, second, third, fourth, fifth


def _grown(fd: int, info: os.stat_result, known: _Known) -> bool:
    """Whether the file is the one that is known, with more lines; else it is read anew."""
    same = known.stamp[:2] == (info.st_dev, info.st_ino) and bool(known.tail)
    return same and known.seen < info.st_size and last_bytes(fd, known.seen) == known.tail
