"""What a file from elsewhere would be on the dockets, row by row, before any of it is logged."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from store.client_ids import free_id, near_names
from store.docket import Docket
from store.entries import Draft, Entry
from store.errors import DocketError, UsageError, plain_words
from store.files import NotPlainError, read_plain, typed_path
from store.intake.columns import kept_columns
from store.intake.lines import ReadLine
from store.intake.sources import chats, contacts, ledger, statements, timesheets
from store.intake.sources.row import (
    LARGEST_FILE,
    OF_ANOTHER,
    THERE,
    FileSort,
    ForeignFile,
    ForeignRow,
    HowRead,
)
from store.intake.sources.table import SheetRows, columns_of, read_table
from store.quantities import due_date
from store.text import fold_line
from store.text.charsets import decode
from store.workspace import Workspace

_SOURCES: Final = (
    *chats.CHATS,
    *contacts.CONTACTS,
    *timesheets.TIMESHEETS,
    *statements.STATEMENTS,
    *ledger.LEDGERS,
)
_NOBODY: Final = "nobody on your dockets has that name"
_KNOWN_CLIENT: Final = "a client who has a docket already"
_NO_DUE: Final = "no day on which it is due, and no terms that say it"
_AHEAD: Final = "it has not been yet"
_SHORTEST: Final = 4
"""Letters of a name that is looked for inside of another text."""


@dataclass
class Foreign:
    """What a file from elsewhere would be: its rows as lines to log, and what is passed over.

    `passed` counts rows by reason, `unknown` names that mean no client, `begun` has the clients
    that would get a docket, by id. `columns` holds which column has what, where it is a table.
    """

    source: FileSort
    opened: ForeignFile
    sha256: str
    table: SheetRows | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    lines: list[ReadLine] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    begun: dict[str, str] = field(default_factory=dict)

    @property
    def clients(self) -> set[str]:
        """Whose dockets it would be logged to."""
        return {line.draft.client for line in self.lines if line.draft}

    def drafts(self) -> list[Draft]:
        """Return what would be logged, in order."""
        return [line.draft for line in self.lines if line.draft]


def open_foreign(path: Path) -> ForeignFile:
    """Return a file with its text; DocketError where it cannot be read or is too large."""
    try:
        raw = read_plain(typed_path(path), LARGEST_FILE + 1)
    except NotPlainError as error:
        raise UsageError(f"{path} is not a file", "", "Name a file") from error
    except OSError as error:
        raise DocketError(f"{path} cannot be read", *plain_words(error)) from error
    if len(raw) > LARGEST_FILE:
        raise UsageError(
            f"{path} is too large", f"it has over {LARGEST_FILE >> 20} MiB", "Split it"
        )
    text = decode(raw, "utf-8").text.replace("\r\n", "\n").replace("\r", "\n")
    return ForeignFile(path.name, raw, text)


def source_of(opened: ForeignFile) -> FileSort | None:
    """Return what kind of file it is by what is in it; None where no kind fits."""
    if b"\x00" in opened.raw[:4096] and not opened.raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    return next((one for one in _SOURCES if one.fits(opened)), None)


def foreign_of(
    workspace: Workspace,
    opened: ForeignFile,
    source: FileSort,
    asked: HowRead,
    *,
    client: str = "",
    called: Mapping[str, str] | None = None,
    new_clients: bool = False,
) -> Foreign:
    """Return what the rows of a file would be on the dockets of their clients.

    `client` is whose all of it is, or, where its rows say whose they are, the one of whom they are
    taken. `called` gives names in it the ids they mean. With `new_clients`, whoever nobody knows
    gets a docket. Raises UsageError where the file cannot be read as what it is.
    """
    found = Foreign(source, opened, hashlib.sha256(opened.raw).hexdigest(), read_table(opened))
    if found.table and _is_table(source):
        kept = kept_columns(workspace.places.columns, found.table.heads) or {}
        asked = HowRead(**{**vars(asked), "columns": {**kept, **asked.columns}})
        found.columns = columns_of(found.table, asked)
    else:
        found.table = None
    try:
        rows = list(source.rows(opened, asked))
    except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError) as error:
        raise UsageError(
            f"{opened.name} cannot be read", f"it begins as {source.name} and goes on otherwise", ""
        ) from error
    _Taking(workspace, found, asked.now, client, called or {}, new_clients).all(rows)
    return found


def _is_table(source: FileSort) -> bool:
    return source.name.endswith("(CSV)")


class _Taking:
    """Gives each row its client, and says of each that is not taken why."""

    def __init__(
        self,
        workspace: Workspace,
        found: Foreign,
        now: datetime,
        client: str,
        called: Mapping[str, str],
        new_clients: bool,
    ) -> None:
        self._workspace, self._found, self._now = workspace, found, now
        self._client, self._new = client, new_clients
        self._dockets = {one.client: one for one in workspace.dockets()}
        self._names = KnownNames(self._dockets.values(), workspace, called)
        self._there: dict[str, set[tuple[Any, ...]]] = {}

    def all(self, rows: Sequence[ForeignRow]) -> None:
        """Take the rows, in their order; what is begun comes first on its docket."""
        for row in rows:
            if row.fields is None:
                self._found.passed[row.passed] += 1
            elif row.fields["kind"] == "client":
                self._card(row, row.fields)
            elif client := self._whose(row):
                self._take(row, row.fields, client)

    def _whose(self, row: ForeignRow) -> str:
        """Return the client of a row, empty where it has none and that is counted."""
        found = self._found
        meant = self._names.meant(row.whose) if row.whose else ""
        if not row.whose and self._client:
            return self._client
        if meant and self._client and meant != self._client:
            found.passed[OF_ANOTHER] += 1
            return ""
        if meant:
            return meant
        if self._client and found.source.one:
            return self._client
        if self._new and row.whose and row.fields and row.fields["kind"] != "payment":
            return self._begin(row.whose)
        found.passed[_NOBODY] += 1
        found.unknown[row.whose] += 1
        return ""

    def _begin(self, name: str) -> str:
        taken = {*self._dockets, *self._found.begun}
        client = free_id(name, "", taken)
        self._found.begun[client] = name
        self._names.add(name, client)
        draft = self._workspace.draft(client, "client", data={"name": name})
        self._found.lines.append(ReadLine(0, draft))
        return client

    def _card(self, row: ForeignRow, fields: Mapping[str, Any]) -> None:
        """Take a card of somebody who has no docket, where dockets may be begun."""
        if self._names.meant(row.whose):
            self._found.passed[_KNOWN_CLIENT] += 1
            return
        if not self._new:
            self._found.passed[_NOBODY] += 1
            self._found.unknown[row.whose] += 1
            return
        client = free_id(row.whose, "", {*self._dockets, *self._found.begun})
        self._found.begun[client] = row.whose
        self._names.add(row.whose, client)
        self._take(row, fields, client)

    def _take(self, row: ForeignRow, fields: Mapping[str, Any], client: str) -> None:
        found = self._found
        data = dict(fields.get("data") or {})
        if fields["kind"] == "invoice" and "due" not in data:
            docket = self._dockets.get(client)
            agreed = docket.terms.payment if docket else None
            if agreed is None:
                found.passed[_NO_DUE] += 1
                return
            data["due"] = due_date(agreed, fields["occurred_at"].date()).isoformat()
        if fields["kind"] == "payment":
            data |= self._for_invoice(client, data, fields.get("statement", ""))
        if fields["occurred_at"] > self._now:
            found.passed[_AHEAD] += 1
            return
        if self._is_own(row.own, client, fields["occurred_at"]):
            found.passed[THERE] += 1
            return
        origin = {"file": found.opened.name, "sha256": found.sha256, "line": row.number}
        said = {**fields, "data": data or None, "origin": origin}
        kind, statement = said.pop("kind"), said.pop("statement", "")
        try:
            draft = self._workspace.draft(client, kind, statement, **said)
        except UsageError as error:
            found.passed[error.why or error.what] += 1
            return
        if _print_of(draft) in self._known(client):
            found.passed[THERE] += 1
            return
        found.lines.append(ReadLine(row.number, draft))

    def _is_own(self, named: str, client: str, at: datetime) -> bool:
        """Whether a row was written from an entry that is on the docket here."""
        whose, _, seq = named.rpartition("#")
        docket = self._dockets.get(client) if whose == client and seq.isdecimal() else None
        found = docket.find(int(seq)) if docket else None
        return found is not None and abs(found.entry.occurred_at - at) < timedelta(days=1)

    def _for_invoice(self, client: str, data: Mapping[str, Any], said: str) -> dict[str, Any]:
        """Return which invoice a payment is for, where its words name just one that is open."""
        docket = self._dockets.get(client)
        if docket is None:
            return {}
        words = fold_line(said)
        named = [
            one
            for one in docket.ledger.invoices
            if re.search(rf"(?<!\w){re.escape(fold_line(one.number))}(?!\w)", words)
        ]
        if len(named) != 1 or named[0].amount.currency != data["currency"]:
            return {}
        return {"for_invoices": [{"invoice": named[0].number, "amount": data["amount"]}]}

    def _known(self, client: str) -> set[tuple[Any, ...]]:
        """Return what stands on a docket, as `_print_of` has it, so that it is not logged twice."""
        if client not in self._there:
            docket = self._dockets.get(client)
            entries = (one.entry for one in docket.standing if not one.void) if docket else ()
            self._there[client] = {_print_of(entry) for entry in entries}
        return self._there[client]


def _print_of(draft: Draft | Entry) -> tuple[Any, ...]:
    """Return what two entries have in common where they are the same thing logged twice."""
    quotes = tuple((one.by, one.text) for one in draft.quotes)
    told = json.dumps(draft.data.model_dump(mode="json", exclude_none=True), sort_keys=True)
    return draft.kind, draft.occurred_at, draft.statement, quotes, told


class KnownNames:
    """Which client a name from elsewhere means: what was confirmed, else the whole of a name."""

    def __init__(
        self, dockets: Iterable[Docket], workspace: Workspace, called: Mapping[str, str]
    ) -> None:
        self.names: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        for docket in dockets:
            client, profile = docket.client, docket.profile
            self.names[client] = profile.name
            aliases = [one.name for one in workspace.private.of(client).aliases]
            for name in (client, profile.name, profile.contract_name, profile.email, *aliases):
                if name:
                    self._exact.setdefault(fold_line(name), client)
        self._exact |= {fold_line(name): client for name, client in called.items()}

    def add(self, name: str, client: str) -> None:
        """Let a name mean a client who gets a docket."""
        self._exact[fold_line(name)] = client
        self.names[client] = name

    def meant(self, name: str) -> str:
        """Return the one client whom a name means, or whose whole name is in it; else nothing."""
        folded = fold_line(name)
        if found := self._exact.get(folded):
            return found
        inside = {
            client
            for known, client in self._exact.items()
            if len(known) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(known)}(?!\w)", folded)
        }
        return inside.pop() if len(inside) == 1 else ""

    def near(self, name: str) -> list[str]:
        """Return the clients whose names are near to one, the nearest first."""
        return near_names(name.split(), self.names)


def names_said(words: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Return what `NAME=CLIENT` words say; UsageError where one says nothing, or no client."""
    said = {}
    for word in words:
        name, sign, client = word.rpartition("=")
        if not sign or not name.strip():
            raise UsageError(f"'{word}' gives no name", "", "Write --called 'Acme Ltd=acme'")
        if client.strip() not in known:
            raise UsageError(f"There is no client {client.strip()}", "", "See `docket clients`")
        said[name.strip()] = client.strip()
    return said
