"""Neutral words for a record: days, lags, kinds, sums and where a fact stands."""

from __future__ import annotations

from collections.abc import Iterable

from store.dates import offset
from store.entries import KINDS, Entry, IncidentData, Quote, TermsData
from store.entries.describe import Voice, in_full, in_rows
from store.money import Money
from store.records.dispute.material import Material
from store.records.markdown import Md, cell, inline

_SOURCES = {"witnessed": "seen or heard", "message": "message", "document": "document"}
_OWN_RECORD = frozenset({"money", "agreement", "hours", "delivery", "step", "request"})
"""What I do, send or receive myself, and so do not hear of."""
_VOICE = Voice(day=str, typed=inline)


def kind_words(kind: str) -> str:
    """Return a kind in words that do not judge."""
    return KINDS[kind].neutral or KINDS[kind].label


def occurred(material: Material, entry: Entry) -> str:
    """Return when it occurred, no more exactly than is known, with its offset where zones mix."""
    moment = entry.occurred_at
    said = f"about {entry.day}" if entry.precision == "about" else entry.day.isoformat()
    if entry.precision == "minute":
        said = f"{said} {moment:%H:%M}"
    elif entry.precision == "hour":
        said = f"{said}, {moment:%H} h"
    return f"{said} {offset(moment)}" if material.zoned else said


def partly_mine(entry: Entry) -> bool:
    """Whether an incident is said to be partly my own doing."""
    return isinstance(entry.data, IncidentData) and entry.data.my_share


def their_words(material: Material, entry: Entry) -> list[Quote]:
    """Return what an entry quotes of others than me: their words, by name where it is known."""
    mine = ("me", "i", "myself", material.options.prepared_by.casefold())
    return [quote for quote in entry.quotes if quote.by.casefold() not in mine]


def quoted_of(by: str) -> Md:
    """Return whose words are quoted."""
    return Md("the client") if by == "client" else inline(by)


def recorded(material: Material, entry: Entry) -> str:
    """Return when it was recorded and how much later that was, with its offset where zones mix."""
    lag = f"late by {entry.lag_days} d" if entry.lag_days else "same day"
    at = entry.recorded_local
    return f"{at:%Y-%m-%d %H:%M}{f' {offset(at)}' if material.zoned else ''} ({lag})"


def recorded_day(entry: Entry) -> str:
    """Return the day it was recorded."""
    return entry.recorded_local.date().isoformat()


def source(entry: Entry) -> str:
    """Return how the fact is known, and by which channel."""
    known = "told by another" if entry.source == "told-by" else _SOURCES[entry.source]
    if entry.source == "witnessed" and entry.group in _OWN_RECORD:
        known = "own record"
    return f"{known}, {entry.channel}" if entry.channel else known


def entry_numbers(seqs: Iterable[int]) -> str:
    """Return `entry 3` or `entries 3, 7`; a dash for none."""
    numbers = sorted(set(seqs))
    listed = ", ".join(str(number) for number in numbers)
    return f"{'entry' if len(numbers) == 1 else 'entries'} {listed}" if numbers else "-"


def proof(material: Material, seqs: Iterable[int]) -> Md:
    """Return the entries and exhibits that show something."""
    numbers = list(seqs)
    labels = material.labels(numbers)
    exhibits = f"; exhibit{'s' if len(labels) > 1 else ''} {', '.join(labels)}" if labels else ""
    return Md(entry_numbers(numbers) + exhibits)


def fact_row(material: Material, entry: Entry) -> list[Md]:
    """Return the row of a fact: number, when it occurred, kind, statement, and what shows it."""
    return [
        Md(str(entry.seq)),
        Md(occurred(material, entry)),
        Md(kind_words(entry.kind)),
        cell(entry.statement),
        proof(material, [entry.seq]),
    ]


def sums(amounts: Iterable[Money]) -> str:
    """Return sums of several currencies side by side, never added together."""
    return " and ".join(str(amount) for amount in amounts) or "nothing"


def details(entry: Entry) -> Md:
    """Return what the entry's data says, as one or no sentence."""
    said = in_full(entry.data, _VOICE)
    return Md(f"{said}." if said else "")


def term_rows(terms: TermsData) -> list[tuple[str, Md]]:
    """Return each agreed term with its name; terms that say nothing are left out."""
    return [(name, Md(words)) for name, words in in_rows(terms, _VOICE)]
