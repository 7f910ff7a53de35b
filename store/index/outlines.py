"""Where each entry of a long docket stands, and what orders them, so that one is read and not all.

What is kept holds for a journal that is the file it was, or that with lines added; of an entry that
is shown, every byte is read from the journal, and if it is not the bytes it was, all is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.docket.outline import TIES, Outline
from store.entries import KINDS
from store.files import WriteError, make_folder, read_plain, settled, write_atomic
from store.journal.lines import KeptLines
from store.journal.reader import Read
from store.places import Places

if TYPE_CHECKING:
    from store.journal.protocol import Journal

_FORM: Final = 1
"""Goes up when other columns are kept, or are made otherwise."""
_WORTH: Final = 1 << 18
"""Bytes that were read and need not have been, from which it is written down where they stand."""


class KeptOutline(NamedTuple):
    """What is kept of one docket: how far it was read, and the outline of that."""

    read: Read
    outline: Outline


class Outlines:
    """What is kept of the long dockets of a workspace, each in a file of its own."""

    def __init__(self, root: Path, *, clock: Callable[[], int] = time.time_ns) -> None:
        """Take the workspace; `clock` is the file system's, in nanoseconds."""
        self._places = Places(root)
        self._clock = clock

    def resumed(self, client: str, file: Journal) -> Outline | None:
        """Let a journal that was not read yet go on from what is kept; return the outline of that.

        None where nothing is kept, or it does not hold: then all is read.
        """
        kept = self._load(client)
        return kept.outline if kept and file.resume(kept.read) else None

    def keep(self, client: str, file: Journal, outline: Callable[[], Outline]) -> None:
        """Write down where the entries of a journal stand, if that spares the next one much."""
        if file.anew < _WORTH:
            return
        read = file.plain()
        if read is None or not settled(read.stamp, self._clock()):
            return
        file.anew, found = 0, outline()
        if found.numbers != read.lines.numbers:
            return
        body = b"".join(_spelled(KeptOutline(read, found)))
        with suppress(OSError, WriteError):
            make_folder(self._places.index)
            write_atomic(self._places.outline(client), _check(body) + body)

    def _load(self, client: str) -> KeptOutline | None:
        try:
            raw = read_plain(self._places.outline(client))
            body = memoryview(raw)[hashlib.sha256().digest_size :]
            if _check(body) != raw[: len(raw) - len(body)]:
                return None
            return _kept(body, self._places.docket(client))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None


def _check(body: bytes | memoryview) -> bytes:
    check = hashlib.sha256(_program())
    check.update(body)
    return check.digest()


@cache
def _program() -> bytes:
    """Return what the columns depend on beside the journal."""
    told = (_FORM, sys.byteorder, sorted(KINDS), sorted(TIES.items()))
    return json.dumps(told).encode()


def _spelled(kept: KeptOutline) -> Iterator[bytes]:
    read, outline = kept
    corrections = sorted(
        chain.from_iterable(
            zip(positions, repeat(seq)) for seq, positions in outline.corrected.items()
        )
    )
    columns: list[tuple[str, str, array[Any]]] = [
        ("numbers", "", read.lines.numbers),
        ("starts", "", read.lines.starts),
        ("sums", "", read.lines.sums),
        ("moments", "", outline.moments),
        ("days", "", outline.days),
        ("naming", "", outline.naming),
        ("named", "", outline.named),
        ("moving", "", outline.moving),
        ("relinking", "", outline.relinking),
        ("correcting", "", array("I", (position for position, _ in corrections))),
        ("corrected", "", array("q", (seq for _, seq in corrections))),
        *(("kind", name, positions) for name, positions in outline.kinds.items()),
        *(("relation", name, positions) for name, positions in outline.relations.items()),
    ]
    told = [(what, name, values.typecode, len(values)) for what, name, values in columns]
    head = {"stamp": read.stamp, "end": read.end, "columns": told}
    yield json.dumps(head, separators=(",", ":")).encode() + b"\n"
    yield from (values.tobytes() for _, _, values in columns)


def _kept(body: memoryview, path: Path) -> KeptOutline:
    """Return what is spelled in a file whose check holds."""
    said, _, _ = bytes(body[: 1 << 16]).partition(b"\n")
    head, at = json.loads(said), len(said) + 1
    found: dict[tuple[str, str], array[Any]] = {}
    for what, name, code, count in head["columns"]:
        values = found[what, name] = array(code)
        values.frombytes(body[at : at + count * values.itemsize])
        at += count * values.itemsize
    first, second, third, fourth, fifth = map(int, head["stamp"])
    lines = KeptLines(path, (first, second))
    lines.numbers, lines.starts = found["numbers", ""], found["starts", ""]
    lines.sums = found["sums", ""]
    outline = Outline()
    outline.numbers = lines.numbers[:]
    outline.moments, outline.days = found["moments", ""], found["days", ""]
    outline.naming, outline.named = found["naming", ""], found["named", ""]
    outline.moving, outline.relinking = found["moving", ""], found["relinking", ""]
    for position, seq in zip(found["correcting", ""], found["corrected", ""], strict=True):
        outline.corrected[seq].append(position)
    for (what, name), positions in found.items():
        if what in ("kind", "relation"):
            (outline.kinds if what == "kind" else outline.relations)[name] = positions
    return KeptOutline(
        Read(lines, int(head["end"]), (first, second, third, fourth, fifth)), outline
    )
