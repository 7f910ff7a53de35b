"""The names of all clients, kept in `cache/` so that finding one by a part of it reads no docket.

What is kept of a client holds only while the journal is the file it was, or has grown since: then
what was added is searched, and nothing else. It can be lost at any time, at the cost of time.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.client_ids import CLIENT, CORRECTIONS, lines_with
from store.files import read_plain

FOLDER: Final = "cache"
"""Holds what can be lost: these names, and the summaries of clients."""
_FORM: Final = 1
_TAIL = 256  # bytes: the hash of the last entry is among them
_CHUNK = 2**20
# Within a tick of its clock a file system may give two changes the same time.
_TICK = 20_000_000
# What is not worth a write to disk: it is searched again in less time.
_SMALL = 2**17


class _Known(NamedTuple):
    """What is known of one journal up to the byte `seen`, before which it ends with `tail`.

    `stamp` tells the file from any other; `about` are the numbers of the entries that tell the
    name or correct one that does; `name` is None where only the docket itself can tell it.
    """

    stamp: list[int]
    seen: int
    tail: str
    name: str | None
    about: list[int]
    corrected: bool


_NOTHING: Final = _Known([], 0, "", None, [], corrected=False)


class NameIndex:
    """The name of every client, as the journals tell it."""

    def __init__(self, root: Path, *, clock: Callable[[], int] = time.time_ns) -> None:
        """Take the workspace; `clock` is the file system's, in nanoseconds."""
        self._folder = str(root / "clients")
        self._clock = clock
        self.path = root / FOLDER / "names.json"
        self._searched = 0

    def names(self, clients: Iterable[str]) -> dict[str, str | None]:
        """Return each client's name; None where it was corrected or cannot be read this way."""
        return {client: self._name(client) for client in clients}

    def learn(self, client: str, name: str) -> None:
        """Keep the name that the docket of `client` told, as `names` could not."""
        if known := self._kept.get(client):
            self._kept[client] = known._replace(name=name)

    def save(self) -> None:
        """Write down what took long to find; a failure costs only time."""
        if self._searched < _SMALL:
            return
        from store.files import WriteError, make_folder, write_atomic

        rows = {
            client: known
            for client, known in self._kept.items()
            if Path(self._journal(client)).exists() and self._clock() - known.stamp[-1] > _TICK
        }
        body = json.dumps([_FORM, rows], separators=(",", ":")).encode()
        with suppress(OSError, WriteError):
            make_folder(self.path.parent)
            write_atomic(self.path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)

    def _journal(self, client: str) -> str:
        return f"{self._folder}/{client}.jsonl"  # as text: a Path for each client takes longer

    def _name(self, client: str) -> str | None:
        path = self._journal(client)
        known = self._kept.get(client)
        try:
            if known and known.stamp == _stamp(os.lstat(path)):
                return known.name
            self._kept[client] = found = self._search(path, known)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._kept.pop(client, None)
            return None
        return found.name

    def _search(self, path: str, known: _Known | None) -> _Known:
        """Return what the journal tells, searching only what was added where that is all."""
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            info = os.fstat(fd)
            if not stat.S_ISREG(info.st_mode):
                raise ValueError(path)
            found = known if known and _grown(fd, info, known) else _NOTHING
            while chunk := _whole_lines(fd, found.seen):
                if not found.seen and not chunk.startswith(b"{"):
                    raise ValueError(path)  # no journal: the docket says what is wrong with it
                found = _after(chunk, found)
                self._searched += len(chunk)
            return found._replace(stamp=_stamp(info), tail=_end(fd, found.seen))
        finally:
            os.close(fd)

    @cached_property
    def _kept(self) -> dict[str, _Known]:
        try:
            check, _, body = read_plain(self.path).partition(b"\n")
            form, rows = json.loads(body)
            if check.decode("ascii") != hashlib.sha256(body).hexdigest() or form != _FORM:
                return {}
            return {str(client): _Known(*row) for client, row in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}


def _stamp(info: os.stat_result) -> list[int]:
    return [info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns]


def _grown(fd: int, info: os.stat_result, known: _Known) -> bool:
    """Whether the file is the one that is known, with no more than lines added."""
    same = known.stamp[:2] == [info.st_dev, info.st_ino] and known.seen <= info.st_size
    return same and _end(fd, known.seen) == known.tail


def _end(fd: int, seen: int) -> str:
    start = max(0, seen - _TAIL)
    return os.pread(fd, seen - start, start).hex()


def _whole_lines(fd: int, start: int) -> bytes:
    """Return the lines from `start` on that are whole, about a chunk of them; empty at the end."""
    size = _CHUNK
    while raw := os.pread(fd, size, start):
        if end := raw.rfind(b"\n") + 1:
            return raw[:end]
        if len(raw) < size:
            return b""
        size *= 4  # one line longer than that
    return b""


def _after(chunk: bytes, known: _Known) -> _Known:
    """Return what is known once the whole lines in `chunk` are read as well."""
    rows: list[tuple[int, Any]] = []
    for mark in (CLIENT, *CORRECTIONS):
        rows += [(row["seq"], row["fields"]) for row in lines_with(chunk, mark)]
    name, about, corrected = known.name, list(known.about), known.corrected
    for seq, fields in sorted(rows, key=lambda row: row[0]):
        if fields["kind"] == "client":
            name = None if corrected else str(fields["data"]["name"])
            about.append(seq)
        elif any(link["seq"] in about for link in fields["links"]):
            name, corrected = None, True
            about.append(seq)
    seen = known.seen + len(chunk)
    return known._replace(seen=seen, name=name, about=about, corrected=corrected)
