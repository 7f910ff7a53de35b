"""One journal file: create it, append to it, read it, beside any number of other sessions."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple, Self

from store.files import write_new

from . import disk
from .canonical import parse
from .chain import (
    Head,
    Header,
    Line,
    dump_header,
    genesis,
    is_hash,
    is_seq,
    whole_line,
)
from .drafts import (
    Clock,
    Fields,
    Judge,
    Tip,
    chained,
    journal_time,
    judge_of,
    random_id,
    utc_now,
)
from .errors import (
    DamagedJournalError,
    JournalExistsError,
    JournalMissingError,
    LockTimeoutError,
    NotCanonicalError,
    ReadFailedError,
    WriteFailedError,
)
from .lines import Lines, read_all
from .lock import WAIT, locked_journal, reading
from .reader import Read, Reader, unended


class Chained(NamedTuple):
    """Entries that are tied to what stands in a file, and not written to it yet."""

    tail: disk.Tail
    link: Tip
    lines: list[Line]
    raws: list[bytes]


class JournalFile:
    """A handle on one journal. It keeps no file open, so any number of handles is fine.

    Safe to use from several threads. `notices` gathers lines for the user: a torn end set
    aside, a file replaced under us, damage come across. `generation` goes up when what was
    read before no longer stands, so that whoever folded `lines` folds them again. `peek` names
    the fields that `lines` keeps at hand.
    """

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
        self.path = Path(path)
        self.notices: list[str] = []
        self._clock, self._wait = clock, wait
        self._new_id, self._new_seed = new_id, new_seed
        self._guard = threading.Lock()
        self._reader = Reader(self.path, self.notices, peek)
        self._own: tuple[int, bytes] | None = None  # where the last line written here stands
        self.own: set[int] = set()
        """The numbers of the entries that were appended here, not by another session."""
        with reading(self.path) as fd:
            self._header, self._first = disk.first_line(fd, self.path)
        self._tip: Tip | None = None  # what the entry after it is tied to
        if self.header.docket != self.path.stem:
            self.notices.append(
                f"{self.path.name} was begun under the name {self.header.docket}. "
                f"Rename it back to {self.header.docket}.jsonl."
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
        first: Iterable[Fields] | Judge = (),
    ) -> Self:
        """Make a new journal (0600, durable) with its `first` entries and return its handle.

        Journal and entries appear together or not at all. JournalExistsError when anything is
        at `path`; its folder must exist. Otherwise as `append_many`.
        """
        path = Path(path)
        judge = judge_of(first)
        header, _, raws = first_rows(path.stem, judge, clock, new_id, new_seed)
        rows = [dump_header(header), *raws]
        try:
            write_new(path, b"".join(row + b"\n" for row in rows))
        except FileExistsError as error:
            raise JournalExistsError(path) from error
        except FileNotFoundError as error:
            raise JournalMissingError(path.parent) from error
        except OSError as error:
            raise WriteFailedError(path, error) from error
        return cls(path, clock=clock, new_id=new_id, new_seed=new_seed, wait=wait, peek=peek)

    @property
    def header(self) -> Header:
        """The first line; after a journal was replaced, that of the one whose lines were read."""
        return self._reader.header or self._header

    @property
    def lines(self) -> Lines:
        """Every entry in the file now, oldest first. Read it, do not keep or change it."""
        with self._guard:
            self._look()
            return self._reader.lines

    @property
    def generation(self) -> int:
        """How often what had been read turned out to be gone or changed."""
        return self._reader.generation

    @property
    def head(self) -> Head:
        """The number of the last entry and its hash; reads no more than the end of the file."""
        with reading(self.path) as fd:
            link = self._link(fd, self._tail(fd))
        return Head(link.seq, link.hash)

    @property
    def torn(self) -> int:
        """How many bytes of a broken-off append stand after the last whole line."""
        try:
            with locked_journal(self.path, self._wait, shared=True) as fd:
                return self._tail(fd).torn
        except LockTimeoutError:
            return 0  # somebody is writing just now: what is there is not torn but unfinished

    @property
    def anew(self) -> int:
        """How many bytes were read that were not told where they stand; see `resume`."""
        return self._reader.anew

    @anew.setter
    def anew(self, count: int) -> None:
        self._reader.anew = count

    def resume(self, read: Read) -> bool:
        """Go on from what an earlier session read, instead of reading all; see Reader."""
        with self._guard:
            return self._reader.resume(read)

    def plain(self) -> Read | None:
        """Return what was read, for a later session; None where it is short, or not plain."""
        with self._guard:
            return self._reader.plain()

    def refresh(self) -> list[Line]:
        """Return the lines others have appended since the first look or the last refresh."""
        with self._guard:
            self._look()
            fresh, self._reader.fresh = self._reader.fresh, []
            return read_all(fresh)

    def after(self, seq: int) -> list[Line]:
        """Return the entries numbered above `seq`, own and foreign, oldest first."""
        lines = self.lines
        start = len(lines)
        while start and lines[start - 1].seq > seq:
            start -= 1
        return list(lines[start:])

    def append(self, fields: Mapping[str, Any]) -> Line:
        """Append one entry and return it once it is on the disk; see `append_many`."""
        return self.append_many([fields])[0]

    def append_many(self, many: Iterable[Fields] | Judge) -> list[Line]:
        """Append entries in one go, all or nothing, and return them once they are on the disk.

        A Judge in their place is called once `lines` are all there are and none can be added.

        The journal adds `id`, `recorded_at` and, should the clock stand behind the entry
        before, `clock_behind` (whole seconds, rounded up). Raises RefusedEntryError,
        LockTimeoutError, WriteFailedError or DamagedJournalError; nothing is kept then. Only
        if the power goes half-way may the first of several stay, unacknowledged.
        """
        if not callable(many) and not (many := list(many)):
            return []
        judge = judge_of(many)
        # The file's lock comes first: a screen that only reads must not wait behind it, nor
        # behind the judge, who reads as a screen does.
        with locked_journal(self.path, self._wait) as fd:
            made = self._chained(fd, judge, reads=callable(many))
            self._keep(fd, made)
        return made.lines

    def _chained(self, fd: int, judge: Judge, *, reads: bool) -> Chained:
        """Return what `judge` gives, tied to what stands in the file; nothing is written.

        Where he `reads` the lines to judge by, they are all there are by then.
        """
        with self._guard:
            if disk.read_at(fd, len(self._first) + 1, 0, self.path) != self._first + b"\n":
                self._first = disk.first_line(fd, self.path)[1]
            if self._reader.loaded or reads:
                self._reader.catch_up(fd)
            tail = self._tail(fd)
            link = self._link(fd, tail)
        lines, raws = chained(link, judge, self._clock(), self._new_id, self._new_seed)
        return Chained(tail, link, lines, raws)

    def _keep(self, fd: int, made: Chained) -> None:
        """Write what was chained to the end of the file; WriteFailedError if it cannot be."""
        tail, link, lines, raws = made
        if not lines:
            return
        with self._guard:
            tail = self._mended(fd, tail)
            self._compare(fd, tail, link)
            block = b"".join(raw + b"\n" for raw in raws)
            disk.write_block(fd, tail.end, block, self.path)
            self.own.update(line.seq for line in lines)
            self._own = (tail.end + len(block) - len(raws[-1]) - 1, raws[-1])
            self._tip = Tip(lines[-1].seq, lines[-1].hash, lines[-1].fields["recorded_at"])
            if self._reader.loaded:
                self._reader.own(fd, lines, raws, tail.end + len(block))

    def _look(self) -> None:
        try:
            self._reader.look()
        except FileNotFoundError as error:
            raise JournalMissingError(self.path) from error
        except OSError as error:
            raise ReadFailedError(self.path, error) from error

    def _tail(self, fd: int) -> disk.Tail:
        """Return the tail; a last line that lacks nothing but its newline counts as whole."""
        tail = disk.last_line(fd, os.fstat(fd).st_size, self.path)
        if 0 < tail.torn < disk.MAX_LINE:
            raw = disk.read_at(fd, tail.torn, tail.end, self.path)
            if whole_line(raw) and unended(raw, self._link(fd, tail)[:2]):
                return disk.Tail(raw, tail.end, tail.end + tail.torn, 0, ended=False)
        return tail

    def _mended(self, fd: int, tail: disk.Tail) -> disk.Tail:
        if not tail.ended:
            disk.write_block(fd, tail.end, b"\n", self.path)
            self.notices.append(f"The end of the last line of {self.path.stem} was put back.")
            return tail._replace(end=tail.end + 1, ended=True)
        if tail.torn:
            aside = disk.set_aside(fd, tail, self.path, self._clock().astimezone(UTC))
            self.notices.append(
                f"An earlier entry of {self.path.stem} was broken off while it was written "
                f"({tail.torn} bytes); what there is of it was set aside in {aside.name}."
            )
        return tail

    def _link(self, fd: int, tail: disk.Tail) -> Tip:
        if self._tip and self._own == (tail.start, tail.line):
            return self._tip
        if tail.start == 0:
            return Tip(0, genesis(disk.first_line(fd, self.path)[0]), None)
        try:
            value = parse(tail.line)
        except NotCanonicalError:
            value = None
        if isinstance(value, dict) and is_seq(value.get("seq")) and is_hash(value.get("hash")):
            fields = value.get("fields")
            recorded = fields.get("recorded_at") if isinstance(fields, dict) else None
            return Tip(value["seq"], value["hash"], recorded)
        before = disk.read_at(fd, tail.start, 0, self.path)
        raise DamagedJournalError(self.path, before.count(b"\n") + 1)

    def _compare(self, fd: int, tail: disk.Tail, link: Tip) -> None:
        """Note what the entry to come would be tied to if that is not what was written."""
        if self._own == (tail.start, tail.line):
            return  # the very bytes this handle wrote: hashing them again would tell nothing
        name = self.path.stem
        where = f"Run `docket verify {self.path}`."
        if link.seq and not whole_line(tail.line):
            self.notices.append(f"Entry {link.seq} of {name} was changed by hand. {where}")
        if self._own and not self._reader.loaded:
            start, raw = self._own
            if disk.read_at(fd, len(raw) + 1, start, self.path) != raw + b"\n":
                self.notices.append(f"{name} was shortened or replaced by another program. {where}")


def first_rows(
    name: str, judge: Judge, clock: Clock, new_id: Callable[[], str], new_seed: Callable[[], str]
) -> tuple[Header, list[Line], list[bytes]]:
    """Return the header of a new journal, its first entries, and how each of those is spelled."""
    header = Header(name, journal_time(clock()), new_seed())
    link = Tip(0, genesis(header), None)
    return header, *chained(link, judge, clock(), new_id, new_seed)
