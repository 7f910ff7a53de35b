"""The few things a journal does to its file: read a stretch, find the tail, write, put back."""

from __future__ import annotations

import codecs
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from store.files import write_all, write_new

from .chain import FORMAT, Header, read_header
from .errors import (
    NewerFormatError,
    NotAJournalError,
    NotCanonicalError,
    ReadFailedError,
    WriteFailedError,
)

MAX_LINE: Final = 4 * 2**20
"""Most bytes in one line, its newline included."""

_BLOCK = 4096


class Tail(NamedTuple):
    """The last whole line, where it starts, where the next one goes, how much is torn after it.

    `ended` is False for a line that lacks nothing but its newline.
    """

    line: bytes
    start: int
    end: int
    torn: int
    ended: bool = True


def read_at(fd: int, count: int, offset: int, path: Path) -> bytes:
    """Return up to `count` bytes from `offset`; fewer only at the end of the file."""
    parts = []
    try:
        while count > 0 and (part := os.pread(fd, count, offset)):
            parts.append(part)
            count -= len(part)
            offset += len(part)
    except OSError as error:
        raise ReadFailedError(path, error) from error
    return b"".join(parts)


def first_line(fd: int, path: Path) -> tuple[Header, bytes]:
    """Return the header and its bytes; NotAJournalError or NewerFormatError when it is none."""
    raw, newline, _ = read_at(fd, _BLOCK, 0, path).partition(b"\n")
    if raw.startswith(codecs.BOM_UTF8):
        remedy = "Save it without one (in an editor: UTF-8 without BOM)"
        raise NotAJournalError(path, "another program put a byte order mark before it", remedy)
    if not raw and not newline:
        remedy = "If it was being created when the power went, remove it and create it again"
        raise NotAJournalError(path, "it is empty", remedy)
    try:
        header = read_header(raw)
    except NotCanonicalError as error:
        remedy = "Check the path; if it was a journal, restore its first line from a backup"
        raise NotAJournalError(
            path, f"its first line is no header ({error.why})", remedy
        ) from error
    if header.format > FORMAT:
        raise NewerFormatError(path, header.format)
    if not newline:
        raise NotAJournalError(path, "its first line has no end", "Restore it from a backup")
    return header, raw


def last_line(fd: int, size: int, path: Path) -> Tail:
    """Return the tail of the first `size` bytes, reading back from there and never the whole file.

    A last line with a NUL byte in it is torn too: no entry holds one, a power cut leaves them.
    The header, at offset 0, always counts as whole.
    """
    block, begin = b"", size
    while begin:
        step = min(begin, max(_BLOCK, len(block)))
        begin -= step
        block = read_at(fd, step, begin, path) + block
        stop = len(block)
        while (end := block.rfind(b"\n", 0, stop)) >= 0:
            start = block.rfind(b"\n", 0, end) + 1
            if start == 0 and begin:
                break
            if start + begin == 0 or b"\0" not in block[start:end]:
                after = begin + end + 1
                return Tail(block[start:end], begin + start, after, size - after)
            stop = start
    raise NotAJournalError(path, "it holds no whole line", "Restore it from a backup")


def write_block(fd: int, end: int, block: bytes, path: Path) -> None:
    """Write whole lines after `end` and make them durable, or leave the file as it was.

    Whatever interrupts it, Ctrl-C included, the file is cut back to `end`. WriteFailedError
    for what the operating system refuses.
    """
    failure: OSError | None = None
    done = restored = False
    try:
        write_all(fd, block)
        os.fsync(fd)
        done = True
    except OSError as error:
        failure = error
    finally:
        restored = done or _put_back(fd, end)
    if failure is not None:
        raise WriteFailedError(path, failure, restored=restored) from failure


def set_aside(fd: int, tail: Tail, path: Path, when: datetime) -> Path:
    """Move the torn bytes after `tail` into a new file next to the journal, and name that file.

    They are durable there before they are cut from the journal. WriteFailedError leaves the
    journal as it was.
    """
    torn = read_at(fd, tail.torn, tail.end, path)
    try:
        aside = _write_aside(path, torn, when)
        os.ftruncate(fd, tail.end)
        os.fsync(fd)
    except OSError as error:
        raise WriteFailedError(path, error) from error
    return aside


def _write_aside(path: Path, torn: bytes, when: datetime) -> Path:
    stamp = when.strftime("%Y%m%dT%H%M%SZ")
    number = 1
    while True:
        suffix = "" if number == 1 else f"-{number}"
        aside = path.with_name(f"{path.stem}.torn-{stamp}{suffix}")
        try:
            write_new(aside, torn)
        except FileExistsError:
            number += 1
        else:
            return aside


def _put_back(fd: int, end: int) -> bool:
    try:
        os.ftruncate(fd, end)
    except OSError:
        return False
    # The length is right for every reader now; making it durable is best effort on a sick disk.
    with suppress(OSError):
        os.fsync(fd)
    return True
