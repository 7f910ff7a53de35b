"""Journals that several machines share: their lines are on a server, a checked copy is at hand.

Whatever reads a journal reads the copy, which is a journal file like any other. It grows by lines
that were checked against it, so a server that shows another past is contradicted by every machine
that has seen the true one, and none is made to forget what it saw.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from store.errors import DocketError
from store.files import open_plain, write_new
from store.places import DOCKET

from . import disk
from .chain import Head, Line, dump_header, genesis
from .drafts import (
    RESERVED,
    Clock,
    Fields,
    Judge,
    Tip,
    TypedBefore,
    journal_time,
    judge_of,
    random_id,
    utc_now,
)
from .errors import (
    ContradictedError,
    JournalError,
    JournalExistsError,
    NotKnownError,
    NotShownError,
    ServerAwayError,
    ServerError,
    WriteFailedError,
)
from .file import Chained, JournalFile, first_rows
from .lock import WAIT, locked_journal
from .outbox import Begun, Outbox
from .protocol import Backend, Closed, ServedLine
from .served import as_served, checked_blocks, fetch, served_lines

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\.(jsonl|custody)")
"""A name that may be that of a file here; a server could say any other."""
_SOON, _LATE, _GLANCE = 0.5, 4.0, 0.1
"""Seconds before a broken line is tried again: at first, at most; and between looks whether to."""
_END: Final = 260
"""Bytes in which the last line's number and hash stand, after its fields."""


class SharedJournal(JournalFile):
    """A handle on one of them; see JournalFile, which it is to whoever reads."""

    def __init__(
        self,
        path: Path,
        backend: Backend,
        *,
        clock: Clock = utc_now,
        new_id: Callable[[], str] = random_id,
        new_seed: Callable[[], str] = random_id,
        wait: float = WAIT,
        peek: Sequence[str] = (),
        shared: Shared | None = None,
    ) -> None:
        """Take where the copy is, and where the journal; `shared` may have an outbox for it."""
        super().__init__(path, clock=clock, new_id=new_id, new_seed=new_seed, wait=wait, peek=peek)
        self._backend, self._shared = backend, shared

    @classmethod
    def begin(
        cls,
        path: Path,
        backend: Backend,
        *,
        clock: Clock = utc_now,
        new_id: Callable[[], str] = random_id,
        new_seed: Callable[[], str] = random_id,
        first: Iterable[Fields] | Judge = (),
        shared: Shared | None = None,
        **how: Any,
    ) -> Self:
        """Begin a journal on the server, with its `first` entries, and return its handle.

        Where the server is away, a docket is begun here, and sent later.
        """
        if os.path.lexists(path):
            raise JournalExistsError(path)
        header, lines, raws = first_rows(path.stem, judge_of(first), clock, new_id, new_seed)
        raw = dump_header(header)
        put_off: ServerError | None = None
        if not (shared and shared.keeps(path.stem)):
            rows = [ServedLine(0, genesis(header), "", raw), *as_served(lines, raws)]
            try:
                backend.create(path.name, rows)
            except (ServerAwayError, NotKnownError) as error:
                if shared is None or path.suffix != DOCKET:
                    raise
                shared.begun_here(path.stem, put_off := error)
        try:
            write_new(path, b"".join(row + b"\n" for row in (raw, *raws)))
        except OSError as error:
            raise WriteFailedError(path, error) from error
        if shared and put_off:  # another session, finding no file, may have taken it for none
            shared.begun_here(path.stem, put_off)
        how["shared"] = shared
        return cls(path, backend, clock=clock, new_id=new_id, new_seed=new_seed, **how)

    def append_many(self, many: Iterable[Fields] | Judge) -> list[Line]:
        """Append entries in one go, all or nothing, and return them once they are on the server.

        They are tied to what stands there by then, which is checked and copied here first. Where
        the server is away they wait in the outbox, if there is one, and have no number yet.
        """
        return self._append(many, waits=True)

    def give(self, about_to: Callable[[], object] = lambda: None) -> None:
        """Put a journal that was begun here on the server as it is, unless an earlier try has.

        `about_to` is done right before, while nobody can append. ServerError where it may not be.
        """
        with locked_journal(self.path, self._wait) as fd:
            with self._guard:
                self._mended(fd, self._tail(fd))
            rows = served_lines(self.path.read_bytes())
            if there := next(self._backend.read(self.path.name, 0), b""):
                if there == rows[0].raw:
                    return
                raise ServerError("the server has another docket of that id", "")
            about_to()
            self._backend.create(self.path.name, rows)

    def deliver(self, judge: Judge) -> list[Line]:
        """Append what has waited in the outbox; nothing of it is put there again."""
        return self._append(judge, waits=False)

    def _append(self, many: Iterable[Fields] | Judge, *, waits: bool) -> list[Line]:
        if not callable(many) and not (many := list(many)):
            return []
        judge, reads = judge_of(many), callable(many)
        with locked_journal(self.path, self._wait) as fd:
            made = None
            if self._shared and self._shared.keeps(self.path.stem):
                own = self._chained(fd, judge, reads=reads)
                self._keep(fd, own)
                return own.lines

            def after(head: Head) -> list[ServedLine]:
                nonlocal made
                self._bring(fd, head)
                made = self._chained(fd, judge, reads=reads)
                return as_served(made.lines, made.raws)

            try:
                self._backend.append(self.path.name, after)
            except (ServerAwayError, NotKnownError) as error:
                if not waits:
                    raise
                return self._put_off(fd, judge, made, error)
            assert made is not None
            try:
                self._keep(fd, made)
            except WriteFailedError as error:  # it is on record all the same
                self.own.update(line.seq for line in made.lines)
                self.notices.append(
                    f"{self.path.stem}#{made.lines[-1].seq} is on record on the server, but this "
                    f"machine's copy could not be written: {error.why}. It is caught up later."
                )
        return made.lines

    def _put_off(
        self, fd: int, judge: Judge, made: Chained | None, error: ServerError
    ) -> list[Line]:
        """Let entries wait for the server; those that it may have been sent keep their ids."""
        outbox = self._shared.outbox if self._shared else None
        if outbox is None or self._shared is None:
            raise error
        if isinstance(error, ServerAwayError):
            self._shared.away = error
        now = journal_time(self._clock())
        with self._guard:
            self._reader.catch_up(fd)
            after = self._link(fd, self._tail(fd)).seq
        lines = [one.line for one in outbox.waiting(self.path.stem) if one.name == self.path.name]
        before = len(lines)
        with outbox.adding(self.path.name, now, after) as add:
            for line in made.lines if made else ():
                said = {name: told for name, told in line.fields.items() if name not in RESERVED}
                lines.append(add(line.fields["id"], said).line)
            for given in judge(lines) if made is None else ():
                said = dict(given.fields if isinstance(given, TypedBefore) else given)
                lines.append(add(self._new_id(), said).line)
        return lines[before:]

    def bring(self, head: Head | None) -> bool:
        """Take in what others appended; `head` is where the server said that the chain stands.

        Returns whether there was anything. ContradictedError where the server shows another past.
        """
        if self.head == head:
            return False
        with locked_journal(self.path, self._wait) as fd:
            # Asked again, as a session here may have appended since.
            self._bring(fd, self._backend.head(self.path.name))
        return True

    def _bring(self, fd: int, head: Head | None) -> None:
        """Check what the server has beyond the copy, and write it there."""
        with self._guard:
            tail = self._tail(fd)
            link = self._link(fd, tail)
        if head == (link.seq, link.hash):
            return
        if head is None:
            raise self._contradicted("it shows no such docket any more", link)
        if head.count < link.seq:
            raise self._contradicted(f"its chain ends at {head.count} now", link)
        raws = self._backend.read(self.path.name, link.seq)
        if next(raws, b"") != tail.line:
            raise self._contradicted(f"its chain has another entry {link.seq}", link)
        tail = self._mended(fd, tail)
        end = tail.end
        for block in checked_blocks(self.path.name, raws, link, head):
            disk.write_block(fd, end, block, self.path)
            end += len(block)

    def _contradicted(self, shows: str, link: Tip) -> ContradictedError:
        return ContradictedError(
            self.path.stem,
            f"{shows}; {seen_here(self.path, Head(link.seq, link.hash))}",
            self.path,
        )


