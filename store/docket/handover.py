"""What is given back to the client: to whom, who confirmed it, when my own access ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.dates import day_words
from store.docket.checks import standing_entry
from store.docket.docket import Docket
from store.entries import AcceptanceData, Entry, HandoverData, Relation
from store.errors import DocketError, UsageError
from store.money import totals


@dataclass(frozen=True, slots=True)
class Handover:
    """One account, key or file that was given back.

    `access_ends` is the last day planned for my own access, `access_ended` the day it ended;
    `renews` is the next day somebody has to pay or renew it. What is not known is empty or None.
    """

    seq: int
    item: str
    given: date
    to: str = ""
    confirmed_on: date | None = None
    confirmed_by: str = ""
    confirmed_seq: int | None = None
    access_ends: date | None = None
    access_ended: date | None = None
    access_ended_seq: int | None = None
    renews: date | None = None
    despite_debt: bool = False

    @property
    def seqs(self) -> list[int]:
        """The numbers of the entries that tell of it."""
        told = (self.seq, self.confirmed_seq, self.access_ended_seq)
        return [seq for seq in told if seq is not None]

    def missing(self, today: date) -> list[str]:
        """Return what is still to be done, in words and in the order it is done.

        Own access goes last, once the other side says that they have it.
        """
        said = []
        if not self.to:
            said.append("it does not say to whom it went")
        if self.confirmed_on is None:
            said.append("nobody has confirmed it")
        if self.access_ended is None:
            said.append(f"my own access has not ended{self._planned(today)}")
        return said

    def _planned(self, today: date) -> str:
        if self.access_ends is None:
            return ""
        was = "was" if self.access_ends < today else "is"
        return f": its last day {was} {day_words(self.access_ends)}"


def handovers(docket: Docket) -> tuple[Handover, ...]:
    """Return everything that was given back and still stands, oldest first (advice 85)."""
    confirmed = _first(docket.kind("acceptance"), "accepts")
    ended = _first(docket.kind("access-ended"), "about")
    return tuple(
        _handover(entry, entry.data, confirmed.get(entry.seq), ended.get(entry.seq))
        for entry in docket.kind("handover")
        if isinstance(entry.data, HandoverData)
    )


def owed_after_due(docket: Docket) -> str:
    """Return what is owed after its due date, one sum per currency, or nothing."""
    return " and ".join(map(str, docket.overdue_totals))


def owed_later(docket: Docket) -> str:
    """Return what is owed and not due yet, one sum per currency, or nothing."""
    later = [bill for bill in docket.ledger.open() if not bill.overdue(docket.today)]
    return " and ".join(str(one) for one in totals(bill.balance for bill in later))


def check_gate(docket: Docket, remedy: str) -> None:
    """Ask for a choice where money is owed after its due date; nothing is withheld by itself.

    Raises DocketError, whose last words are `remedy`: how to hand it over all the same, and how
    to log why you wait.
    """
    if owed := owed_after_due(docket):
        raise DocketError(
            f"{owed} is owed after its due date",
            "holding back what belongs to the client can be unlawful, whatever is owed, and "
            "Docket does not know which law or contract applies",
            remedy,
        )


def handover_numbered(docket: Docket, seq: int) -> Handover:
    """Return the handover that entry `seq` is, or raise UsageError."""
    name = f"{docket.client}#{seq}"
    entry = standing_entry(docket, seq).entry
    if entry.kind != "handover":
        remedy = f"`docket handover {docket.client}` lists them"
        raise UsageError(f"{name} is not a handover", f"it is {entry.kind}", remedy)
    found = next((one for one in handovers(docket) if one.seq == seq), None)
    if found is None:
        raise UsageError(f"{name} was voided", "", "Log the handover anew")
    return found


def check_confirmable(docket: Docket, one: Handover) -> None:
    """Refuse a second confirmation."""
    if one.confirmed_on:
        raise _already(docket, one, "it was confirmed", one.confirmed_on)


def check_access_end(docket: Docket, one: Handover, *, unconfirmed: bool) -> None:
    """Refuse that my own access ended twice, or before they confirmed, unless that is meant."""
    if one.access_ended:
        raise _already(docket, one, "your access to it ended", one.access_ended)
    if one.confirmed_on is None and not unconfirmed:
        raise DocketError(
            f"Nobody has confirmed {docket.client}#{one.seq} yet",
            "own access is best given up last, once they say that they have it",
            "Log --confirmed-by WHO first, or add --unconfirmed",
        )


def _already(docket: Docket, one: Handover, what: str, day: date) -> UsageError:
    return UsageError(
        f"{docket.client}#{one.seq} needs no more of this",
        f"{what} on {day_words(day)}",
        "Void that entry first if it is wrong",
    )


def _first(entries: list[Entry], relation: Relation) -> dict[int, Entry]:
    """Return the earliest of `entries` for each number that one is so related to."""
    found: dict[int, Entry] = {}
    for entry in entries:
        for link in entry.links:
            if link.rel == relation:
                found.setdefault(link.seq, entry)
    return found


def _handover(
    entry: Entry, data: HandoverData, confirmed: Entry | None, ended: Entry | None
) -> Handover:
    by = confirmed.data.by if confirmed and isinstance(confirmed.data, AcceptanceData) else None
    return Handover(
        seq=entry.seq,
        item=entry.statement,
        given=entry.day,
        to=data.to or "",
        confirmed_on=confirmed.day if confirmed else None,
        confirmed_by=by or "",
        confirmed_seq=confirmed.seq if confirmed else None,
        access_ends=data.access_ends,
        access_ended=ended.day if ended else None,
        access_ended_seq=ended.seq if ended else None,
        renews=data.renews,
        despite_debt=data.despite_debt,
    )
