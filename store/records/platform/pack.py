"""What a platform's pack says: the lines of each field, each with its rank for a cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from store.docket.acceptances import acceptances
from store.docket.handover import handovers
from store.docket.hours import billed_hours, hours_of
from store.entries import AcceptanceData, DeliveryData, Entry, Quote
from store.entries.words import BY_VOICE
from store.quantities import hours_words
from store.records.dispute.answers import approval
from store.records.dispute.material import Material
from store.records.dispute.quoted import PASSED_OVER, about_settled, told_once
from store.records.dispute.sections.agreement import agreed_terms
from store.records.dispute.words import their_words
from store.records.markdown import Md
from store.records.platform.due import why_due
from store.records.platform.fitting import PackLine
from store.records.platform.forms import PackSubject
from store.records.platform.lines import for_me, on_one_line, pack_line

_APPROVED: Final = ("request", "approval-block")
_SEE_IT: Final = re.compile(r"[\s:;,.(]*\bsee (?:the )?(?:exhibit|file|attach\w+)\)?[.]?$", re.I)
"""What a note of a paper in English ends with, where its file is named behind it."""


def told(material: Material, what: PackSubject) -> list[PackLine]:
    """Return the lines of one subject, in the order in which they are read."""
    return list(_TELLERS[what](material))


def belongs_to(material: Material, what: PackSubject) -> list[str]:
    """Return the labels of the exhibits that show what a subject is about."""
    docket = material.docket
    seqs = {
        "agreed": [one.seq for one in (*docket.kind("terms"), *papers(material))],
        "delivered": [one.seq for one in docket.kind("delivery", "acceptance", "handover")],
        "wrote": [entry.seq for entry, _ in _words(material)],
        "due": [one.seq for one in docket.counted],
    }
    return material.labels(seqs[what])


def papers(material: Material) -> list[Entry]:
    """Return the notes of a paper, oldest first: the agreement, where no entry of terms has it."""
    return [
        entry
        for entry in material.docket.kind("note")
        if entry.source == "document" and material.labels([entry.seq])
    ]


def _agreed(material: Material) -> Iterator[PackLine]:
    say, docket = material.texts.say, material.docket
    client, author = docket.profile.contract_name or material.name, material.options.prepared_by
    yield pack_line(material, say("platform.parties", author=author, client=client))
    for entry in papers(material):
        yield pack_line(material, _agreement(material, entry), entry)
    terms = list(agreed_terms(material, docket.terms))
    if not terms:
        yield pack_line(material, say("agreement.no-terms"))
    for name, words in terms:
        yield pack_line(material, say("agreement.term", name=name, words=words))
    for entry in filter(lambda one: one.statement, docket.kind("terms")):
        yield pack_line(material, _agreement(material, entry), entry, rank="events")
    for entry in docket.kind("expectations"):
        words = say("platform.expected", day=entry.day, what=entry.statement)
        yield pack_line(material, words, entry, rank="events")
    if not material.labels([*(one.seq for one in docket.kind("terms")), *_numbers(material)]):
        yield for_me(say("platform.no-paper"))


def _numbers(material: Material) -> list[int]:
    return [one.seq for one in papers(material)]


def _agreement(material: Material, entry: Entry) -> Md:
    what = entry.statement
    if material.labels([entry.seq]):
        what = _SEE_IT.sub("", what)
    return material.texts.say("platform.agreement", day=entry.day, what=what)


def _delivered(material: Material) -> Iterator[PackLine]:
    found = [*_deliveries(material), *_approved(material), *_given_back(material)]
    yield from (one for _, _, one in sorted(found, key=lambda each: each[:2]))
    if not material.docket.kind("delivery"):
        yield pack_line(material, material.texts.say("platform.no-delivery"))
    yield from _hours(material)


def _deliveries(material: Material) -> Iterator[tuple[date, int, PackLine]]:
    say, accepted = material.texts.say, acceptances(material.docket)
    for entry in material.docket.kind("delivery"):
        acceptance = accepted.named.get(entry.seq)
        where = entry.data.where if isinstance(entry.data, DeliveryData) else ""
        words = say("platform.delivered", day=entry.day, what=entry.statement, where=where or None)
        if acceptance:
            words = Md(f"{words} {_acceptance(material, acceptance)}")
        told = pack_line(material, words, *filter(None, (entry, acceptance)), rank="events")
        yield entry.day, entry.seq, told
    kinds = {seq: material.standing[seq].entry.kind for seq in accepted.named}
    asked = [one for seq, one in accepted.named.items() if kinds[seq] in _APPROVED]
    for entry in (*accepted.loose, *asked):
        words = _acceptance(material, entry)
        yield entry.day, entry.seq, pack_line(material, words, entry, rank="events")


def _approved(material: Material) -> Iterator[tuple[date, int, PackLine]]:
    """Yield the approvals that were asked for and given, in the words in which that was noted."""
    for request in material.docket.requests:
        if answer := approval(material, request):
            words = material.texts.say(
                "platform.approved", day=answer.day, asked=request.asked, what=answer.statement
            )
            told = pack_line(material, words, answer, rank="events")
            yield answer.day, answer.seq, told


def _given_back(material: Material) -> Iterator[tuple[date, int, PackLine]]:
    for given in handovers(material.docket):
        words = material.texts.say(
            "platform.given-back",
            day=given.given,
            item=given.item,
            to=given.to or None,
            confirmed=given.confirmed_on,
        )
        entry = material.standing[given.seq].entry
        yield given.given, given.seq, pack_line(material, words, entry, rank="events")


def _acceptance(material: Material, entry: Entry) -> Md:
    """Return an acceptance with who gave it, in the client's words where they are quoted."""
    quoted, say = their_words(material, entry), material.texts.say
    by = entry.data.by if isinstance(entry.data, AcceptanceData) else None
    if quoted:
        words = on_one_line(quoted[0].text)
        return say("platform.accepted-saying", day=entry.day, by=by or None, words=words)
    what = entry.statement or None
    return say("platform.accepted", day=entry.day, by=by or None, what=what)


