"""What one handle has read of a journal so far, and how it catches up with other sessions."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path

from store.files import Stamp, stamp

from .chain import Header, Line, genesis, read_line, read_next, whole_line
from .disk import first_line, read_at
from .errors import NotCanonicalError
from .lines import Lines
from .lock import reading


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

    def look(self) -> None:
        """Catch up with the file; lines new since the first look also gather in `fresh`."""
        if self._key != stamp(self.path.lstat()):
            with reading(self.path) as fd:
                self.catch_up(fd)

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
        data = read_at(fd, size - self._start, self._start, self.path)
        known = self._last + b"\n"
        if not data.startswith(known):
            return False
        before = len(self.lines)
        self._parse(data[len(known) :], self.lines)
        self.fresh += self.lines.raws[before:]
        return True

    def _read_all(self, fd: int, size: int) -> None:
        header, raw = first_line(fd, self.path)
        self.header = header
        self._last, self._start, self._end = raw, 0, len(raw) + 1
        self._count, self._link = 1, (0, genesis(header))
        before, found = self.lines, Lines(self.lines.peek)
        collecting = gc.isenabled()
        gc.disable()  # halves the load of 100,000 entries
        try:
            self._parse(read_at(fd, size - self._end, self._end, self.path), found)
        finally:
            if collecting:
                gc.enable()
        if not self.loaded:
            self.lines = found
        elif found.begins_with(before):
            self.fresh += found.raws[len(before) :]
            before.extend(found, len(before))
        else:
            self.lines, self.fresh = found, []
            self.generation += 1
            self.notices.append(
                f"{self.path.stem} was shortened or replaced by another program; read again. "
                f"Run `docket verify {self.path}` to see if it is whole."
            )

    def _parse(self, data: bytes, lines: Lines) -> None:
        """Read whole lines, moving on the marks; what is torn at the end stays unread."""
        pieces = data.split(b"\n")
        rest = pieces.pop()
        torn = len(rest)
        while pieces and b"\0" in pieces[-1]:
            torn += len(pieces.pop()) + 1
        name = self.path.stem
        trouble = f"{name} holds the line ends of another program" if b"\r" in data else ""
        for raw in pieces:
            self._count += 1
            if self._link and (plain := read_next(raw, *self._link)):
                fields, self._link = plain
                lines.add(raw, self._link[0], fields)
            else:
                odd = self._odd(raw, lines)
                trouble = trouble or odd
        if trouble:
            self.notices.append(f"{trouble}. Run `docket verify {self.path}`.")
        if pieces:
            self._last = pieces[-1]
            self._end += len(data) - torn
            self._start = self._end - len(self._last) - 1
        if torn == len(rest) and (last := unended(rest, self._link)):
            self.notices.append(
                f"The end of the last line of {name} is gone, as an editor leaves it; "
                "the next entry puts it back."
            )
            lines.add(rest, last.seq, last.fields)
            self._count += 1
            self._link = (last.seq, last.hash)
            self._last, self._start, self._end = rest, self._end, self._end + torn

    def _odd(self, raw: bytes, lines: Lines) -> str:
        """Take in a line that does not plainly follow the one before; return what is wrong."""
        where = f"line {self._count} of {self.path.stem}"
        try:
            line = read_line(raw)
        except NotCanonicalError:
            self._link = None
            return f"{where} cannot be read"
        told = self._link
        self._link = (line.seq, line.hash)
        lines.add(raw, line.seq, line.fields)
        return "" if told in (None, (line.seq - 1, line.prev)) else f"{where} is out of its place"


def unended(raw: bytes, link: tuple[int, str] | None) -> Line | None:
    """Return the entry in `raw` if it lacks nothing but its newline to follow `link`, else None.

    Such a line was acknowledged, or all of it but one byte was written: it is no torn end.
    """
    line = whole_line(raw)
    return line if line and (line.seq - 1, line.prev) == link else None
