"""Entries in words and in JSON, the same for every verb that prints them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from store.entries import (
    CHARGES,
    KINDS,
    AcceptanceData,
    AmendmentData,
    ClientData,
    CostData,
    DeliveryData,
    DisputedData,
    Entry,
    ExceptionData,
    FixedSumData,
    HandoverData,
    HoursData,
    IncidentData,
    InterestData,
    InvoiceData,
    Link,
    NoData,
    OutcomeData,
    PartialAnswerData,
    PaymentData,
    PromiseData,
    RequestData,
    StepData,
    TermsData,
)
from store.entries.words import LANDED
from store.money import Money
from tui.words.moments import day_words


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values: every field of it, and `lag_days`; amounts are strings."""
    return {**entry.model_dump(mode="json"), "lag_days": entry.lag_days}


def money_json(money: Money) -> dict[str, str]:
    """Return `{"amount": "1200.00", "currency": "EUR"}`."""
    return {"amount": str(money.rounded()), "currency": money.currency}


def data_words(entry: Entry) -> str:
    """Return what an entry's data says, in words; empty where there is none."""
    say = _SAID.get(type(entry.data))
    return say(entry.data) if say else ""


def about_words(entry: Entry) -> str:
    """Return what an entry says beside its text: what it is linked to, amounts and days.

    Of what `docket log` can log without the models, nothing, as it reads that back without them.
    """
    plain = isinstance(entry.data, NoData | StepData | IncidentData)
    amount = getattr(entry.data, "amount", None)
    links = [
        f"{link_words(entry, link)} #{link.seq}" + (f": {link.reason}" if link.reason else "")
        for link in entry.links
    ]
    return ", ".join(filter(None, [*links, "" if plain and not amount else data_words(entry)]))


def link_words(entry: Entry, link: Link) -> str:
    """Return what a link says, in the words of the entry's kind: `outcome of`, `about`."""
    follows = KINDS[entry.kind].follows
    return follows.says if link.rel == follows.relation else link.rel.replace("-", " ")


def hours_words(hours: Decimal) -> str:
    """Return hours as `1.5 h`."""
    return f"{hours.normalize():f} h"


def _incident(data: IncidentData) -> str:
    parts = [f"severity {data.severity} of 3"]
    if data.hours:
        parts.append(hours_words(data.hours))
    if data.amount and data.currency:
        parts.append(str(Money(data.amount, data.currency)))
    if data.my_share:
        parts.append("partly my own doing")
    if data.in_writing is not None:
        parts.append("in writing" if data.in_writing else "not in writing")
    return ", ".join(parts)


def _invoice(data: InvoiceData) -> str:
    return f"{data.number}, {Money(data.amount, data.currency)}, due {day_words(data.due)}"


def _payment(data: PaymentData) -> str:
    whole = str(Money(data.amount, data.currency))
    parts = [
        f"{Money(part.amount, data.currency).rounded():,} on {part.invoice}"
        for part in data.for_invoices
    ]
    parts += [
        f"{Money(part.amount, data.currency).rounded():,} on {CHARGES[part.head]}"
        for part in data.for_charges or ()
    ]
    return f"{whole}: {', '.join(parts)}" if parts else whole


def _disputed(data: DisputedData) -> str:
    return f"{Money(data.amount, data.currency)} of {data.number}"


def _interest(data: InterestData) -> str:
    rate = f"{data.percent:f} % a year from {day_words(data.starts)}"
    return f"{rate}, {data.policy} where it changes, source: {data.source}"


def _fixed(data: FixedSumData) -> str:
    bands = [
        f"{Money(band.amount, data.currency)}"
        + (f" from {Money(band.at_least, data.currency)}" if band.at_least else "")
        for band in data.bands
    ]
    return f"{', '.join(bands)}, source: {data.source}"


def _request(data: RequestData) -> str:
    return f"needed by {day_words(data.needed_by)}" if data.needed_by else ""


def _promise(data: PromiseData) -> str:
    return f"by {'me' if data.by == 'me' else 'the client'}, due {day_words(data.due)}"


def _step(data: StepData) -> str:
    parts = [] if data.worked is None else ["it worked" if data.worked else "it did not work"]
    return ", ".join(parts + ([f"from {day_words(data.effective)}"] if data.effective else []))


def _changes(data: AmendmentData) -> str:
    said = []
    for name, value in data.changes.items():
        if name == "statement":
            said.append("the text")
        elif name == "occurred_at":
            exact = data.changes.get("precision") in ("minute", "hour")
            said.append(f"when: {str(value).replace('T', ' ')[: 16 if exact else 10]}")
        elif name == "links":
            numbers = ", ".join(f"#{link['seq']}" for link in value)
            said.append(f"about: {numbers or 'nothing'}")
        elif name == "quotes":
            said.append("their words")
        elif name != "precision":
            said.append(f"{name.replace('_', ' ')}: {_plain(value)}")
    return ", ".join(said)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(" ".join(map(str, part.values())) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _terms(data: TermsData) -> str:
    agreed = data.model_dump(mode="json", exclude_none=True)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in agreed.items())


def _handover(data: HandoverData) -> str:
    parts = [f"to {data.to}"] if data.to else []
    if data.access_ends:
        parts.append(f"my access ends {day_words(data.access_ends)}")
    if data.renews:
        parts.append(f"renews {day_words(data.renews)}")
    return ", ".join([*parts, *(["despite what was owed"] if data.despite_debt else [])])


def _values(data: ClientData | DeliveryData | AcceptanceData) -> str:
    return ", ".join(data.model_dump(exclude_none=True).values())


_SAID: dict[type, Callable[[Any], str]] = {
    IncidentData: _incident,
    InvoiceData: _invoice,
    PaymentData: _payment,
    DisputedData: _disputed,
    CostData: lambda data: str(Money(data.amount, data.currency)),
    InterestData: _interest,
    FixedSumData: _fixed,
    RequestData: _request,
    HoursData: lambda data: f"{hours_words(data.hours)}, {data.spent}",
    PromiseData: _promise,
    StepData: _step,
    OutcomeData: lambda data: LANDED[data.worked],
    PartialAnswerData: lambda data: f"still missing: {data.missing}" if data.missing else "",
    ExceptionData: lambda data: f"to {data.rule}, until {day_words(data.until)}",
    AmendmentData: _changes,
    TermsData: _terms,
    ClientData: _values,
    DeliveryData: _values,
    AcceptanceData: _values,
    HandoverData: _handover,
}
