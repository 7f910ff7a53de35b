"""The names of all clients, kept so that finding one by a part of it reads no docket.

What is kept of a client holds only while the journal is the file it was, or has grown since: then
what was added is searched, and nothing else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from store.client_ids import UNTOLD, ToldName, name_after
from store.files import Stamp, open_plain, settled, stamp
from store.index.rows import Rows, last_bytes, lines_before
from store.places import DOCKET

if TYPE_CHECKING:
    from store.docket import Docket

# What is not worth a write to disk: it is searched again in less time.
_SMALL = 2**17


class _Known(NamedTuple):
    """What is known of one journal up to the byte `seen`, before which it ends with `tail`.

    `stamp` tells the file from any other.
    """

    stamp: Stamp
    seen: int
    tail: str
    told: ToldName


_NOTHING: Final = _Known((0, 0, 0, 0, 0), 0, "", UNTOLD)


class NameIndex:
    """The name of every client, as the journals tell it."""

    def __init__(self, root: Path, *, clock: Callable[[], int] = time.time_ns) -> None:
        """Take the workspace; `clock` is the file system's, in nanoseconds."""
        self._rows = Rows(root, "names", form=2)
        self._folder = str(self._rows.places.clients)
        self._clock = clock
        self._searched = 0

    def names(self, clients: Iterable[str]) -> dict[str, str | None]:
        """Return each client's name; None where it was corrected or cannot be read this way."""
        return {client: self._name(client) for client in clients}

    def kept_names(self, clients: Iterable[str]) -> dict[str, str | None]:
        """Return the names that are kept, whether they hold or not; no docket is looked at."""
        return {client: known.told[0] for client in clients if (known := self._kept.get(client))}

    def learn(self, client: str, name: str) -> str:
        """Return the name that the docket of `client` told, as `names` could not, and keep it."""
        if known := self._kept.get(client):
            self._kept[client] = known._replace(told=(name, *known.told[1:]))
        return name

    def save(self) -> None:
        """Write down what took long to find; a failure costs only time."""
        if self._searched < _SMALL:
            return
        now = self._clock()
        self._rows.save(
            {
                client: known
                for client, known in self._kept.items()
                if Path(self._journal(client)).exists() and settled(known.stamp, now)
            }
        )

    def _journal(self, client: str) -> str:
        return f"{self._folder}/{client}{DOCKET}"  # as text: a Path for each client takes longer

    def _name(self, client: str) -> str | None:
        path = self._journal(client)
        known = self._kept.get(client)
        try:
            if known and known.stamp == stamp(os.lstat(path)):
                return known.told[0]
            self._kept[client] = found = self._search(path, known)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._kept.pop(client, None)
            return None
        return found.told[0]

    def _search(self, path: str, known: _Known | None) -> _Known:
        """Return what the journal tells, searching only what was added where that is all."""
        fd = open_plain(path, os.O_NOFOLLOW)
        try:
            info = os.fstat(fd)
            found = known if known and _grown(fd, info, known) else _NOTHING
            while chunk := lines_before(fd, found.seen, info.st_size):
                if not found.seen and not chunk.startswith(b"{"):
                    raise ValueError(path)  # no journal: the docket says what is wrong with it
                seen, told = found.seen + len(chunk), name_after(chunk, found.told)
                found = found._replace(seen=seen, told=told)
                self._searched += len(chunk)
            return found._replace(stamp=stamp(info), tail=last_bytes(fd, found.seen))
        finally:
            os.close(fd)

    @cached_property
    def _kept(self) -> dict[str, _Known]:
        try:
            return {
                client: _Known((*at,), seen, tail, (name, (*about,), corrected))
                for client, (at, seen, tail, (name, about, corrected)) in self._rows.kept.items()
            }
        except (TypeError, ValueError):
            return {}


def client_names(
    root: Path, clients: Iterable[str], docket_of: Callable[[str], Docket | None]
) -> dict[str, str | None]:
    """Return the name of each client, from its docket where it takes that; None if unreadable."""
    index = NameIndex(root)
    names = index.names(clients)
    for client in [client for client, name in names.items() if name is None]:
        if docket := docket_of(client):
            names[client] = index.learn(client, docket.name)
    index.save()
    return names


def _grown(fd: int, info: os.stat_result, known: _Known) -> bool:
    """Whether the file is the one that is known, with no more than lines added."""
    same = known.stamp[:2] == (info.st_dev, info.st_ino) and known.seen <= info.st_size
    return same and last_bytes(fd, known.seen) == known.tail
