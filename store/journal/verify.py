"""Verification: read a journal from end to end and name every place where it is not whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from .chain import FORMAT, Line, dump_header, dump_line, entry_hash, genesis, read_header, read_line
from .disk import MAX_LINE
from .errors import LockTimeoutError, NotCanonicalError, ReadFailedError
from .lock import WAIT, locked, open_regular

MAX_FINDINGS: Final = 500
"""How many findings are listed; beyond that they are only counted."""


class Finding(NamedTuple):
    """One thing found: the entry it concerns (None: the file itself), its line, and what it is."""

    seq: int | None
    line_no: int
    what: str


class Report(NamedTuple):
    """What verification found; `findings[0]` is the first break.

    `count` and `head` are those the file shows now: compare them with an anchor (see LIMITS).
    """

    name: str
    ok: bool
    count: int  # type: ignore[assignment]  # a field, over tuple.count
    head: str
    findings: list[Finding]
    unlisted: int = 0

    @property
    def first(self) -> Finding | None:
        """The first break, or None when all is whole."""
        return self.findings[0] if self.findings else None


class Walk:
    """Where a check stands: the number expected next and the hashes it may follow.

    After a damaged entry both its stored and its computed hash may be followed, so that one
    damage is told once; after a line that cannot be read (`prevs` None) any may.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.unlisted = 0
        self.expected = 1
        self.unread = 0
        self.prevs: set[str] | None = None
        self.head = ""

    def say(self, seq: int | None, line_no: int, what: str) -> None:
        """Note a finding."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(seq, line_no, what))
        else:
            self.unlisted += 1

    def skip(self, line_no: int, why: str) -> None:
        """Note a line that tells nothing."""
        seq = self.expected + self.unread
        self.say(seq, line_no, f"where entry {seq} should stand is a line that is damaged: {why}")
        self.unread += 1
        self.prevs = None

    def in_order(self, seq: int, line_no: int) -> bool:
        """Note a number that is not the next one; False for one that was there already."""
        due = self.expected + self.unread
        if seq < self.expected:
            what = f"entry {seq} stands here again or too late, after entry {self.expected - 1}"
            self.say(seq, line_no, what)
            return False
        if seq > due:
            gone = f"entry {due} is" if seq == due + 1 else f"entries {due} to {seq - 1} are"
            self.say(due, line_no, f"{gone} missing: entry {seq} stands in that place")
            self.prevs = None
        return True

    def advance(self, seq: int, *hashes: str) -> None:
        """Go on from entry `seq`; the first of `hashes` is the one it states."""
        self.expected, self.unread, self.prevs, self.head = seq + 1, 0, set(hashes), hashes[0]

    def report(self, name: str) -> Report:
        """Close the walk."""
        count = self.expected - 1 + self.unread
        return Report(name, not self.findings, count, self.head, self.findings, self.unlisted)


def verify_file(path: Path, *, wait: float = WAIT) -> Report:
    """Check every byte of the journal at `path` and return what was found.

    Memory stays flat. An append that is going on is waited for up to `wait` seconds, and what
    is appended later is left out. Raises JournalMissingError, ReadFailedError and
    NotAJournalError (no regular file); anything wrong inside the file is a finding.
    """
    path = Path(path)
    fd, size = _snapshot(path, wait)
    walk = Walk()
    with os.fdopen(fd, "rb") as stream:
        for line_no, (raw, last) in enumerate(_lines(stream, size, path), start=1):
            whole = raw.endswith(b"\n")
            if line_no == 1:
                if not _header(walk, raw, path):
                    break
            elif last and (not whole or b"\0" in raw):
                what = f"the file ends in {len(raw)} bytes of an entry that was never finished"
                walk.say(walk.expected + walk.unread, line_no, what)
            elif not whole:
                walk.skip(line_no, f"it is longer than {MAX_LINE:,} bytes")
            else:
                _entry(walk, raw[:-1], line_no)
    if not size:
        walk.say(None, 1, "the file is empty")
    return walk.report(path.stem)


def _snapshot(path: Path, wait: float) -> tuple[int, int]:
    """Open the file and tell its size at a moment when nobody is writing."""
    try:
        with locked(path, wait, shared=True) as fd:
            return os.dup(fd), os.fstat(fd).st_size
    except LockTimeoutError:
        fd = open_regular(path, os.O_RDONLY)
        return fd, os.fstat(fd).st_size


def _lines(stream: BinaryIO, size: int, path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield (line, is it the last); of a line beyond MAX_LINE only a beginning without its end."""
    left = size
    try:
        while left > 0 and (raw := stream.readline(min(MAX_LINE, left))):
            left -= len(raw)
            rest = raw
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
        walk.head = genesis(header)
        spelled = raw == dump_header(header) + b"\n"
    except NotCanonicalError:
        spelled = False
    if not spelled:
        walk.say(None, 1, "the header was changed: it is not spelled the way it was written")
    walk.prevs = {walk.head} if spelled else None
    return True


def _entry(walk: Walk, raw: bytes, line_no: int) -> None:
    try:
        line = read_line(raw)
        spelled = dump_line(line) == raw
        computed = entry_hash(line.prev, line.seq, line.seed, line.fields)
    except NotCanonicalError as error:
        walk.skip(line_no, error.why)
        return
    if not spelled or computed != line.hash:
        _changed(walk, line, line_no, computed)
        return
    if walk.in_order(line.seq, line_no):
        if walk.prevs is not None and line.prev not in walk.prevs:
            _unlinked(walk, line.seq, line_no)
        walk.advance(line.seq, line.hash)


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
