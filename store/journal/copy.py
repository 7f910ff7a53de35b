"""A journal copied as it stands, up to its last whole line, and one that a copy of it goes on."""

from __future__ import annotations

import os
from pathlib import Path

from store.files import create, write_all
from store.journal import JournalError, NotAJournalError, NotCanonicalError, Report, verify_file
from store.journal.chain import entry_hash, read_line
from store.journal.disk import MAX_LINE, last_line, read_at, write_block
from store.journal.errors import ForkedError
from store.journal.lock import locked_journal

_CHUNK = 1 << 20


def copy_journal(path: Path, copied: Path) -> tuple[Report, int]:
    """Copy the journal at `path` into the new file `copied`; return what its chain is.

    The number is how many bytes of an unfinished line were left out. Raises JournalError where
    `path` cannot be read, OSError where `copied` cannot be written.
    """
    with locked_journal(path, shared=True) as fd, os.fdopen(create(copied), "wb", 0) as copy:
        size = os.fstat(fd).st_size
        end = _whole_end(fd, size, path)
        for start in range(0, end, _CHUNK):
            write_all(copy.fileno(), read_at(fd, min(_CHUNK, end - start), start, path))
        rest = read_at(fd, min(size - end, MAX_LINE), end, path)
        if _is_entry(rest):  # an editor took the last newline; the next entry puts it back
            write_all(copy.fileno(), rest + b"\n")
            end = size
    return verify_file(copied), size - end


def _whole_end(fd: int, size: int, path: Path) -> int:
    try:
        return last_line(fd, size, path).end
    except NotAJournalError:  # no whole line at all: what there is shows as damage
        return size


def _is_entry(raw: bytes) -> bool:
    try:
        line = read_line(raw)
        return entry_hash(line.prev, line.seq, line.seed, line.fields) == line.hash
    except NotCanonicalError:
        return False


def go_on(path: Path, longer: Path) -> int:
    """Append to the journal at `path` what `longer`, once it was checked, has beyond it.

    Returns how many entries that is, below 0 where it is `path` that has more. Raises ForkedError,
    with nothing written, where the two do not tell the same from some entry on.
    """
    with locked_journal(path) as fd, longer.open("rb") as other:
        size = os.fstat(fd).st_size
        end, line = _whole_end(fd, size, path), 0
        if size > end:
            what, why = f"{path.name} ends in what was broken off", "the next entry sets that aside"
            raise JournalError(what, why, "Log something there first, a note for instance")
        at = 0
        while at < end:
            mine = read_at(fd, min(_CHUNK, end - at), at, path)
            theirs = other.read(len(mine))
            if mine != theirs:
                pairs = enumerate(zip(mine, theirs, strict=False))
                same = next((k for k, (one, two) in pairs if one != two), len(theirs))
                line += mine.count(b"\n", 0, same)
                if same == len(theirs):  # it ended there
                    return -_lines_from(fd, at + same, end, path)
                raise ForkedError(path, line)
            line += mine.count(b"\n")
            at += len(mine)
        added = 0
        while block := other.read(_CHUNK):
            write_block(fd, at, block, path)
            at += len(block)
            added += block.count(b"\n")
        return added


def _lines_from(fd: int, start: int, end: int, path: Path) -> int:
    """Return how many lines end in a stretch of a journal."""
    return sum(
        read_at(fd, min(_CHUNK, end - at), at, path).count(b"\n")
        for at in range(start, end, _CHUNK)
    )
