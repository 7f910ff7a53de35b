"""The outbox: what is for a server and waits on this machine until it can be reached.

That is lines for dockets that are there, and dockets that were begun here meanwhile. It is one
file of what was put in and what came of it, which only grows until nothing waits. A line has its
id from the start, so that the server can be asked for it: none is lost, and none is added twice,
whatever ends when.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
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


class Begun(NamedTuple):
    """A client whose docket was begun here and is not known to be on the server.

    Until it is `sent` it grows here. `why` and `remedy` are set where the server refused it.
    """

    client: str
    sent: bool = False
    why: str = ""
    remedy: str = ""


class _Held(NamedTuple):
    """What the file says: lines that wait by id, dockets begun here, where the last whole row
    ends, and rows that cannot be read."""

    waiting: dict[str, WaitingLine]
    begun: dict[str, Begun]
    end: int = 0
    unread: tuple[bytes, ...] = ()


class Outbox:
    """The outbox at `path`; any number of sessions may have it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: Stamp | None = None
        self._held = _Held({}, {})

    def _look(self) -> _Held:
        """Return what the file says now."""
        try:
            now = stamp(self.path.stat())
        except OSError:
            return _Held({}, {})
        if now != self._seen:
            fd = open_plain(self.path, os.O_NOFOLLOW)
            try:
                self._held = _read(fd)
            finally:
                os.close(fd)
            self._seen = now
        return self._held

    def waiting(self, client: str = "") -> list[WaitingLine]:
        """Return what waits, of one client or of all, in the order in which it was typed."""
        return [one for one in self._look().waiting.values() if client in ("", one.client)]

    @property
    def begun(self) -> dict[str, Begun]:
        """The dockets that were begun here, by client."""
        return dict(self._look().begun)

    @property
    def holds(self) -> bool:
        """Whether there is anything to send."""
        held = self._look()
        return bool(held.waiting or held.begun)

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
        yield from (f"{one.client} {begun_words(one)}." for one in self.begun.values())
        if unread := len(self._look().unread):
            yield (
                f"{plural(unread, 'line')} in {self.path} cannot be read, and is not sent: look at "
                "it there, log it anew, then delete it there. All else is sent."
            )

    @contextmanager
    def adding(self, name: str, typed_at: str, after: int) -> Iterator[Callable[..., WaitingLine]]:
        """Yield what takes a line of the journal `name` in: its id, its fields, and `of`.

        All that the block takes in is there for good once it ends, or none of it is.
        """
        made: list[WaitingLine] = []
        with self._changing() as (held, write):
            number = max((one.number for one in held.waiting.values()), default=0)

            def add(id_: str, fields: dict[str, Any], of: str = "") -> WaitingLine:
                own = 0 if of else number + len(made) + 1
                one = WaitingLine(own, name, id_, typed_at, after, fields, of)
                made.append(one)
                return one

            yield add
            write(*({"put": one._asdict()} for one in made))

    def done(self, *ids: str) -> None:
        """Take note that these lines are on record, or were dropped; then they wait no more."""
        with self._changing() as (held, write):
            write(*({"done": one} for one in ids if one in held.waiting))

    def refused(self, id_: str, why: str = "", remedy: str = "") -> None:
        """Take note of why one was refused; it stays. Without a reason it is to be tried again."""
        with self._changing() as (held, write):
            if id_ in held.waiting:
                write({"refused": id_, "why": why, "remedy": remedy})

    def reworded(self, id_: str, fields: dict[str, Any]) -> None:
        """Let one say something else from now on."""
        with self._changing() as (held, write):
            if one := held.waiting.get(id_):
                write({"put": one._replace(fields=fields, why="", remedy="")._asdict()})

    def begin(self, one: Begun) -> None:
        """Take note of a docket that was begun here, or of how it stands with it."""
        with self._changing() as (_, write):
            write({"begun": one._asdict()})

    def arrived(self, client: str) -> None:
        """Take note that a docket that was begun here is on the server, or is no more."""
        with self._changing() as (held, write):
            if client in held.begun:
                write({"arrived": client})

    def forget(self, client: str) -> None:
        """Remove every byte of a client."""
        if client in self.begun or self.waiting(client):
            with self._changing() as (held, _):
                left = {id_: one for id_, one in held.waiting.items() if one.client != client}
                begun = {name: one for name, one in held.begun.items() if name != client}
                self._anew(held._replace(waiting=left, begun=begun))

    @contextmanager
    def _changing(self) -> Iterator[tuple[_Held, Callable[..., None]]]:
        """Yield what waits, and what writes down a change, while nobody else can."""
        with locked(self.path):
            try:
                fd = os.open(self.path, _OPEN)
                held = _read(fd)
            except FileNotFoundError:
                fd, held = -1, _Held({}, {})
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
                    _append(fd, held.end, rows)
                except OSError as error:
                    raise _failed(error) from error
                now = _read(fd)
                if not (now.waiting or now.begun):
                    self._anew(now)

            try:
                yield held, write
            finally:
                if fd >= 0:
                    os.close(fd)

    def _begun(self) -> int:
        fd = os.open(self.path, _OPEN | os.O_CREAT, 0o600)
        sync_folder(self.path.parent)
        return fd

    def _anew(self, left: _Held) -> None:
        """Write the file with nothing but what is `left`, and what cannot be read."""
        told = [{"begun": one._asdict()} for one in left.begun.values()]
        told += [{"put": one._asdict()} for one in left.waiting.values()]
        rows = [*left.unread, *(json.dumps(one, ensure_ascii=False).encode() for one in told)]
        write_atomic(self.path, b"".join(row + b"\n" for row in rows))


