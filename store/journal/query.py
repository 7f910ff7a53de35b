"""TinyDB over a journal: every query it knows, and inserts; changes and removals are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, Self, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from .chain import Head, Header, Line
from .drafts import Clock, random_id, utc_now
from .errors import AppendOnlyError, RefusedEntryError
from .file import JournalFile
from .lines import Lines
from .lock import WAIT

TABLE = "_default"


class JournalStorage(Storage):
    """A TinyDB storage over a JournalFile: reading is caught up by one stat, writing refused."""

    def __init__(self, file: JournalFile) -> None:
        self.file = file
        self._table: dict[str, Mapping[str, Any]] = {}
        self._lines: Sequence[Line] = ()
        self._taken = 0

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the one table, documents by entry number as text (as TinyDB keeps them)."""
        return {TABLE: self.table()}

    def table(self) -> dict[str, Any]:
        """Return the documents of the journal as it is now. Of a number met twice, the first."""
        lines = self.file.lines
        if lines is not self._lines:
            self._table, self._lines, self._taken = {}, lines, 0
        upto = len(lines)
        for line in lines[self._taken : upto]:
            self._table.setdefault(str(line.seq), line.fields)
        self._taken = upto
        return self._table

    def write(self, data: Mapping[str, Any]) -> NoReturn:
        """Refuse: TinyDB would write the whole file anew."""
        raise AppendOnlyError("write")


class JournalDocument(Document):
    """A document of one's own: changing it, or a list in it, changes nothing that is kept."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__({name: _copy(item) for name, item in value.items()}, doc_id)


class JournalTable(Table):
    """The entries of a journal as TinyDB documents; a document's id is its entry number.

    TinyDB's query cache is off: another session may have appended since.
    """

    document_class = JournalDocument
    _storage: JournalStorage

    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        super().__init__(storage, name, cache_size=0)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one entry and return its number; the cost does not grow with the journal."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append entries, all or nothing, and return their numbers."""
        return [line.seq for line in self._storage.file.append_many(map(_unnumbered, documents))]

    def update(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("update")

    def update_multiple(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("update")

    def upsert(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("upsert")

    def remove(self, *_: object, **__: object) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("remove")

    def truncate(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("truncate")

    def _read_table(self) -> dict[str, Any]:
        return self._storage.table()

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> NoReturn:
        raise AppendOnlyError("update")


class Journal(TinyDB):
    """One journal, both ways: TinyDB queries, and typed lines for the rest of the program."""

    table_class = JournalTable
    _storage: JournalStorage

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock = utc_now,
        new_id: Callable[[], str] = random_id,
        new_seed: Callable[[], str] = random_id,
        wait: float = WAIT,
        peek: Sequence[str] = (),
    ) -> None:
        """Open the journal at `path`; JournalMissingError when there is none (see `create`)."""
        self._open(
            JournalFile(path, clock=clock, new_id=new_id, new_seed=new_seed, wait=wait, peek=peek)
        )

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        clock: Clock = utc_now,
        new_id: Callable[[], str] = random_id,
        new_seed: Callable[[], str] = random_id,
        wait: float = WAIT,
        peek: Sequence[str] = (),
        first: Iterable[Mapping[str, Any]] = (),
    ) -> Self:
        """Make a new journal at `path` with its first entries and open it; see JournalFile."""
        file = JournalFile.create(
            path,
            clock=clock,
            new_id=new_id,
            new_seed=new_seed,
            wait=wait,
            peek=peek,
            first=first,
        )
        return cls.over(file)

    @classmethod
    def over(cls, file: JournalFile) -> Self:
        """Query a journal file that is open already."""
        journal = cls.__new__(cls)
        journal._open(file)
        return journal

    def _open(self, file: JournalFile) -> None:
        super().__init__(file, storage=JournalStorage)

    @property
    def file(self) -> JournalFile:
        """The journal file underneath."""
        return self._storage.file

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.file.path

    @property
    def header(self) -> Header:
        """Its first line."""
        return self.file.header

    @property
    def lines(self) -> Lines:
        """See JournalFile.lines."""
        return self.file.lines

    @property
    def head(self) -> Head:
        """See JournalFile.head."""
        return self.file.head

    @property
    def notices(self) -> list[str]:
        """See JournalFile.notices."""
        return self.file.notices

    @property
    def generation(self) -> int:
        """See JournalFile.generation."""
        return self.file.generation

    @property
    def torn(self) -> int:
        """See JournalFile.torn."""
        return self.file.torn

    def append(self, fields: Mapping[str, Any]) -> Line:
        """See JournalFile.append."""
        return self.file.append(fields)

    def append_many(self, many: Iterable[Mapping[str, Any]]) -> list[Line]:
        """See JournalFile.append_many."""
        return self.file.append_many(many)

    def refresh(self) -> list[Line]:
        """See JournalFile.refresh."""
        return self.file.refresh()

    def after(self, seq: int) -> list[Line]:
        """See JournalFile.after."""
        return self.file.after(seq)

    def table(self, name: str = TABLE, **_: object) -> JournalTable:
        """Return the one table; RefusedEntryError for any other name."""
        if name != TABLE:
            raise RefusedEntryError("a journal is one list and has no further tables")
        if name not in self._tables:
            self._tables[name] = JournalTable(self._storage, name)
        return cast(JournalTable, self._tables[name])

    def drop_table(self, name: str) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("drop_table")

    def drop_tables(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("drop_tables")


def _unnumbered(document: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(document, Document):
        raise RefusedEntryError(
            "it comes with a number", "Give a plain dict; the journal numbers it"
        )
    if not isinstance(document, Mapping):
        raise RefusedEntryError(f"a {type(document).__name__} is not a dict of fields")
    return document


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value
