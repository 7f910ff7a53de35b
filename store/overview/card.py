"""A client's card: what is agreed, owed, open and felt, as facts with the entries behind each.

Pure: it is made of a docket as of its day. What only the user may see is one part, `inner`, which
is there where it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from store.decision.due import decision_due
from store.docket import Docket
from store.docket.access import Access, accesses
from store.docket.account import account, age_of
from store.docket.hours import hours_of
from store.docket.items import WorkItem, work_items
from store.docket.ledger import Invoice
from store.docket.rounds import agreed_rework
from store.docket.tracking import Promise, Request
from store.docket.weeks import Week, as_one_week, weeks
from store.docket.welcome import WelcomeAnswer, flags, sheet
from store.entries import ClientData, Entry, HoursClass, HoursData, IncidentData, Side, TermsData
from store.playbook.step import NextStep
from store.playbook.welcome import NOT_SET, expected, three_signs
from store.private.model import PAIR, SCALES, CheckIn, Decision, Hold, Private
from store.working_days import WorkingDays

if TYPE_CHECKING:
    from store.decision.model import Assessment, Rule, Unsaid
    from store.playbook.scene import Scene

DAYS: Final = 90
"""The days whose hours a card has."""
OLD: Final = ("not due", "1-30 days", "31-60 days", "over 60 days")
"""How old what is owed may be, on a card: the ages of an account, the last two as one."""
FELT: Final = (PAIR[0].field, PAIR[1].field, "dread")
"""The scales of a check-in that a card draws."""


class Backed(NamedTuple):
    """Something said in words, and the entries that say it."""

    text: str
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Whom it is with; what is not known is empty."""

    contract_name: str
    decides: Backed
    reach: Backed
    email: str
    phone: str
    address: str
    tax_id: str
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Replies:
    """How soon they answer: in how many days as it was agreed, and in how many on average.

    `late` are the requests whose answer came, or is, after its day.
    """

    within: int | None
    average: Decimal | None
    asked: tuple[int, ...]
    answered: tuple[int, ...]
    late: tuple[int, ...]


