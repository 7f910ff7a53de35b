"""The entries on a journal, each read when it is first looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from threading import Lock
from typing import TYPE_CHECKING, Final, SupportsIndex, overload

from store.docket.outline import Outline
from store.docket.standing import read_entry
from store.entries import Entry
from store.journal.chain import Line, dump_line
from store.journal.lines import Lines

if TYPE_CHECKING:
    from store.entries import Exhibit  # it brings pydantic

NAMES_SOME: Final = b'"exhibits":['
"""What the line of an entry with exhibits holds, as the canonical form spells it."""
KEPT: Final = 1 << 17
"""How many entries are kept once read: all of them, on any docket a person could write."""


class Entries(Sequence[Entry]):
    """Every entry on the docket, in order of number; what is appended later is left out.

    Reading an entry costs more than all else about it, and a screen shows a few of many.
    """

    def __init__(self, lines: Lines, outline: Outline | None = None) -> None:
        """Take the lines of a journal, which must peek at PEEK of store.entries.words.

        An `outline` tells of those from whose place on nothing was peeked.
        """
        self._lines = lines
        self._count = len(lines)
        self._kept: list[Entry | None] = []
        self._room = KEPT
        self._outline = outline or Outline()
        self._numbered = Numbered()
        self._adding = Lock()  # a docket is also read in a thread of the app

    def caught_up(self, lines: Lines) -> Entries:
        """Return the entries that are on `lines` now: these, if nothing was added."""
        if lines is not self._lines:
            return Entries(lines)
        if len(lines) == self._count:
            return self
        grown = copy(self)
        grown._count = len(lines)
        return grown

    def with_more(self, lines: Iterable[Line]) -> Entries:
        """Return these and more, on lines of their own: what is not written yet leaves no trace."""
        all_lines = self._lines.copy()
        for line in lines:
            all_lines.add(dump_line(line), line.seq, line.fields)
        grown = Entries(all_lines, self.outline.copy())
        grown._kept, grown._room = self._kept[:], self._room
        return grown

    def grown_from(self, other: Entries) -> bool:
        """Whether these are the other ones, and perhaps some that were added to the same lines."""
        return self._lines is other._lines and self._count >= other._count

    def hint(self, position: int) -> tuple[str, list[tuple[str, int]]]:
        """Return kind and links of an entry, which need not be read for that."""
        kind, _, links = self._lines.peeked_at(position)
        return str(kind), links_in(links)

    @property
    def outline(self) -> Outline:
        """The outline of these entries, and perhaps of some that were added later."""
        with self._adding:
            while len(self._outline) < self._count:
                lines = self._lines
                self._outline.peek(lines.numbers, lines.peeked, lines.first, self._count)
                if len(self._outline) < self._count:
                    self._outline.add(self[len(self._outline)])
        return self._outline

    @property
    def unnumbered(self) -> int:
        """How many are to be looked through before `exhibit_number` knows its answer."""
        return max(0, self._count - self._numbered.count)

    def exhibit_number(self, exhibit: Exhibit) -> int | None:
        """Return the number of a file, if one of these has it; all are looked through once."""
        numbered, raw = self._numbered, self._lines.raw
        with numbered.adding:
            while numbered.count < self._count:
                if NAMES_SOME in raw(numbered.count):
                    numbered.add(self[numbered.count])
                numbered.count += 1
            return numbered.numbers.get(exhibit.sha256)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    @overload
    def __getitem__(self, index: SupportsIndex) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Entry | list[Entry]:
        """Read one entry, or a list of several."""
        if isinstance(index, slice):
            return [self._read(position) for position in range(self._count)[index]]
        return self._read(range(self._count)[index])

    def _read(self, position: int) -> Entry:
        kept = self._kept
        entry = kept[position] if position < len(kept) else None
        if entry is None:
            entry = read_entry(self._lines[position], self._lines)
            if not self._room:
                self._kept, self._room = (kept := []), KEPT
            if position >= len(kept):
                kept += [None] * (self._count - len(kept))
            kept[position] = entry
            self._room -= 1
        return entry


class Numbered:
    """The numbers of files by SHA-256, as the first `count` entries of a docket give them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.count = 0
        self.adding = Lock()

    def add(self, entry: Entry) -> None:
        """Take in the next entry that has some."""
        for exhibit in entry.exhibits:
            self.numbers.setdefault(exhibit.sha256, len(self.numbers) + 1)


def links_in(raw: object) -> list[tuple[str, int]]:
    """Return relation and number of each link in a field of a line; what is no link is left out."""
    found = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    return [(str(one.get("rel")), seq) for one in found if type(seq := one.get("seq")) is int]
