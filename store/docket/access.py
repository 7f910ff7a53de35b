"""The register of access: what was asked for, granted, withheld and given back, each with its day.

Leave to act stands beside access: without it an account is of no use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from store.docket.docket import Docket
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
    held, back = docket.kind(*_WITHHELD), docket.kind("handover")
    rows: list[Access] = []
    taken: set[int] = set()
    for first in (*filter(_seeking, docket.kind("request")), *held, *back):
        if first.seq in taken:
            continue
        withheld = _of(first, held, taken)
        named = [first, *([withheld] if withheld else [])]
        returned = next((end for one in named if (end := _of(one, back, taken))), None)
        taken |= {one.seq for one in (first, withheld, returned) if one}
        rows.append(_row(docket, first, withheld, returned))
    return tuple(sorted(rows, key=_first))


def _seeking(entry: Entry) -> bool:
    return isinstance(entry.data, RequestData) and entry.data.seeks is not None


def _of(first: Entry, among: list[Entry], taken: set[int]) -> Entry | None:
    """Return the entry itself, where it is `among` these, or the first free one that names it."""
    if first in among:
        return first
    return next((one for one in among if one.seq not in taken and _names(one, first.seq)), None)


def _row(docket: Docket, first: Entry, withheld: Entry | None, returned: Entry | None) -> Access:
    asked = next((one for one in docket.requests if one.seq == first.seq), None)
    granted = asked.answered if asked else None
    if withheld:
        granted = _granted(withheld, docket.kind(*_GIVEN), asked.seq if asked else 0)
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


def _granted(held: Entry, given: list[Entry], asked: int) -> date | None:
    """Return the day on which what was withheld came: what names it, or answers it later."""
    for entry in given:
        if _names(entry, held.seq):
            return entry.day
        later = (entry.day, entry.seq) > (held.day, held.seq)
        if asked and later and _names(entry, asked):
            return entry.day
    return None


def _first(one: Access) -> tuple[date, int]:
    return min(filter(None, (one.asked, one.withheld, one.returned))), one.seq


def _names(entry: Entry, seq: int) -> bool:
    return any(link.seq == seq for link in entry.links)
