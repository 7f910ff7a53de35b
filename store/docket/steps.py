"""Steps: what I did about it, what each counts for, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from typing import Final

from store.docket.docket import Docket
from store.docket.ledger import Invoice
from store.entries import Entry, Landed, OutcomeData, PromiseData, StepData
from store.entries.kinds import kinds_that, weighing

_MONEY: Final = kinds_that(lambda kind: kind.group == "money" or kind.owed)
_UNBILLED: Final = kinds_that(lambda kind: kind.group == "incident" and kind.owed)
_PAID: Final = kinds_that(lambda kind: kind.paid)
_NUMBER: Final = re.compile(r"\w(?:[\w./#-]*\w)?")
"""What may be the number of an invoice in a sentence."""
_DEMANDS: Final = frozenset({"reminder", "talk", "warning", "notice", "escalate"})
"""Steps that ask for money, if they name an invoice."""
_OWED: Final = weighing("money")
"""Incidents that are about money, unless they say that they are about something else."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry counts for: money or not, and the requests; `named` if it says so itself."""

    money: bool = False
    requests: tuple[int, ...] = ()
    named: bool = field(default=False, compare=False)


NOTHING: Final = Subject()
_DEEP: Final = 50
"""Links followed from one to the next before it is given up: nobody writes so many."""


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is open on a day: a number on the docket, what to call it, and its span."""

    seq: int
    name: str
    money: bool
    begins: tuple[date, int]
    ends: tuple[date, int] | None = None

    def on(self, day: date, seq: int) -> bool:
        """Whether it is open when entry `seq` of that day is logged."""
        return self.begins <= (day, seq) and (self.ends is None or self.ends > (day, seq))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step, by the last word on it."""

    seq: int
    day: date
    worked: Landed


def steps(docket: Docket) -> list[Entry]:
    """Return what I did about it, oldest first."""
    return [entry for entry in docket.group("step") if entry.kind != "outcome"]


def outcomes(docket: Docket) -> dict[int, list[Outcome]]:
    """Return what came of each step by its number, oldest word first.

    A step may have said so itself; what is logged about it later goes after that.
    """
    found: dict[int, list[Outcome]] = {}
    for entry in docket.group("step"):
        if isinstance(entry.data, StepData) and entry.data.worked is not None:
            worked: Landed = "yes" if entry.data.worked else "no"
            found.setdefault(entry.seq, []).insert(0, Outcome(entry.seq, entry.day, worked))
        elif isinstance(entry.data, OutcomeData) and (link := entry.followed):
            told = Outcome(entry.seq, entry.day, entry.data.worked)
            found.setdefault(link.seq, []).append(told)
    return found


def open_on(docket: Docket, day: date, seq: int) -> list[Open]:
    """Return what was open when entry `seq` of `day` was logged, the oldest first.

    Money that is owed after its due date and questions with no answer; where there is neither,
    bills that are not due yet.
    """
    found = [one for one in _open(docket) if one.on(day, seq)]
    if not found:
        found = [one for one in _not_due(docket) if one.on(day, seq)]
    return sorted(found, key=lambda one: (one.begins, one.seq))


def subjects(docket: Docket) -> dict[int, Subject]:
    """Return what each step counts for, by its number.

    What it names; a step that names nothing counts for the one thing that was open, and where
    several were, for the oldest open request and for none of the money.
    """
    named = _Named(docket)
    found: dict[int, Subject] = {}
    unnamed: list[Entry] = []
    for entry in steps(docket):
        subject = named.subject(entry)
        if subject is None:
            unnamed.append(entry)
        else:
            found[entry.seq] = subject
    return found | _by_day(unnamed, docket)


def invoices_named(entry: Entry, docket: Docket) -> list[str]:
    """Return the numbers of the invoices that an entry names, each once."""
    bills = docket.ledger.numbers if entry.links else {}
    named = [entry.refs.invoice or "", *(bills.get(link.seq, "") for link in entry.links)]
    return list(dict.fromkeys(filter(None, named)))


def undemanded(docket: Docket) -> list[str]:
    """Return the numbers of the overdue invoices that no step after their due day names."""
    last: dict[str, date] = {}
    for entry in steps(docket):
        if entry.kind in _DEMANDS:
            for name in (*invoices_named(entry, docket), *_NUMBER.findall(entry.statement)):
                last[name] = max(entry.day, last.get(name, entry.day))
    return [bill.number for bill in docket.overdue if last.get(bill.number, bill.due) <= bill.due]


def names_number(entry: Entry, number: str) -> bool:
    """Whether an entry names the number of an invoice, by its reference or in its words."""
    return entry.refs.invoice == number or number in _NUMBER.findall(entry.statement)


def tells_of(entry: Entry, number: str, docket: Docket) -> bool:
    """Whether an entry names an invoice: by its reference, a link or in its words."""
    return names_number(entry, number) or number in invoices_named(entry, docket)