def begun_words(one: Begun) -> str:
    """Return how it stands with a docket that was begun here."""
    if one.why:
        return f"was begun here, and the server refused it: {one.why}. {one.remedy}"
    return "was begun here, and is not on the server yet; it is sent once that is there"


def _append(fd: int, end: int, rows: bytes) -> None:
    """Write rows after the last whole one, durable, or leave what was there."""
    os.ftruncate(fd, end)
    try:
        write_all(fd, rows)
        os.fsync(fd)
    except BaseException:
        os.ftruncate(fd, end)
        raise


def _read(fd: int) -> _Held:
    """Return what a file of it says."""
    raw = os.pread(fd, os.fstat(fd).st_size, 0)
    end = raw.rfind(b"\n") + 1
    held, unread = _Held({}, {}, end), []
    for row in raw[:end].split(b"\n")[:-1]:
        if not row.strip(b"\0"):  # what was broken off, and filled with zeros by a power cut
            continue
        try:
            _take(held, json.loads(row))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            unread.append(row)
    return held._replace(unread=tuple(unread))


def _take(held: _Held, told: dict[str, Any]) -> None:
    """Take one row in; any of many errors where it is none."""
    found, begun = held.waiting, held.begun
    if put := told.get("put"):
        one = WaitingLine(**put)
        found[_fitting(one).id] = one
    elif of := told.get("refused"):
        if of in found:
            found[of] = found[of]._replace(why=str(told["why"]), remedy=str(told["remedy"]))
    elif what := told.get("begun"):
        started = Begun(**what)
        begun[str(started.client)] = started
    elif done := told.get("done"):
        found.pop(done, None)
    else:
        begun.pop(told["arrived"], None)


def _fitting(one: WaitingLine) -> WaitingLine:
    """Return a line whose every field is what it should be; ValueError where one is not."""
    numbers, words = (one.number, one.after), (*one[1:4], *one[6:])
    if not all(type(each) is int for each in numbers) or not isinstance(one.fields, dict):
        raise ValueError("a number or the fields are none")
    if not all(isinstance(each, str) for each in words) or not one.client:
        raise ValueError("a text is none")
    return one


def _failed(error: OSError) -> DocketError:
    why, remedy = plain_words(error)
    return DocketError("The outbox was not written", why, remedy)
