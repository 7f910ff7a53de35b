"""Verification: read a journal from end to end and name every place where it is not whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .chain import (
    FORMAT,
    Line,
    dump_header,
    entry_hash,
    genesis,
    read_header,
    read_line,
    respelled,
    whole_line,
)
from .checkpoint import Checkpoint, Place
from .disk import MAX_LINE, read_at
from .errors import LockTimeoutError, NotCanonicalError, ReadFailedError
from .lock import WAIT, locked_journal, open_regular
from .walk import Report, Walk

Each = Callable[[Line, bytes, int], object]
"""Takes an entry that is whole, its bytes, and where they stand in the file."""


class _Row(NamedTuple):
    """A line with its newline, its number, the byte it stands at, and whether it is the last."""

    raw: bytes
    line_no: int
    start: int
    last: bool


def verify_file(
    path: Path,
    *,
    since: Checkpoint | None = None,
    marks: Collection[int] = (),
    wait: float = WAIT,
    each: Each | None = None,
) -> Report:
    """Check every byte of the journal at `path` and return what was found.

    With `since`, what an earlier check saw is trusted and only the bytes after it are read (see
    Checkpoint); where the file does not fit it any more, or a hash is asked for that it does
    not know, everything is read. `marks` are the numbers of the entries whose hashes are asked
    for, 0 for genesis. `each` is given every entry that was read and is whole. Memory stays
    flat. An append that is going on is waited for up to `wait` seconds, and what is appended
    later is left out. Raises JournalMissingError, ReadFailedError
    and NotAJournalError (no regular file); anything wrong inside the file is a finding.
    """
    path = Path(path)
    fd, info = _snapshot(path, wait)
    walk = Walk(marks)
    with os.fdopen(fd, "rb") as stream:
        start = end = 0
        if since and since.place and _fits(fd, info, since, walk.marks, path):
            walk.resume(since)
            start, end = since.place.start, since.place.end
            stream.seek(end)
        first = walk.trusted + 2 if end else 1
        for line_no, (raw, last) in enumerate(_lines(stream, info.st_size - end, path), first):
            start, end = end, end + len(raw)
            if not _line(walk, _Row(raw, line_no, start, last), path, each):
                break
    if not info.st_size:
        walk.say(None, 1, "the file is empty")
    return _checked(walk, path.stem, Place(start, end, info.st_ino, info.st_ctime_ns))


def _checked(walk: Walk, name: str, place: Place) -> Report:
    """Return what was found, and where the next check may go on if all of it is whole."""
    report = walk.report(name)
    if not report.ok:
        return report
    known = {**walk.hashes, report.count: report.head}
    place_if_any = place if report.count else None
    return report._replace(checkpoint=Checkpoint(report.count, report.head, place_if_any, known))


def _line(walk: Walk, row: _Row, path: Path, each: Each | None) -> bool:
    """Check one line; False when nothing after it can be checked."""
    raw, line_no, _, last = row
    whole = raw.endswith(b"\n")
    if line_no == 1:
        return _header(walk, raw, path)
    if last and (not whole or b"\0" in raw):
        what = f"the file ends in {len(raw)} bytes of an entry that was never finished"
        if whole_line(raw):
            what = "the newline at the end is gone, as some editors do; the next entry puts it back"
        walk.say(walk.expected + walk.unread, line_no, what)
    elif not whole:
        walk.skip(line_no, f"it is longer than {MAX_LINE:,} bytes")
    else:
        _entry(walk, row, each)
    return True


def _fits(
    fd: int, info: os.stat_result, since: Checkpoint, marks: frozenset[int], path: Path
) -> bool:
    """Tell whether the file can be what it was at a checkpoint, plus what was appended."""
    place = since.place
    if place is None or not since.knows(marks) or place.inode != info.st_ino:
        return False
    if place.end > info.st_size or not 0 < place.end - place.start <= MAX_LINE:
        return False
    if place.end == info.st_size and place.changed != info.st_ctime_ns:
        return False  # something was done to the file, and it was no append
    raw = read_at(fd, place.end - place.start, place.start, path)
    line = whole_line(raw.removesuffix(b"\n"))
    return (
        line is not None
        and raw[-1:] == b"\n"
        and (line.seq, line.hash) == (since.count, since.hash)
    )


def _snapshot(path: Path, wait: float) -> tuple[int, os.stat_result]:
    """Open the file and tell its size at a moment when nobody is writing."""
    try:
        with locked_journal(path, wait, shared=True) as fd:
            return os.dup(fd), os.fstat(fd)
    except LockTimeoutError:
        fd = open_regular(path, os.O_RDONLY)
        return fd, os.fstat(fd)


def _lines(stream: BinaryIO, size: int, path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield (line, is it the last); of a line beyond MAX_LINE only a beginning without its end.

    A file that begins with such a line is no journal, and nothing more of it is read.
    """
    left = size
    try:
        while left > 0 and (raw := stream.readline(min(MAX_LINE, left))):
            left -= len(raw)
            rest = raw
            if left == size - len(raw) and len(raw) == MAX_LINE and raw[-1:] != b"\n":
                left = 0
            while left > 0 and rest and not rest.endswith(b"\n"):
                rest = stream.readline(min(MAX_LINE, left))
                left -= len(rest)
            yield raw, left <= 0
    except OSError as error:
        raise ReadFailedError(path, error) from error