def about_money(taken: Iterable[Entry], docket: Docket) -> list[Entry]:
    """Return the steps, of those `taken`, that do not say they are about other than money."""
    named = _Named(docket)
    found = ((entry, named.subject(entry)) for entry in taken)
    return [entry for entry, subject in found if subject is None or subject.money]


def names_nothing(entry: Entry, docket: Docket) -> bool:
    """Whether a step says nothing of what it is about."""
    return _Named(docket).subject(entry) is None


class _Named:
    """What entries say that they are about, followed from link to link."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket
        self._numbers = {one.number.casefold() for one in docket.ledger.invoices}
        self._known: dict[int, Subject | None] = {}

    def subject(self, entry: Entry, depth: int = 0) -> Subject | None:
        """Return what `entry` names, None where it names nothing that still stands."""
        if entry.seq not in self._known:
            self._known[entry.seq] = None  # until it is known: links may lead in a circle
            self._known[entry.seq] = self._read(entry, depth)
        return self._known[entry.seq]

    def _read(self, entry: Entry, depth: int) -> Subject | None:
        found: list[Subject] = []
        if entry.refs.invoice and entry.refs.invoice.casefold() in self._numbers:
            found.append(Subject(money=True))
        for link in entry.links if depth < _DEEP else ():
            target = self._docket.find(link.seq)
            if target is not None and target.counts:
                found.append(self._target(target.entry, depth + 1))
        if not found:
            return None
        requests = dict.fromkeys(seq for one in found for seq in one.requests)
        return Subject(any(one.money for one in found), tuple(requests), named=True)

    def _target(self, entry: Entry, depth: int) -> Subject:
        if entry.kind == "request":
            return Subject(requests=(entry.seq,))
        if entry.kind in _MONEY:
            return Subject(money=True)
        theirs = isinstance(entry.data, PromiseData) and entry.data.by == "client"
        return self.subject(entry, depth) or Subject(money=theirs or entry.kind in _OWED)


def _open(docket: Docket) -> list[Open]:
    """Return what was ever open: requests from asking on, bills from the day after they are due."""
    found = [
        Open(
            one.seq,
            f"#{one.seq}",
            False,
            (one.asked, one.seq),
            (one.answered, one.answer_seq or 0) if one.answered else None,
        )
        for one in docket.requests
    ]
    found += [_bill(one, (one.due, 1 << 62)) for one in docket.ledger.invoices]
    return [*found, *_unbilled(docket)]


def _not_due(docket: Docket) -> list[Open]:
    return [_bill(one, (one.issued, one.seq)) for one in docket.ledger.invoices]


def _bill(invoice: Invoice, begins: tuple[date, int]) -> Open:
    return Open(invoice.seq, invoice.number, True, begins, invoice.settled_by)


def _unbilled(docket: Docket) -> list[Open]:
    """Return money that is owed as far as incidents tell, until it comes in or the first bill."""
    billed = min(((one.issued, one.seq) for one in docket.ledger.invoices), default=None)
    paid = sorted((one.day, one.seq) for one in docket.kind(*_PAID))
    ends = sorted([*paid, billed]) if billed else paid
    return [
        Open(
            one.seq,
            f"#{one.seq}",
            True,
            (one.day, one.seq),
            next((when for when in ends if when > (one.day, one.seq)), None),
        )
        for one in docket.kind(*_UNBILLED)
        if billed is None or (one.day, one.seq) < billed
    ]


def _by_day(unnamed: Iterable[Entry], docket: Docket) -> dict[int, Subject]:
    """Return what steps that name nothing count for: one walk over the days, not one for each."""
    walked, waiting = _Walk(_open(docket)), _Walk(_not_due(docket))
    found = {}
    for entry in sorted(unnamed, key=lambda one: (one.day, one.seq)):
        walked.to(entry.day, entry.seq)
        waiting.to(entry.day, entry.seq)
        found[entry.seq] = (walked if walked.count else waiting).subject
    return found


class _Walk:
    """What is open, as the days go by."""

    def __init__(self, things: list[Open]) -> None:
        self._coming = sorted(things, key=lambda one: (one.begins, one.seq), reverse=True)
        self._ending: list[tuple[tuple[date, int], int]] = []
        self._money: dict[int, None] = {}
        self._requests: dict[int, None] = {}

    def to(self, day: date, seq: int) -> None:
        """Go on to when entry `seq` of `day` is logged."""
        now = (day, seq)
        while self._coming and self._coming[-1].begins <= now:
            one = self._coming.pop()
            (self._money if one.money else self._requests)[one.seq] = None
            if one.ends is not None:
                heappush(self._ending, (one.ends, one.seq))
        while self._ending and self._ending[0][0] <= now:
            ended = heappop(self._ending)[1]
            self._money.pop(ended, None)
            self._requests.pop(ended, None)

    @property
    def count(self) -> int:
        """How many things are open."""
        return len(self._money) + len(self._requests)

    @property
    def subject(self) -> Subject:
        """What a step that names nothing counts for."""
        if oldest := next(iter(self._requests), None):
            return Subject(requests=(oldest,))
        return Subject(money=True) if self.count == 1 else NOTHING
