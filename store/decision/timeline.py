"""What happened with a client, dated and read from the docket once: assessed as of any of its days.

Days are ordinals of the calendar, so that a look back of half a year costs no second reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from store.decision.facts import WEIGHTLESS
from store.docket import Docket, Invoice
from store.docket.ledger import LET_GO
from store.docket.rounds import agreed_rework
from store.docket.steps import outcomes, steps, subjects
from store.docket.tracking import Promise, Request
from store.entries import KINDS, Entry, ExceptionData, HoursData, IncidentData, Landed, StepData
from store.private.model import CheckIn, Private
from store.settings.config import Config

_WAITING = ("incident", "request")
"""Trouble of before anything else makes nobody a client earlier."""
_FAR: dict[Landed, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}


class Event(NamedTuple):
    """Anything dated: its number, kind and day."""

    seq: int
    kind: str
    day: int


class Trouble(NamedTuple):
    """An incident: how bad, whether partly mine, the hours it cost beyond what was agreed."""

    seq: int
    kind: str
    day: int
    severity: int
    mine: bool
    hours: float


class Deed(NamedTuple):
    """A step, what came of it as (day, how far it worked), and what it counts for."""

    seq: int
    kind: str
    day: int
    came: tuple[tuple[int, float], ...]
    money: bool
    asks: tuple[int, ...]
    named: bool

    def worked(self, now: int) -> float | None:
        """How far it worked, as known on day `now`."""
        known = [far for day, far in self.came if day <= now]
        return known[-1] if known else None


class Bill(NamedTuple):
    """An invoice, and what came in for it, as (day, amount); what was let go is a part as well.

    `amount` is less what was credited, which never was owed. `reopened` says that a part was taken
    off again.
    """

    seq: int
    issued: int
    due: int
    amount: float
    currency: str
    parts: tuple[tuple[int, float], ...]
    let_go: float = 0.0
    reopened: bool = False

    def settled(self, day: int) -> int | None:
        """The day the last of it came in, as known on `day`; None while some is owed."""
        if self.open(day) > 0:
            return None
        if not self.reopened:
            return max((when for when, _ in self.parts if when <= day), default=self.due)
        days = sorted({when for when, _ in self.parts if when <= day})
        last = max((when for when in days if self.open(when) > 0), default=0)
        return min((when for when in days if when > last), default=self.due)

    def open(self, day: int) -> float:
        """What is owed of it on `day`, to a tenth of a cent."""
        paid = sum(amount for when, amount in self.parts if when <= day)
        return max(0.0, round(self.amount - paid, 4))


class Awaited(NamedTuple):
    """Something asked of them: when, by when, within how many days, and when they answered."""

    seq: int
    asked: int
    expected: int
    within: int
    answered: int | None


class Word(NamedTuple):
    """A promise of one side, and what came of it when."""

    seq: int
    by: str
    made: int
    due: int
    kept: bool | None
    settled: int | None


class Time(NamedTuple):
    """Hours that were logged: `work`, as rounds that were agreed are too, or of another class."""

    seq: int
    day: int
    hours: float
    spent: str


class Exemption(NamedTuple):
    """A written exception to a rule, and its last day."""

    seq: int
    rule: str
    day: int
    until: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything an assessment reads of one client, by number of entry; `today` is its last day.

    Of all that happened it is enough to know when it began: `first` is the day of the first entry,
    `begun` of the first that is neither trouble nor a question, and `lived` are the days of what
    is more than an agreement, each once and in order.
    """

    client: str
    today: date
    first: int | None
    begun: int | None
    lived: tuple[int, ...]
    troubles: tuple[Trouble, ...]
    deeds: tuple[Deed, ...]
    bills: tuple[Bill, ...]
    questions: tuple[Awaited, ...]
    words: tuple[Word, ...]
    times: tuple[Time, ...]
    hardships: tuple[Event, ...]
    good: tuple[Event, ...]
    exemptions: tuple[Exemption, ...]
    paid: tuple[int, ...]
    feelings: tuple[CheckIn, ...]
    rate: float | None
    rate_currency: str | None
    currency: str
    target: float | None


