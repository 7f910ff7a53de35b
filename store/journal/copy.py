"""A journal copied as it stands: under its lock, up to its last whole line, and then checked."""

from __future__ import annotations

import os
from pathlib import Path

from store.files import create, write_all
from store.journal import NotAJournalError, NotCanonicalError, Report, verify_file
from store.journal.chain import entry_hash, read_line
from store.journal.disk import MAX_LINE, last_line, read_at
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
