"""The points of a mediator's brief: what is open, each with what both say and room to write in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from store.docket import Invoice
from store.docket.claims import Dispute
from store.docket.steps import invoices_named
from store.entries import Entry
from store.entries.kinds import in_section
from store.money import totals
from store.records.dispute.answers import Objection, rebuttals, unshown
from store.records.dispute.material import Material
from store.records.dispute.quoted import about_settled, admitted, shortened
from store.records.dispute.words import kind_words, proof, their_words
from store.records.markdown import Md, gfm_table, paragraphs

_POINTS: Final = 6
LONGEST_QUOTE: Final = 260
"""Characters of somebody's words, which are cut after a sentence; the rest is in the record."""
_NOTHING: Final = Md("")


def points(material: Material, found: Sequence[Objection]) -> Md:
    """Return the schedule: one row for each point, with room for their sum and the mediator."""
    texts = material.texts
    rows = list(_rows(material, found))
    more = len(rows) - _POINTS
    if not rows:
        return texts.say("brief.no-point")
    shown = [
        [Md(str(at)), *row, _NOTHING, _NOTHING] for at, row in enumerate(rows[:_POINTS], start=1)
    ]
    place = material.place("position")
    return paragraphs(
        gfm_table(texts.columns("brief.points"), shown),
        texts.say("brief.more-points", n=more, place=place) if more > 0 else "",
        *(_answer(material, at, one) for at, one in enumerate(found[:_POINTS], start=1)),
    )


def still_owed(material: Material) -> list[Invoice]:
    """Return the invoices on which something is owed, due or not."""
    return [one for one in material.docket.ledger.invoices if one.balance.amount > 0]


def in_their_words(material: Material, entry: Entry) -> Md:
    """Return what an entry has of them: as quoted, else as it was noted; empty for neither."""
    entries = material.texts.entries([entry.seq])
    if quoted := their_words(material, entry):
        words = shortened(quoted[0].text, LONGEST_QUOTE)
        return material.texts.say("brief.words", words=words, day=entry.day, entries=entries)
    if not entry.statement:
        return _NOTHING
    words = shortened(entry.statement, LONGEST_QUOTE)
    return material.texts.say("brief.noted", words=words, day=entry.day, entries=entries)


def _rows(material: Material, found: Sequence[Objection]) -> Iterator[list[Md]]:
    """Yield point, sum, my side and theirs: disputed parts, what is not disputed, what was said."""
    say = material.texts.say
    for one in found:
        yield [
            say("brief.point.bill", invoice=one.invoice.number),
            material.texts.value(one.sum),
            _due(material, one),
            in_their_words(material, one.entry) or say("brief.their-none"),
        ]
    yield from _rest(material, {one.invoice.seq: one.dispute for one in found})
    yield from _other(material)


def _due(material: Material, one: Objection) -> Md:
    shown, invoice = proof(material, [one.invoice.seq]), one.invoice
    return material.texts.say("brief.my-side", sent=invoice.issued, due=invoice.due, proof=shown)


def _answer(material: Material, at: int, one: Objection) -> Md:
    """Return what is on record against an objection, what was credited since, and what is not."""
    say, said = material.texts.say, []
    for answer in (told for told in rebuttals(material, one) if not told.admits):
        shown = proof(material, answer.seqs) if answer.seqs else None
        said.append(say("brief.with-proof", words=answer.words, proof=shown))
    for off in one.credited_since:
        words = say("brief.credited-since", sum=off.amount, day=off.day, number=off.number or None)
        said.append(say("brief.with-proof", words=words, proof=proof(material, [off.seq])))
    said += [
        say(f"answers.lacks.{what}", item=item or None) for what, item in unshown(material, one)
    ]
    return say("brief.answer", n=at, said=Md(" ".join(said))) if said else Md("")


def _rest(material: Material, parts: Mapping[int, Dispute]) -> Iterator[list[Md]]:
    """Yield what is owed beside the parts in dispute, in each currency, with what they admit."""
    texts, say = material.texts, material.texts.say
    rests = [
        (one, one.balance - parts[one.seq].of(one) if one.seq in parts else one.balance)
        for one in material.docket.overdue
    ]
    left = [(invoice, rest) for invoice, rest in rests if rest.amount > 0]
    for code in dict.fromkeys(rest.currency for _, rest in left):
        mine = [(invoice, rest) for invoice, rest in left if rest.currency == code]
        invoices = [invoice.number for invoice, _ in mine]
        else_ = say("brief.point.rest", invoices=invoices) if parts else None
        shown = proof(material, [one.seq for one, _ in mine][:_POINTS])
        yield [
            else_ or say("brief.point.owed", invoices=invoices),
            texts.value(totals(rest for _, rest in mine)[0]),
            say("brief.my-rest", proof=shown),
            _admission(material) or say("brief.their-not"),
        ]


def _admission(material: Material) -> Md:
    """Return their last word in which they say that they pay, quoted whole; empty for none."""
    if not (found := _admitted(material)):
        return _NOTHING
    entry, said = found
    entries = material.texts.entries([entry.seq])
    return material.texts.say("brief.words", words=said, day=entry.day, entries=entries)


def _admitted(material: Material) -> tuple[Entry, str] | None:
    for entry in reversed(material.docket.counted):
        for quote in their_words(material, entry):
            if not about_settled(material, entry) and (said := admitted(quote.text)):
                return entry, said
    return None


def _other(material: Material) -> Iterator[list[Md]]:
    """Yield what they raised that is about no sum of its own, the latest first.

    What is about an invoice that is settled is open no longer.
    """
    say, about = material.texts.say, _about(material)
    for entry in reversed(material.docket.kind(*in_section("raised"))):
        theirs = in_their_words(material, entry)
        if entry.kind == "disputed" or not theirs or about_settled(material, entry):
            continue
        named = invoices_named(entry, material.docket)
        kind = kind_words(material, entry.kind)
        kind = Md(kind[:1].upper() + kind[1:])
        yield [
            say("brief.point.raised", kind=kind, invoices=named or None),
            Md("-"),
            _reply(material, about.get(entry.seq, ())),
            theirs,
        ]


def _about(material: Material) -> dict[int, list[Entry]]:
    """Return the entries that name another, by the number of that."""
    found: dict[int, list[Entry]] = {}
    for entry in material.docket.counted:
        for link in entry.links:
            found.setdefault(link.seq, []).append(entry)
    return found


def _reply(material: Material, about: Sequence[Entry]) -> Md:
    """Return what I did about something they raised, of the entries that name it."""
    say = material.texts.say
    for one in about:
        if one.statement and not their_words(material, one):
            entries = material.texts.entries([one.seq])
            words = shortened(one.statement, LONGEST_QUOTE)
            return say("brief.noted", words=words, day=one.day, entries=entries)
    return say("brief.no-reply")


def quoted_as_points(material: Material, found: Sequence[Objection]) -> list[str]:
    """Return their words that the points quote."""
    known = [one.entry for one in found]
    known += material.docket.kind(*in_section("raised"))
    told = [quote.text for entry in known for quote in their_words(material, entry)]
    said = _admitted(material)
    return [*told, said[1]] if said else told
