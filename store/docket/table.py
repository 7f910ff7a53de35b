"""The entries of a docket as a TinyDB table: as they stand, by number, to ask and not to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NoReturn

from tinydb.storages import Storage
from tinydb.table import Table

from store.docket.standing import Standing
from store.entries import Entry
from store.entries.describe import in_short
from store.journal import AppendOnlyError
from store.text import fold, fold_line


class EntryRow:
    """An entry as a query sees it; a field is worked out when it is asked for, texts are kept."""

    __slots__ = ("_client", "_texts", "standing")

    def __init__(
        self, standing: Standing, texts: dict[int, str], client: Callable[[], str] = str
    ) -> None:
        self.standing = standing
        self._texts, self._client = texts, client

    def __getitem__(self, name: str) -> Any:
        """Return a field; KeyError, which TinyDB takes for an entry without it, if it is none."""
        if name == "client":
            return self._client()
        if name != "text":
            return ASKED_FOR[name](self.standing)
        seq = self.standing.seq
        if seq not in self._texts:
            self._texts[seq] = searched(self.standing)
        return self._texts[seq]


class _Nowhere(Storage):
    """Keeps nothing: a table of this module has its rows from the docket."""

    def read(self) -> None:
        """Return that there is nothing."""

    def write(self, data: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("write")


class _AsItIs:
    """What TinyDB makes its documents with; a row is one already."""

    def __new__(cls, row: EntryRow, _: int) -> Any:
        """Return the row."""
        return row


class DocketTable(Table):
    """The entries that had occurred by a day, each as it stands; each is read when it is met."""

    document_class: Any = _AsItIs

    def __init__(
        self, stand: Callable[[int], Standing], count: int, today: date, client: Callable[[], str]
    ) -> None:
        """Take what gives the entry at a position, how many there are, and whose they are."""
        super().__init__(_Nowhere(), "entries", cache_size=0)
        self._stand, self._count, self._today, self._client = stand, count, today, client
        self._met: dict[int, Standing | None] = {}  # None for what had not occurred
        self._texts: dict[int, str] = {}

    def fitting(self, query: Callable[[Any], bool], positions: Iterable[int]) -> list[Standing]:
        """Return the entries at these positions that fit a query.

        One row serves for all of them: as many more objects would be a third of the cost.
        """
        met, found = self._met, []
        row: EntryRow | None = None
        for position in positions:
            one = met[position] if position in met else self._meet(position)
            if one is None:
                continue
            if row is None:
                row = EntryRow(one, self._texts, self._client)
            row.standing = one
            if query(row):
                found.append(one)
        return found

    def _meet(self, position: int) -> Standing | None:
        one = self._stand(position)
        return self._met.setdefault(position, one if one.entry.day <= self._today else None)

    def _read_table(self) -> dict[str, Any]:
        met = map(self._meet, range(self._count))
        return {str(one.seq): EntryRow(one, self._texts, self._client) for one in met if one}

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> NoReturn:
        raise AppendOnlyError("update")


def searched(one: Standing) -> str:
    """Return the text that words are looked up in, folded: its pieces apart.

    What an entry said before it was amended, and what was added to it, is found too.
    """
    entry = one.entry
    pieces = [
        *(entry.kind, entry.called, entry.statement, one.original.statement, in_short(entry.data)),
        *(quote.text for quote in entry.quotes),
        *(link.reason for link in one.original.links),
        *(addendum.statement for addendum in one.addenda),
    ]
    return fold_line("\0".join(dict.fromkeys(pieces)))


def client_text(client: str, name: str) -> str:
    """Return the text that a client is looked up in: id and name, folded."""
    return f"{client}\0{fold(name)}"


def _about(entry: Entry) -> Iterator[str]:
    """Yield what an entry names: entries as `#12`, invoices by their number, folded."""
    yield from (f"#{link.seq}" for link in entry.links)
    data = entry.data
    told = (entry.refs.invoice, getattr(data, "number", None))
    parts = (part.invoice for part in getattr(data, "for_invoices", ()))
    yield from (fold(number) for number in (*told, *parts) if number)


def _has(entry: Entry) -> Iterator[str]:
    if entry.exhibits:
        yield "file"
    if entry.quotes:
        yield "quote"


def _is(one: Standing) -> Iterator[str]:
    if one.void:
        yield "void"
    if one.amendments:
        yield "amended"


ASKED_FOR: Final[Mapping[str, Callable[[Standing], Any]]] = {
    "number": lambda one: one.seq,
    "kind": lambda one: one.original.kind,
    "called": lambda one: one.original.called,
    "day": lambda one: one.entry.day,
    "severity": lambda one: str(getattr(one.entry.data, "severity", "")),
    "channel": lambda one: one.entry.channel,
    "visibility": lambda one: one.entry.visibility,
    "project": lambda one: fold(one.entry.refs.project or ""),
    "about": lambda one: tuple(_about(one.entry)),
    "has": lambda one: (*_has(one.entry), *(p for a in one.addenda for p in _has(a))),
    "is": lambda one: tuple(_is(one)),
}
"""The fields of an entry beside its client and its text, as it stands."""
