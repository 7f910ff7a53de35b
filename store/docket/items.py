"""Items: the work piece by piece, with rounds, approvals, trifles and what was asked beyond it.

An item is what entries name in common: a delivery and all that is about it, or one project. Where
there is only one item, what names nothing is of that one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Final, NamedTuple

from store.docket.bundles import Bundles
from store.docket.docket import Docket
from store.docket.tracking import union_days
from store.entries import DeliveryData, Entry, IncidentData
from store.entries.kinds import kinds_that
from store.money import Money, totals
from store.quantities import percent_of
from store.text import top_line

ROUND, _TRIFLE, _BEYOND = "rework", "micro-change", "scope-creep"
_BLOCK: Final = kinds_that(lambda kind: kind.ground == "approvals")
OF_ITEMS: Final = ("delivery", "acceptance", "request", ROUND, _TRIFLE, _BEYOND, *_BLOCK)
_APPROVING = re.compile(r"\bapprov|\bsign[- ]?off\b|\bgo[- ]ahead\b", re.IGNORECASE)
_REFUSING = re.compile(r"\b(?:not|no|never|refus\w*|declin\w*|later)\b|n['’]t\b", re.IGNORECASE)


class Approval(NamedTuple):
    """An approval that was asked for, or that work waits for; `given` is None while it waits.

    `counted` says that its days are: the day alone on which work was said to wait is sure, as long
    as nothing says that it no longer does. `also` are the entries that say no more than that the
    same approval is waited for.
    """

    seq: int
    what: str
    asked: date
    given: date | None
    counted: bool = True
    also: tuple[int, ...] = ()

    @property
    def seqs(self) -> tuple[int, ...]:
        """The entries that say so."""
        return (self.seq, *self.also)

    def open_on(self, day: date) -> bool:
        """Whether it was asked for by that day and not given before it."""
        return self.asked <= day and (self.given is None or day <= self.given)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One item as of the docket's day; all but its name are numbers of entries, or come of them.

    `agreed` are the rounds that were agreed for it; what was partly my own doing is no round and no
    trifle of theirs; `waited` are the days that approvals of it took or take, each day once, of the
    `elapsed` ones from its first entry to its acceptance, or today.
    """

    project: str
    what: str
    seqs: tuple[int, ...]
    began: date
    agreed: int | None
    rounds: tuple[int, ...]
    trifles: tuple[int, ...]
    beyond: tuple[int, ...]
    beyond_sums: tuple[Money, ...]
    change_orders: tuple[int, ...]
    deliveries: tuple[int, ...]
    approvals: tuple[Approval, ...]
    accepted: date | None
    waited: int
    elapsed: int

    @property
    def name(self) -> str:
        """That of its project, or `#6` of its first delivery; empty for what names no item."""
        return self.project or (f"#{self.deliveries[0]}" if self.deliveries else "")

    @property
    def over(self) -> int:
        """The rounds used beyond those agreed."""
        return 0 if self.agreed is None else max(0, len(self.rounds) - self.agreed)

    @property
    def waiting(self) -> tuple[Approval, ...]:
        """The approvals that have not come."""
        return tuple(one for one in self.approvals if one.given is None)

    @property
    def share(self) -> int | None:
        """The percent of the time that went by waiting for approvals; None on the first day."""
        return percent_of(self.waited, self.elapsed) if self.elapsed else None


def work_items(docket: Docket) -> tuple[WorkItem, ...]:
    """Return the items by the day they began, and last what of their kinds names none of them."""
    named, loose = _parted(docket.kind(*OF_ITEMS))
    general = docket.terms.revisions
    given = _given(docket)
    items = [_item(docket, found, general, given) for found in named]
    items.sort(key=lambda item: (item.began, item.seqs))
    if any(entry.kind in (ROUND, _TRIFLE, _BEYOND, *_BLOCK) for entry in loose):
        items.append(_item(docket, loose, None if items else general, given))
    return tuple(items)


def _parted(entries: list[Entry]) -> tuple[list[list[Entry]], list[Entry]]:
    """Return the entries of each item, and those that are of none."""
    order = {entry.seq: position for position, entry in enumerate(entries)}
    bundles = Bundles[list[Entry]](_longer_first)
    for entry in entries:
        bundles.add(entry, [entry])
    groups = [sorted(found, key=lambda one: order[one.seq]) for found in bundles.all()]
    groups.sort(key=lambda found: order[found[0].seq])
    named = [found for found in groups if any(map(makes_item, found))]
    if len(named) == 1:
        return [sorted(entries, key=lambda one: (one.day, one.seq))], []
    return named, [one for found in groups if not any(map(makes_item, found)) for one in found]


def _longer_first(one: list[Entry], other: list[Entry]) -> list[Entry]:
    """Return both as one list; its order does not matter."""
    one, other = (one, other) if len(one) >= len(other) else (other, one)
    one += other
    return one


def approves(text: str) -> bool:
    """Whether a text speaks of an approval in English, and nothing in it denies one."""
    return bool(_APPROVING.search(text)) and not _REFUSING.search(text)


def named_sums(entries: Iterable[Entry]) -> tuple[Money, ...]:
    """Return the sums that incidents name, one per currency."""
    told = (entry.data for entry in entries if isinstance(entry.data, IncidentData))
    return tuple(
        totals(
            Money(data.amount, data.currency)
            for data in told
            if data.amount is not None and data.currency
        )
    )


