"""What a record tells and leaves alone: hours, credits, objections, demands, fees, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Final, Literal, NamedTuple, TypeAlias

from store.dates import day_words
from store.docket.hours import BilledHours, billed_hours, stated_hours
from store.docket.steps import undemanded
from store.entries import CreditData
from store.money import Money
from store.quantities import hours_words
from store.records.dispute.answers import Objection, objections, unshown
from store.records.dispute.material import Labelled, Material
from store.records.dispute.quoted import mail_of, messages
from store.records.dispute.words import their_words

LooseSort: TypeAlias = Literal[
    "hours", "credit", "demand", "fee", "deposit", "dispute", "quote", "file", "other-client"
]
# What is known by words alone is known in English.
_COURT: Final = re.compile(
    r"\b(?:court|order for payment|payment order|summons|small claims?|claim form|enforcement)\b"
)
_DEPOSIT: Final = re.compile(r"\b(?:deposit|down payment|retainer|advance payment)\b")
_OTHER_CLIENT: Final = re.compile(r"\b(?:wrong|another|other) (?:docket|client)\b")
_MOST: Final = 5
"""So many objections are named, the largest."""
_SHORTEST: Final = 20
"""Characters of a quote from which on it is the same words, and not the same turn of phrase."""


class LooseEnd(NamedTuple):
    """One question that a record raises and does not answer: `seq` is the entry it is about."""

    seq: int
    what: LooseSort
    said: str
    mend: str


def loose_ends(material: Material) -> Iterator[LooseEnd]:
    """Yield every loose end, at most one of each cause that is one and the same for several."""
    yield from chain(
        _hours(material),
        _credits(material),
        _disputes(material),
        _undemanded(material),
        _fees(material),
        _deposits(material),
        _quotes(material),
        _files(material),
        _withdrawn(material),
    )


def _hours(material: Material) -> Iterator[LooseEnd]:
    """Yield that more hours are billed than were noted, with the invoices of which that is so."""
    bills = billed_hours(material.docket)
    less = [one for one in bills if one.noted < one.hours]
    billed, noted = (_total(bills, side) for side in ("hours", "noted"))
    if less and 0 < noted < billed:
        each = ", ".join(
            f"{one.number} {hours_words(one.hours)} and {hours_words(one.noted)}" for one in less
        )
        said = f"{hours_words(billed)} are billed at the agreed rate, and {hours_words(noted)} of "
        said += f"work are noted: {each}"
        yield LooseEnd(less[0].seq, "hours", said, 'docket hours {client} HOURS "TEXT" --on DAY')


def _total(bills: list[BilledHours], side: str) -> Decimal:
    return sum((getattr(one, side) for one in bills), Decimal(0))


def _credits(material: Material) -> Iterator[LooseEnd]:
    """Yield what was credited for hours that do not come to its sum at the agreed rate."""
    terms = material.docket.terms
    for entry in material.docket.kind("credit"):
        data, hours = entry.data, stated_hours(entry.statement)
        if not isinstance(data, CreditData) or not hours or not terms.rate or data.tax:
            continue
        come_to = hours * terms.rate
        if data.currency == terms.currency and come_to != data.amount:
            said = f"{hours_words(hours)} at the agreed rate are {Money(come_to, data.currency)}, "
            said += f"and {Money(data.amount, data.currency)} is credited"
            yield LooseEnd(entry.seq, "credit", said, 'docket amend {entry} "TEXT" --reason "TEXT"')


def _disputes(material: Material) -> Iterator[LooseEnd]:
    """Yield the objections that nothing answers, and those that a later credit leaves unclear."""
    for one in objections(material)[:_MOST]:
        lacks = dict(unshown(material, one))
        if item := lacks.get("order"):
            said = f"no order for “{item}”, which they dispute, is on record"
            yield LooseEnd(one.entry.seq, "dispute", said, "docket log {client} --eml FILE")
        if "reply" in lacks:
            said = f"no reply of yours to the dispute of {day_words(one.dispute.day)} is on record"
            mend = 'docket log {client} decline "TEXT" --about ' + str(one.entry.seq)
            yield LooseEnd(one.entry.seq, "dispute", said, mend)
        yield from _credited(one)


def _credited(one: Objection) -> Iterator[LooseEnd]:
    if one.credited_since:
        off, number = one.credited_since[-1], one.invoice.number
        said = f"{off.amount} was credited on {number} after they disputed {one.dispute.amount} of "
        said += "it, and nothing says whether they still dispute as much"
        mend = f'docket dispute {{client}} {number} AMOUNT "TEXT"'
        yield LooseEnd(one.entry.seq, "dispute", said, mend)


def _undemanded(material: Material) -> Iterator[LooseEnd]:
    """Yield that overdue invoices were never asked for by their number after their due day."""
    bare = undemanded(material.docket)
    first = material.docket.ledger.find(bare[0]) if bare else None
    if first:
        said = f"no reminder and no notice names {', '.join(bare)} after the due day"
        mend = f'docket log {{client}} reminder "TEXT" --invoice {bare[0]}'
        yield LooseEnd(first.seq, "demand", said, mend)


def _fees(material: Material) -> Iterator[LooseEnd]:
    """Yield the fee of a court where no step says what was filed and what came of it."""
    if material.docket.kind("escalate"):
        return
    followed = _followed(material)
    for entry in material.docket.kind("cost"):
        if entry.seq not in followed and _COURT.search(entry.statement.casefold()):
            said = "a court's fee is claimed, and no step says what was filed and how it ended"
            mend = 'docket log {client} escalate "TEXT" --about ' + str(entry.seq)
            yield LooseEnd(entry.seq, "fee", said, mend)
            return


def _deposits(material: Material) -> Iterator[LooseEnd]:
    """Yield a deposit of which nothing says whether a later invoice takes it off."""
    invoices, followed = material.docket.ledger.invoices, _followed(material)
    named = [one for one in invoices if _DEPOSIT.search(_words(material, one.seq))]
    for invoice in named:
        later = [one for one in invoices if one.issued > invoice.issued]
        off = any(one.issued > invoice.issued for one in named)
        told = invoice.seq in followed or material.standing[invoice.seq].addenda
        if later and not off and not told:
            said = f"{invoice.number} is a deposit, and nothing says which invoice takes it off"
            yield LooseEnd(invoice.seq, "deposit", said, 'docket add {entry} "TEXT"')


def _words(material: Material, seq: int) -> str:
    return material.standing[seq].entry.statement.casefold()


def _followed(material: Material) -> set[int]:
    """Return the entries that a later one names."""
    return {link.seq for one in material.docket.counted for link in one.links}


def _quotes(material: Material) -> Iterator[LooseEnd]:
    """Yield the quotes that a mail has too, and that are noted of another day."""
    mails = messages(material)
    for entry in material.docket.counted:
        long = any(len(one.text) >= _SHORTEST for one in their_words(material, entry))
        mail = mail_of(material, entry, mails) if long and entry.kind != "message" else None
        if mail and mail.day != entry.day:
            said = f"quotes the mail of {day_words(mail.day)} (entry {mail.seq}) as words of "
            said += day_words(entry.day)
            mend = f'docket amend {{entry}} --on {mail.day} --reason "It is the day of the mail"'
            yield LooseEnd(entry.seq, "quote", said, mend)


def _files(material: Material) -> Iterator[LooseEnd]:
    """Yield the files that were changed after they were added, so that their day shows nothing."""
    found = [one for one in material.exhibits.values() if _changed_later(material, one)]
    if found:
        first, day = found[0], found[0].exhibit.modified
        said = f"{', '.join(one.label for one in found)}: by the file itself changed after it was "
        said += f"added, {first.label} on {day_words(day.date())}" if day else "added"
        seq = _added_to(first)
        yield LooseEnd(seq, "file", said, 'docket add {entry} "TEXT"')


def _changed_later(material: Material, one: Labelled) -> bool:
    """Whether a file says so, and nothing was added since that explains it."""
    entry = one.entry
    added = material.standing[_added_to(one)].addenda
    told = any(later.seq > entry.seq and later.statement for later in added)
    return one.changed_later and not told


def _added_to(one: Labelled) -> int:
    """Return the entry that a file belongs to, which an addendum is none of."""
    link = one.entry.followed if one.entry.kind == "addendum" else None
    return link.seq if link else one.entry.seq


def _withdrawn(material: Material) -> Iterator[LooseEnd]:
    """Yield what was withdrawn as another client's, and can be read in the record all the same."""
    for one in material.docket.standing:
        void = one.void
        why = [void.statement, *(link.reason for link in void.links)] if void else []
        if _OTHER_CLIENT.search(" ".join(why).casefold()):
            said = "withdrawn as not of this client, and still readable in the record"
            mend = f"docket record {{client}} --for {material.options.purpose} --redact "
            mend += f"'#{one.seq}' --check"
            yield LooseEnd(one.seq, "other-client", said, mend)
