"""The lines of a journal, read when looked at: as bytes, or of a long file by where they stand."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self, SupportsIndex, overload
from zlib import crc32

from store.files import open_plain, stamp

from .chain import Line, read_again
from .errors import JournalMissingError, ReadFailedError
from .lock import reading

_WINDOW: Final = 1 << 16
"""Bytes that are read at a time: who looks at one line mostly looks at its neighbours next."""


class KeptLines:
    """Lines from the beginning of one journal file on, by where they stand: `starts` and `sums`.

    What is there is not believed for that: a line that is not the very bytes it was is no line.
    """

    def __init__(self, path: Path, inode: tuple[int, int]) -> None:
        self.path = path
        self.inode = inode
        self.numbers = array("q")
        self.starts = array("Q")
        self.sums = array("I")
        self._guard = Lock()
        self._window: tuple[int, bytes] = (0, b"")

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return what takes in the lines of the file at `path`; JournalError if there is none."""
        with reading(path) as fd:
            return cls(path, stamp(os.fstat(fd))[:2])

    def add(self, raw: bytes, seq: int, start: int) -> None:
        """Take in one more line, which stands at byte `start`."""
        self.numbers.append(seq)
        self.starts.append(start)
        self.sums.append(crc32(raw))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.numbers)

    def raw(self, position: int) -> bytes:
        """Return the bytes of one line; ReadFailedError if they are not there any more."""
        start = self.starts[position]
        with self._guard:
            raw = self._line_at(start)
        if crc32(raw) != self.sums[position]:
            raise ReadFailedError(self.path, OSError("it was changed by another program just now"))
        return raw

    def _line_at(self, start: int) -> bytes:
        begin, block = self._window
        if begin <= start and (end := block.find(b"\n", start - begin)) >= 0:
            return block[start - begin : end]
        size = _WINDOW
        begin = max(0, start - _WINDOW // 2)  # a log is read from its end
        while True:
            block = self._read(begin, size)
            if (end := block.find(b"\n", start - begin)) >= 0 or len(block) < size:
                break
            size *= 4
        self._window = (begin, block)
        return block[start - begin : end if end >= 0 else None]

    def _read(self, begin: int, size: int) -> bytes:
        try:
            fd = open_plain(self.path, os.O_NOFOLLOW)
        except FileNotFoundError as error:
            raise JournalMissingError(self.path) from error
        except OSError as error:
            raise ReadFailedError(self.path, error) from error
        try:
            info = os.fstat(fd)
            if (info.st_dev, info.st_ino) != self.inode:
                raise OSError("it was replaced just now")
            return os.pread(fd, size, begin)
        except OSError as error:
            raise ReadFailedError(self.path, error) from error
        finally:
            os.close(fd)


class Lines(Sequence[Line]):
    """Every entry that was read, oldest first; it grows while its journal does.

    Whole entries take several times the room of their bytes, so only the bytes are kept, and of a
    long file not even these: `kept` tells where its first lines stand. Beside them is what lets a
    reader choose: `numbers`, and in `peeked` the values of the fields named by `peek` (None where
    there is none) of the lines from position `first` on. An entry taken from here is the taker's.
    """

    def __init__(self, peek: Sequence[str] = (), kept: KeptLines | None = None) -> None:
        self.peek = tuple(peek)
        self.kept = kept
        self.first = len(kept) if kept else 0
        self.numbers = kept.numbers[:] if kept else array("q")
        self.peeked: list[tuple[Any, ...]] = []
        self._raws: list[bytes] = []
        self._told: Line | None = None  # what is asked of an entry is asked of it several times

    def add(
        self, raw: bytes, seq: int, fields: Mapping[str, Any], start: int | None = None
    ) -> None:
        """Take in one more line, which `read_line` can read; with `start`, by where it stands."""
        if start is None:
            self._raws.append(raw)
        else:
            assert self.kept is not None
            self.kept.add(raw, seq, start)
        self.numbers.append(seq)
        self.peeked.append(tuple(map(fields.get, self.peek)))

    def copy(self) -> Lines:
        """Return the same lines, to add others to."""
        same = Lines(self.peek, self.kept)
        same.numbers, same.first = self.numbers[:], self.first
        same.peeked, same._raws = self.peeked[:], self._raws[:]
        return same

    def go_on_as(self, lines: Lines) -> None:
        """Take in the lines of another that begin with these, as they stand in its file."""
        self.peeked += lines.peeks(len(self))
        self.numbers = lines.numbers
        self.kept, self._raws = lines.kept, lines._raws

    def stretch(self) -> tuple[KeptLines, int] | None:
        """Return where all lines stand, one after the other, and the byte at which they end.

        None where they are not kept so.
        """
        if not self.kept:
            return None
        whole = KeptLines(self.kept.path, self.kept.inode)
        whole.numbers, whole.sums = self.numbers[:], self.kept.sums[:]
        whole.starts = self.kept.starts[:]
        end = whole.starts[-1] + len(self.kept.raw(len(self.kept) - 1)) + 1
        for raw in self._raws:
            whole.starts.append(end)
            whole.sums.append(crc32(raw))
            end += len(raw) + 1
        return whole, end

    def begins_with(self, lines: Lines) -> bool:
        """Tell whether these are the other lines, byte for byte, and perhaps more after them."""
        if self.numbers[: len(lines)] != lines.numbers:
            return False
        return all(self._sum(place) == lines._sum(place) for place in range(len(lines)))

    def peeks(self, start: int = 0) -> Iterator[tuple[Any, ...]]:
        """Return what is peeked of each line from position `start` on."""
        return map(self.peeked_at, range(start, len(self)))

    def peeked_at(self, position: int) -> tuple[Any, ...]:
        """Return what is peeked of one line."""
        if position < self.first:
            return tuple(map(self[position].fields.get, self.peek))
        return self.peeked[position - self.first]

    def raws(self, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes of each line from position `start` on."""
        return map(self.raw, range(start, len(self)))

    def raw(self, position: int) -> bytes:
        """Return the bytes of one line."""
        kept = len(self.kept) if self.kept else 0
        if position < kept:
            assert self.kept
            return self.kept.raw(position)
        return self._raws[position - kept]

    def told(self, seq: int) -> tuple[str, Mapping[str, Any]]:
        """Return the hash and the fields of entry `seq`, which is here."""
        line = self._told  # another thread may put one of its own there meanwhile
        if line is None or line.seq != seq:
            here = 0 < seq <= len(self) and self.numbers[seq - 1] == seq
            line = self._told = self[seq - 1 if here else self.numbers.index(seq)]
        return line.hash, line.fields

    def _sum(self, position: int) -> int:
        kept = self.kept
        if kept and position < len(kept):
            return kept.sums[position]
        return crc32(self.raw(position))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Line | list[Line]:
        """Read one line, or a list of several."""
        places = range(len(self))[index]
        if isinstance(places, range):
            return read_all(map(self.raw, places))
        return read_again(self.raw(places))

    def __iter__(self) -> Iterator[Line]:
        """Read one line after the other; of the last one it is known what it says."""
        for raw in self.raws():
            line = self._told = read_again(raw)
            yield line

    def __eq__(self, other: object) -> bool:
        """Compare with any other sequence of lines."""
        if isinstance(other, Lines):
            return len(self) == len(other) and self.begins_with(other)
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # it grows


def read_all(raws: Iterable[bytes]) -> list[Line]:
    """Read several lines."""
    return [read_again(raw) for raw in raws]
