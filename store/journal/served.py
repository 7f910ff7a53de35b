"""Lines on their way between a server and the copy of a machine: told, and checked as they come."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from store.files import making, place, write_all

from .chain import Head, Line, dump_header, genesis, read_header, read_line, whole_line
from .drafts import Tip
from .errors import NotCanonicalError, ServerError, WriteFailedError
from .protocol import Backend, ServedLine

_BLOCK: Final = 500
"""How many lines are written at a time."""


def fetch(path: Path, backend: Backend, head: Head) -> None:
    """Write a copy of a journal that is not at hand yet, once all of it is checked."""
    raws = backend.read(path.name, 0)
    raw = next(raws, b"")
    try:
        header = read_header(raw)
        if header.docket != path.stem or dump_header(header) != raw:
            raise NotCanonicalError("it is that of another docket")
    except NotCanonicalError as error:
        raise _no_chain(path.name, f"its first line is no header ({error.why})") from error
    try:
        with making(path) as (fd, made):
            write_all(fd, raw + b"\n")
            for block in checked_blocks(path.name, raws, Tip(0, genesis(header), None), head):
                write_all(fd, block)
            os.fsync(fd)
            place(made, path)
    except FileExistsError:  # by another session, just now
        return
    except OSError as error:
        raise WriteFailedError(path, error) from error


def checked_blocks(name: str, raws: Iterator[bytes], link: Tip, head: Head) -> Iterator[bytes]:
    """Yield lines as they go into a file, some at a time, each whole and tied to the one before.

    ServerError where one is not, or the chain does not come to `head`.
    """
    seq, prev = link.seq, link.hash
    for first in raws:
        rows = [first, *islice(raws, _BLOCK - 1)]
        for raw in rows:
            line = whole_line(raw)
            if line is None or b"\n" in raw or (line.seq, line.prev) != (seq + 1, prev):
                raise _no_chain(name, f"what stands there as entry {seq + 1} does not follow")
            seq, prev = line.seq, line.hash
            if seq == head.count and prev != head.hash:
                raise _no_chain(name, f"entry {seq} is not the one it stated")
        yield b"".join(row + b"\n" for row in rows)
    if seq < head.count:
        raise _no_chain(name, f"it ends at entry {seq}, and {head.count} were stated")


def served_lines(raw: bytes) -> list[ServedLine]:
    """Return the lines of a whole journal as they go to a server."""
    first, *rest = raw.removesuffix(b"\n").split(b"\n")
    header = read_header(first)
    rows = [ServedLine(0, genesis(header), "", dump_header(header))]
    for row in rest:
        line = read_line(row)
        rows.append(ServedLine(line.seq, line.hash, line.prev, row))
    return rows


def as_served(lines: Sequence[Line], raws: Sequence[bytes]) -> list[ServedLine]:
    """Return lines, and how each is spelled, as they go to a server."""
    return [
        ServedLine(line.seq, line.hash, line.prev, raw)
        for line, raw in zip(lines, raws, strict=True)
    ]


def _no_chain(name: str, why: str) -> ServerError:
    return ServerError(
        f"What the server has of {name} is no whole chain",
        why,
        "Nothing of it was taken; run `docket verify`, and ask the others what they have",
    )
