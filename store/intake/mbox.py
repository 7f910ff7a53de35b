"""Mails one after another: an mbox, or a single mail, each as the bytes it was sent as."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from store.errors import DocketError, UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST = 512 * 2**20
"""Bytes that may be taken in at once."""

_CHUNK = 1 << 20
_LINE = 64 * 1024
_FIRST = b"From "
# A sentence may begin with From, so a line between two mails must also look like one.
_BETWEEN = re.compile(
    rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b\d{4}\b"
)
_QUOTED = re.compile(rb">+From ")


@contextmanager
def mails_of(source: BinaryIO, folder: Path) -> Iterator[list[io.BufferedReader]]:
    """Yield a stream for each mail in `source`, open until the block ends.

    They lie in a temporary file in `folder`, which has no name. An mbox begins with `From `: that
    line, the empty one after a mail and the `>` before a quoted `From ` are left out, so that
    what remains is the mail as it was sent. Raises UsageError above MOST bytes, DocketError where
    they cannot be read or held.
    """
    with _temporary(folder) as file:
        try:
            spans = _laid_out(source, file)
            file.flush()
        except OSError as error:
            raise _not_held(error) from error
        yield [io.BufferedReader(_Span(file, start, end)) for start, end in spans]


def _temporary(folder: Path) -> BinaryIO:
    try:
        return TemporaryFile(dir=folder)
    except OSError as error:
        raise _not_held(error) from error


def _not_held(error: OSError) -> DocketError:
    why = error.strerror or str(error)
    return DocketError("The mail could not be taken in", why, "Nothing was logged; try again")


def _laid_out(source: BinaryIO, file: BinaryIO) -> list[tuple[int, int]]:
    first = source.readline(_LINE)
    if first.startswith(_FIRST):
        return _apart(source, file)
    file.write(first)
    _bounded(file.tell())
    while chunk := source.read(_CHUNK):
        file.write(chunk)
        _bounded(file.tell())
    return [(0, file.tell())]


def _apart(source: BinaryIO, file: BinaryIO) -> list[tuple[int, int]]:
    """Write the mails of an mbox whose first line was read; return where each begins and ends."""
    starts, ends, read = [0], [], 0
    held, whole = b"", True  # an empty line is held back: the last one is none of the mail's
    while line := source.readline(_LINE):
        read += len(line)
        _bounded(read)
        if held and _BETWEEN.match(line):
            ends.append(file.tell())
            starts.append(file.tell())
            held = b""
            continue
        file.write(held)
        held = line if whole and not line.strip(b"\r\n") else b""
        if whole and _QUOTED.match(line):
            line = line[1:]
        if not held:
            file.write(line)
        whole = line.endswith(b"\n")
    ends.append(file.tell())
    return list(zip(starts, ends, strict=True))


def _bounded(size: int) -> None:
    if size > MOST:
        raise UsageError(
            "That is too much mail at once", f"over {MOST >> 20} MB", "Take it in in parts"
        )


class _Span(io.RawIOBase):
    """The bytes of a file from `start` up to `end`."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._file, self._start, self._end = file, start, end
        self._at = start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = max(self._start, min(base + offset, self._end))
        return self._at - self._start

    def tell(self) -> int:
        return self._at - self._start

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")[: self._end - self._at]
        self._file.seek(self._at)
        data = self._file.read(len(view))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
