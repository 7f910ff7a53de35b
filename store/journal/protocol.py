"""What a docket is read from and appended to, wherever it is kept: the narrow protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from .chain import Head, Header, Line
from .drafts import Fields, Judge
from .lines import Lines
from .reader import Read


class Journal(Protocol):
    """One journal; `path` is its file, or that of the checked copy this machine has of it.

    What reads a file (the index, a check, a backup, a record) so reads any journal.
    """

    path: Path
    notices: list[str]
    own: set[int]

    @property
    def header(self) -> Header:
        """The first line."""

    @property
    def lines(self) -> Lines:
        """Every entry that this machine knows of, oldest first."""

    @property
    def generation(self) -> int:
        """How often what had been read turned out to be gone or changed."""

    @property
    def head(self) -> Head:
        """The number of the last entry and its hash."""

    @property
    def torn(self) -> int:
        """How many bytes of a broken-off append stand after the last whole line."""

    anew: int
    """How many bytes were read that `resume` could have spared."""

    def resume(self, read: Read) -> bool:
        """Go on from what an earlier session read of it, instead of reading all."""

    def plain(self) -> Read | None:
        """Return what was read, for a later session; None where it is short, or not plain."""

    def refresh(self) -> list[Line]:
        """Return the lines others have appended since the last refresh."""

    def after(self, seq: int) -> list[Line]:
        """Return the entries numbered above `seq`, oldest first."""

    def append(self, fields: Mapping[str, Any]) -> Line:
        """Append one entry and return it once it is on record for good."""

    def append_many(self, many: Iterable[Fields] | Judge) -> list[Line]:
        """Append entries in one go, all or nothing; see JournalFile."""


class ServedLine(NamedTuple):
    """One line as it goes to a server: its number (0: the header), hash, that before, its bytes.

    The bytes are those of the file, without the newline.
    """

    seq: int
    hash: str
    prev: str
    raw: bytes


class Closed(NamedTuple):
    """That nothing is added to a docket on a server any more: moved or erased, by whom and when."""

    how: str
    who: str
    at: str


class Backend(Protocol):
    """Where journals are kept that several machines share; each is known by its file name.

    Nothing it says is believed: what it gives is checked against the chain, and against the copy
    this machine has. Every call raises ServerError where it cannot be done.
    """

    def close(self) -> None:
        """Let go of the server; whatever asks it next finds it again."""

    def heads(self) -> Mapping[str, Head]:
        """Return every journal there is, with where its chain is said to stand."""

    def head(self, name: str) -> Head | None:
        """Return where the chain of one is said to stand; None where there is no such journal."""

    def read(self, name: str, start: int) -> Iterator[bytes]:
        """Yield the lines from number `start` on, oldest first."""

    def create(self, name: str, rows: Sequence[ServedLine]) -> None:
        """Begin a journal with its header and first entries; JournalExistsError if it is there."""

    def append(self, name: str, chained: Callable[[Head], Sequence[ServedLine]]) -> None:
        """Put what `chained` returns after the head it is given, all or nothing, and for good.

        Nobody else can append to that journal meanwhile. It may be called again where the server
        wants the transaction done anew; where it raises, nothing is appended.
        """

    def close_docket(self, name: str, head: Head) -> None:
        """Close a docket that stands at `head`: nothing is added to it any more."""

    def erase(self, client: str) -> None:
        """Remove everything of a client, for good."""

    def saw(self, name: str, head: Head) -> None:
        """Leave word for the other members that this head was seen here."""

    def seen(self, name: str) -> list[tuple[str, str, Head]]:
        """Return who has seen which head when, as the server tells it, oldest first."""

    def put_exhibit(self, client: str, sha256: str, stream: BinaryIO, size: int) -> None:
        """Keep a file for the other machines."""

    def exhibit(self, client: str, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of a file in pieces, in order; nothing where it is not there."""

    def closed(self, client: str) -> Closed | None:
        """Return how the docket of a client was closed; None where it was not."""

    def shows(self, client: str) -> bool:
        """Return whether this member may see the docket of a client, where there is one."""

    def watch(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Yield whenever something may have been appended by others, until it is `stopped`."""