class Aged(NamedTuple):
    """What is owed of one age, and the invoices that it is owed for."""

    amount: Decimal
    invoices: tuple[Invoice, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One currency: what was billed and paid, what is open and how old.

    `credited` was taken off bills, `paid` is less what went back, `credit` is in their favour.

    `ages` has one part for each of OLD; they add up to `open`.
    """

    currency: str
    billed: Decimal
    credited: Decimal
    paid: Decimal
    open: Decimal
    credit: Decimal
    charges: Decimal
    ages: tuple[Aged, ...]
    bills: tuple[int, ...]
    credits: tuple[int, ...]
    payments: tuple[int, ...]


class Spent(NamedTuple):
    """Hours of one class, and the entries that they were logged with."""

    kind: HoursClass
    hours: Decimal
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The promises of one side: those that are open, those late among them, and all that were."""

    open: tuple[Promise, ...]
    late: tuple[Promise, ...]
    made: int
    broken: tuple[int, ...]


class ToldOff(NamedTuple):
    """The last time that a line was drawn, and what has crossed it since."""

    seq: int
    day: date
    crossings: tuple[int, ...]


class Felt(NamedTuple):
    """One scale over all check-ins, oldest first; None where it was not said."""

    field: str
    values: tuple[int | None, ...]

    @property
    def last(self) -> int | None:
        """The last value that was said."""
        return next((one for one in reversed(self.values) if one is not None), None)


@dataclass(frozen=True, slots=True)
class Inner:
    """What is private: verdict, what to do next, what was decided, and how it feels.

    `decide` says that a decision is due, `chosen` what was decided last, `signs` what speaks
    for caution at first contact and rests on a check-in.
    """

    verdict: str
    provisional: bool
    decide: bool
    steps: tuple[NextStep, ...]
    unsaid: Unsaid | None
    told: ToldOff | None
    exceptions: tuple[Rule, ...]
    hold: Hold | None
    chosen: Decision | None
    signs: Backed | None
    checkins: tuple[CheckIn, ...]
    felt: tuple[Felt, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One client on a day; `since` is the first day on record, `stopped` and `ended` what did so.

    `warnings` are signs of first contact, `waited` all weeks as one.
    """

    client: str
    name: str
    day: date
    since: date | None
    entries: int
    people: People
    terms: TermsData
    agreed: tuple[int, ...]
    replies: Replies
    access: tuple[Access, ...]
    accounts: tuple[Owed, ...]
    hours: tuple[Spent, ...]
    mine: Words
    theirs: Words
    asks: tuple[Request, ...]
    items: tuple[WorkItem, ...]
    waited: Week
    warnings: tuple[Backed, ...]
    stopped: Entry | None
    ended: Entry | None
    inner: Inner | None = None

    @property
    def work(self) -> Decimal:
        """The hours on the work."""
        return sum((one.hours for one in self.hours if one.kind == "work"), Decimal(0))

    @property
    def about(self) -> Decimal:
        """The hours about them, rather than on the work."""
        return sum((one.hours for one in self.hours if one.kind != "work"), Decimal(0))


def card(docket: Docket, working: WorkingDays, inner: Inner | None = None) -> Card:
    """Return the card of a client, from the docket alone but for what is private."""
    return Card(
        client=docket.client,
        name=docket.name,
        day=docket.today,
        since=docket.started,
        entries=len(docket.entries),
        people=_people(docket),
        terms=docket.terms,
        agreed=tuple(one.seq for one in docket.shaped(TermsData)),
        replies=replies(docket),
        access=accesses(docket),
        accounts=accounts(docket),
        hours=spent(docket),
        mine=words_of(docket, "me"),
        theirs=words_of(docket, "client"),
        asks=tuple(docket.open_requests),
        items=work_items(docket),
        waited=as_one_week(weeks(docket, working)),
        warnings=tuple(_warnings(docket)),
        stopped=docket.stopped,
        ended=docket.ended,
        inner=inner,
    )


def full_card(scene: Scene) -> Card:
    """Return the card with all that is private on it."""
    return card(scene.docket, scene.working, inner_of(scene))


def inner_of(scene: Scene) -> Inner:
    """Return what of a card is private, from what the next steps are found in."""
    from store.playbook.next_steps import next_steps

    found, private, today = scene.assessment, scene.private, scene.today
    signs = three_signs(scene.docket, private)
    holds = [one for one in private.holds[-1:] if one.until > today]
    return Inner(
        verdict=found.verdict,
        provisional=found.provisional,
        decide=decision_due(private, found.verdict, today),
        steps=next_steps(scene),
        unsaid=found.unsaid,
        told=_told(scene.docket, found),
        exceptions=tuple(found.exceptions),
        hold=holds[0] if holds else None,
        chosen=private.decisions[-1] if private.decisions else None,
        signs=Backed(signs.says, signs.evidence) if signs else None,
        checkins=private.checkins,
        felt=tuple(_felt(private)),
    )


def _people(docket: Docket) -> People:
    profile, said = docket.profile, sheet(docket).answers
    known = docket.shaped(ClientData)
    named = profile.contract_name or ""
    return People(
        contract_name="" if named == profile.name else named,
        decides=_answer(said.get("decides")),
        reach=_answer(said.get("reach_them")),
        email=profile.email or "",
        phone=profile.phone or "",
        address=profile.address or "",
        tax_id=profile.tax_id or "",
        seqs=tuple(one.seq for one in known[-1:]),
    )


def _answer(said: WelcomeAnswer | None) -> Backed:
    return Backed(said.text, (said.seq,)) if said else Backed("", ())


def replies(docket: Docket) -> Replies:
    """Return how soon they answer."""
    known = [one for one in docket.requests if one.answered is not None]
    days = [one.waited(docket.today) for one in known]
    return Replies(
        within=docket.terms.reply_within_days,
        average=Decimal(sum(days)) / len(days) if days else None,
        asked=tuple(one.seq for one in docket.requests),
        answered=tuple(one.answer_seq for one in known if one.answer_seq),
        late=tuple(one.seq for one in docket.requests if one.days_over(docket.today)),
    )


def accounts(docket: Docket) -> tuple[Owed, ...]:
    """Return the account in each currency, the agreed one first."""
    books = docket.ledger
    found = {one.amount.currency for one in books.invoices}
    found |= {one.amount.currency for one in books.payments}
    codes = sorted(found, key=lambda code: (code != docket.terms.currency, code))
    return tuple(_owed(docket, code) for code in codes)


def _owed(docket: Docket, currency: str) -> Owed:
    found, books = account(docket, currency), docket.ledger
    ages = [Aged(Decimal(0), ()) for _ in OLD]
    for bill in found.invoices:
        if bill.balance.amount > 0:
            age = min(age_of(bill.days_late(docket.today)), len(OLD) - 1)
            ages[age] = Aged(ages[age].amount + bill.balance.amount, (*ages[age].invoices, bill))
    paid = [one.seq for one in books.payments if one.amount.currency == currency]
    paid += [one.seq for one in books.given_back if one.amount.currency == currency]
    return Owed(
        currency=currency,
        billed=found.billed,
        credited=found.credited,
        paid=found.received,
        open=sum(found.ageing, Decimal(0)),
        credit=found.credit,
        charges=found.charges_paid,
        ages=tuple(ages),
        bills=tuple(one.seq for one in found.invoices),
        credits=tuple(one.seq for bill in found.invoices for one in bill.reductions),
        payments=tuple(paid),
    )


def spent(docket: Docket) -> tuple[Spent, ...]:
    """Return the hours of DAYS by class, as far as there are any, in the order of the classes.

    What rounds took that were agreed is work, as it is where the verdict counts hours.
    """
    since = docket.today - timedelta(days=DAYS)
    agreed = agreed_rework(docket)
    found: dict[HoursClass, list[tuple[Decimal, int]]] = {}
    for entry in docket.shaped(HoursData, IncidentData):
        for kind, hours in hours_of(entry) if entry.day >= since else ():
            found.setdefault("work" if entry.seq in agreed else kind, []).append((hours, entry.seq))
    return tuple(
        Spent(kind, sum((h for h, _ in found[kind]), Decimal(0)), tuple(s for _, s in found[kind]))
        for kind in get_args(HoursClass)
        if kind in found
    )


def words_of(docket: Docket, side: Side) -> Words:
    """Return what one side has promised."""
    made = [one for one in docket.promises if one.by == side]
    return Words(
        open=tuple(one for one in made if one.open),
        late=tuple(one for one in made if one.overdue(docket.today)),
        made=len(made),
        broken=tuple(one.seq for one in made if one.kept is False),
    )


def _warnings(docket: Docket) -> Iterator[Backed]:
    """Yield that expectations are not set, and the flags of first contact."""
    if not expected(docket):
        yield Backed(NOT_SET, ())
    yield from (Backed(one.says, one.evidence) for one in flags(docket))


def contact_flags(docket: Docket, private: Private) -> tuple[Backed, ...]:
    """Return what speaks for caution at first contact, with a sign that rests on a check-in."""
    signs = three_signs(docket, private)
    return (*_warnings(docket), *([Backed(signs.says, signs.evidence)] if signs else []))


def _told(docket: Docket, found: Assessment) -> ToldOff | None:
    """Return the watch, or what the rule that ended it rests on."""
    if found.watched is not None:
        return ToldOff(found.watched.seq, found.watched.said, found.watched.crossings)
    behind = [one for rule in found.rules if rule.id == "R3" for one in rule.evidence]
    entries = [one.entry for seq in behind if (one := docket.find(seq))]
    said = [one for one in entries if one.group == "step"]
    if not said:
        return None
    last = max(said, key=lambda one: (one.day, one.seq))
    first = min(one.day for one in said)
    crossed = (one.seq for one in entries if one.group == "incident" and one.day >= first)
    return ToldOff(last.seq, last.day, tuple(crossed))


def _felt(private: Private) -> Iterator[Felt]:
    for scale in SCALES:
        values = tuple(getattr(one, scale.field) for one in private.checkins)
        if any(one is not None for one in values):
            yield Felt(scale.field, values)
