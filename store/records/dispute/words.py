"""Neutral words for a record: days, lags, kinds, sums and where a fact stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from store.dates import lag_days, offset
from store.entries import KINDS, Entry, IncidentData, Link, Quote
from store.money import Money
from store.records.dispute.material import Material
from store.records.markdown import Md, cell, inline

CELL_LETTERS = 300
"""Letters that a cell of a table has at most of a text of the user's."""

_LINES = 1  # ends of lines that a cell shows by a stroke

_OWN_RECORD = frozenset({"money", "agreement", "hours", "delivery", "step", "request"})
"""What I do, send or receive myself, and so do not hear of."""
_OWN_ACCOUNT = frozenset({"paid-on-time", "late-payment", "non-payment"})
"""Kinds of other groups that say what came to my account, or did not."""
_BESIDE = frozenset(
    {"late of", "answers", "partly answers", "outcome of", "confirms", "accepts", "keeps", "breaks"}
)
"""The links that say more than `about`."""


def kind_words(material: Material, kind: str) -> Md:
    """Return a kind in words that do not judge."""
    return material.texts.named(f"kinds.{kind}", KINDS[kind].neutral or KINDS[kind].label)


def occurred(material: Material, entry: Entry) -> Md:
    """Return when it occurred, no more exactly than is known, with its offset where zones mix."""
    moment, say = entry.occurred_at, material.texts.say
    said = Md(entry.day.isoformat())
    if entry.precision == "about":
        said = say("words.about", day=entry.day)
    elif entry.precision == "minute":
        said = Md(f"{said} {moment:%H:%M}")
    elif entry.precision == "hour":
        said = say("words.at-hour", day=entry.day, hour=Md(f"{moment:%H}"))
    return Md(f"{said} {offset(moment)}") if material.zoned else said


def what_it_names(material: Material, entry: Entry, link: Link) -> Md:
    """Return what an entry is to another that it names; what was accepted is called what it is."""
    follows, texts = KINDS[entry.kind].follows, material.texts
    says = follows.says if follows.relation == link.rel else ""
    key = says.replace(" ", "-") if says in _BESIDE else "about"
    if entry.kind == "access-ended":
        return texts.say("chronology.beside.access", entry=link.seq)
    if key == "accepts" and (one := material.standing.get(link.seq)):
        kind, day = kind_words(material, one.entry.kind), one.entry.day
        return texts.say("chronology.accepted", kind=kind, day=day, entry=link.seq)
    return texts.say(f"chronology.beside.{key}", entry=link.seq)


def partly_mine(entry: Entry) -> bool:
    """Whether an incident is said to be partly my own doing."""
    return isinstance(entry.data, IncidentData) and entry.data.my_share


def their_words(material: Material, entry: Entry) -> list[Quote]:
    """Return what an entry quotes of others than me: their words, by name where it is known."""
    mine = ("me", "i", "myself", material.options.prepared_by.casefold())
    return [quote for quote in entry.quotes if quote.by.casefold() not in mine]


def quoted_of(material: Material, by: str) -> Md:
    """Return whose words are quoted."""
    return material.texts.say("words.the-client") if by == "client" else inline(by)


def recorded(material: Material, entry: Entry) -> Md:
    """Return when it was recorded, and how much later that was, with its offset if zones mix.

    Where it was typed before that, and waited for the server, both are said.
    """
    local, typed_at = entry.recorded_local, entry.typed_local
    say, lag = material.texts.say, lag_days(entry.occurred_at, local)
    moment = _moment(material, local)
    said = say("words.recorded-late", n=lag, moment=moment) if lag else moment
    typed = _moment(material, typed_at) if typed_at else moment
    return said if typed == moment else say("words.typed-before", recorded=said, typed=typed)


def _moment(material: Material, at: datetime) -> Md:
    return Md(f"{at:%Y-%m-%d %H:%M}{f' {offset(at)}' if material.zoned else ''}")


def recorded_on(entry: Entry) -> date:
    """Return the day it was recorded."""
    return entry.recorded_local.date()


def source(material: Material, entry: Entry) -> Md:
    """Return how the fact is known, and by which channel."""
    say = material.texts.say
    known = say(f"words.source.{'own' if _seen_by_me(entry) else entry.source}")
    if not entry.channel:
        return known
    return say("words.known-by", known=known, channel=channel(material, entry))


def is_own_record(entry: Entry) -> bool:
    """Whether a fact is known by my own record alone, and by no channel."""
    return _seen_by_me(entry) and not entry.channel


def _seen_by_me(entry: Entry) -> bool:
    mine = entry.group in _OWN_RECORD or entry.kind in _OWN_ACCOUNT
    return entry.source == "witnessed" and mine


def outgrows_a_cell(text: str) -> bool:
    """Whether a text has too many lines or letters for a cell."""
    return len(text) > CELL_LETTERS or text.strip().count("\n") > _LINES


def in_a_cell(text: str) -> str:
    """Return a text that is not too long for a cell on one line, with a stroke where one ended."""
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


def channel(material: Material, entry: Entry) -> Md:
    """Return by which way it came or went; empty where that is not said."""
    return material.texts.say(f"words.channel.{entry.channel}") if entry.channel else Md("")


def entry_numbers(material: Material, seqs: Iterable[int]) -> Md:
    """Return `entry 3` or `entries 3, 7`; a dash for none, as a cell of a table has it."""
    return material.texts.entries(seqs) or Md("-")


def payment_terms(material: Material, terms: str) -> Md:
    """Return in words when a bill is due under payment terms, as `net14`."""
    say, days = material.texts.say, terms[3:]
    if terms == "receipt":
        return say("words.payment-receipt")
    if terms.startswith("eom"):
        return say("words.payment-from-month-end", n=int(days))
    if terms.endswith("eom"):
        return say("words.payment-to-month-end", n=int(days.removesuffix("eom")))
    if terms.startswith("net"):
        return say("words.payment-net", n=int(days))
    return say("words.payment-day", day=Md(days))


def where_shown(material: Material, seqs: Iterable[int]) -> Md:
    """Return the labels of the exhibits of some entries; a dash for none, as a cell has it."""
    return Md(", ".join(material.labels(seqs)) or "-")


def proof(material: Material, seqs: Iterable[int]) -> Md:
    """Return the entries that say something, and the exhibits that show it: `entries 3, 7`."""
    numbers = list(seqs)
    return _with_labels(material, numbers, material.texts.entries(numbers))


def proof_cell(material: Material, seqs: Iterable[int]) -> Md:
    """Return the same as the cell of a column of entries has it: `3, 7`."""
    numbers = list(seqs)
    told = material.texts.side_by_side(map(str, sorted(set(numbers))))
    return _with_labels(material, numbers, told)


def _with_labels(material: Material, numbers: list[int], entries: Md) -> Md:
    texts = material.texts
    if not numbers:
        return texts.say("words.no-proof")
    labels = material.labels(numbers)
    if not labels:
        return entries
    named = texts.side_by_side(labels)
    return texts.say("words.proof", n=len(labels), entries=entries, labels=named)


def fact_row(material: Material, entry: Entry) -> list[Md]:
    """Return the row of a fact: number, when it occurred, kind, statement, and its exhibits."""
    return [
        Md(str(entry.seq)),
        occurred(material, entry),
        kind_words(material, entry.kind),
        cell(entry.statement),
        where_shown(material, [entry.seq]),
    ]


def sums(material: Material, amounts: Iterable[Money]) -> Md:
    """Return sums of several currencies side by side, never added together."""
    each = [material.texts.value(amount) for amount in amounts]
    return material.texts.listed(each) if each else material.texts.say("words.nothing")
