"""The outbox: lines for journals on a server that wait on this machine until it can be reached.

It is one file of what was put in and what came of it, which only grows until nothing waits. A line
has its id from the start, so that the server can be asked for it: none is lost, and none is added
twice, whatever ends when.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.errors import DocketError, plain_words
from store.files import (
    Stamp,
    locked,
    open_plain,
    stamp,
    sync_folder,
    write_all,
    write_atomic,
)
from store.places import DOCKET
from store.text import plural

from .chain import NOT_YET, Line

_NONE: Final = "0" * 64
_OPEN: Final = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW


class WaitingLine(NamedTuple):
    """A line that waits: `number` is its own on this machine, `fields` are as a judge gave them.

    `after` is where its journal ended here when it was typed, `of` the id of the entry that a line
    of custody is about, which has no number. `why` and `remedy` are set where it was refused.
    """

    number: int
    name: str
    id: str
    typed_at: str
    after: int
    fields: dict[str, Any]
    of: str = ""
    why: str = ""
    remedy: str = ""

    @property
    def client(self) -> str:
        """Whose it is."""
        return self.name.rpartition(".")[0]

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a docket."""
        return self.name.endswith(DOCKET)

    @property
    def line(self) -> Line:
        """The line as it would stand on its journal, with a number that none there has."""
        told = {"id": self.id, "recorded_at": self.typed_at, "typed_at": self.typed_at}
        return Line(NOT_YET + self.number, {**self.fields, **told}, _NONE[:32], _NONE, _NONE)


class Outbox:
    """The outbox at `path`; any number of sessions may have it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: Stamp | None = None
        self._waiting: dict[str, WaitingLine] = {}

    def waiting(self, client: str = "") -> list[WaitingLine]:
        """Return what waits, of one client or of all, in the order in which it was typed."""
        try:
            now = stamp(self.path.stat())
        except OSError:
            return []
        if now != self._seen:
            fd = open_plain(self.path, os.O_NOFOLLOW)
            try:
                self._waiting, _ = _read(fd)
            finally:
                os.close(fd)
            self._seen = now
        return [one for one in self._waiting.values() if client in ("", one.client)]

    def entries(self, client: str = "") -> list[WaitingLine]:
        """Return the entries among them."""
        return [one for one in self.waiting(client) if one.is_entry]

    def find(self, seq: int) -> WaitingLine | None:
        """Return the one that has this number here."""
        return next((one for one in self.waiting() if NOT_YET + one.number == seq), None)

    def told(self) -> Iterator[str]:
        """Yield how many entries are not on record yet, and how many of them were refused."""
        entries = self.entries()
        refused = sum(bool(one.why) for one in entries)
        if waiting := len(entries) - refused:
            yield (
                f"{plural(waiting, 'entry', 'entries')} not yet on record; sent once the server is "
                "there (`docket server outbox`)."
            )
        if refused:
            yield f"{plural(refused, 'entry', 'entries')} refused: `docket server outbox` says why."

    @contextmanager
    def adding(self, name: str, typed_at: str, after: int) -> Iterator[Callable[..., WaitingLine]]:
        """Yield what takes a line of the journal `name` in: its id, its fields, and `of`.

        All that the block takes in is there for good once it ends, or none of it is.
        """
        made: list[WaitingLine] = []
        with self._changing() as (known, write):
            number = max((one.number for one in known.values()), default=0)

            def add(id_: str, fields: dict[str, Any], of: str = "") -> WaitingLine:
                own = 0 if of else number + len(made) + 1
                one = WaitingLine(own, name, id_, typed_at, after, fields, of)
                made.append(one)
                return one

            yield add
            write(*({"put": one._asdict()} for one in made))

    def done(self, *ids: str) -> None:
        """Take note that these lines are on record, or were dropped; then they wait no more."""
        with self._changing() as (known, write):
            write(*({"done": one} for one in ids if one in known))

    def refused(self, id_: str, why: str = "", remedy: str = "") -> None:
        """Take note of why one was refused; it stays. Without a reason it is to be tried again."""
        with self._changing() as (known, write):
            if id_ in known:
                write({"refused": id_, "why": why, "remedy": remedy})

    def reworded(self, id_: str, fields: dict[str, Any]) -> None:
        """Let one say something else from now on."""
        with self._changing() as (known, write):
            if id_ in known:
                write({"put": known[id_]._replace(fields=fields, why="", remedy="")._asdict()})

    def forget(self, client: str) -> None:
        """Remove every byte of a client."""
        if any(one.client == client for one in self.waiting()):
            with self._changing() as (known, _):
                left = [one for one in known.values() if one.client != client]
                self._anew(left)

    @contextmanager
    def _changing(self) -> Iterator[tuple[dict[str, WaitingLine], Callable[..., None]]]:
        """Yield what waits, and what writes down a change, while nobody else can."""
        with locked(self.path):
            try:
                fd = os.open(self.path, _OPEN)
                known, end = _read(fd)
            except FileNotFoundError:
                fd, known, end = -1, {}, 0
            except OSError as error:
                raise _failed(error) from error

            def write(*changes: dict[str, Any]) -> None:
                nonlocal fd
                if not changes:
                    return
                rows = b"".join(
                    json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                    for one in changes
                )
                try:
                    fd = self._begun() if fd < 0 else fd
                    _append(fd, end, rows)
                except OSError as error:
                    raise _failed(error) from error
                if not _read(fd)[0]:
                    self._anew(())

            try:
                yield known, write
            finally:
                if fd >= 0:
                    os.close(fd)

    def _begun(self) -> int:
        fd = os.open(self.path, _OPEN | os.O_CREAT, 0o600)
        sync_folder(self.path.parent)
        return fd

    def _anew(self, left: Sequence[WaitingLine]) -> None:
        """Write the file with nothing but what is `left`."""
        rows = (json.dumps({"put": one._asdict()}, ensure_ascii=False) for one in left)
        write_atomic(self.path, "".join(f"{row}\n" for row in rows).encode())


def _append(fd: int, end: int, rows: bytes) -> None:
    """Write rows after the last whole one, durable, or leave what was there."""
    os.ftruncate(fd, end)
    try:
        write_all(fd, rows)
        os.fsync(fd)
    except BaseException:
        os.ftruncate(fd, end)
        raise


def _read(fd: int) -> tuple[dict[str, WaitingLine], int]:
    """Return what waits by its id, and where the last whole row ends."""
    raw = os.pread(fd, os.fstat(fd).st_size, 0)
    end = raw.rfind(b"\n") + 1
    found: dict[str, WaitingLine] = {}
    for row in raw[:end].split(b"\n")[:-1]:
        try:
            told = json.loads(row)
        except ValueError:  # what was broken off, and filled with zeros by a power cut
            continue
        if put := told.get("put"):
            found[put["id"]] = WaitingLine(**put)
        elif (of := told.get("refused")) in found:
            found[of] = found[of]._replace(why=told["why"], remedy=told["remedy"])
        else:
            found.pop(told.get("done", ""), None)
    return found, end


def _failed(error: OSError) -> DocketError:
    why, remedy = plain_words(error)
    return DocketError("The outbox was not written", why, remedy)
