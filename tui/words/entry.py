"""Entries in words and in JSON, the same for every verb that prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from store.dates import when_in_full
from store.entries import KINDS
from store.entries.describe import in_short, link_words
from store.entries.plain import PLAIN_FIELDS
from store.entries.words import number_words
from store.journal.chain import NOT_YET
from store.money import Money
from tui.words.moments import kind_called, occurred_words, recorded_or_waits, recorded_words

if TYPE_CHECKING:
    from store.docket import Standing
    from store.entries import Entry, Exhibit, Link
    from store.entries.model import Origin

Role = (
    Literal["head", "text", "quote", "data", "about", "exhibit", "held"]
    | Literal["void", "amended", "before", "struck", "added"]
)
Label = Callable[["Exhibit"], str]
"""What a file is called in documents, such as `JE-3`; nothing where that is not known."""
_MORE: Final = ("amount", "advised", "decided", "risk")
"""What an entry of a plain shape may hold beside what can be logged without the models."""
_SOURCES: Final = {
    "message": "from a message",
    "document": "from a document",
    "told-by": "as I was told",
}


class Paragraph(NamedTuple):
    """A part of an entry in words, and what it is to the entry, by which it is drawn."""

    role: Role
    text: str


def unlabelled(exhibit: Exhibit) -> str:
    """Return that an exhibit is called nothing, where nobody knows its label."""
    return ""


def paragraphs_of(one: Standing, label: Label = unlabelled) -> Iterator[Paragraph]:
    """Yield an entry as it stands: what it says, what it is about, and how it was corrected.

    The head comes first. What an amendment replaced is `struck`, behind the line `before` it. An
    exhibit is called as documents call it, by its `label`.
    """
    head, *body = _body(one.entry, label)
    yield Paragraph("head", f"VOID {head.text}" if one.void else head.text)
    if one.void:
        yield Paragraph("void", _corrected(one.void, "voided by"))
    yield from body
    for amendment in one.amendments:
        words = _corrected(amendment, "amended by")
        yield Paragraph("amended", f"{words} [{in_short(amendment.data)}]")
    before = _body(one.original, label) if one.amendments else ()
    if struck := [part for part in before if part not in (head, *body)]:
        yield Paragraph("before", "it first read:")
        yield from (Paragraph("struck", part.text) for part in struck)
    for addendum in one.addenda:
        added = f"{recorded_words(addendum)}, #{addendum.seq} adds: {addendum.statement}"
        yield Paragraph("added", added)
        yield from _exhibits(addendum, label)


def brief(one: Standing) -> list[str]:
    """Return an entry in a few words: when, its kind, how bad, and whether it was corrected."""
    entry = one.entry
    severity = getattr(entry.data, "severity", None)
    return [
        when_in_full(entry.occurred_at, entry.precision),
        KINDS[entry.kind].label,
        *([f"severity {severity}"] if severity else []),
        *(["amended"] if one.amendments else []),
        *(["void"] if one.void else []),
    ]


def gist(entry: Entry) -> str:
    """Return what an entry says where there is one line for it: its text, or else its data."""
    quoted = " ".join(f"“{quote.text}”" for quote in entry.quotes)
    return entry.statement or in_short(entry.data) or quoted


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values: every field of it, and `lag_days`; amounts are strings.

    What waits in the outbox has no number, but one that counts here, `waiting`.
    """
    told = {**entry.whole.model_dump(mode="json"), "lag_days": entry.lag_days}
    if entry.on_record:
        return told
    none = dict.fromkeys(("seq", "recorded_at", "hash", "lag_days"))
    return {**told, **none, "waiting": entry.seq - NOT_YET}


def standing_json(one: Standing) -> dict[str, Any]:
    """Return an entry as it stands as JSON values, with its original and what corrects it."""
    return {
        **entry_json(one.entry),
        "counts": one.counts,
        "original": entry_json(one.original) if one.amendments else None,
        "amended_by": [entry.seq for entry in one.amendments],
        "added_to_by": [entry.seq for entry in one.addenda],
        "voided_by": one.void.seq if one.void else None,
    }


def money_json(money: Money) -> dict[str, str]:
    """Return `{"amount": "1200.00", "currency": "EUR"}`."""
    return {"amount": str(money.rounded()), "currency": money.currency}


def about_words(entry: Entry) -> str:
    """Return what an entry says beside its text: what it is linked to, amounts and days.

    Of what `docket log` can log without the models, nothing, as it reads that back without them.
    """
    plain = KINDS[entry.kind].shape in PLAIN_FIELDS
    amount = any(getattr(entry.data, name, None) for name in _MORE)
    links = [_linked(entry, link) for link in entry.links]
    return ", ".join(filter(None, [*links, "" if plain and not amount else in_short(entry.data)]))


def refs_words(entry: Entry) -> str:
    """Return the names an entry gives beside others, `about project Site`; or nothing."""
    refs = ", ".join(f"{name} {value}" for name, value in entry.refs if value)
    return f"about {refs}" if refs else ""


def origin_words(origin: Origin) -> str:
    """Return which row of which file an entry was made of."""
    return f"from {origin.file}, row {origin.line}, SHA-256 {origin.sha256[:16]}…"


def _body(entry: Entry, label: Label) -> Iterator[Paragraph]:
    said = [kind_called(entry), occurred_words(entry), recorded_or_waits(entry)]
    said += [f"by {entry.channel}"] if entry.channel else []
    said += [_SOURCES[entry.source]] if entry.source in _SOURCES else []
    yield Paragraph("head", ", ".join(said))
    if entry.statement:
        yield Paragraph("text", entry.statement)
    yield from (Paragraph("quote", f"“{quote.text}” ({quote.by})") for quote in entry.quotes)
    if data := in_short(entry.data):
        yield Paragraph("data", data)
    if refs := refs_words(entry):
        yield Paragraph("about", refs)
    yield from (Paragraph("about", _linked(entry, link)) for link in entry.links)
    if entry.origin:
        yield Paragraph("about", origin_words(entry.origin))
    yield from _exhibits(entry, label)
    if entry.visibility != "record":
        yield Paragraph("held", f"{entry.visibility}: kept out of court and platform records")
    if entry.clock_behind:
        yield Paragraph("held", "the clock stood behind an earlier entry when this was recorded")


def _corrected(correction: Entry, what: str) -> str:
    link = correction.followed
    reason = (link.reason if link else "") or correction.statement
    why = f": {reason}" if reason else ""
    return f"{recorded_words(correction)}, {what} #{correction.seq}{why}"


def _linked(entry: Entry, link: Link) -> str:
    why = f": {link.reason}" if link.reason else ""
    return f"{link_words(entry.kind, link.rel)} {number_words(link.seq)}{why}"


def _exhibits(entry: Entry, label: Label) -> Iterator[Paragraph]:
    for exhibit in entry.exhibits:
        told = f", {exhibit.obtained}" if exhibit.obtained else ""
        size = f"{exhibit.size:,} bytes{told}"
        called = " ".join(filter(None, ("exhibit", label(exhibit), exhibit.name)))
        yield Paragraph("exhibit", f"{called} ({size}), {exhibit.sha256[:16]}…")
