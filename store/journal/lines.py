"""The lines of a journal as they were read: kept as bytes, made into entries when looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, SupportsIndex, overload

from .chain import Line, read_line


class Lines(Sequence[Line]):
    """Every entry that was read, oldest first; it grows while its journal does.

    Whole entries take several times the room of their bytes, so only the bytes are kept, and
    beside them what lets a reader choose: `numbers`, and in `peeked` for each line the values of
    the fields named by `peek` (None where it has none). An entry taken from here is the taker's.
    """

    def __init__(self, peek: Sequence[str] = ()) -> None:
        self.peek = tuple(peek)
        self.numbers = array("q")
        self.peeked: list[tuple[Any, ...]] = []
        self.raws: list[bytes] = []

    def add(self, raw: bytes, seq: int, fields: Mapping[str, Any]) -> None:
        """Take in one more line, which `read_line` can read."""
        self.raws.append(raw)
        self.numbers.append(seq)
        self.peeked.append(tuple(map(fields.get, self.peek)))

    def extend(self, lines: Lines, start: int) -> None:
        """Take in the lines of another from position `start` on; both peek at the same fields."""
        self.raws += lines.raws[start:]
        self.numbers += lines.numbers[start:]
        self.peeked += lines.peeked[start:]

    def begins_with(self, lines: Lines) -> bool:
        """Tell whether these are the other lines, byte for byte, and perhaps more after them."""
        return self.raws[: len(lines.raws)] == lines.raws

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Line | list[Line]:
        """Read one line, or a list of several."""
        if isinstance(index, slice):
            return read_all(self.raws[index])
        return read_line(self.raws[index])

    def __iter__(self) -> Iterator[Line]:
        """Read one line after the other."""
        return map(read_line, self.raws)

    def __eq__(self, other: object) -> bool:
        """Compare with any other sequence of lines."""
        if isinstance(other, Lines):
            return self.raws == other.raws
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # it grows


def read_all(raws: Iterable[bytes]) -> list[Line]:
    """Read several lines."""
    return [read_line(raw) for raw in raws]
