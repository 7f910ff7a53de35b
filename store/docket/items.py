"""Items: the work piece by piece, with rounds, approvals, trifles and what was asked beyond it.

An item is what entries name in common: a delivery and all that is about it, or one project. Where
there is only one item, what names nothing is of that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from store.docket.docket import Docket
from store.docket.tracking import union_days
from store.entries import DeliveryData, Entry, HoursData, IncidentData, TermsData
from store.entries.kinds import kinds_that
from store.money import Money, totals
from store.quantities import percent_of
from store.text import top_line

_ROUND, _TRIFLE, _BEYOND = "rework", "micro-change", "scope-creep"
_BLOCK: Final = kinds_that(lambda kind: kind.ground == "approvals")
_OF_ITEMS: Final = ("delivery", "acceptance", "request", _ROUND, _TRIFLE, _BEYOND, *_BLOCK)
_APPROVING = re.compile(r"\bapprov|\bsign[- ]?off\b|\bgo[- ]ahead\b", re.IGNORECASE)


class Approval(NamedTuple):
    """An approval that was asked for, or that work waits for; `given` is None while it waits.

    `counted` says that its days are: the day alone on which work was said to wait is sure, as long
    as nothing says that it no longer does.
    """

    seq: int
    what: str
    asked: date
    given: date | None
    counted: bool = True


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
    named, loose = _parted(docket.kind(*_OF_ITEMS))
    general = docket.terms.revisions
    items = [_item(docket, found, general) for found in named]
    items.sort(key=lambda item: (item.began, item.seqs))
    if any(entry.kind in (_ROUND, _TRIFLE, _BEYOND, *_BLOCK) for entry in loose):
        items.append(_item(docket, loose, None if items else general))
    return tuple(items)


def _parted(entries: list[Entry]) -> tuple[list[list[Entry]], list[Entry]]:
    """Return the entries of each item, and those that are of none."""
    groups = _groups(entries)
    named = {root: found for root, found in groups.items() if _is_item(found)}
    loose = [entry for root, found in groups.items() if root not in named for entry in found]
    if len(named) == 1:
        (root,) = named
        named[root] = sorted([*named[root], *loose], key=lambda one: (one.day, one.seq))
        loose = []
    return list(named.values()), loose


def agreed_rework(docket: Docket) -> frozenset[int]:
    """Return the entries whose hours went into rounds that were agreed: they are work (advice 22).

    A round, or hours of such a class, is looked at as of its own day: what is agreed later, and
    what is added to an item later, makes no round of the past one that was not agreed.
    """
    entries = docket.kind(*_OF_ITEMS)
    terms = [
        (one.day, one.data.revisions)
        for one in docket.shaped(TermsData)
        if isinstance(one.data, TermsData) and one.data.revisions is not None
    ]
    if not terms and all(_rounds_of(one) is None for one in entries):
        return frozenset()
    again = [one for one in docket.shaped(HoursData, IncidentData) if _again(one)]
    found: set[int] = set()
    for day in {one.day for one in again}:
        general = next((rounds for said, rounds in reversed(terms) if said <= day), None)
        named, loose = _parted([one for one in entries if one.day <= day])
        items = [(one, _agreed(one, general)) for one in named]
        items.append((loose, None if named else general))
        found |= _within(items, [one for one in again if one.day == day])
    return frozenset(found)


def _within(items: Sequence[tuple[list[Entry], int | None]], again: list[Entry]) -> set[int]:
    """Return those of the day's entries that are of rounds which were agreed for their item."""
    found: set[int] = set()
    alone = len(items) <= 2  # the last of them is what names none
    for entries, agreed in items:
        rounds = [one.seq for one in _theirs(entries) if one.kind == _ROUND]
        if not agreed:
            continue
        found |= {*rounds[:agreed]} & {one.seq for one in again if one.kind == _ROUND}
        if len(rounds) <= agreed:
            timed = (one for one in again if one.kind != _ROUND)
            found |= {one.seq for one in timed if _is_of(one, entries, alone)}
    return found


