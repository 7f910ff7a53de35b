"""Neutral words for a record: days, lags, kinds, sums and where a fact stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from store.dates import offset
from store.entries import (
    CHARGES,
    KINDS,
    AcceptanceData,
    ClientData,
    CostData,
    Data,
    DeliveryData,
    DisputedData,
    Entry,
    FixedSumData,
    HandoverData,
    HoursData,
    IncidentData,
    InterestData,
    InvoiceData,
    OutcomeData,
    PartialAnswerData,
    PaymentData,
    PromiseData,
    Quote,
    RequestData,
    StepData,
)
from store.entries.words import LANDED
from store.money import Money
from store.records.dispute.material import Material
from store.records.markdown import Md, inline

_SOURCES = {"witnessed": "seen or heard", "message": "message", "document": "document"}
_OWN_RECORD = frozenset({"money", "agreement", "hours", "delivery", "step", "request"})
"""What I do, send or receive myself, and so do not hear of."""
SPENT = {
    "work": "work",
    "chase": "asking for answers or payment",
    "wait": "waiting",
    "rework": "work done again",
    "conflict": "handling disagreements",
}
_SIDES = {"me": "me", "client": "the client"}


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
    """Whether an incident is said to be partly my own doing (SEEDS row 66)."""
    return isinstance(entry.data, IncidentData) and entry.data.my_share


def their_words(material: Material, entry: Entry) -> list[Quote]:
    """Return what an entry quotes of others than me: their words, by name where it is known."""
    mine = ("me", "i", "myself", material.options.prepared_by.casefold())
    return [quote for quote in entry.quotes if quote.by.casefold() not in mine]


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


def hours(count: Decimal) -> str:
    """Return hours without needless zeros: `2.5 h`."""
    return f"{count.normalize():f} h"


def sums(amounts: Iterable[Money]) -> str:
    """Return sums of several currencies side by side, never added together."""
    return " and ".join(str(amount) for amount in amounts) or "nothing"


def details(entry: Entry) -> Md:
    """Return what the entry's data says, as one or no sentence."""
    said = _data_words(entry.data)
    return Md(f"{said}." if said else "")


def _data_words(data: Data) -> str:
    say = _SAID.get(type(data))
    return say(data) if say else ""


def _invoice_words(data: InvoiceData) -> str:
    return f"Invoice {inline(data.number)}: {Money(data.amount, data.currency)}, due {data.due}"


def _handover_words(data: HandoverData) -> str:
    parts = [f"to {inline(data.to)}"] if data.to else []
    if data.access_ends:
        parts.append(f"my access ends {data.access_ends}")
    if data.renews:
        parts.append(f"to be renewed {data.renews}")
    if data.despite_debt:
        parts.append("given although a sum was owed")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _payment_words(data: PaymentData) -> str:
    parts = [
        f"{Money(part.amount, data.currency)} for {inline(part.invoice)}"
        for part in data.for_invoices
    ]
    parts += [
        f"{Money(part.amount, data.currency)} for {CHARGES[part.head]}"
        for part in data.for_charges or ()
    ]
    whole = f"{Money(data.amount, data.currency)} received"
    return f"{whole}, of it {', '.join(parts)}" if parts else whole


def _disputed_words(data: DisputedData) -> str:
    return f"{Money(data.amount, data.currency)} of invoice {inline(data.number)} disputed"


def _interest_words(data: InterestData) -> str:
    return (
        f"Interest on late sums: {data.percent:f} % a year from {data.starts}; "
        f"source: {inline(data.source)}"
    )


def fixed_sums(data: FixedSumData) -> str:
    """Return the fixed sums by the amount of an invoice: `EUR 40.00, EUR 70.00 from EUR ...`."""
    code = data.currency
    return ", ".join(
        f"{Money(band.amount, code)}"
        + (f" from {Money(band.at_least, code)}" if band.at_least else "")
        for band in data.bands
    )


def _fixed_words(data: FixedSumData) -> str:
    return f"For each late invoice: {fixed_sums(data)}; source: {inline(data.source)}"


def _incident_words(data: IncidentData) -> str:
    parts = []
    if data.hours is not None:
        parts.append(f"time spent {hours(data.hours)}")
    if data.amount is not None and data.currency is not None:
        parts.append(f"sum named {Money(data.amount, data.currency)}")
    if data.my_share:
        parts.append("partly my own doing")
    if data.in_writing is not None:
        parts.append("in writing" if data.in_writing else "not in writing")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


_SAID: dict[type[Data], Callable[[Any], str]] = {
    ClientData: lambda data: f"The client is {inline(data.name)}",
    InvoiceData: _invoice_words,
    PaymentData: _payment_words,
    DisputedData: _disputed_words,
    CostData: lambda data: f"{Money(data.amount, data.currency)} spent",
    InterestData: _interest_words,
    FixedSumData: _fixed_words,
    RequestData: lambda data: f"Answer needed by {data.needed_by}" if data.needed_by else "",
    HoursData: lambda data: f"{hours(data.hours)}: {SPENT[data.spent]}",
    DeliveryData: lambda data: f"Where: {inline(data.where)}" if data.where else "",
    HandoverData: _handover_words,
    AcceptanceData: lambda data: f"Accepted by {inline(data.by)}" if data.by else "",
    PromiseData: lambda data: f"Promised by {_SIDES[data.by]} for {data.due}",
    PartialAnswerData: lambda data: (
        f"Still missing: {inline(data.missing)}" if data.missing else ""
    ),
    OutcomeData: lambda data: LANDED[data.worked].capitalize(),
    StepData: lambda data: f"Takes effect on {data.effective}" if data.effective else "",
    IncidentData: _incident_words,
}
