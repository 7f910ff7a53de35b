"""Reads the words and marks of a captured line into the data that its kind needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from store.capture import handed
from store.capture.amounts import take_amount, take_claim
from store.capture.marks import Marks, spaced, take_options
from store.dates import parse_day, parse_days
from store.docket import Docket
from store.docket.handover import handovers
from store.entries import KINDS, Relation
from store.errors import DocketError
from store.money import parse_amount, parse_currency
from store.quantities import (
    check_due,
    due_date,
    is_payment_terms,
    parse_hours,
    parse_payment_terms,
    parse_rounds,
)

_NUMBER = re.compile(r"#(\d{1,7})")
_HOUR_CLASSES = {
    "work": "work",
    "chase": "chase",
    "chasing": "chase",
    "wait": "wait",
    "waiting": "wait",
    "rework": "rework",
    "conflict": "conflict",
}
_SIDES = {"me": "me", "i": "me", "us": "me", "client": "client", "them": "client"}
_LINKS: dict[str, Relation] = {
    "answer": "answers",
    "acceptance": "accepts",
    "promise-kept": "keeps",
    "promise-broken": "breaks",
    "access-ended": "about",
    "addendum": "adds-to",
    "late-entry": "late-of",
    "void": "voids",
}

_AGREED = frozenset("rate price reply revisions terms cur".split())
_OPTIONS = {
    "invoice": frozenset({"due"}),
    "request": frozenset({"by", "due"}),
    "promise": frozenset({"by", "due"}),
    "handover": handed.OPTIONS,
    "terms": _AGREED,
}
NEW_CLIENT_OPTIONS = _AGREED | {"mail"}


@dataclass(frozen=True, slots=True)
class Context:
    """What a line is read against; `currency` is the one to assume."""

    now: datetime
    docket: Docket | None
    currency: str


@dataclass(slots=True)
class Shape:
    """The data of an entry, its statement, and what is missing."""

    statement: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    links: list[tuple[Relation, int]] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def shape_for(kind: str | None, marks: Marks, context: Context) -> Shape:
    """Return the shape of `kind`; what it lacks is in `problems`.

    Takes the options that entries of `kind` read out of the words of `marks`.
    """
    shape = Shape()
    if kind is None:
        return shape
    take_options(marks, _OPTIONS.get(kind, ()))
    words = list(marks.words)
    try:
        _READERS.get(kind, _plain)(kind, words, marks, context, shape)
    except DocketError as error:
        shape.problems.append(str(error).rstrip("."))
    if KINDS[kind].group == "incident":
        _incident(marks, shape)
    elif marks.severity is not None:
        shape.problems.append(f"only incidents have a severity; {kind} is not one")
    elif marks.hours is not None and kind != "hours":
        shape.problems.append("time goes with incidents; log it apart: hours +1h")
    shape.statement = " ".join(words)
    return shape


def _plain(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    if kind in _LINKS:
        _link(_LINKS[kind], kind, words, context, shape)
    if context.docket:
        for word in words:
            if invoice := context.docket.ledger.find(word.strip(".,;:()")):
                shape.refs["invoice"] = invoice.number


def _incident(marks: Marks, shape: Shape) -> None:
    shape.data["severity"] = marks.severity or 1
    if marks.hours is not None:
        shape.data["hours"] = marks.hours


def _link(relation: Relation, kind: str, words: list[str], context: Context, shape: Shape) -> None:
    for position, word in enumerate(words):
        if number := _NUMBER.fullmatch(word):
            del words[position]
            shape.links.append((relation, int(number[1])))
            return
    waiting = _waiting(relation, context.docket)
    if len(waiting) == 1:
        shape.links.append((relation, waiting[0][0]))
    elif relation != "accepts":
        shown = ", ".join(f"#{seq} {text[:24]}" for seq, text in waiting[:3])
        shape.problems.append(
            f"which entry? give its number{f': {shown}' if shown else ', as #12'}"
        )


def _waiting(relation: Relation, docket: Docket | None) -> list[tuple[int, str]]:
    if docket is None:
        return []
    if relation == "answers":
        return [(one.seq, one.statement) for one in docket.open_requests]
    if relation in ("keeps", "breaks"):
        return [(one.seq, one.statement) for one in docket.promises if one.kept is None]
    if relation == "about":
        return [(one.seq, one.item) for one in handovers(docket) if one.access_ended is None]
    return []


def _invoice(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    amount = take_amount(words, shape.data, context.currency, skip_first=True)
    number = words.pop(0) if words else ""
    if not number or amount is None:
        shape.problems.append("an invoice needs number and amount: invoice INV-43 500 due:+14d")
        return
    issued = marks.when.day if marks.when else context.now.date()
    shape.data["number"] = number
    agreed = context.docket.terms.payment if context.docket else None
    due = _due(marks, "due", issued) or (due_date(agreed, issued) if agreed else None)
    if due is None:
        shape.problems.append("when is it due? add due:+14d")
    else:
        check_due(number, due, issued)
        shape.data["due"] = due


def _payment(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    amount = take_amount(words, shape.data, context.currency, skip_first=False)
    invoices = []
    for word in list(words):
        if context.docket and (invoice := context.docket.ledger.find(word)):
            invoices.append(invoice)
            words.remove(word)
    if amount is None and invoices:
        currency = invoices[0].amount.currency
        amount = sum((one.balance.amount for one in invoices), Decimal(0))
        shape.data |= {"amount": amount, "currency": currency}
    if not amount:
        shape.problems.append("how much came in? paid 500 INV-42")
        return
    parts = []
    for invoice in invoices:
        part = min(amount, invoice.balance.amount)
        amount -= part
        if part > 0:
            parts.append({"invoice": invoice.number, "amount": part})
    if parts:
        shape.data["for_invoices"] = parts


def _claim(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    take_claim(kind, words, shape.data, context.docket, context.currency)


def _request(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    if len(marks.options) > 1:
        shape.problems.append("by: and due: say the same here; leave one of them")
    for name in marks.options:
        shape.data["needed_by"] = _due(marks, name, context.now.date())


def _hours(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    hours = marks.hours
    if hours is None and words and words[0][0].isdecimal():
        hours = parse_hours(words[0])
        del words[0]
    if hours is None:
        shape.problems.append("how long? hours +1.5h chase mails")
    else:
        shape.data["hours"] = hours
    spent = _HOUR_CLASSES.get(words[0].lower()) if words else None
    if spent and len(words) == 1:
        words.clear()
    shape.data["spent"] = spent or "work"


def _promise(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    side = _SIDES.get(marks.options.get("by", "").lower())
    due = _due(marks, "due", context.now.date())
    if side is None:
        shape.problems.append("who promised? add by:client or by:me")
    else:
        shape.data["by"] = side
    if due is None:
        shape.problems.append("by when? add due:fri")
    else:
        shape.data["due"] = due


def _handover(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    shape.data |= handed.handover_data(marks, context.docket, context.now.date())


def _terms(kind: str, words: list[str], marks: Marks, context: Context, shape: Shape) -> None:
    options = marks.options
    if "terms" in options:
        shape.data["payment"] = parse_payment_terms(options["terms"])
    elif named := [word.lower() for word in words if is_payment_terms(word.lower())]:
        shape.data["payment"] = named[0]
    if "cur" in options:
        shape.data["currency"] = parse_currency(options["cur"])
    currency = shape.data.get("currency") or context.currency or "EUR"
    for name in ("rate", "price"):
        if name in options:
            shape.data[name] = parse_amount(options[name], currency)
            shape.data["currency"] = currency
    if "reply" in options:
        shape.data["reply_within_days"] = parse_days(options["reply"])
    if "revisions" in options:
        shape.data["revisions"] = parse_rounds(options["revisions"])
    if kind == "terms" and not shape.data and not words and context.docket:
        shape.problems.append("what was agreed? terms net14 rate:85 reply:2d revisions:2")


_READERS: dict[str, Callable[[str, list[str], Marks, Context, Shape], None]] = {
    "invoice": _invoice,
    "payment": _payment,
    **dict.fromkeys(("disputed", "cost", "interest", "fixed-sum"), _claim),
    "request": _request,
    "hours": _hours,
    "promise": _promise,
    "handover": _handover,
    "terms": _terms,
}


def _due(marks: Marks, name: str, start: date) -> date | None:
    typed = marks.options.get(name)
    return parse_day(spaced(typed).removesuffix(" ago"), start) if typed else None
