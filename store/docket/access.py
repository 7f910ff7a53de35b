"""The register of access: what was asked for, granted, withheld and given back, each with its day.

Leave to act stands beside access: without it an account is of no use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from store.docket.docket import Docket
from store.docket.tracking import Request
from store.entries import Entry, RequestData, Seeks
from store.entries.kinds import kinds_that
from store.text import top_line

_WITHHELD: Final = kinds_that(lambda kind: kind.ground == "access")
_GIVEN: Final = ("acceptance", "answer", "concession", "confirmation")
"""What says that something has come, where it names what was asked for or withheld."""


@dataclass(frozen=True, slots=True)
class Access:
    """One thing asked for, withheld or given back; `withheld_by` is the incident, 0 if none is.

    `partly` is the day that a part of it came, `granted` the day all of it did, after it was
    withheld where it was; `returned` the day on which I gave it back.
    """

    seq: int
    what: str
    seeks: Seeks
    asked: date | None = None
    partly: date | None = None
    granted: date | None = None
    withheld: date | None = None
    withheld_by: int = 0
    returned: date | None = None

    @property
    def open(self) -> bool:
        """Whether it was asked for or withheld, and has not come."""
        return self.granted is None and self.returned is None


def accesses(docket: Docket) -> tuple[Access, ...]:
    """Return everything on the register, by the day of its first entry.

    What was withheld is of the request that it names, if that asks for access or leave; what was
    given back is of what it names.
    """
    seeking = [entry for entry in docket.kind("request") if _seeking(entry)]
    held, back = _Named(docket.kind(*_WITHHELD)), _Named(docket.kind("handover"))
    given = _Named(docket.kind(*_GIVEN))
    asked = {one.seq: one for one in docket.requests}
    rows: list[Access] = []
    taken: set[int] = set()
    for first in (*seeking, *held.entries, *back.entries):
        if first.seq in taken:
            continue
        withheld = held.of(first, taken)
        named = [first, *([withheld] if withheld else [])]
        returned = next((end for one in named if (end := back.of(one, taken))), None)
        taken |= {one.seq for one in (first, withheld, returned) if one}
        rows.append(_row(asked.get(first.seq), given, first, withheld, returned))
    return tuple(sorted(rows, key=_first))


def _seeking(entry: Entry) -> bool:
    return isinstance(entry.data, RequestData) and entry.data.seeks is not None


class _Named:
    """Entries in order, found by what they name."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._places = {entry.seq: place for place, entry in enumerate(entries)}
        self._naming: dict[int, list[Entry]] = {}
        for entry in entries:
            for seq in {link.seq for link in entry.links}:
                self._naming.setdefault(seq, []).append(entry)

    def of(self, first: Entry, taken: set[int]) -> Entry | None:
        """Return the entry itself, if it is one of these, or the first free one that names it."""
        if first.seq in self._places:
            return first
        naming = self._naming.get(first.seq, ())
        return next((one for one in naming if one.seq not in taken), None)

    def granting(self, held: Entry, asked: Request | None) -> Entry | None:
        """Return the first that names what was withheld, or answers it later."""
        found = self._naming.get(held.seq, [])[:1]
        for one in self._naming.get(asked.seq, ()) if asked else ():
            if (one.day, one.seq) > (held.day, held.seq):
                found = [*found, one]
                break
        return min(found, key=lambda one: self._places[one.seq], default=None)


def _row(
    asked: Request | None,
    given: _Named,
    first: Entry,
    withheld: Entry | None,
    returned: Entry | None,
) -> Access:
    granted = asked.answered if asked else None
    if withheld:
        came = given.granting(withheld, asked)
        granted = came.day if came else None
    data = first.data
    return Access(
        seq=first.seq,
        what=top_line(first.statement),
        seeks=(data.seeks if isinstance(data, RequestData) else None) or "access",
        asked=asked.asked if asked else None,
        partly=asked.parts[-1].day if asked and asked.parts else None,
        granted=granted,
        withheld=withheld.day if withheld else None,
        withheld_by=withheld.seq if withheld else 0,
        returned=returned.day if returned else None,
    )


def _first(one: Access) -> tuple[date, int]:
    return min(filter(None, (one.asked, one.withheld, one.returned))), one.seq
