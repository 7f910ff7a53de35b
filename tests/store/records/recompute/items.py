"""The work by item: entries that name something in common, their rounds, approvals and demands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from store.recheck.entries import Entry
from store.recheck.figures import entries, joined, long_day

from .compare import Cell, Reckoned, Words
from .elapsed import closed_on
from .record import Record, requests

_LOOSE = ("rework", "micro-change", "scope-creep", "approval-block")
_KINDS = ("delivery", "acceptance", "request", *_LOOSE)
_GIVEN = ("acceptance", "answer", "concession", "confirmation")
ASKS_TO_APPROVE = re.compile(r"(?i)\bapprov|\bsign[- ]?off\b|\bgo[- ]ahead\b")


@dataclass
class Item:
    """The entries of one item, oldest first; `others` says that it is not the only one."""

    record: Record
    found: list[Entry]
    named: bool
    others: bool = False

    def of(self, kind: str) -> list[Entry]:
        """Return its entries of a kind."""
        return [one for one in self.found if one.kind == kind]

    def theirs(self, kind: str) -> list[Entry]:
        """Return those that were not partly mine."""
        return [one for one in self.of(kind) if not one.data.get("my_share")]

    @property
    def agreed(self) -> int | None:
        """The rounds that were agreed for it."""
        own = [one.data["rounds"] for one in self.of("delivery") if "rounds" in one.data]
        agreed = self.record.terms.get("revisions") if self.named or not self.others else None
        return int(own[-1]) if own else None if agreed is None else int(agreed)

    @property
    def over(self) -> int:
        """The rounds that were not agreed."""
        return 0 if self.agreed is None else max(0, len(self.theirs("rework")) - self.agreed)

    @property
    def name(self) -> Cell:
        """What stands for it: only the numbers in it are compared."""
        made = self.of("delivery")
        projects = [one.raw["refs"]["project"] for one in self.found if _project(one)]
        first = f"entry {made[0].seq}" if made else ""
        what = made[0].statement.split("\n")[0] if made else ""
        return Words(": ".join([projects[0] if projects else first, what]))

    @property
    def end(self) -> date:
        """The day it was accepted; else the last day of all."""
        made = {one.seq: one.day for one in self.of("delivery")}
        taken = [
            one.day
            for one in self.of("acceptance")
            if made and set(_links(one)) & set(made) and one.day >= max(made.values())
        ]
        return min([*taken[:1], closed_on(self.record)])

    def approvals(self) -> list[tuple[Entry, date | None]]:
        """Return what was to be approved, and the day it was."""
        made = {one.seq for one in self.of("delivery")}
        asked = {one.entry.seq: one.answer for one in requests(self.record)}
        told: list[tuple[Entry, date | None]] = []
        for one in self.found:
            meant = set(_links(one)) & made or ASKS_TO_APPROVE.search(one.statement)
            if one.kind == "request" and meant:
                answer = asked[one.seq]
                told.append((one, answer.day if answer else None))
            elif one.kind == "approval-block":
                came = [end.day for end in self.record.docket.of(*_GIVEN) if one.seq in _links(end)]
                waits = [n for n, (asked_for, end) in enumerate(told) if _open(asked_for, end, one)]
                if came or len(waits) != 1 or _links(one):
                    told.append((one, came[0] if came else None))
        return told

    def told_twice(self, asked: Entry) -> list[Entry]:
        """Return the blocks that wait for the approval that was asked for by an entry alone."""
        known = self.approvals()
        return [
            one
            for one in self.of("approval-block")
            if one not in [other for other, _ in known]
            and _open(*next((o, end) for o, end in known if _open(o, end, one)), one)
            and next(o for o, end in known if _open(o, end, one)) is asked
        ]


def _open(asked: Entry, end: date | None, block: Entry) -> bool:
    """Whether an approval was asked for and not given on the day that a block is of."""
    sure = end is not None or asked.kind == "request"
    return sure and asked.day <= block.day and (end is None or block.day <= end)


def items(record: Record) -> list[Item]:
    """Return the items by the day they began, and last what names none."""
    groups: list[list[Entry]] = []
    for one in record.docket.of(*_KINDS):
        joins = [group for group in groups if any(_alike(one, other) for other in group)]
        groups = [group for group in groups if group not in joins]
        merged = {other.seq: other for group in joins for other in group} | {one.seq: one}
        groups.append(sorted(merged.values(), key=lambda other: (other.at, other.seq)))
    made = [g for g in groups if any(one.kind == "delivery" or _project(one) for one in g)]
    loose = [one for group in groups if group not in made for one in group]
    if len(made) == 1:
        made, loose = [sorted(made[0] + loose, key=lambda one: (one.day, one.seq))], []
    found = [Item(record, group, True) for group in made]
    found.sort(key=lambda item: (item.found[0].day, [one.seq for one in item.found]))
    if any(one.kind in _LOOSE for one in loose):
        loose.sort(key=lambda one: (one.at, one.seq))
        found.append(Item(record, loose, False, others=bool(found)))
    return found


def _alike(one: Entry, other: Entry) -> bool:
    project = _project(one)
    linked = other.seq in _links(one) or one.seq in _links(other)
    return linked or (bool(project) and project == _project(other))


def _links(one: Entry) -> list[int]:
    return [int(link["seq"]) for link in one.raw.get("links", [])]


def _project(one: Entry) -> str:
    return str(one.raw.get("refs", {}).get("project") or "").casefold()


def by_item(record: Record, mine: Reckoned) -> None:
    """Add the tables of rounds, of approvals and of what was asked for beyond the agreement."""
    found = items(record)
    rounds = [item for item in found if item.theirs("rework") or item.theirs("micro-change")]
    if any(item.named for item in rounds):
        mine.table("Item|Rounds agreed|Rounds had|Small changes|Entries", _rounds(rounds))
    waits = [(item, told) for item in found if (told := item.approvals())]
    waits = waits if any(item.named for item, _ in waits) else []
    rows = [_waits(item, told) for item, told in waits]
    mine.table("Item|Approvals asked|Given|Days waited|Days in all|Share|Entries", rows)
    unended = [
        one.seq
        for _, told in waits
        for one, came in told
        if one.kind == "approval-block" and came is None
    ]
    if waits:
        ended = (
            f" This record does not show when the wait of {entries(unended)} ended, so no day of "
            "it is counted."
        )
        mine.line(
            "The days in all run from the first entry of an item to its acceptance, to the end of "
            f"the work, or to {long_day(record.as_of)}. A day on which several approvals were "
            f"waited for counts once.{ended if unended else ''}"
        )
    asked = [item for item in found if item.of("scope-creep")]
    beyond = [_beyond(record, item) for item in asked if any(one.named for one in asked)]
    mine.table("Item|Asked beyond|Sum|Accepted since|Entries", beyond)


def _rounds(found: list[Item]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for item in found:
        rounds, trifles = item.theirs("rework"), item.theirs("micro-change")
        if rounds or trifles:
            agreed = item.agreed if item.named else item.record.terms.get("revisions")
            agreed = "-" if agreed is None else str(agreed)
            numbers = entries(one.seq for one in rounds + trifles)
            rows.append([item.name, agreed, str(len(rounds)), str(len(trifles)), numbers])
    return rows


def _waits(item: Item, told: list[tuple[Entry, date | None]]) -> list[Cell]:
    end, days = item.end, set[date]()
    for one, came in told:
        if came or one.kind == "request":
            until = min(came or end, end)
            days |= {one.day + timedelta(n) for n in range((until - one.day).days)}
    whole = max(0, (end - item.found[0].day).days)
    share = f"{int(Fraction(100 * len(days), whole) + Fraction(1, 2))} %" if whole else "-"
    given = sum(came is not None for _, came in told)
    numbers = entries(
        seq for one, _ in told for seq in (one.seq, *(o.seq for o in item.told_twice(one)))
    )
    cells = [str(len(told)), str(given), str(len(days)), str(whole), share, numbers]
    return [item.name, *cells]


def _beyond(record: Record, item: Item) -> list[Cell]:
    found = item.of("scope-creep")
    taken = {seq for one in item.of("acceptance") for seq in _links(one)}
    accepted = entries(one.seq for one in found if one.seq in taken)
    numbers = entries(one.seq for one in found)
    return [item.name, str(len(found)), named_sums(record, found) or "-", accepted, numbers]


def named_sums(record: Record, found: list[Entry]) -> str:
    """Return the sums that entries name, by currency; empty where none does."""
    sums: dict[str, Fraction] = {}
    for one in found:
        if one.data.get("amount") and one.data.get("currency"):
            code = str(one.data["currency"])
            sums[code] = sums.get(code, Fraction(0)) + one.amount()
    return joined([record.money(value, code) for code, value in sorted(sums.items())] or [""])
