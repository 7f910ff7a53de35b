"""What is kept of each entry so that it can be found, made from the lines of a journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from store.docket.log import INSIDE
from store.docket.standing import Corrections, Standing, read_entry
from store.docket.table import ASKED_FOR, searched
from store.entries import Entry
from store.index.rows import lines_before
from store.journal import Line, NotCanonicalError
from store.journal.chain import read_line, whole_line

KEPT_FIELDS: Final = tuple(name for name in ASKED_FOR if name != "number")
"""The fields that are kept beside the number, the moment and the text, in this order."""
KeptRow = tuple[Any, ...]
"""Number, moment, the fields of KEPT_FIELDS, and the folded text in bytes."""
LinePlace = tuple[int, int, int, int | None]
"""Where an entry stands: number, first byte, bytes; and the number of what it corrects."""


class Stretch(NamedTuple):
    """Some lines of a journal up to the byte `seen`: their places, and the rows they change."""

    places: Sequence[LinePlace]
    rows: Sequence[KeptRow]
    seen: int


class EntryReader:
    """Reads entries of one journal where they are known to stand."""

    def __init__(
        self, fd: int, look_up: Callable[[str, Sequence[int]], Sequence[LinePlace]]
    ) -> None:
        """Take the open journal, and what looks up places by an SQL condition."""
        self._fd = fd
        self._look_up = look_up
        self._places: dict[int, LinePlace] = {}
        self._followed_by: dict[int, list[int]] = {}
        self._entries: dict[int, Entry | None] = {}
        for place in look_up("target IS NOT NULL", ()):
            self._know(place)

    def standing(self, seq: int) -> Standing | None:
        """Return an entry as it stands; None where it is not where it is said to be."""
        entry = self._read(seq)
        if entry is None:
            return None
        around, found = [seq], set[int]()
        while around:
            around = [one for known in around for one in self._followed_by.get(known, ())]
            around = [one for one in around if one not in found]
            found.update(around)
        corrections = [self._read(one) for one in sorted(found)]
        return Corrections([one for one in corrections if one]).stand(entry)

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """Yield the rows that the lines from byte `start` to before `end` add or change."""
        while start < end:
            chunk = lines_before(self._fd, start, end)
            if not chunk:
                chunk = os.pread(self._fd, end - start, start)
                if not whole_line(chunk):  # broken off, or being written just now
                    return
            yield self._stretch(chunk, start)
            start += len(chunk)
            self._entries.clear()

    def _stretch(self, chunk: bytes, start: int) -> Stretch:
        places, changed, seen = [], set[int](), start + len(chunk)
        for raw in chunk.split(b"\n"):
            at, start = start, start + len(raw) + 1
            try:
                line = read_line(raw)
            except NotCanonicalError:
                continue
            place, inside = self._take_in(line, at, len(raw))
            places.append(place)
            changed.update(self._corrected(line.seq), () if inside else (line.seq,))
        found = filter(None, map(self.standing, sorted(changed)))
        return Stretch(places, [kept_row(one) for one in found], seen)

    def _take_in(self, line: Line, at: int, size: int) -> tuple[LinePlace, bool]:
        """Return where a line stands, and whether it shows inside another entry."""
        entry = self._entries[line.seq] = read_entry(line)
        link = entry.followed
        corrects = link.seq if link and link.rel in Corrections.RELATIONS else None
        place = line.seq, at, size, corrects
        self._know(place)
        return place, line.fields.get("kind") in INSIDE or entry.kind in INSIDE

    def _know(self, place: LinePlace) -> None:
        seq, _, _, target = place
        self._places[seq] = place
        if target is not None:
            self._followed_by.setdefault(target, []).append(seq)

    def _corrected(self, seq: int) -> Iterator[int]:
        """Yield what an entry corrects that is shown by itself, and what that corrects in turn."""
        met = {seq}
        while (place := self._place(seq)) and (target := place[3]) not in (None, *met):
            met.add(seq := target or 0)
            entry = self._read(seq)
            if entry and entry.kind not in INSIDE:
                yield seq

    def _place(self, seq: int) -> LinePlace | None:
        if seq not in self._places:
            for place in self._look_up("seq = ?", (seq,)):
                self._places[seq] = place
        return self._places.get(seq)

    def _read(self, seq: int) -> Entry | None:
        if seq in self._entries:
            return self._entries[seq]
        place = self._place(seq)
        if place is None:
            return None
        _, start, size, target = place
        try:
            line = read_line(os.pread(self._fd, size, start))
            entry = read_entry(line) if line.seq == seq else None
        except (NotCanonicalError, OSError):
            entry = None
        if target is not None:
            self._entries[seq] = entry
        return entry


def kept_row(one: Standing) -> KeptRow:
    """Return what is kept of an entry."""
    fields = (_kept(ASKED_FOR[name](one)) for name in KEPT_FIELDS)
    return one.seq, one.entry.occurred_at.timestamp(), *fields, as_bytes(searched(one))


def as_bytes(text: str) -> bytes:
    """Return a text as it is kept: in bytes, where one is found as quickly in any script."""
    return text.encode("utf-8", "surrogatepass")


def apart(values: Sequence[str]) -> bytes:
    """Return several values in one, each to be found by itself."""
    return as_bytes("".join(f"\0{value}\0" for value in values))


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    return apart(value) if isinstance(value, tuple) else value