def read_timeline(docket: Docket, private: Private, config: Config) -> Timeline:
    """Return the timeline of a client up to the docket's day.

    High standards are left out of everything (advice 39).
    """
    entries = [entry for entry in docket.counted if entry.kind not in WEIGHTLESS]
    terms = docket.terms
    currency = terms.currency or config.currency
    deeds = _deeds(docket)
    agreed = agreed_rework(docket)
    return Timeline(
        client=docket.client,
        today=docket.today,
        first=min((e.day.toordinal() for e in entries), default=None),
        begun=min((e.day.toordinal() for e in entries if e.group not in _WAITING), default=None),
        lived=tuple(sorted({e.day.toordinal() for e in entries if e.group != "agreement"})),
        troubles=tuple(_troubles(entries, agreed)),
        deeds=deeds,
        bills=_bills(docket),
        questions=tuple(map(_awaited, docket.requests)),
        words=tuple(map(_word, docket.promises)),
        times=tuple(_times(entries, agreed)),
        hardships=_events(entries, "circumstance"),
        good=_events(entries, "good-day"),
        exemptions=tuple(
            Exemption(e.seq, e.data.rule, e.day.toordinal(), e.data.until.toordinal())
            for e in entries
            if isinstance(e.data, ExceptionData)
        ),
        paid=tuple(e.day.toordinal() for e in entries if KINDS[e.kind].paid),
        feelings=private.checkins,
        rate=float(terms.rate) if terms.rate is not None else None,
        rate_currency=terms.currency,
        currency=currency,
        target=_target(docket, config, currency),
    )


def _awaited(one: Request) -> Awaited:
    return Awaited(
        one.seq,
        one.asked.toordinal(),
        one.expected.toordinal(),
        one.reply_days,
        one.answered.toordinal() if one.answered else None,
    )


def _word(one: Promise) -> Word:
    return Word(
        one.seq,
        one.by,
        one.made.toordinal(),
        one.due.toordinal(),
        one.kept or one.released or one.kept,
        one.settled_on.toordinal() if one.settled_on else None,
    )


def _events(entries: Sequence[Entry], group: str) -> tuple[Event, ...]:
    return tuple(Event(e.seq, e.kind, e.day.toordinal()) for e in entries if e.group == group)


def _times(entries: Sequence[Entry], agreed: Collection[int]) -> Iterator[Time]:
    """Yield the hours that were logged; those of rounds that were agreed are work (advice 22)."""
    for one in entries:
        day, data = one.day.toordinal(), one.data
        if isinstance(data, HoursData):
            spent = "work" if one.seq in agreed else data.spent
            yield Time(one.seq, day, float(data.hours), spent)
        elif isinstance(data, IncidentData) and one.seq in agreed:
            yield Time(one.seq, day, float(data.hours or 0), "work")


def _troubles(entries: Sequence[Entry], agreed: Collection[int]) -> list[Trouble]:
    return [
        Trouble(
            seq=entry.seq,
            kind=entry.kind,
            day=entry.day.toordinal(),
            severity=entry.data.severity,
            # What was never written down is half mine (advice 66).
            mine=entry.data.my_share
            or (entry.kind == "expectation-gap" and entry.data.in_writing is False),
            hours=0.0 if entry.seq in agreed else float(entry.data.hours or 0),
        )
        for entry in entries
        if isinstance(entry.data, IncidentData)
    ]


def _deeds(docket: Docket) -> tuple[Deed, ...]:
    about, came = subjects(docket), outcomes(docket)
    return tuple(
        Deed(
            seq=entry.seq,
            kind=entry.kind,
            day=entry.day.toordinal(),
            came=tuple((o.day.toordinal(), _FAR[o.worked]) for o in came.get(entry.seq, ())),
            money=about[entry.seq].money,
            asks=about[entry.seq].requests,
            named=about[entry.seq].named,
        )
        for entry in steps(docket)
        if isinstance(entry.data, StepData)
    )


def _bills(docket: Docket) -> tuple[Bill, ...]:
    """Return the invoices; one that was credited in full never was."""
    return tuple(_bill(one) for one in docket.ledger.invoices if _owed_once(one))


def _bill(bill: Invoice) -> Bill:
    gone = [one for one in bill.reductions if one.kind == LET_GO]
    parts = [(one.day, one.amount) for one in bill.settlements]
    parts += [(one.day, one.amount.amount) for one in gone]
    return Bill(
        seq=bill.seq,
        issued=bill.issued.toordinal(),
        due=bill.due.toordinal(),
        amount=float(_owed_once(bill)),
        currency=bill.amount.currency,
        parts=tuple((day.toordinal(), float(amount)) for day, amount in parts),
        let_go=float(sum(one.amount.amount for one in gone)),
        reopened=any(one.amount < 0 for one in bill.settlements),
    )


def _owed_once(bill: Invoice) -> Decimal:
    """Return what a bill asked for but for what was credited, let go of or not."""
    gone = (one.amount.amount for one in bill.reductions if one.kind == LET_GO)
    return bill.asked.amount + sum(gone, Decimal(0))


def _target(docket: Docket, config: Config, currency: str) -> float | None:
    """What an hour should earn in `currency`: the user's own target, else the agreed rate."""
    if config.target_rate is not None and config.currency == currency:
        return float(config.target_rate)
    return float(docket.terms.rate) if docket.terms.rate is not None else None


def billed_currencies(bills: Sequence[Bill]) -> list[str]:
    """Return the currencies that were billed in, in order."""
    return sorted({bill.currency for bill in bills})
