"""One entry beside its log: its title, the facts about it in short, and what stood before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from store.docket.around import around
from store.entries import KINDS, IncidentData
from store.entries.describe import in_short
from store.entries.words import number_words
from store.text import plural
from tui.glyphs import glyphs
from tui.words.entry import Label, Paragraph, paragraphs_of, refs_words
from tui.words.moments import NOT_ON_RECORD, elsewhere, kind_called, lag_words
from tui.words.whole import Beside, beside

if TYPE_CHECKING:
    from store.docket import Docket, Standing
    from store.entries import Entry

_NEAR: Final = timedelta(days=90)
_FAR: Final = 150
"""Entries of the log that are looked through for those like the one shown."""
_BOOKED: Final = 1_000
"""Entries from which on the books of a docket are not made for a move of the cursor."""
_LONG: Final = 2_000
_LABELS: Final = ("before", "told", "agreed", "answered", "paid")
_SOURCES: Final = {"message": "from a message", "document": "from a document"}


def entry_name(one: Standing) -> tuple[str, str]:
    """Return the number of an entry, and its kind."""
    return number_words(one.seq), kind_called(one.entry)


def entry_when(entry: Entry, today: date, *, full: bool) -> str:
    """Return when it happened and how long after it was logged: `27 Nov 09:10, same day`."""
    at, logged = entry.occurred_at, entry.recorded_local
    exact = entry.precision in ("minute", "hour")
    about = "about " if entry.precision == "about" else ""
    year = "" if at.year == today.year else f" {at.year}"
    week = f"{at:%a} " if full else ""
    when = f"{about}{week}{at:%-d %b}{year}" + (f" {at:%H:%M}{elsewhere(at)}" if exact else "")
    if not entry.on_record:
        return f"{when}, {NOT_ON_RECORD}"
    lag = lag_words(entry)
    if not full:
        return f"{when}, {lag}"
    if entry.lag_days:
        return f"{when}, logged {logged:%-d %b %H:%M}, {lag}"
    return f"{when}, logged {logged:%H:%M}, the same day"


def facts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what an entry says beside its text, each with what it looks like."""
    data = in_short(entry.data)
    if isinstance(entry.data, IncidentData):
        severity = entry.data.severity
        yield f"{glyphs().severity * severity} severity {severity} of 3", "severity"
        data = data.partition(", ")[2]
    if data:
        yield data, "money" if entry.group in ("money", "hours") else ""
    told = [f"by {entry.channel}"] if entry.channel else []
    told += [_SOURCES[entry.source]] if entry.source in _SOURCES else []
    if told:
        yield ", ".join(told), "dim"
    if refs := refs_words(entry):
        yield refs, "dim"


def corrected(one: Standing, label: Label) -> Iterator[Paragraph]:
    """Yield how an entry was withdrawn, quoted, linked and corrected: all but head and facts."""
    known = {"head", "text", "data"}
    for part in paragraphs_of(one, label):
        if part.role == "void":
            yield Paragraph("void", f"VOID: {part.text}")
        elif part.role not in known and part != Paragraph("about", refs_words(one.entry)):
            yield part


def nearest(docket: Docket, one: Standing) -> list[Beside]:
    """Return what to know beside an entry: what came before it, was said, agreed and answered.

    Of a very long docket nothing: it would have to be gone through at each move of the cursor. Nor
    of a long one before its books are made, which takes a moment after each entry.
    """
    many = len(docket.entries)
    if many > _LONG or (many > _BOOKED and "ledger" not in vars(docket)):
        return []
    found = beside(docket, around(docket, one.seq))
    return sorted(
        (near for near in found if near.label in _LABELS),
        key=lambda near: _LABELS.index(near.label),
    )


def times_words(docket: Docket, one: Standing) -> str:
    """Return how many incidents of its kind there were by then: `5 complaints in 90 days`."""
    if not isinstance(one.entry.data, IncidentData) or one.seq not in docket.log.numbers:
        return ""
    place = docket.log.numbers.index(one.seq) + 1
    many = 1
    for other in docket.log[place : place + _FAR]:
        if other.entry.day < one.entry.day - _NEAR:
            break
        many += other.counts and other.entry.kind == one.entry.kind
    said = plural(many, KINDS[one.entry.kind].label)
    return f"{said} in {_NEAR.days} days" if many > 1 else ""
