"""What one handle has read of a journal so far, and how it catches up with other sessions."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from .chain import Line, genesis, read_line, whole_line
from .disk import first_line, read_at
from .errors import NotCanonicalError
from .lock import reading

_Key = tuple[int, int, int, int, int]


class Reader:
    """The lines seen so far; a look costs one stat when nothing changed."""

    def __init__(self, path: Path, notices: list[str]) -> None:
        self.path = path
        self.notices = notices
        self.lines: list[Line] = []
        self.fresh: list[Line] = []
        self.generation = 0
        self.loaded = False
        self._key: _Key | None = None
        self._last = b""
        self._start = self._end = self._count = 0
        self._link: tuple[int, str] | None = None

    def look(self) -> None:
        """Catch up with the file; lines new since the first look also gather in `fresh`."""
        if self._key != _key(self.path.lstat()):
            with reading(self.path) as fd:
                self.catch_up(fd)

    def catch_up(self, fd: int) -> None:
        """Catch up from an open descriptor."""
        info = os.fstat(fd)
        key = _key(info)
        if key == self._key:
            return
        grown = self._key is not None and key[:2] == self._key[:2] and info.st_size > self._end
        if not (grown and self._read_on(fd, info.st_size)):
            self._read_all(fd, info.st_size)
        self._key = key
        self.loaded = True

    def own(self, fd: int, lines: list[Line], last: bytes, end: int) -> None:
        """Take in the lines this handle has just written; they are not `fresh`."""
        self.lines.extend(lines)
        self._count += len(lines)
        self._link = (lines[-1].seq, lines[-1].hash)
        self._last, self._start, self._end = last, end - len(last) - 1, end
        self._key = _key(os.fstat(fd))

    def _read_on(self, fd: int, size: int) -> bool:
        """Read what was added; False when the line we stopped at is no longer what it was."""
        data = read_at(fd, size - self._start, self._start, self.path)
        known = self._last + b"\n"
        if not data.startswith(known):
            return False
        lines = self._parse(data[len(known) :])
        self.lines.extend(lines)
        self.fresh.extend(lines)
        return True

    def _read_all(self, fd: int, size: int) -> None:
        header, raw = first_line(fd, self.path)
        before, first = self.lines, not self.loaded
        self._last, self._start, self._end = raw, 0, len(raw) + 1
        self._count, self._link = 1, (0, genesis(header))
        collecting = gc.isenabled()
        gc.disable()  # halves the load of 100,000 entries (BENCH section 3)
        try:
            self.lines = self._parse(read_at(fd, size - self._end, self._end, self.path))
        finally:
            if collecting:
                gc.enable()
        if first:
            return
        if self.lines[: len(before)] == before:
            self.fresh.extend(self.lines[len(before) :])
        else:
            self.fresh = []
            self.generation += 1
            self.notices.append(
                f"{self.path.stem} was shortened or replaced by another program; read again. "
                f"Run `docket verify {self.path}` to see if it is whole."
            )

    def _parse(self, data: bytes) -> list[Line]:
        """Read whole lines, moving on the marks; what is torn at the end stays unread."""
        pieces = data.split(b"\n")
        rest = pieces.pop()
        torn = len(rest)
        while pieces and b"\0" in pieces[-1]:
            torn += len(pieces.pop()) + 1
        lines: list[Line] = []
        name = self.path.stem
        trouble = f"{name} holds the line ends of another program" if b"\r" in data else ""
        for raw in pieces:
            self._count += 1
            try:
                line = read_line(raw)
            except NotCanonicalError:
                trouble = trouble or f"line {self._count} of {name} cannot be read"
                self._link = None
                continue
            if self._link not in (None, (line.seq - 1, line.prev)):
                trouble = trouble or f"line {self._count} of {name} is out of its place"
            self._link = (line.seq, line.hash)
            lines.append(line)
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
            lines.append(last)
            self._count += 1
            self._link = (last.seq, last.hash)
            self._last, self._start, self._end = rest, self._end, self._end + torn
        return lines


def unended(raw: bytes, link: tuple[int, str] | None) -> Line | None:
    """Return the entry in `raw` if it lacks nothing but its newline to follow `link`, else None.

    Such a line was acknowledged, or all of it but one byte was written: it is no torn end.
    """
    line = whole_line(raw)
    return line if line and (line.seq - 1, line.prev) == link else None


def _key(info: os.stat_result) -> _Key:
    """Tell one state of a file from the next; ctime betrays an edit that keeps size and mtime."""
    return (info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
