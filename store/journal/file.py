"""One journal file: create it, append to it, read it, beside any number of other sessions."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple, Self

from . import disk
from .canonical import parse
from .chain import (
    Head,
    Header,
    Line,
    dump_header,
    dump_line,
    entry_hash,
    genesis,
    is_hash,
    is_seq,
    read_line,
)
from .drafts import Clock, checked, random_id, seconds_behind, stamp, utc_now
from .errors import (
    DamagedJournalError,
    JournalExistsError,
    JournalMissingError,
    LockTimeoutError,
    NotCanonicalError,
    WriteFailedError,
)
from .lock import WAIT, locked, reading
from .reader import Reader


class _Link(NamedTuple):
    seq: int
    hash: str
    recorded_at: object


class JournalFile:
    """A handle on one journal. It keeps no file open, so any number of handles is fine.

    Safe to use from several threads. `notices` gathers lines for the user: a torn end set
    aside, a file replaced under us, damage come across. `generation` goes up when what was
    read before no longer stands, so that whoever folded `lines` folds them again.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock = utc_now,
        new_id: Callable[[], str] = random_id,
        new_seed: Callable[[], str] = random_id,
        wait: float = WAIT,
    ) -> None:
        self.path = Path(path)
        self.notices: list[str] = []
        self._clock, self._wait = clock, wait
        self._new_id, self._new_seed = new_id, new_seed
        self._guard = threading.Lock()
        self._reader = Reader(self.path, self.notices)
        with reading(self.path) as fd:
            self.header: Header = disk.first_line(fd, self.path)[0]
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
    ) -> Self:
        """Make a new, empty journal (0600, durable) and return its handle.

        JournalExistsError when anything is at `path`; its folder must exist.
        """
        path = Path(path)
        header = Header(path.stem, stamp(clock()), new_seed())
        try:
            disk.write_new(path, dump_header(header) + b"\n")
        except FileExistsError as error:
            raise JournalExistsError(path) from error
        except FileNotFoundError as error:
            raise JournalMissingError(path.parent) from error
        except OSError as error:
            raise WriteFailedError(path, error) from error
        return cls(path, clock=clock, new_id=new_id, new_seed=new_seed, wait=wait)

    @property
    def lines(self) -> Sequence[Line]:
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
            tail = disk.last_line(fd, os.fstat(fd).st_size, self.path)
            link = self._link(fd, tail)
        return Head(link.seq, link.hash)

    @property
    def torn(self) -> int:
        """How many bytes of a broken-off append stand after the last whole line."""
        try:
            with locked(self.path, self._wait, shared=True) as fd:
                return disk.last_line(fd, os.fstat(fd).st_size, self.path).torn
        except LockTimeoutError:
            return 0  # somebody is writing just now: what is there is not torn but unfinished

    def refresh(self) -> list[Line]:
        """Return the lines others have appended since the first look or the last refresh."""
        with self._guard:
            self._look()
            fresh, self._reader.fresh = self._reader.fresh, []
            return fresh

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

    def append_many(self, many: Iterable[Mapping[str, Any]]) -> list[Line]:
        """Append entries in one go, all or nothing, and return them once they are on the disk.

        The journal adds `id`, `recorded_at` and, should the clock stand behind the entry
        before, `clock_behind` (whole seconds, rounded up). Raises RefusedEntryError,
        LockTimeoutError, WriteFailedError or DamagedJournalError; nothing is kept then. Only
        if the power goes half-way may the first of several stay, unacknowledged.
        """
        drafts = [checked(fields) for fields in many]
        if not drafts:
            return []
        # The file's lock comes first: a screen that only reads must not wait behind it.
        with locked(self.path, self._wait) as fd, self._guard:
            disk.first_line(fd, self.path)
            if self._reader.loaded:
                self._reader.catch_up(fd)
            tail = self._whole_tail(fd)
            lines = self._chained(self._link(fd, tail), drafts)
            raws = [dump_line(line) for line in lines]
            block = b"".join(raw + b"\n" for raw in raws)
            disk.write_block(fd, tail.end, block, self.path)
            if self._reader.loaded:
                self._reader.own(fd, lines, raws[-1], tail.end + len(block))
        return lines

    def _look(self) -> None:
        try:
            self._reader.look()
        except FileNotFoundError as error:
            raise JournalMissingError(self.path) from error

    def _whole_tail(self, fd: int) -> disk.Tail:
        tail = disk.last_line(fd, os.fstat(fd).st_size, self.path)
        if tail.torn:
            aside = disk.set_aside(fd, tail, self.path, self._clock().astimezone(UTC))
            self.notices.append(
                f"An earlier entry of {self.path.stem} was broken off while it was written "
                f"({tail.torn} bytes); what there is of it was set aside in {aside.name}."
            )
        return tail

    def _link(self, fd: int, tail: disk.Tail) -> _Link:
        if tail.start == 0:
            return _Link(0, genesis(disk.first_line(fd, self.path)[0]), None)
        try:
            value = parse(tail.line)
        except NotCanonicalError:
            value = None
        if isinstance(value, dict) and is_seq(value.get("seq")) and is_hash(value.get("hash")):
            fields = value.get("fields")
            recorded = fields.get("recorded_at") if isinstance(fields, dict) else None
            return _Link(value["seq"], value["hash"], recorded)
        before = disk.read_at(fd, tail.start, 0, self.path)
        raise DamagedJournalError(self.path, before.count(b"\n") + 1)

    def _chained(self, link: _Link, drafts: list[dict[str, Any]]) -> list[Line]:
        now = self._clock()
        behind = seconds_behind(now, link.recorded_at)
        seq, prev = link.seq, link.hash
        lines = []
        for fields in drafts:
            seq += 1
            fields |= {"id": self._new_id(), "recorded_at": stamp(now)}
            if behind and seq == link.seq + 1:
                fields["clock_behind"] = behind
            seed = self._new_seed()
            prev_hash, prev = prev, entry_hash(prev, seq, seed, fields)
            line = read_line(dump_line(Line(seq, fields, seed, prev_hash, prev)))
            lines.append(line)
        return lines