def _is_of(entry: Entry, found: list[Entry], alone: bool) -> bool:
    """Whether hours are of an item, as their link or project says, or as there is no other."""
    project = (entry.refs.project or "").casefold()
    named = {link.seq for link in entry.links}
    if named or project:
        projects = {(one.refs.project or "").casefold() for one in found}
        return bool(named & {one.seq for one in found}) or (bool(project) and project in projects)
    return alone


def _again(entry: Entry) -> bool:
    """Whether it holds hours of a round."""
    data = entry.data
    if isinstance(data, HoursData):
        return data.spent == "rework"
    return entry.kind == _ROUND and isinstance(data, IncidentData) and bool(data.hours)


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


def _groups(entries: list[Entry]) -> dict[object, list[Entry]]:
    """Return the entries by what they name in common, each group by day."""
    known = {entry.seq for entry in entries}
    parent: dict[object, object] = {}

    def root(one: object) -> object:
        while (up := parent.setdefault(one, one)) != one:
            one = up
        return one

    for entry in entries:
        names: list[object] = [link.seq for link in entry.links if link.seq in known]
        names += [entry.refs.project.casefold()] if entry.refs.project else []
        for name in names:
            parent[root(entry.seq)] = root(name)
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(root(entry.seq), []).append(entry)
    return groups


def _is_item(found: list[Entry]) -> bool:
    return any(entry.kind == "delivery" or entry.refs.project for entry in found)


def _item(docket: Docket, found: list[Entry], general: int | None) -> WorkItem:
    by_kind: dict[str, list[Entry]] = {}
    for entry in found:
        by_kind.setdefault(entry.kind, []).append(entry)
    deliveries = by_kind.get("delivery", [])
    project = next((entry.refs.project for entry in found if entry.refs.project), "")
    accepted = _accepted(found, deliveries)
    end = min(accepted or docket.today, docket.ended.day if docket.ended else docket.today)
    approvals = _approvals(docket, found, deliveries)
    beyond = by_kind.get(_BEYOND, [])
    ordered = _linked(by_kind.get("acceptance", []))
    return WorkItem(
        project=project,
        what=top_line(deliveries[0].statement) if deliveries else "",
        seqs=tuple(entry.seq for entry in found),
        began=found[0].day,
        agreed=_agreed(found, general),
        rounds=_numbers(_theirs(by_kind.get(_ROUND, []))),
        trifles=_numbers(_theirs(by_kind.get(_TRIFLE, []))),
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
    own = [rounds for one in found if (rounds := _rounds_of(one)) is not None]
    return own[-1] if own else general


def _rounds_of(entry: Entry) -> int | None:
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


def _approvals(docket: Docket, found: list[Entry], deliveries: list[Entry]) -> tuple[Approval, ...]:
    made = {entry.seq for entry in deliveries}
    answered = {one.seq: one.answered for one in docket.requests}
    ends = _ends(docket)
    told = []
    for entry in found:
        what = top_line(entry.statement)
        if entry.kind == "request" and (
            any(link.seq in made for link in entry.links) or _APPROVING.search(entry.statement)
        ):
            told.append(Approval(entry.seq, what, entry.day, answered.get(entry.seq)))
        elif entry.kind in _BLOCK:
            end = ends.get(entry.seq)
            told.append(Approval(entry.seq, what, entry.day, end, end is not None))
    return tuple(told)


def _ends(docket: Docket) -> Mapping[int, date]:
    """Return the day by which each entry that is named so was given what it waited for."""
    found: dict[int, date] = {}
    for entry in docket.kind("acceptance", "answer", "concession", "confirmation"):
        for link in entry.links:
            found.setdefault(link.seq, entry.day)
    return found


def _theirs(entries: list[Entry]) -> list[Entry]:
    return [one for one in entries if not getattr(one.data, "my_share", False)]


def _linked(entries: Iterable[Entry]) -> set[int]:
    return {link.seq for entry in entries for link in entry.links}


def _numbers(entries: list[Entry]) -> tuple[int, ...]:
    return tuple(entry.seq for entry in entries)
