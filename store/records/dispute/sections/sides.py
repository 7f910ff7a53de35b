"""Both sides: what I did to put it right and my own faults; the other side's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from store.docket.steps import invoices_named
from store.entries import DisputedData, Entry, Quote
from store.entries.kinds import in_section
from store.money import Money
from store.records.dispute.material import Material
from store.records.dispute.quoted import in_position
from store.records.dispute.sections.payments import promised
from store.records.dispute.words import (
    channel,
    fact_row,
    in_a_cell,
    kind_words,
    occurred,
    outgrows_a_cell,
    partly_mine,
)
from store.records.markdown import (
    Md,
    block,
    bullets,
    cell,
    gfm_table,
    inline,
    paragraphs,
    slim_table,
)

_FOR_A_FAULT = ("my-apology", "remedy", "repair-offer")
"""Steps that say by themselves that something had gone wrong."""


def put_right(material: Material) -> Md:
    """Return what I did about it since it began, then my own delays and faults, none left out."""
    return paragraphs(
        _repairs(material),
        f"### {material.texts.say('sides.faults-heading')}",
        _faults(material),
        bullets(_taken_off(material)),
        promised(material, by="me"),
    )


def _repairs(material: Material) -> Md:
    """Return which steps were repairs, from the first fault or trouble on."""
    docket, texts = material.docket, material.texts
    trouble = (*faults(material), *docket.group("incident"), *docket.kind(*_FOR_A_FAULT))
    began = min((one.day for one in trouble), default=date.max)
    found = [one.seq for one in docket.kind(*in_section("repairs")) if one.day >= began]
    if not found:
        return texts.say("sides.no-repair")
    known, place = texts.entries(found), material.place("payments")
    return texts.say("sides.among-steps", n=len(found), entries=known, place=place)


def _taken_off(material: Material) -> Iterator[Md]:
    """Yield what I took off my own invoices by credit notes."""
    for invoice in material.docket.ledger.invoices:
        for one in invoice.reductions:
            if one.kind == "credit":
                yield material.texts.say(
                    "sides.taken-off",
                    sum=one.amount,
                    invoice=invoice.number,
                    day=one.day,
                    entry=material.texts.entries([one.seq]),
                    words=material.standing[one.seq].entry.statement or None,
                )


def position(material: Material) -> Md:
    """Return the points the client raised, and the client's words as they were quoted."""
    texts, raised, theirs = material.texts, in_section("raised"), in_position(material)
    listed = [
        (entry, theirs.get(entry.seq, []))
        for entry in material.docket.counted
        if entry.seq in theirs or entry.kind in raised
    ]
    if not listed:
        told = texts.say("sides.nothing-raised")
    else:
        told = gfm_table(texts.columns("sides.raised"), [_point(material, *one) for one in listed])
    quoted = any(words for _, words in listed)
    return paragraphs(
        texts.say("sides.quoted") if quoted else texts.say("sides.no-words"),
        told,
        *(_whole(material, entry, one) for entry, words in listed for one in words),
        _reasons(material),
        _settlement(material),
    )


def _point(material: Material, entry: Entry, words: Sequence[Quote]) -> list[Md]:
    """Return the row of what was raised or said: in their words, or else as I noted it."""
    said = Md(" ".join(_said(material, one) for one in words))
    return [
        Md(str(entry.seq)),
        occurred(material, entry),
        kind_words(material, entry.kind),
        cell(_invoice(material, entry)),
        _with_sum(material, entry, said or inline(entry.statement)),
    ]


def _said(material: Material, quote: Quote) -> Md:
    """Return the words of a quote; of long ones, that they stand below."""
    if outgrows_a_cell(quote.text):
        return material.texts.say("sides.below")
    by = None if quote.by == "client" else quote.by
    return material.texts.say("sides.quote", text=in_a_cell(quote.text), who=by)


def _invoice(material: Material, entry: Entry) -> str:
    if isinstance(entry.data, DisputedData):
        return entry.data.number
    return ", ".join(invoices_named(entry, material.docket))


def _with_sum(material: Material, entry: Entry, said: Md) -> Md:
    """Return what was said, and of a dispute how much of an invoice is said not to be owed."""
    data = entry.data
    if not isinstance(data, DisputedData):
        return said or Md("-")
    amount = Money(data.amount, data.currency)
    part = material.texts.say("sides.disputed", sum=amount, invoice=data.number)
    return Md(f"{part}: {said}") if said else part


def _reasons(material: Material) -> Md:
    """Return side by side the reasons that were given for one and the same invoice."""
    given: dict[str, list[tuple[str, Entry]]] = {}
    for entry in material.docket.kind("excuse"):
        for number in invoices_named(entry, material.docket):
            given.setdefault(number.casefold(), []).append((number, entry))
    rows = [
        [inline(number), Md(str(entry.seq)), occurred(material, entry), _given(entry)]
        for several in given.values()
        if len(several) > 1
        for number, entry in several
    ]
    if not rows:
        return Md("")
    return paragraphs(
        material.texts.say("sides.same-invoice"),
        gfm_table(material.texts.columns("sides.reasons"), rows),
    )


def _given(entry: Entry) -> Md:
    words = [f"“{inline(quote.text)}”" for quote in entry.quotes]
    return Md("; ".join(filter(None, [inline(entry.statement), *words])))


def faults(material: Material) -> list[Entry]:
    """Return what was partly or wholly my own doing, by date."""
    told = [entry for entry in material.docket.counted if entry.kind == "my-mistake"]
    mine = [entry for entry in material.docket.group("incident") if partly_mine(entry)]
    return sorted([*told, *mine], key=lambda entry: (entry.occurred_at, entry.seq))


def _faults(material: Material) -> Md:
    mine = faults(material)
    if not mine:
        return material.texts.say("sides.no-fault")
    rows = [fact_row(material, entry) for entry in mine]
    return slim_table(material.texts.columns("sides.facts"), rows, (4,))


def _whole(material: Material, entry: Entry, quote: Quote) -> Md:
    """Return words that are too long for a cell, after whose they are; nothing of others."""
    if not outgrows_a_cell(quote.text):
        return Md("")
    return paragraphs(_speaker(material, entry, quote.by), block(quote.text))


def _speaker(material: Material, entry: Entry, by: str) -> Md:
    """Return who said it, when and by which way: `Kari, 4 May 2026, email (entry 7):`."""
    texts = material.texts
    who = inline(material.docket.name) if by == "client" else inline(by)
    day = texts.value(entry.day)
    if entry.precision == "about":
        day = texts.say("words.about-day", day=entry.day)
    known, way = texts.entries([entry.seq]), channel(material, entry)
    return texts.say("sides.said", who=who, day=day, channel=way, entry=known)


def _settlement(material: Material) -> Md:
    """Return the offers to settle, which only a mediator's record has."""
    talks = [entry for entry in material.docket.counted if entry.visibility == "settlement"]
    if not talks:
        return Md("")
    rows = [fact_row(material, entry) for entry in talks]
    return paragraphs(
        f"### {material.texts.say('sides.settlement-heading')}",
        material.texts.say("sides.settlement"),
        slim_table(material.texts.columns("sides.facts"), rows, (4,)),
    )