def makes_item(entry: Entry) -> bool:
    """Whether what names it, and what it names, is an item: a delivery, or work on a project."""
    return entry.kind == "delivery" or bool(entry.refs.project)


def _item(
    docket: Docket, found: list[Entry], general: int | None, given: Mapping[int, date]
) -> WorkItem:
    by_kind: dict[str, list[Entry]] = {}
    for entry in found:
        by_kind.setdefault(entry.kind, []).append(entry)
    deliveries = by_kind.get("delivery", [])
    project = next((entry.refs.project for entry in found if entry.refs.project), "")
    accepted = _accepted(found, deliveries)
    end = min(accepted or docket.today, docket.ended.day if docket.ended else docket.today)
    approvals = _approvals(found, deliveries, given)
    beyond = by_kind.get(_BEYOND, [])
    ordered = _linked(by_kind.get("acceptance", []))
    return WorkItem(
        project=project,
        what=top_line(deliveries[0].statement) if deliveries else "",
        seqs=tuple(entry.seq for entry in found),
        began=found[0].day,
        agreed=_agreed(found, general),
        rounds=_numbers(filter(theirs, by_kind.get(ROUND, []))),
        trifles=_numbers(filter(theirs, by_kind.get(_TRIFLE, []))),
        beyond=_numbers(beyond),
        beyond_sums=named_sums(beyond),
        change_orders=tuple(entry.seq for entry in beyond if entry.seq in ordered),
        deliveries=_numbers(deliveries),
        approvals=approvals,
        accepted=accepted,
        waited=union_days(
            (one.asked, min(one.given or end, end)) for one in approvals if one.counted
        ),
        elapsed=max(0, (end - found[0].day).days),
    )


def _agreed(found: list[Entry], general: int | None) -> int | None:
    """Return the rounds agreed for an item: its own by the last delivery that says so, or all."""
    own = [rounds for one in found if (rounds := rounds_of(one)) is not None]
    return own[-1] if own else general


def rounds_of(entry: Entry) -> int | None:
    """Return the rounds that a delivery says are agreed for its item."""
    return entry.data.rounds if isinstance(entry.data, DeliveryData) else None


def _accepted(found: list[Entry], deliveries: list[Entry]) -> date | None:
    """Return the day its last delivery was accepted, by an acceptance that names one of them."""
    made = {entry.seq for entry in deliveries}
    named = [
        entry
        for entry in found
        if entry.kind == "acceptance" and any(link.seq in made for link in entry.links)
    ]
    last = max((entry.day for entry in deliveries), default=None)
    return next((one.day for one in named if last and one.day >= last), None)


def _approvals(
    found: list[Entry], deliveries: list[Entry], given: Mapping[int, date]
) -> tuple[Approval, ...]:
    made = {entry.seq for entry in deliveries}
    told: list[Approval] = []
    counted = _Counted(told)
    for entry in found:
        what, end = top_line(entry.statement), given.get(entry.seq)
        if entry.kind == "request" and (
            any(link.seq in made for link in entry.links) or _APPROVING.search(entry.statement)
        ):
            counted.add(Approval(entry.seq, what, entry.day, end))
        elif entry.kind in _BLOCK:
            at = None if end or entry.links else counted.only_one(entry.day)
            if at is None:
                counted.add(Approval(entry.seq, what, entry.day, end, end is not None))
            else:
                told[at] = told[at]._replace(also=(*told[at].also, entry.seq))
    return tuple(told)


class _Counted:
    """The approvals that count among those `told`: the given ones by that day, and the others.

    So that a day looks at what was open on it alone, however many were given long before.
    """

    def __init__(self, told: list[Approval]) -> None:
        self._told = told
        self._given: list[tuple[date, int]] = []
        self._waiting: list[int] = []

    def add(self, one: Approval) -> None:
        """Tell of one more."""
        at = len(self._told)
        self._told.append(one)
        if one.counted and one.given:
            insort(self._given, (one.given, at))
        elif one.counted:
            self._waiting.append(at)

    def only_one(self, day: date) -> int | None:
        """Return which approval was waited for on a day; None where there was none, or several."""
        first, last = bisect_left(self._given, (day, 0)), len(self._given)
        places = chain(self._waiting, (self._given[at][1] for at in range(first, last)))
        two = list(islice((at for at in places if self._told[at].open_on(day)), 2))
        return two[0] if len(two) == 1 else None


def _given(docket: Docket) -> Mapping[int, date]:
    """Return the day by which each request, and what else is named so, had what it waited for."""
    found: dict[int, date] = {}
    for entry in docket.kind("acceptance", "answer", "concession", "confirmation"):
        for link in entry.links:
            found.setdefault(link.seq, entry.day)
    asked = {one.seq: one.answered for one in docket.requests}
    return {seq: day for seq, day in (found | asked).items() if day is not None}


def theirs(entry: Entry) -> bool:
    """Whether no part of it was my own doing."""
    return not getattr(entry.data, "my_share", False)


def _linked(entries: Iterable[Entry]) -> set[int]:
    return {link.seq for entry in entries for link in entry.links}


def _numbers(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(entry.seq for entry in entries)
