"""One entry beside its log: its title, the facts about it in short, and what stood before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from store.dates import offset
from store.entries import KINDS, IncidentData
from store.entries.describe import in_short
from store.text import plural
from tui.glyphs import glyphs
from tui.words.entry import Paragraph, gist, paragraphs_of
from tui.words.moments import kind_called

if TYPE_CHECKING:
    from datetime import datetime

    from store.docket import Docket, Standing
    from store.entries import Entry

_NEAR: Final = timedelta(days=90)
_FAR: Final = 150
"""Entries of the log that are looked through for those like the one shown."""
_SOURCES: Final = {"message": "from a message", "document": "from a document"}


class Before(NamedTuple):
    """The last entry of the same kind before one, and how many there were in 90 days."""

    seq: int
    day: date
    said: str
    many: int


def entry_name(one: Standing) -> tuple[str, str]:
    """Return the number of an entry, and its kind."""
    return f"#{one.seq}", kind_called(one.entry)


def entry_when(entry: Entry, today: date, *, full: bool) -> str:
    """Return when it happened and how long after it was logged: `27 Nov 09:10, same day`."""
    at, logged = entry.occurred_at, entry.recorded_local
    exact = entry.precision in ("minute", "hour")
    about = "about " if entry.precision == "about" else ""
    year = "" if at.year == today.year else f" {at.year}"
    week = f"{at:%a} " if full else ""
    when = f"{about}{week}{at:%-d %b}{year}" + (f" {at:%H:%M}{_elsewhere(at)}" if exact else "")
    lag = {0: "same day", 1: "1 day later"}.get(entry.lag_days, f"{entry.lag_days} days later")
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
    if refs := [f"{name} {value}" for name, value in entry.refs if value]:
        yield f"about {', '.join(refs)}", "dim"


def corrected(one: Standing) -> Iterator[Paragraph]:
    """Yield how an entry was withdrawn, quoted, linked and corrected: all but head and facts."""
    known = {"head", "text", "data"}
    for part in paragraphs_of(one):
        if part.role == "void":
            yield Paragraph("void", f"VOID: {part.text}")
        elif part.role not in known and not _in_facts(part, one.entry):
            yield part


def _in_facts(part: Paragraph, entry: Entry) -> bool:
    refs = [f"{name} {value}" for name, value in entry.refs if value]
    return part.role == "about" and part.text == f"about {', '.join(refs)}"


def before(docket: Docket, one: Standing) -> Before | None:
    """Return the incident of the same kind before one, as far as it is not long ago."""
    if not isinstance(one.entry.data, IncidentData) or one.seq not in docket.log.numbers:
        return None
    place = docket.log.numbers.index(one.seq) + 1
    last: Standing | None = None
    many = 1
    for other in docket.log[place : place + _FAR]:
        if other.entry.day < one.entry.day - _NEAR:
            break
        if other.counts and other.entry.kind == one.entry.kind:
            last, many = last or other, many + 1
    if last is None:
        return None
    return Before(last.seq, last.entry.day, " ".join(gist(last.entry).split()), many)


def many_words(found: Before, kind: str) -> str:
    """Return how many of a kind there were: `5 times in 90 days`."""
    return f"{plural(found.many, KINDS[kind].label)} in {_NEAR.days} days"


def _elsewhere(at: datetime) -> str:
    return "" if at.utcoffset() == at.astimezone().utcoffset() else f" {offset(at)}"
