"""The private file, a TinyDB that is rewritten whole: what is in it can be changed and erased.

It is about the user and is no evidence.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Document

from store.errors import DocketError, UsageError
from store.files import MOST_BYTES, Stamp, locked, open_plain, settled, stamp, write_atomic
from store.private.model import (
    Alias,
    CheckIn,
    Decision,
    GutAnswer,
    Hold,
    LadderChoice,
    Leaving,
    Private,
    Right,
    Snooze,
    Unstated,
)
from store.private.tables import REFERRALS, Tables, by_client, dumped, tables_in, unreadable
from store.text import clean, plural

PrivateThing = CheckIn | GutAnswer | Decision | Snooze | Hold | LadderChoice | Alias | Unstated
"""What the file keeps a list of, for each client."""
_TABLES: Final = {
    CheckIn: "checkins",
    GutAnswer: "guts",
    Decision: "decisions",
    Snooze: "snoozes",
    Hold: "holds",
    LadderChoice: "ladders",
    Alias: "aliases",
    Unstated: "unstated",
}
_LISTED: Final = {
    "decisions": ("decision", "docket decisions {}"),
    "checkins": ("check-in", "docket checkin {} --list"),
}
"""What a document of a table that is numbered is called, and what lists them."""


class PrivateFile:
    """Reads and changes `private.json`: written whole and atomic, locked, mode 0600."""

    def __init__(self, path: Path, *, now: Callable[[], int] = time.time_ns) -> None:
        """Take the file at `path`; `now` is in nanoseconds since 1970, as file times are."""
        self.path = path
        self._now = now
        self._kept: tuple[Stamp, dict[str, Private]] | None = None

    def of(self, client: str) -> Private:
        """Return the private things about `client`; empty where nothing was said."""
        return self._current().get(client, Private())

    def add(self, client: str, *more: PrivateThing) -> None:
        """Keep more check-ins, gut answers, decisions, and what is put off, a ladder, a name."""
        with self._changing() as database:
            for one in more:
                told = one.model_dump(mode="json", exclude_defaults=True)
                database.table(_TABLES[type(one)]).insert({"client": client, **told})

    def judge(self, client: str, number: int, right: Right, why: str, at: datetime) -> Decision:
        """Keep whether decision `number`, counted from 1, was right, and return it.

        A later answer takes the place of an earlier one. UsageError if there is no such decision.
        """
        why = clean(why, what="the reason")
        told = {"right": right, "right_why": why, "right_at": at.isoformat()}
        with self._changing() as database:
            one = _numbered(database, "decisions", client, number)
            database.table("decisions").update(told, doc_ids=[one.doc_id])
        return Decision.model_validate(_plain({**one, **told}))

    def forget_checkin(self, client: str, number: int) -> CheckIn:
        """Forget check-in `number`, counted from 1, and return what it was.

        Those after it count one less from then on. UsageError if there is no such check-in.
        """
        with self._changing() as database:
            one = _numbered(database, "checkins", client, number)
            database.table("checkins").remove(doc_ids=[one.doc_id])
        return CheckIn.model_validate(_plain(one))

    def set_leaving(self, client: str, leaving: Leaving | None) -> None:
        """Keep how `client` is being left, in the place of what was kept of it; None drops it.

        One that was closed stays beside one that is begun on a later day.
        """
        with self._changing() as database:
            table = database.table("leavings")
            kept = table.search(where("client") == client)
            if kept and (leaving is None or kept[-1].get("begun") == leaving.begun.isoformat()):
                table.remove(doc_ids=[kept[-1].doc_id])
            if leaving is not None:
                told = leaving.model_dump(mode="json", exclude_defaults=True)
                table.insert({"client": client, **told})

    def set_referred_by(self, client: str, source: str) -> None:
        """Keep that the client `source` sent `client`; an empty `source` forgets it."""
        if source == client:
            raise UsageError(f"{client} cannot have sent themselves", "", "Name another client")
        with self._changing() as database:
            database.table(REFERRALS).remove(where("client") == client)
            if source:
                database.table(REFERRALS).insert({"client": client, "referred_by": source})

    def call_otherwise(self, client: str, new: str) -> None:
        """Let what is kept about a client be about the id that they have now."""
        if not self.knows(client):
            return
        with self._changing() as database:
            for name in database.tables():
                database.table(name).update({"client": new}, where("client") == client)
            other = where("referred_by") == client
            database.table(REFERRALS).update({"referred_by": new}, other)

    def knows(self, client: str) -> bool:
        """Tell whether anything is kept about `client`, or that they sent another client."""
        kept = self._current()
        return client in kept or any(one.referred_by == client for one in kept.values())

    def erase(self, client: str, *, as_source: bool = False) -> None:
        """Forget everything private about `client`; `as_source`, also whom they sent."""
        with self._changing() as database:
            for name in database.tables():
                database.table(name).remove(where("client") == client)
            if as_source:
                database.table(REFERRALS).remove(where("referred_by") == client)

    def _current(self) -> Mapping[str, Private]:
        """Return what the file holds, read again only if its stamp changed."""
        kept = self._kept
        try:
            if kept and kept[0] == stamp(self.path.stat()):
                return kept[1]
        except OSError:  # reading says what is wrong, or that there is nothing
            self._kept = None
        return self._read()[1]

    def _read(self) -> tuple[Tables, Mapping[str, Private]]:
        """Return the tables of the file, and what they hold of each client."""
        try:
            with os.fdopen(open_plain(self.path), "rb") as file:
                found = stamp(os.fstat(file.fileno()))
                raw = file.read(MOST_BYTES)
        except FileNotFoundError:
            return {}, {}
        except OSError as error:
            raise DocketError(
                "The private file cannot be read", error.strerror or str(error), "Check its rights"
            ) from error
        tables = tables_in(raw, self.path)
        try:
            told = by_client(tables).items()
            held = {client: Private.model_validate(own) for client, own in told}
        except ValidationError:
            raise unreadable(self.path) from None
        self._kept = (found, held) if settled(found, self._now()) else None
        return tables, held

    @contextmanager
    def _changing(self) -> Iterator[TinyDB]:
        """Yield the file to change; it is written once, at the end, and not where that fails."""
        with locked(self.path):
            held = _Held(self._read()[0])
            yield TinyDB(storage=lambda: held)
            write_atomic(self.path, dumped(held.tables))


class _Held(Storage):
    """The tables while they are changed: what TinyDB writes goes to the disk when all is done."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self) -> Tables:
        return dict(self.tables)

    def write(self, data: Tables) -> None:
        self.tables = data


def _numbered(database: TinyDB, table: str, client: str, number: int) -> Document:
    """Return the document of `client` that has that number; UsageError if there is none."""
    kept = database.table(table).search(where("client") == client)
    if 1 <= number <= len(kept):
        return kept[number - 1]
    what, listed = _LISTED[table]
    raise UsageError(
        f"{client} has no {what} {number}",
        f"{plural(len(kept), what)} {'is' if len(kept) == 1 else 'are'} kept, numbered from 1",
        f"`{listed.format(client)}` has the numbers",
    )


def _plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document says, without whom it is about."""
    return {name: value for name, value in document.items() if name != "client"}