def _hours(material: Material) -> Iterator[PackLine]:
    """Yield the hours of work of each month, and where they are not those that were billed."""
    months: dict[tuple[int, int], Decimal] = {}
    first: dict[tuple[int, int], date] = {}
    for entry in sorted(material.docket.counted, key=lambda one: (one.day, one.seq)):
        for hours in (hours for spent, hours in hours_of(entry) if spent == "work"):
            month = (entry.day.year, entry.day.month)
            first.setdefault(month, entry.day)
            months[month] = months.get(month, Decimal(0)) + hours
    say = material.texts.say
    for month, hours in months.items():
        words = say("platform.hours", month=first[month], hours=Md(hours_words(hours)))
        yield pack_line(material, words, rank="hours")
    bills = billed_hours(material.docket)
    billed, noted = sum(one.hours for one in bills), sum(months.values())
    if bills and noted and noted < billed:
        yield for_me(
            say(
                "platform.billed-more",
                noted=Md(hours_words(Decimal(noted))),
                billed=Md(hours_words(Decimal(billed))),
                invoices=[one.number for one in bills],
            )
        )


def _wrote(material: Material) -> Iterator[PackLine]:
    """Yield what the client wrote or said, each once: not what is settled, nor what is no word."""
    voices, say = _voices(material), material.texts.say
    for entry, quote in _words(material):
        who: str = say("platform.who.client") if quote.by == "client" else quote.by
        if quote.by in voices:
            who = say("platform.who.voice", name=quote.by)
        words = say(
            "platform.wrote",
            day=entry.day,
            who=who,
            how=_how(material, entry) or None,
            words=on_one_line(quote.text),
        )
        yield pack_line(material, words, entry, rank="events")


def _words(material: Material) -> list[tuple[Entry, Quote]]:
    return [
        (entry, quote)
        for entry, quote in told_once(material, PASSED_OVER)
        if entry.kind != "acceptance" and not about_settled(material, entry)
    ]


def _voices(material: Material) -> set[str]:
    """Return who writes from the client's own address."""
    address = material.docket.profile.email
    return {
        quote.by
        for entry in material.docket.kind("message")
        for quote in entry.quotes
        if address and f"<{address}>".casefold() in entry.statement.casefold()
    }


def _how(material: Material, entry: Entry) -> Md:
    """Return by which way it came; of what was spoken, that it is as I noted it."""
    if not entry.channel or entry.channel == "other":
        shown = material.labels([entry.seq])
        return Md("") if shown else material.texts.say("platform.noted")
    by = material.texts.say(f"platform.by.{entry.channel}")
    if entry.channel in BY_VOICE:
        return material.texts.say("platform.by-noted", by=by)
    return by


_TELLERS: Final[dict[PackSubject, Callable[[Material], Iterator[PackLine]]]] = {
    "agreed": _agreed,
    "delivered": _delivered,
    "wrote": _wrote,
    "due": why_due,
}
