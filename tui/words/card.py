"""A client's card in words: parts of labelled lines, the same for the screen and the shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple

from store.dates import day_words
from store.decision.scale import VERDICT
from store.docket.access import Access
from store.docket.tracking import Promise, Request
from store.entries import TermsData
from store.money import Money, totals
from store.overview.card import FELT, Aged, Backed, Card, Felt, Inner, Owed, Replies, Words
from store.playbook.step import NextStep, to_take
from store.text import plural, top_line
from tui.text import wrap
from tui.words import NEVER_EXPORTED
from tui.words.moments import compact, short_day
from tui.words.verdict import unsaid_count

WEEKS, ITEMS, ACCESS, CHECKINS = "weeks", "items", "access", "checkins"
"""What a line of a card leads to that is more than the entries behind it."""
_SPENT: Final = {
    "work": ("work", ("work",)),
    "rework": ("rework", ("rework",)),
    "waiting": ("waiting", ("wait",)),
    "talking": ("talking", ("chase", "conflict")),
}
"""The bars of the hours, each with the classes in it."""
_AGES: Final = ("not due", "1–30 d", "31–60", "over 60")
_FEEL: Final = {FELT[0]: "client", FELT[1]: "work", FELT[2]: "dread"}
_LABEL: Final = 10
_NONE: Final = "-"

_Piece = tuple[str, str]
"""A text, and what it looks like by tui/tokens.py."""


class Gauge(NamedTuple):
    """A bar: how much of its whole is filled, 0 to 1, and what the filled part looks like."""

    share: float
    look: str


class CardLine(NamedTuple):
    """One line of a card: its label, what it says, the bar before that, and the entries behind it.

    `leads` names a list of its own that it opens instead. `figure` says that it ends flush right,
    `whole` that it begins where labels do; `felt` are the values of a scale, which a screen draws.
    """

    label: str
    pieces: tuple[_Piece, ...]
    seqs: tuple[int, ...] = ()
    leads: str = ""
    gauge: Gauge | None = None
    figure: bool = False
    whole: bool = False
    felt: tuple[int | None, ...] = ()
    step: NextStep | None = None

    @property
    def text(self) -> str:
        """What it says without its looks."""
        return "".join(text for text, _ in self.pieces)


class CardPart(NamedTuple):
    """A part of a card under its title; `private` ones are in no export."""

    title: str
    lines: tuple[CardLine, ...]
    private: bool = False


def card_parts(card: Card) -> list[CardPart]:
    """Return the parts of a card, two and two beside each other: left, right, left, right."""
    inner = card.inner
    parts = [
        CardPart("Terms and people", tuple(_terms(card))),
        CardPart("Account", tuple(_account(card))),
        CardPart("Hours, 90 days", tuple(_hours(card))),
        CardPart("Open between us", tuple(_open(card))),
    ]
    if inner:
        parts.append(CardPart("Next", tuple(_next(to_take(inner.steps), card.day)), private=True))
        title = f"How it feels: {NEVER_EXPORTED}"
        parts.append(CardPart(title, tuple(_feels(inner)), private=True))
    if wary := tuple(_wary(card)):
        parts.append(CardPart("First contact", wary))
    if inner and (aside := tuple(_aside(inner, card.day))):
        parts.append(CardPart("Set aside", aside, private=True))
    return parts


def open_parts(card: Card) -> list[CardPart]:
    """Return the parts that the client may see: facts, and nothing that is weighed."""
    return [
        part._replace(lines=tuple(one for one in part.lines if one.label not in _WEIGHED))
        for part in card_parts(card)
        if part.title in _OPEN
    ]


_OPEN: Final = ("Terms and people", "Account", "Open between us")
_WEIGHED: Final = ("beyond", "access", "charges")


def card_title(card: Card) -> tuple[str, str]:
    """Return the name of the client, and since when; or until when, where it is over."""
    if card.ended is not None:
        return card.name, f"ended {day_words(card.ended.day)}"
    stopped = f"; work stopped {short_day(card.stopped.day, card.day)}" if card.stopped else ""
    return card.name, (
        f"since {day_words(card.since)}" if card.since else "nothing on record"
    ) + stopped


def standing_words(inner: Inner) -> str:
    """Return the verdict in words, with a question mark where too little is known."""
    unsure = inner.provisional and inner.verdict != "not-enough"
    return VERDICT[inner.verdict].words + ("?" if unsure else "")


def card_lines(card: Card, cells: int, *, openly: bool = False) -> Iterator[str]:
    """Yield a card as linear text: each line with the entries behind it; `openly` less of it."""
    name, when = card_title(card)
    yield from wrap(f"{name} ({card.client}), {when}", cells)
    if card.inner:
        due = "; a decision is due" if card.inner.decide else ""
        yield from wrap(f"{standing_words(card.inner)}{due} ({NEVER_EXPORTED})", cells)
    for part in open_parts(card) if openly else card_parts(card):
        yield ""
        unsaid = part.private and NEVER_EXPORTED not in part.title
        yield part.title + (f" ({NEVER_EXPORTED})" if unsaid else "")
        for line in part.lines:
            said = " ".join(str("-" if one is None else one) for one in line.felt)
            said = said or "".join(text for text, look in line.pieces if look != "link").rstrip()
            behind = f"  {_behind(line.seqs)}" if line.seqs else ""
            label = 0 if line.whole else _LABEL
            first, *rest = wrap(said + behind, cells - label - 2)
            yield f"  {line.label:<{label}}{first}"
            yield from (f"  {' ' * label}{more}" for more in rest)


def _behind(seqs: Sequence[int]) -> str:
    """Return the entries behind a line: the last three, and how many more."""
    shown = " ".join(f"#{seq}" for seq in seqs[-3:])
    return f"[{shown}]" if len(seqs) <= 3 else f"[{shown} and {len(seqs) - 3} more]"


def _lines(label: str, texts: Iterable[str], seqs: tuple[int, ...] = ()) -> Iterator[CardLine]:
    for number, text in enumerate(texts):
        yield CardLine("" if number else label, ((text, ""),), seqs)


def _terms(card: Card) -> Iterator[CardLine]:
    who = card.people
    named = who.decides.text or who.contract_name
    yield from _lines("who", [named] if named else [], who.decides.seqs or who.seqs)
    reach = [one for one in (who.email, who.phone) if one]
    if reach or not named:
        label = "" if named else "who"
        yield from _lines(label, reach or ["nobody named"], who.seqs)
    if who.reach.text:
        yield CardLine("reach", ((who.reach.text, ""),), who.reach.seqs)
    agreed = agreed_words(card.terms)
    yield from _lines("agreed", agreed or ["nothing on record"], card.agreed)
    yield replies_line(card.replies)
    yield _access(card.access, card.day)


def agreed_words(terms: TermsData) -> list[str]:
    """Return the terms, those of money in one line and the scope in another."""
    sums = [
        *([terms.payment] if terms.payment else []),
        *([f"{terms.currency or ''} {terms.rate:f}/h".strip()] if terms.rate else []),
        *([_asked_for(terms)] if terms.price else []),
        *([plural(terms.revisions, "round")] if terms.revisions is not None else []),
    ]
    return [one for one in (" · ".join(sums), terms.scope or "") if one]


def _asked_for(terms: TermsData) -> str:
    return f"{terms.currency or ''} {terms.price:,f}".strip().removesuffix(".00")


def replies_line(told: Replies) -> CardLine:
    """Return how soon they answer."""
    within = f"within {told.within}d" if told.within else "no time agreed"
    took = f"; takes {round(told.average)} on average" if told.average is not None else ""
    slow = bool(told.average is not None and told.within and told.average > told.within)
    seqs = tuple(sorted((*told.asked, *told.answered)))
    return CardLine("replies", ((f"{within}{took}", "heat1" if slow else ""),), seqs)


def _access(found: Sequence[Access], today: date) -> CardLine:
    if not found:
        return CardLine("access", (("nothing asked for", "dim"),))
    seqs = tuple(dict.fromkeys(seq for one in found for seq in (one.seq, one.withheld_by) if seq))
    open_ = [one for one in found if one.open]
    if not open_:
        return CardLine("access", ((f"{len(found)} on record, none open", ""),), seqs, ACCESS)
    last = open_[-1]
    number = last.withheld_by or last.seq
    more = f" +{len(open_) - 1}" if len(open_) > 1 else ""
    said = (last.what, "heat2" if last.withheld else "heat1")
    return CardLine("access", (said, (f" #{number}{more}", "dim")), seqs, ACCESS)


def _account(card: Card) -> Iterator[CardLine]:
    if not card.accounts:
        yield CardLine("billed", (("nothing billed yet", "dim"),))
    for one in card.accounts:
        yield from _one_account(one, card.day)


def _one_account(one: Owed, today: date) -> Iterator[CardLine]:
    open_ = tuple(bill.seq for age in one.ages for bill in age.invoices)
    late = one.open - one.ages[0].amount
    yield _sum("billed", one.billed, one, one.bills)
    if one.credited:
        yield _sum("credited", one.credited, one, one.credits)
    yield _sum("paid", one.paid, one, one.payments)
    yield _sum("open", one.open, one, open_)
    if one.credit > 0:
        yield _sum("in favour", one.credit, one, one.payments)
    if one.charges:
        yield _sum("charges", one.charges, one, one.payments)
    for number, (label, age) in enumerate(zip(_AGES, one.ages, strict=True)):
        share = float(age.amount / one.open) if one.open else 0.0
        look = "bold heat3" if number and late else "money"
        seqs = tuple(bill.seq for bill in age.invoices)
        figure = _aged(age, one.currency, today, number)
        said = ((figure, "dim" if figure == _NONE else look if number else ""),)
        yield CardLine(label, said, seqs, "", Gauge(share, look), figure=True)


def _aged(age: Aged, currency: str, today: date, number: int) -> str:
    """Return what is owed of an age: the bill and its day where it is one not due yet."""
    if not age.invoices:
        return _NONE
    if number == 0 and len(age.invoices) == 1:
        (bill,) = age.invoices
        return f"{bill.number} {short_day(bill.due, today)}"
    return str(Money(age.amount, currency))


def _sum(label: str, amount: Decimal, one: Owed, seqs: tuple[int, ...]) -> CardLine:
    return CardLine(label, ((str(Money(amount, one.currency)), "money"),), seqs, figure=True)


def _hours(card: Card) -> Iterator[CardLine]:
    spent = {one.kind: one for one in card.hours}
    bars = []
    for label, classes in _SPENT.values():
        found = [spent[kind] for kind in classes if kind in spent]
        hours = sum((one.hours for one in found), Decimal(0))
        bars.append((label, hours, tuple(sorted(seq for one in found for seq in one.seqs))))
    most = max(hours for _, hours, _ in bars)
    for label, hours, seqs in bars:
        gauge = Gauge(float(hours / most) if most else 0.0, "text" if label == "work" else "heat2")
        said = (compact(hours), "") if hours else (_NONE, "dim")
        yield CardLine(label, (said,), seqs, "", gauge, figure=True)
    every = tuple(sorted(seq for one in card.hours for seq in one.seqs))
    yield CardLine("", _balance(card), every, whole=True)
    week = card.waited
    waited = f"{week.on_them} of {plural(week.days, 'day')} waited for them"
    yield CardLine("", ((waited, "heat1" if week.on_them else "dim"),), (), WEEKS, whole=True)


def _balance(card: Card) -> tuple[_Piece, ...]:
    if not card.hours:
        return (("no hours on record", "dim"),)
    return (
        (compact(card.about), "bold"),
        (" about them for ", "dim"),
        (compact(card.work), "bold"),
        (" of work", "dim"),
    )


def _open(card: Card) -> Iterator[CardLine]:
    yield promised_line("I owe", card.mine, "nothing", card.day)
    yield promised_line("they owe", card.theirs, "no promise open", card.day)
    yield asks_line(card.asks, card.replies, card.day)
    if card.inner:
        yield from _unsaid(card.inner, card.day)
    yield from _items(card)


def promised_line(label: str, words: Words, none: str, today: date) -> CardLine:
    """Return what one side has promised: the first of what is open, and how many were broken."""
    broken = f"; {len(words.broken)} of {words.made} broken" if words.broken else ""
    if not words.open:
        return CardLine(label, ((f"{none}{broken}", "" if broken else "dim"),), words.broken)
    seqs = tuple(one.seq for one in words.open)
    first = words.open[0]
    more = f" +{len(words.open) - 1}" if len(words.open) > 1 else ""
    return CardLine(
        label,
        ((_due(first, today), _late(first, today)), (f" {top_line(first.statement)}{more}", "")),
        seqs,
    )


def _due(one: Promise, today: date) -> str:
    late = (today - one.due).days
    if late > 0:
        return f"{late}d late"
    return "today" if not late else short_day(one.due, today)


def _late(one: Promise, today: date) -> str:
    return "bold heat3" if one.due < today else "heat1" if one.due == today else "dim"


def asks_line(asks: Sequence[Request], told: Replies, today: date) -> CardLine:
    """Return what was asked and has not come, or how often it came late."""
    if not asks:
        asked, late = len(told.asked), len(told.late)
        came = f"; {late} of {asked} came late" if late else ""
        return CardLine("asks", ((f"none open{came}", "" if came else "dim"),), told.late)
    over = max(one.days_over(today) for one in asks)
    said = f"{over}d late" if over else "not due yet"
    seqs = tuple(one.seq for one in asks)
    first = top_line(asks[0].statement)
    look = "bold heat3" if over else ""
    return CardLine("asks", ((f"{len(asks)} open, {said}", look), (f": {first}", "")), seqs)


def _unsaid(inner: Inner, today: date) -> Iterator[CardLine]:
    unsaid, told = inner.unsaid, inner.told
    if unsaid is None or not (unsaid.count or unsaid.evidence):
        yield CardLine("unsaid", (("nothing", "dim"),))
    else:
        linked = [((" ", ""), (f"#{seq}", "link")) for seq in unsaid.evidence[-2:]]
        pieces = ((unsaid_count(unsaid), "heat2"), *chain.from_iterable(linked))
        yield CardLine("unsaid", pieces, unsaid.evidence)
    if told is not None:
        times = len(told.crossings)
        crossed = (
            (f"; crossed {plural(times, 'time')}", "heat3") if times else ("; it holds", "keep")
        )
        seqs = (told.seq, *told.crossings)
        yield CardLine("told", ((short_day(told.day, today), ""), crossed), seqs)


def _items(card: Card) -> Iterator[CardLine]:
    if not card.items:
        return
    over = [one for one in card.items if one.over]
    waiting = sum(len(one.waiting) for one in card.items)
    one = over[0] if over else card.items[-1]
    rounds = f"{len(one.rounds)} of {one.agreed} rounds" if one.agreed is not None else ""
    waits = f"{plural(waiting, 'approval')} open" if waiting and not rounds else ""
    waits = f"{waiting} waiting" if waiting and rounds else waits
    said = ", ".join(filter(None, (rounds, waits))) or plural(len(card.items), "item")
    name = f"{one.name}: " if one.name and len(card.items) > 1 else ""
    seqs = tuple(sorted({seq for item in card.items for seq in item.seqs}))
    yield CardLine("work", ((f"{name}{said}", "heat2" if over else ""),), seqs, ITEMS)
    beyond = [entry for one in card.items for entry in one.beyond]
    if beyond:
        sums = totals(money for one in card.items for money in one.beyond_sums)
        told = ", ".join([str(len(beyond)), *map(str, sums)])
        yield CardLine("beyond", ((told, "heat2"),), tuple(sorted(beyond)), ITEMS)


def _next(steps: Sequence[NextStep], today: date) -> Iterator[CardLine]:
    if not steps:
        yield CardLine("", (("nothing to do next", "dim"),), whole=True)
    for number, step in enumerate(steps):
        since = f", since {short_day(step.due, today)}" if step.due < today else ""
        due = step.due <= today
        when = "today" if due else short_day(step.due, today)
        pieces = ((step.what, "bold" if due else ""), (since, ""))
        yield CardLine(when, pieces, step.evidence, step=step)
        if number == 0:
            yield CardLine("", ((step.why, "dim"),))


def _feels(inner: Inner) -> Iterator[CardLine]:
    felt = {one.field: one for one in inner.felt}
    for field, label in _FEEL.items():
        one = felt.get(field, Felt(field, ()))
        last = "-" if one.last is None else str(one.last)
        yield CardLine(label, ((last, ""),), (), CHECKINS if one.values else "", felt=one.values)
    if not inner.checkins:
        yield CardLine("", (("no check-in yet: i", "dim"),), whole=True)
        return
    first, last_at = inner.checkins[0].at, inner.checkins[-1].at
    same = (first.year, first.month) == (last_at.year, last_at.month)
    span = f"{first:%b}" if same else f"{first:%b} to {last_at:%b}"
    said = f"{plural(len(inner.checkins), 'check-in')}, {span}, 0 to 10"
    yield CardLine("", ((said, "dim"),), (), CHECKINS, whole=True)


def _wary(card: Card) -> Iterator[CardLine]:
    found: list[Backed] = list(card.warnings)
    if card.inner and card.inner.signs:
        found.append(card.inner.signs)
    for one in found:
        yield CardLine("beware", ((one.text, "heat2"),), one.seqs)


def _aside(inner: Inner, today: date) -> Iterator[CardLine]:
    for rule in inner.exceptions:
        said = ((f"{rule.id} {rule.title}", ""), (f": {rule.left}", "heat1"))
        yield CardLine("rule", said, rule.evidence)
    if inner.hold:
        said_hold = f"until {short_day(inner.hold.until, today)}: {inner.hold.why}"
        yield CardLine("on hold", ((said_hold, ""),))
