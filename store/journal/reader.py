"""What one handle has read of a journal so far, and how it catches up with other sessions."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from store.files import Stamp, stamp
from store.stopping import piece_done

from .chain import Header, Line, genesis, read_line, read_next, whole_line
from .disk import first_line, read_at
from .errors import NotCanonicalError
from .lines import KeptLines, Lines
from .lock import reading

_CHUNK: Final = 1 << 20
_LONG: Final = 1 << 20
"""Bytes of a file from which only the places of its lines are kept, not the lines themselves."""


class Read(NamedTuple):
    """What was read of a journal and is plain: its `lines` stand before byte `end`, under a stamp.

    Plain is a journal where every line follows the one before, and nothing is amiss.
    """

    lines: KeptLines
    end: int
    stamp: Stamp


class Reader:
    """The lines seen so far; a look costs one stat when nothing changed.

    `lines` is another object only where `generation` goes up; otherwise it grows. `fresh` are
    the bytes of lines that others added.
    """

    def __init__(self, path: Path, notices: list[str], peek: Sequence[str] = ()) -> None:
        self.path = path
        self.notices = notices
        self.header: Header | None = None
        self.lines = Lines(peek)
        self.fresh: list[bytes] = []
        self.generation = 0
        self.loaded = False
        self._key: Stamp | None = None
        self._last = b""
        self._start = self._end = self._count = 0
        self._link: tuple[int, str] | None = None
        self._plain = True
        self.anew = 0
        """How many bytes were read that `resume` could have spared."""

    def resume(self, read: Read) -> bool:
        """Go on from what was read before, if the file can still be that and what was added.

        Nothing else is read then; what comes of a line that is not there any more, see KeptLines.
        """
        lines = read.lines
        if self._key is not None or not lines:
            return False
        with reading(self.path) as fd:
            info, start = os.fstat(fd), lines.starts[-1]
            if stamp(info)[:2] != lines.inode or not start < read.end <= info.st_size:
                return False
            header, _ = first_line(fd, self.path)
            raw = read_at(fd, read.end - start, start, self.path)
        try:
            last = read_line(raw.removesuffix(b"\n"))
        except NotCanonicalError:
            return False
        if raw[-1:] != b"\n" or crc32(raw[:-1]) != lines.sums[-1] or b"\n" in raw[:-1]:
            return False
        self.header = header
        self._last, self._start, self._end = raw[:-1], start, read.end
        self._count, self._link = len(lines) + 1, (last.seq, last.hash)
        self.lines, self._key = Lines(self.lines.peek, lines), read.stamp
        return True

    def plain(self) -> Read | None:
        """Return what was read, to `resume` from; None where it is short, or not plain."""
        found = self.lines.stretch() if self._plain else None
        if found is None or self._key is None or found[1] != self._key[2]:
            return None
        return Read(*found, self._key)

    def look(self) -> None:
        """Catch up with the file; lines new since the first look also gather in `fresh`."""
        if self._key != stamp(self.path.lstat()):
            with reading(self.path) as fd:
                self.catch_up(fd)
        self.loaded = True

    def catch_up(self, fd: int) -> None:
        """Catch up from an open descriptor."""
        info = os.fstat(fd)
        key = stamp(info)
        if key == self._key:
            return
        grown = self._key is not None and key[:2] == self._key[:2] and info.st_size > self._end
        if not (grown and self._read_on(fd, info.st_size)):
            self._read_all(fd, info.st_size)
        self._key = key
        self.loaded = True

    def own(self, fd: int, lines: Sequence[Line], raws: Sequence[bytes], end: int) -> None:
        """Take in the lines this handle has just written; they are not `fresh`."""
        for line, raw in zip(lines, raws, strict=True):
            self.lines.add(raw, line.seq, line.fields)
        self._count += len(lines)
        self._link = (lines[-1].seq, lines[-1].hash)
        self._last, self._start, self._end = raws[-1], end - len(raws[-1]) - 1, end
        self._key = stamp(os.fstat(fd))

    def _read_on(self, fd: int, size: int) -> bool:
        """Read what was added; False when the line we stopped at is no longer what it was."""
        known = self._last + b"\n"
        if read_at(fd, len(known), self._start, self.path) != known:
            return False
        before = len(self.lines)
        self._read_lines(fd, size, self.lines)
        if self.loaded:
            self.fresh += self.lines.raws(before)
        return True

    def _read_all(self, fd: int, size: int) -> None:
        header, raw = first_line(fd, self.path)
        self.header = header
        self._last, self._start, self._end = raw, 0, len(raw) + 1
        self._count, self._link, self._plain = 1, (0, genesis(header)), True
        kept = KeptLines(self.path, stamp(os.fstat(fd))[:2]) if size > _LONG else None
        before, found = self.lines, Lines(self.lines.peek, kept)
        collecting = gc.isenabled()
        gc.disable()  # halves the load of 100,000 entries
        try:
            self._read_lines(fd, size, found, kept)
        finally:
            if collecting:
                gc.enable()
        if not self.loaded:
            self.lines = found
        elif found.begins_with(before):
            self.fresh += found.raws(len(before))
            before.go_on_as(found)
        else:
            self.lines, self.fresh = found, []
            self.generation += 1
            self.notices.append(
                f"{self.path.stem} was shortened or replaced by another program; read again. "
                f"Run `docket verify {self.path}` to see if it is whole."
            )

    def _read_lines(self, fd: int, size: int, lines: Lines, kept: KeptLines | None = None) -> None:
        """Read the lines up to `size`, a stretch at a time; what is torn at the end stays unread.

        The work may be stopped between two; all is read anew then.
        """
        key, self._key = self._key, None
        rest, trouble = b"", ""
        while (at := self._end + len(rest)) < size:
            data = rest + read_at(fd, min(_CHUNK, size - at), at, self.path)
            if len(data) == len(rest):
                break  # it was shortened just now
            rest, odd = self._parse(data, lines, kept)
            trouble = trouble or odd
            piece_done(len(data) - len(rest))
        if trouble:
            self._plain = False
            self.notices.append(f"{trouble}. Run `docket verify {self.path}`.")
        if b"\n" not in rest and (last := unended(rest, self._link)):
            self._plain = False
            self.notices.append(
                f"The end of the last line of {self.path.stem} is gone, as an editor leaves it; "
                "the next entry puts it back."
            )
            lines.add(rest, last.seq, last.fields)
            self._count += 1
            self._link = (last.seq, last.hash)
            self._last, self._start, self._end = rest, self._end, self._end + len(rest)
        self._key = key

    def _parse(self, data: bytes, lines: Lines, kept: KeptLines | None) -> tuple[bytes, str]:
        """Read whole lines, moving on the marks; return what is left over, and what is wrong."""
        pieces = data.split(b"\n")
        left = len(pieces.pop())
        while pieces and b"\0" in pieces[-1]:
            left += len(pieces.pop()) + 1
        name = self.path.stem
        trouble = f"{name} holds the line ends of another program" if b"\r" in data else ""
        for raw in pieces:
            self._count += 1
            if self._link and (plain := read_next(raw, *self._link)):
                fields, self._link = plain
                lines.add(raw, self._link[0], fields, self._end if kept is not None else None)
            else:
                odd = self._odd(raw, lines, self._end if kept is not None else None)
                trouble = trouble or odd
            self._last, self._start, self._end = raw, self._end, self._end + len(raw) + 1
        self.anew += len(data) - left
        return data[len(data) - left :], trouble

    def _odd(self, raw: bytes, lines: Lines, start: int | None) -> str:
        """Take in a line that does not plainly follow the one before; return what is wrong."""
        where = f"line {self._count} of {self.path.stem}"
        try:
            line = read_line(raw)
        except NotCanonicalError:
            self._link = None
            return f"{where} cannot be read"
        told = self._link
        self._link = (line.seq, line.hash)
        lines.add(raw, line.seq, line.fields, start)
        return "" if told in (None, (line.seq - 1, line.prev)) else f"{where} is out of its place"


def unended(raw: bytes, link: tuple[int, str] | None) -> Line | None:
    """Return the entry in `raw` if it lacks nothing but its newline to follow `link`, else None.

    Such a line was acknowledged, or all of it but one byte was written: it is no torn end.
    """
    line = whole_line(raw)
    return line if line and (line.seq - 1, line.prev) == link else None
