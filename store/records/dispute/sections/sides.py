"""Both sides: what I did to put it right and my own faults; the other side's words."""

from __future__ import annotations

from store.docket.steps import invoices_named, outcomes
from store.entries import DisputedData, Entry
from store.entries.kinds import in_section
from store.records.dispute.material import Material
from store.records.dispute.sections.payments import promised, step_row
from store.records.dispute.words import (
    details,
    fact_row,
    kind_words,
    occurred,
    partly_mine,
    quoted_of,
    their_words,
)
from store.records.markdown import Md, block, cell, gfm_table, inline, paragraphs

_NO_POSITION = frozenset({"good-day", "delivery", "agreement", "hours", "note"})
_LONG = 600


def put_right(material: Material) -> Md:
    """Return repairs with their outcome, then my own delays and faults, none left out."""
    repairs = material.docket.kind(*in_section("repairs"))
    headers = ["No.", "Date", "Step", "By", "What", "Outcome", "Proof"]
    came = outcomes(material.docket)
    rows = [step_row(material, entry, came.get(entry.seq, ())) for entry in repairs]
    return paragraphs(
        gfm_table(headers, rows)
        if rows
        else _none(material, "talk, offer, repair or apology by me"),
        "### My own delays and faults",
        _faults(material),
        promised(material, by="me"),
    )


def position(material: Material) -> Md:
    """Return the points the client raised and the client's words as they were quoted."""
    raised = material.docket.kind(*in_section("raised"))
    rows = [
        [
            Md(str(entry.seq)),
            Md(occurred(material, entry)),
            Md(kind_words(entry.kind)),
            cell(_invoice(material, entry)),
            Md(" ".join(filter(None, [_part(entry), inline(entry.statement)])) or "-"),
        ]
        for entry in raised
    ]
    headers = ["No.", "Occurred", "Kind", "Invoice", "As I noted it"]
    return paragraphs(
        gfm_table(headers, rows) if rows else _none(material, "point raised by the client"),
        _reasons(material),
        *_quotes(material),
        _settlement(material),
    )


def _invoice(material: Material, entry: Entry) -> str:
    if isinstance(entry.data, DisputedData):
        return entry.data.number
    return ", ".join(invoices_named(entry, material.docket))


def _part(entry: Entry) -> Md:
    """Return how much of an invoice is said not to be owed."""
    return details(entry) if isinstance(entry.data, DisputedData) else Md("")


def _reasons(material: Material) -> Md:
    """Return side by side the reasons that were given for one and the same invoice."""
    given: dict[str, list[tuple[str, Entry]]] = {}
    for entry in material.docket.kind("excuse"):
        for number in invoices_named(entry, material.docket):
            given.setdefault(number.casefold(), []).append((number, entry))
    rows = [
        [inline(number), Md(str(entry.seq)), Md(occurred(material, entry)), _given(entry)]
        for several in given.values()
        if len(several) > 1
        for number, entry in several
    ]
    if not rows:
        return Md("")
    return paragraphs(
        "Reasons given for the same invoice, side by side:",
        gfm_table(["Invoice", "No.", "Occurred", "Reason given"], rows),
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
        return Md(f"No event that was partly my own doing is {material.where}.")
    rows = [fact_row(material, entry) for entry in mine]
    return gfm_table(["No.", "Occurred", "Kind", "Fact", "Proof"], rows)


def _quotes(material: Material) -> list[Md]:
    said = [
        paragraphs(
            f"Entry {entry.seq}, {occurred(material, entry)}, {quoted_of(quote.by)}:",
            _words(material, quote.text),
        )
        for entry in material.docket.counted
        for quote in their_words(material, entry)
        if entry.group not in _NO_POSITION or entry.kind == "reaction" or entry.source == "message"
    ]
    return said or [Md("No words of the client on the matter are quoted.")]


def _words(material: Material, text: str) -> Md:
    """Return the words, of a long text its beginning where the whole stands in the chronology."""
    place = material.numbering["chronology"]
    if len(text) <= _LONG or not place:
        return block(text)
    return paragraphs(block(f"{text[:_LONG].rstrip()} …"), f"The whole text stands in {place}.")


def _settlement(material: Material) -> Md:
    """Return the offers to settle, which only a mediator's record has."""
    talks = [entry for entry in material.docket.counted if entry.visibility == "settlement"]
    if not talks:
        return Md("")
    rows = [fact_row(material, entry) for entry in talks]
    return paragraphs(
        "### Settlement talk",
        "For the mediator only:",
        gfm_table(["No.", "Occurred", "Kind", "Fact", "Proof"], rows),
    )


def _none(material: Material, what: str) -> Md:
    return Md(f"No {what} is {material.where}.")