def _header(walk: Walk, raw: bytes, path: Path) -> bool:
    """Check line 1; False when it says that the rules here do not hold for what follows."""
    try:
        header = read_header(raw.removesuffix(b"\n"))
    except NotCanonicalError as error:
        walk.say(None, 1, f"the header is damaged: {error.why}")
        return True
    if header.format > FORMAT:
        what = f"the header says format {header.format}: it was changed, or docket must be upgraded"
        walk.say(None, 1, f"{what}; the entries were not checked")
        return False
    if header.docket != path.stem:
        what = f"the file is named {path.stem} but was begun as {header.docket}: renamed or copied"
        walk.say(None, 1, what)
    try:
        first = genesis(header)
        spelled = raw == dump_header(header) + b"\n"
    except NotCanonicalError:
        first, spelled = "", False
    if not spelled:
        walk.say(None, 1, "the header was changed: it is not spelled the way it was written")
    walk.begin(first, followed=spelled)
    return True


def _entry(walk: Walk, row: _Row, each: Each | None) -> None:
    raw, line_no = row.raw[:-1], row.line_no
    try:
        line = read_line(raw)
        spelled, computed = respelled(line)
    except NotCanonicalError as error:
        walk.skip(line_no, error.why)
        return
    if spelled != raw or computed != line.hash:
        _changed(walk, line, line_no, computed)
        return
    if walk.in_order(line.seq, line_no):
        if walk.prevs is not None and line.prev not in walk.prevs:
            _unlinked(walk, line.seq, line_no)
        walk.advance(line.seq, line.hash)
        if each:
            each(line, raw, row.start)


def _changed(walk: Walk, line: Line, line_no: int, computed: str) -> None:
    """Name an entry that is not what was written, by its place rather than by what it says."""
    due = walk.expected + walk.unread
    prev = next(iter(walk.prevs or ()), line.prev)
    if computed == line.hash:
        what = "it is not spelled the way it was written"
    elif entry_hash(line.prev, due, line.seed, line.fields) == line.hash:
        what = f"its number was made {line.seq}"
    elif entry_hash(prev, line.seq, line.seed, line.fields) == line.hash:
        what = "its link to the entry before was changed"
    else:
        what = "its content and its hash do not belong together"
        if line.seq != due:
            what += f", and it calls itself entry {line.seq}"
    walk.say(due, line_no, f"entry {due} was changed: {what}")
    walk.advance(due, line.hash, computed)


def _unlinked(walk: Walk, seq: int, line_no: int) -> None:
    if seq == 1:
        what = "the header does not belong to entry 1: one of the two was changed or exchanged"
        walk.say(None, 1, what)
    else:
        what = f"entry {seq} does not belong to entry {seq - 1}: one of the two was put in later"
        walk.say(seq, line_no, what)
