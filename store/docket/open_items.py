"""Everything that is open on a docket's day, of both sides: the one place that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from store.docket.docket import Docket
from store.docket.handover import handovers
from store.docket.promised import Promised
from store.docket.repairs import plans
from store.docket.steps import steps
from store.entries import Entry
from store.entries.kinds import weighing
from store.money import Money
from store.text import top_line

_Sort = Literal["invoice", "request", "promise", "complaint", "repair", "handover", "access"]
_CONFIRM_DAYS: Final = 7
"""Days in which somebody may be expected to say that they have what was handed over."""
_OUTCOME_DAYS: Final = 7
"""Days after which it shows whether putting something right has helped."""
_REPAIRS: Final = weighing("repair")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open: the number of the entry that opened it, and what to call it.

    `what` is its text in one line; `due` the day by which it should have come to something, in the
    terms of its own entry; `mine` says that it is mine to do. `amount` is what is owed, `agreed`
    whether somebody named that day.
    """

    sort: _Sort
    seq: int
    name: str
    what: str
    since: date
    due: date
    mine: bool = False
    amount: Money | None = None
    agreed: bool = True


def open_items(docket: Docket) -> tuple[Item, ...]:
    """Return what is open on the docket's day, by the day it was due."""
    found = (*_owed(docket), *_waited_for(docket), *_to_repair(docket), *_given_back(docket))
    return tuple(sorted(found, key=lambda item: (item.due, item.seq)))


def _owed(docket: Docket) -> Iterator[Item]:
    for bill in docket.ledger.open():
        yield Item("invoice", bill.seq, bill.number, "", bill.issued, bill.due, amount=bill.balance)


def _waited_for(docket: Docket) -> Iterator[Item]:
    for one in docket.open_requests:
        what = top_line(one.parts[-1].missing if one.parts else "") or top_line(one.statement)
        agreed = bool(one.needed_by or docket.terms.reply_within_days)
        yield Item("request", one.seq, f"#{one.seq}", what, one.asked, one.expected, agreed=agreed)
    promised = Promised(docket)
    for word in docket.promises:
        if word.open and not promised.paid(word):
            what, mine = top_line(word.statement), word.by == "me"
            yield Item("promise", word.seq, f"#{word.seq}", what, word.made, word.due, mine=mine)


def _to_repair(docket: Docket) -> Iterator[Item]:
    """Yield complaints that nothing was done about, and repairs nobody knows the outcome of."""
    named, repaired = _answered(steps(docket))
    for one in docket.kind("complaint"):
        if one.seq not in named and repaired <= (one.day, one.seq):
            yield Item(
                "complaint", one.seq, f"#{one.seq}", top_line(one.statement), one.day, one.day, True
            )
    for plan in plans(docket):
        if plan.landed is None:
            last = plan.last
            due = plan.by + timedelta(days=_OUTCOME_DAYS)
            what = top_line(last.statement)
            yield Item("repair", last.seq, f"#{last.seq}", what, last.day, due, True)


def _given_back(docket: Docket) -> Iterator[Item]:
    for one in handovers(docket):
        name = f"#{one.seq}"
        if one.confirmed_on is None:
            due = one.given + timedelta(days=_CONFIRM_DAYS)
            yield Item("handover", one.seq, name, top_line(one.item), one.given, due)
        if one.access_ended is None and (one.access_ends or one.confirmed_on):
            due = one.access_ends or (one.confirmed_on or one.given) + timedelta(days=_CONFIRM_DAYS)
            yield Item("access", one.seq, name, top_line(one.item), one.given, due, mine=True)


def _answered(taken: Iterable[Entry]) -> tuple[set[int], tuple[date, int]]:
    """Return what steps name, and when the last repair was that names nothing: of what was before.

    A complaint that is neither named nor before that was not answered.
    """
    named: set[int] = set()
    last = (date.min, 0)
    for step in taken:
        named.update(link.seq for link in step.links)
        if not step.links and step.kind in _REPAIRS:
            last = max(last, (step.day, step.seq))
    return named, last
