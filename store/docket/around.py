"""What stands around an entry: what came before it, what was said by then, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final, Literal, NamedTuple

from store.docket.docket import Docket
from store.entries import KINDS, Entry, TermsData
from store.entries.kinds import CROSSING, weighing

Bond = Literal[
    "names", "agreed", "before", "told", "answered", "paid", "taken-off", "named", "since"
]
_SAID: Final = weighing("spoken") | weighing("stated")
_DRAWN: Final = weighing("spoken") | {"expectations"}
_CHASED: Final = weighing("chasing") | weighing("ending")
_REPAIRS: Final = weighing("repair")
_DUE: Final = weighing("money")
_STEPS: Final = frozenset(kind.id for kind in KINDS.values() if kind.group == "step") - {"outcome"}
_MOST: Final = 3
"""Entries of one bond that are told."""
_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "blame": ("advice-overridden", "access-withheld", "approval-block"),
    "excuse": ("excuse", "late-payment", "invoice"),
}
"""What is looked for before an entry of a kind, where not the last one of that kind."""
_AGREED: Final[dict[str, str]] = {
    "rework": "revisions",
    "micro-change": "revisions",
    "scope-creep": "scope",
    "expectation-gap": "scope",
    "no-reply": "reply_within_days",
    "late-reply": "reply_within_days",
    "late-payment": "payment",
    "non-payment": "payment",
    "pay-later": "payment",
    "invoice": "payment",
}
"""The term that an entry of a kind goes against, or goes by."""


class Neighbour(NamedTuple):
    """An entry beside another, and what it is to that one."""

    bond: Bond
    seq: int


class Around(NamedTuple):
    """What stands around an entry, nearest to its cause first.

    `unanswered` counts the days for which nothing has been said about it, where something is to
    be said; None otherwise.
    """

    found: tuple[Neighbour, ...]
    unanswered: int | None = None


def around(docket: Docket, seq: int) -> Around:
    """Return what stands around entry `seq` as of the docket's day; nothing for one not there."""
    one = docket.find(seq)
    if one is None or KINDS[one.entry.kind].inside:
        return Around(())
    entry = one.entry
    told: dict[int, Neighbour] = {}
    for bond, number in _told(docket, entry):
        if number != seq and (known := docket.find(number)) and known.counts:
            told.setdefault(number, Neighbour(bond, number))
    found = tuple(told.values())
    weighs = one.counts and "nothing" not in KINDS[entry.kind].weighs
    asks = entry.group == "incident" and weighs and not getattr(entry.data, "my_share", False)
    heard = any(two.bond in ("answered", "paid") for two in found) or docket.ended is not None
    silent = (docket.today - entry.day).days if asks and not heard else None
    return Around(found, silent)


def _told(docket: Docket, entry: Entry) -> Iterator[tuple[Bond, int]]:
    """Yield what stands around it: what it names and is named by, then what time puts beside it."""
    for link in entry.links:
        yield "names", link.seq
    named = [one for one in docket.at_hand.naming(entry.seq) if one.seq != entry.seq]
    yield from _money(docket, entry)
    yield from _agreed(docket, entry)
    if entry.group == "incident":
        yield from _trouble(docket, entry, named)
    for one in named[:_MOST]:
        yield ("answered" if _answers(one) else "named"), one.seq
    if entry.group == "step" and entry.kind in _SAID:
        yield from (
            ("since", one.seq) for one in islice(docket.at_hand.since(entry, *CROSSING), _MOST)
        )


def _answers(one: Entry) -> bool:
    return one.group in ("step", "request", "delivery") or KINDS[one.kind].follows.own


def _trouble(docket: Docket, entry: Entry, named: list[Entry]) -> Iterator[tuple[Bond, int]]:
    """Yield the last such trouble, what had been said before it, and what was said after."""
    like = _BEFORE.get(entry.kind, (entry.kind,))
    yield from (("before", one.seq) for one in islice(docket.at_hand.before(entry, *like), 1))
    about_money = not {"money", "silence"}.isdisjoint(KINDS[entry.kind].weighs)
    kinds = _STEPS & (_SAID | (_CHASED | _REPAIRS if about_money else frozenset()))
    told = docket.at_hand.before(entry, *(kinds if about_money else _STEPS & _DRAWN))
    if not about_money:
        told = (one for one in told if _general(docket, one, entry.kind))
    yield from (("told", one.seq) for one in islice(told, 1))
    if not any(_answers(one) for one in named):
        after = (one for one in docket.at_hand.since(entry, *kinds) if not one.links)
        yield from (("answered", one.seq) for one in islice(after, 1))


def _general(docket: Docket, step: Entry, kind: str) -> bool:
    """Whether a step is about no one trouble, or about one of this kind, by what it names."""
    named = [docket.find(link.seq) for link in step.links]
    return all(
        one is not None
        and one.counts
        and (one.entry.kind == kind or KINDS[one.entry.kind].group == "step")
        for one in named
    )


def _agreed(docket: Docket, entry: Entry) -> Iterator[tuple[Bond, int]]:
    """Yield the terms that it goes by, as they were agreed by its day."""
    term = _AGREED.get(entry.kind)
    if term is None:
        return
    said = [
        one
        for one in docket.shaped(TermsData)
        if getattr(one.data, term) is not None and _after(entry, one)
    ]
    yield from (("agreed", one.seq) for one in said[-1:])


def _money(docket: Docket, entry: Entry) -> Iterator[tuple[Bond, int]]:
    """Yield what paid a bill, and what bills a payment was for."""
    if entry.group != "money" and entry.kind not in _DUE:
        return
    number = (entry.refs.invoice or "").casefold()
    for bill in docket.ledger.invoices:
        parts = list(dict.fromkeys(part.seq for part in bill.settlements))
        off = [one.seq for one in bill.reductions]
        if bill.seq == entry.seq:
            yield from (("paid", seq) for seq in parts)
            yield from (("taken-off", seq) for seq in off)
        elif entry.seq in off:
            yield "taken-off", bill.seq
        elif entry.seq in parts or (number and bill.number.casefold() == number):
            yield "names", bill.seq
            yield from (("paid", seq) for seq in parts if entry.kind in _DUE)


def _after(one: Entry, other: Entry) -> bool:
    """Whether `one` came after another."""
    return _when(one) > _when(other)


def _when(one: Entry) -> tuple[date, int]:
    return one.day, one.seq
