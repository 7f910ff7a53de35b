"""Which exhibits a docket's file names, read line by line, and whether all of it could be read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from store.errors import DocketError
from store.files import read_plain
from store.journal.chain import Line, read_line
from store.journal.disk import MAX_LINE, first_line
from store.journal.errors import NotCanonicalError, ReadFailedError
from store.journal.lock import reading
from store.places import Places

_SHA = re.compile(r"[0-9a-f]{64}")
_TORN_SHA = re.compile(rb'"sha256":"([0-9a-f]{64})"')


class Citation(NamedTuple):
    """One exhibit named by one entry."""

    seq: int
    sha256: str
    name: str


@dataclass
class Cited:
    """What one docket's file says of exhibits, however damaged it is.

    `unread` says why not all of it could be read; empty when all of it was. `torn` are hashes
    in what was broken off at its end, and `at_end` says what is wrong there. `names` are all the
    client was ever called; `recorded_at` is when the last entry was recorded, as it stands there.
    """

    citations: list[Citation] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    entries: int = 0
    recorded_at: str = ""
    unread: str = ""
    at_end: str = ""

    @property
    def hashes(self) -> set[str]:
        """Every exhibit named, by whole entries or by a torn one."""
        return self.torn | {citation.sha256 for citation in self.citations}


def read_cited(path: Path) -> Cited:
    """Read the docket at `path` without its lock; what cannot be read is told in `unread`.

    Kinds and fields of a later Docket do not matter here, since only exhibits are looked for.
    """
    cited = Cited()
    try:
        with reading(path) as fd:
            first_line(fd, path)
            with os.fdopen(os.dup(fd), "rb") as stream:
                for number, raw in enumerate(_lines(stream, path), start=1):
                    _take(cited, number, raw)
    except DocketError as error:
        cited.unread = f"{error.what}: {error.why}" if error.why else error.what
    return cited


def torn_hashes(path: Path) -> set[str]:
    """Return the exhibits named in a torn end that was set aside at `path`."""
    return {found.decode() for found in _TORN_SHA.findall(read_plain(path))}


def unrecorded_hashes(places: Places) -> set[str]:
    """Return the exhibits of what is on no docket: torn ends, and what waits in the outbox."""
    found = [places.outbox] if places.outbox.exists() else []
    return set[str]().union(*map(torn_hashes, (*places.torn(), *found)))


def _lines(stream: BinaryIO, path: Path) -> Iterator[bytes]:
    try:
        while raw := stream.readline(MAX_LINE):
            yield raw
    except OSError as error:
        raise ReadFailedError(path, error) from error


def _take(cited: Cited, number: int, raw: bytes) -> None:
    if number == 1:
        return
    try:
        line = read_line(raw.removesuffix(b"\n"))
        citations = list(_citations(line))
    except NotCanonicalError as error:
        why = f"line {number} is damaged: {error.why}"
        if b"\0" in raw or not raw.endswith(b"\n"):  # a torn end, unless something follows
            cited.torn.update(found.decode() for found in _TORN_SHA.findall(raw))
            cited.at_end = cited.at_end or why
        else:
            cited.unread = cited.unread or why
            cited.entries += 1
        return
    cited.unread = cited.unread or cited.at_end
    cited.entries += 1
    cited.citations.extend(citations)
    cited.recorded_at = str(line.fields.get("recorded_at", ""))
    data = line.fields.get("data")
    if line.fields.get("kind") == "client" and isinstance(data, dict) and data.get("name"):
        cited.names.add(str(data["name"]))


def _citations(line: Line) -> Iterator[Citation]:
    listed: Any = line.fields.get("exhibits", [])
    for item in listed if isinstance(listed, list) else [listed]:
        named = item if isinstance(item, dict) else {}
        sha256 = named.get("sha256")
        if not isinstance(sha256, str) or not _SHA.fullmatch(sha256):
            raise NotCanonicalError(f"entry {line.seq} does not say which exhibits it has")
        yield Citation(line.seq, sha256, str(named.get("name", "")))