class Shared:
    """All journals of a workspace that are on a server; `folder` holds the copies.

    `trouble` says by name which of them could not be brought here, and why; `away` is why the
    server could not be reached, where it could not. What is logged meanwhile waits in `outbox`,
    and when the server was heard last is the time of the file `reached`.
    """

    def __init__(
        self,
        folder: Path,
        backend: Backend,
        outbox: Outbox | None = None,
        reached: Path | None = None,
    ) -> None:
        self.folder, self.backend = folder, backend
        self.outbox, self._reached = outbox, reached
        self.trouble: dict[str, DocketError] = {}
        self.away: ServerAwayError | None = None

    def open(self, path: Path, **how: Any) -> SharedJournal:
        """Return the handle of a journal that is at hand."""
        return SharedJournal(path, self.backend, **how, shared=self)

    def begin(self, path: Path, **how: Any) -> SharedJournal:
        """Begin a journal; see SharedJournal.begin."""
        return SharedJournal.begin(path, self.backend, **how, shared=self)

    def send(self, client: str, exhibit: Path) -> None:
        """Keep the file at `exhibit`, which its SHA-256 is the name of, for the other machines."""
        with os.fdopen(open_plain(exhibit), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            self.backend.put_exhibit(client, exhibit.name, stream, size)

    def keeps(self, client: str) -> bool:
        """Whether a docket was begun here and grows here, as it was not sent yet."""
        one = self.outbox.begun.get(client) if self.outbox else None
        return one is not None and not one.sent

    def begun_here(self, client: str, error: ServerError) -> None:
        """Take note of a docket that the server could not be told of; it may know all the same."""
        if self.outbox is None:
            raise error
        if isinstance(error, ServerAwayError):
            self.away = error
        if client not in self.outbox.begun:
            self.outbox.begin(Begun(client, sent=isinstance(error, NotKnownError)))

    def told(self) -> Iterator[str]:
        """Yield what there is to say of the server: that it was away, or what it contradicts."""
        if self.away:
            told = f", as of {self.as_of}" if self.as_of else ""
            yield f"{self.away.what}: {self.away.why}. Shown is what this machine has{told}."
        found = self.trouble.values()
        hidden = {one.clients[0] for one in found if isinstance(one, NotShownError)}
        if hidden:
            yield str(NotShownError(sorted(hidden)))
        yield from (str(one) for one in found if not isinstance(one, NotShownError))

    @property
    def as_of(self) -> str:
        """When the server was heard last, by this machine's clock; empty where that is not known.

        The day is left out where it is today.
        """
        try:
            at = datetime.fromtimestamp(self._reached.stat().st_mtime) if self._reached else None
        except OSError:
            at = None
        if at is None:
            return ""
        return f"{at:%H:%M}" if at.date() == datetime.now().date() else f"{at:%-d %b %H:%M}"

    def _heard(self) -> None:
        """Take note that the server answers."""
        self.away = None
        if self._reached:
            with suppress(OSError):
                self._reached.touch(0o600)

    def bring(self) -> bool:
        """Take in everything that others began and appended; return whether there was anything.

        What is wrong with one journal is no obstacle to the others.
        """
        try:
            heads = self.backend.heads()
        except ServerAwayError as error:
            self.away = error
            return False
        self._heard()
        self.trouble, news = {}, False
        here = {name for name in os.listdir(self.folder) if _NAME.fullmatch(name)}  # noqa: PTH208
        own = self.outbox.begun if self.outbox else {}
        for name in sorted({*heads, *here}):
            if name.rpartition(".")[0] in own:  # what is there of that name is seen as it is sent
                continue
            try:
                news |= self._bring(name, heads.get(name), there=name in here)
            except ServerAwayError as error:
                self.away = error
                return news
            except JournalError as error:
                self.trouble[name] = error
        return news

    def follow(
        self,
        stopped: Callable[[], bool],
        say: Callable[[str], object],
        there: Callable[[], object] = lambda: None,
    ) -> None:
        """Bring what others append, as they do, until it is `stopped`; fit for a thread.

        What goes wrong is said, a line that broke and came back too, and each once; a broken line
        is tried again, at longer and longer times. `there` is called whenever the server is.
        """
        pause, away = _SOON, False
        while not stopped():
            try:
                for _ in self.backend.watch(stopped):
                    self.bring()
                    if self.away:
                        raise self.away
                    if away:
                        say("The line to the server is back.")
                    pause, away = _SOON, False
                    for told in self.told():
                        say(told)
                    there()
            except ServerError as error:
                if isinstance(error, ServerAwayError):
                    self.away = error
                if not away:
                    say(f"{error} Until then you see what this machine has.")
                away = True
                _wait(pause, stopped)
                pause = min(2 * pause, _LATE)

    def _bring(self, name: str, head: Head | None, *, there: bool) -> bool:
        path = self.folder / name
        if there and head is None and (closed := self.backend.closed(path.stem)):
            return self._closed(path, closed)
        if there and head is None and not self.backend.shows(path.stem):
            raise NotShownError([path.stem])
        if there:
            return not (head and _ends_at(path, head)) and self.open(path).bring(head)
        if head is None or not _NAME.fullmatch(name):
            raise ServerError("The server names a docket that cannot be one", ascii(name)[:80])
        fetch(path, self.backend, head)
        return True

    def _closed(self, path: Path, closed: Closed) -> bool:
        """Put a copy of what is kept elsewhere now out of the way; what was erased is said."""
        if closed.how == "moved":
            put_aside(path, utc_now(), closed.how)
            return True
        name = path.stem
        raise ServerError(
            f"{name} was erased on the server",
            f"by {closed.who}, {closed.at}",
            f"`docket erase {name}` erases the copy on this machine too",
        )


def is_journal(path: Path) -> bool:
    """Return whether a file among the copies is one, by its name."""
    return _NAME.fullmatch(path.name) is not None


def put_aside(path: Path, when: datetime, why: str) -> Path:
    """Rename a journal that is kept elsewhere now, so that nothing is added to it here."""
    stamp = when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.{why}-{stamp}")
    path.rename(aside)
    return aside


def seen_here(path: Path, head: Head) -> str:
    """Return what this machine has seen of a chain, and when it saw the last of it."""
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"this machine saw entry {head.count} ({head.hash[:16]}…) on {when:%-d %b %Y %H:%M} UTC"


def _ends_at(path: Path, head: Head) -> bool:
    """Return whether the copy ends with the entry that is stated, as far as its last bytes tell."""
    fd = open_plain(path, os.O_NOFOLLOW)
    try:
        end = os.pread(fd, _END, max(0, os.fstat(fd).st_size - _END))
    finally:
        os.close(fd)
    return end.endswith(b'"seq":%d}\n' % head.count) and b'"hash":"%b"' % head.hash.encode() in end


def _wait(seconds: float, stopped: Callable[[], bool]) -> None:
    """Wait, and not after it is `stopped`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not stopped():
        time.sleep(_GLANCE)
