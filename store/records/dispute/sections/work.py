"""The work done: what was handed over and accepted, what was given back, and the hours by class."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from store.docket.acceptances import Acceptances, acceptances
from store.docket.handover import handovers
from store.docket.hours import hours_spent
from store.docket.tracking import disjoint
from store.entries import AcceptanceData, DeliveryData, Entry, HandoverData, HoursData
from store.entries.words import SPENT
from store.records.dispute.material import Material
from store.records.dispute.sections.items import by_item
from store.records.dispute.words import occurred
from store.records.markdown import Md, cell, inline, paragraphs, slim_table
from store.text import top_line


def work(material: Material) -> Md:
    """Return deliveries with their acceptance, each item, what was given back, and the hours."""
    return paragraphs(
        _deliveries(material),
        by_item(material),
        _given_back(material),
        _hours(material),
        _after_due(material),
    )


def _deliveries(material: Material) -> Md:
    accepted = acceptances(material.docket)
    rows = []
    for entry in material.docket.kind("delivery"):
        acceptance = accepted.named.get(entry.seq)
        labels = material.labels([entry.seq, *([acceptance.seq] if acceptance else [])])
        rows.append(
            [
                Md(str(entry.seq)),
                occurred(material, entry),
                cell(entry.statement),
                _where(material, entry),
                _acceptance(material, acceptance, accepted, entry),
                Md(", ".join(labels) or "-"),
            ]
        )
    if not rows:
        return material.texts.say("work.no-delivery")
    return slim_table(material.texts.columns("work.deliveries"), rows, (5,))


def _where(material: Material, entry: Entry) -> Md:
    if isinstance(entry.data, DeliveryData):
        return cell(entry.data.where or "")
    return inline(material.withheld_words(entry.seq))


def _acceptance(
    material: Material, entry: Entry | None, accepted: Acceptances, delivery: Entry
) -> Md:
    """Return who accepted it when; or what names no delivery, and may be of it."""
    texts, noted = material.texts, accepted.noted.get(delivery.seq, ())
    maybe = [*noted, *accepted.maybe(delivery.day)]
    if entry is None and len(maybe) == 1 and noted:
        (one,) = noted
        where, words = texts.entries([one.seq]), top_line(one.statement) or None
        return texts.say("work.approved", day=one.day, entry=where, words=words)
    if entry is None and maybe:
        return texts.say("work.see", where=texts.entries(one.seq for one in maybe))
    if entry is None:
        return texts.say("work.not-here")
    return texts.say(
        "work.accepted",
        moment=occurred(material, entry),
        who=entry.data.by if isinstance(entry.data, AcceptanceData) else None,
        entry=texts.entries([entry.seq]),
    )


def _given_back(material: Material) -> Md:
    """Return accounts, keys and files that were given back, if there are any (advice 85)."""
    given = handovers(material.docket)
    withheld = [
        entry
        for entry in material.docket.kind("handover")
        if not isinstance(entry.data, HandoverData)
    ]
    if not given and not withheld:
        return Md("")
    rows = [
        [
            Md(str(one.seq)),
            material.texts.value(one.given, "iso"),
            cell(one.item),
            cell(one.to),
            _known(material, one.confirmed_on, one.confirmed_seq, one.confirmed_by),
            _known(material, one.access_ended, one.access_ended_seq),
            Md(", ".join(material.labels(one.seqs)) or "-"),
        ]
        for one in given
    ]
    rows += [_given_withheld(material, entry) for entry in withheld]
    return slim_table(material.texts.columns("work.given-back"), rows, (6,))


def _given_withheld(material: Material, entry: Entry) -> list[Md]:
    """Return the row of something given back of which the record withholds to whom."""
    texts, place = material.texts, material.place("chronology")
    see = texts.say("work.see", where=place) if place else texts.say("work.not-shown")
    return [
        Md(str(entry.seq)),
        texts.value(entry.day, "iso"),
        cell(entry.statement),
        inline(material.withheld_words(entry.seq)),
        see,
        see,
        Md(", ".join(material.labels([entry.seq])) or "-"),
    ]


def _known(material: Material, day: date | None, seq: int | None, by: str = "") -> Md:
    texts = material.texts
    if not day or not seq:
        return texts.say("work.not-here")
    return texts.say("work.known", day=day, who=by, entry=texts.entries([seq]))


def _hours(material: Material) -> Md:
    """Return the hours by what they were spent on; nothing where none were noted."""
    texts, spent = material.texts, hours_spent(material.docket)
    if not spent:
        return Md("")
    each = [
        texts.say("work.hours-of", hours=spent[name], what=texts.say(f"work.spent.{name}"))
        for name in SPENT
        if name in spent
    ]
    total = sum(spent.values(), Decimal(0)) if len(each) > 1 else None
    return texts.say("work.hours", each=texts.listed(each), total=total)


def _within(day: date, late: Sequence[tuple[date, date]]) -> bool:
    """Whether a day is after the begin of a span and not after its end."""
    before = bisect_left(late, day, key=lambda span: span[0])
    return before > 0 and day <= late[before - 1][1]


def _after_due(material: Material) -> Md:
    """Return the hours worked while an invoice was overdue."""
    bills = material.docket.ledger.invoices
    late = list(disjoint((bill.due, bill.settled_on or date.max) for bill in bills))
    after = [
        entry
        for entry in material.docket.kind("hours")
        if _within(entry.day, late)
        and isinstance(entry.data, HoursData)
        and entry.data.spent == "work"
    ]
    if not after:
        return Md("")
    texts = material.texts
    total = sum((e.data.hours for e in after if isinstance(e.data, HoursData)), Decimal(0))
    hours = texts.say("words.hours", hours=total)
    entries = texts.entries(entry.seq for entry in after)
    return texts.say("work.after-due", hours=hours, entries=entries)
