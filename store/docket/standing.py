"""How entries stand today: corrections applied to what they correct, originals kept readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from store.entries import EARLIEST, AmendmentData, Entry, NoData
from store.entries.entry import Teller
from store.entries.kinds import CORRECTS
from store.journal import Line
from store.text import clean

_CORE = frozenset(
    ("statement", "occurred_at", "precision", "channel", "source", "quotes", "links", "visibility")
)
_REFS = frozenset(("project", "invoice"))


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry as it stands: `entry` has its amendments applied, `original` never changes."""

    entry: Entry
    original: Entry
    amendments: tuple[Entry, ...] = ()
    addenda: tuple[Entry, ...] = ()
    void: Entry | None = None

    @property
    def seq(self) -> int:
        """The entry's number on its docket."""
        return self.original.seq

    @property
    def counts(self) -> bool:
        """Whether the entry still says something about the client: not withdrawn."""
        return self.void is None


def read_entry(line: Line, told: Teller | None = None) -> Entry:
    """Return the entry on a journal line; one this version cannot read becomes an internal note.

    Its words are read from `told` when they are asked for, if that is given.
    """
    try:
        return Entry.read(line.seq, line.hash, line.fields, told)
    except ValueError:  # such as pydantic's
        return _unreadable(line)


def _unreadable(line: Line) -> Entry:
    """Stand in for an entry of a later version or a damaged line, whatever its fields hold."""
    try:
        recorded = datetime.fromisoformat(str(line.fields.get("recorded_at")))
    except ValueError:
        recorded = EARLIEST
    from store.entries import WholeEntry  # it brings pydantic

    moment = recorded if recorded.tzinfo else EARLIEST
    kind = clean(str(line.fields.get("kind"))[:40])
    model = WholeEntry(
        seq=line.seq,
        hash=line.hash,
        id=clean(str(line.fields.get("id"))[:40]),
        client="unknown",
        kind="note",
        occurred_at=max(moment, EARLIEST),
        recorded_at=max(moment, EARLIEST),
        visibility="internal",
        statement=f"An entry this version of Docket cannot read: {kind}",
        data=NoData(),
    )
    return Entry.of(model)


def amended(entry: Entry, changes: dict[str, Any]) -> Entry:
    """Return `entry` with `changes` applied; ValidationError if the result is no valid entry.

    A field of its data comes before one of the same name that every entry has.
    """
    fields = dict(entry.as_told)
    data, refs = dict(fields.pop("data", None) or {}), dict(fields.pop("refs", None) or {})
    own = type(entry.data).model_fields
    for name, value in changes.items():
        if name in own or name not in _CORE | _REFS:
            data[name] = value
        else:
            (refs if name in _REFS else fields)[name] = value
    return Entry.read(entry.seq, entry.hash, {**fields, "refs": refs, "data": data})


class Corrections:
    """The corrections in force on a docket, by the number of the entry they are about.

    A later amendment wins over an earlier one. A voided amendment, addendum or void has no effect,
    nor has such a link on an entry of another kind, which an older Docket let through.
    """

    RELATIONS: Final = CORRECTS

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take the entries with a link of RELATIONS, in order of number; others do not matter."""
        self._voids: dict[int, list[Entry]] = {}
        self._others: dict[int, list[Entry]] = {}
        self._voiding: dict[int, int] = {}
        self._off: set[int] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in one more, which has the highest number so far."""
        link = entry.followed
        if link and link.rel in ("amends", "adds-to"):
            self._others.setdefault(link.seq, []).append(entry)
        elif link and link.rel == "voids":
            self._voiding[entry.seq] = link.seq
            self._voids.setdefault(link.seq, []).append(entry)
            self._turn(link.seq)

    def _turn(self, seq: int) -> None:
        """Tell anew whether void `seq` is in force, and if that turned, what it voids, if a void.

        Only a later void puts one out of force.
        """
        while (voided := self._voiding.get(seq)) is not None:
            off = any(one.seq > seq and one.seq not in self._off for one in self._voids[seq])
            if off == (seq in self._off):
                return
            self._off ^= {seq}
            seq = voided

    def _void(self, seq: int) -> Entry | None:
        """Return the first void in force of entry `seq`."""
        found = self._voids.get(seq, ())
        return next((one for one in found if one.seq not in self._off), None)

    def _in_force(self, seq: int) -> list[Entry]:
        others = self._others.get(seq)
        return [one for one in others if self._void(one.seq) is None] if others else []

    @property
    def moved(self) -> set[int]:
        """The numbers of the entries that an amendment gives another moment."""
        return {
            seq
            for seq in self._others
            for entry in self._in_force(seq)
            if isinstance(entry.data, AmendmentData) and "occurred_at" in entry.data.changes
        }

    def stand(self, entry: Entry) -> Standing:
        """Return an entry of the docket as it stands."""
        return _stand(entry, self._in_force(entry.seq), self._void(entry.seq))


def _stand(original: Entry, corrections: Sequence[Entry], void: Entry | None) -> Standing:
    if not corrections:
        return Standing(original, original, void=void)
    entry = original
    amendments = tuple(c for c in corrections if isinstance(c.data, AmendmentData))
    for amendment in amendments:
        if isinstance(amendment.data, AmendmentData):
            try:
                entry = amended(entry, amendment.data.changes)
            except ValueError:
                continue  # written by a program with other rules: the original stands
    addenda = tuple(c for c in corrections if not isinstance(c.data, AmendmentData))
    return Standing(entry, original, amendments, addenda, void)
