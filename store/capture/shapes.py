"""Reads the words and marks of a captured line into the data that its kind needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_args

from store.capture import terms
from store.capture.amounts import (
    invoices_then,
    like_theirs,
    no_invoice,
    take_amount,
    take_invoices,
    unread_sum,
)
from store.capture.marks import Marks, hours_at_start, spaced, take_options
from store.capture.papers import (
    DISCOUNT_OPTIONS,
    PAYMENT_OPTIONS,
    TAX_OPTIONS,
    counts_for,
    discount_said,
    due_said,
    parts_said,
    payment_said,
    take_parts,
    take_vat,
    tax_said,
)
from store.capture.unread import unread
from store.dates import parse_day
from store.docket import Docket, Invoice
from store.docket.handover import check_gate, handovers
from store.docket.money_checks import all_open
from store.docket.steps import open_on, outcomes, steps
from store.docket.subject import Named, add_typed, check_acceptable, take_names
from store.entries import Kind, PaymentData, Relation, Seeks
from store.entries.kinds import Shape as DataShape
from store.entries.words import number_typed
from store.errors import DocketError, UsageError
from store.languages.deadlines import deadlines
from store.money import Money
from store.quantities import check_due
from store.text import Verbatim

_LANDED = frozenset({"yes", "partly", "no"})
_PAPER = re.compile(r"(?i)(?:cn|cr|gs|av|nc)[-/.]?\d[\w./-]{0,20}")
"""How the numbers of credit notes are written that are taken for one without more."""
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
_ABOUT = frozenset({"about"})
_ADVICE = frozenset({"advised:", "decided:", "risk:"})
_ASKED = 4


@dataclass(frozen=True, slots=True)
class Background:
    """What a line is read against; `currency` is the one to assume."""

    now: datetime
    docket: Docket | None
    currency: str


@dataclass(slots=True)
class ShapedEntry:
    """The data of an entry, its statement, what is missing, and what is worth a remark."""

    statement: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    links: list[tuple[Relation, int]] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def shape_for(kind: Kind | None, marks: Marks, context: Background) -> ShapedEntry:
    """Return the shape of `kind`; what it lacks is in `problems`.

    Takes the options that entries of `kind` read out of the words of `marks`.
    """
    shape = ShapedEntry()
    if kind is None:
        return shape
    read, options = _READERS.get(kind.shape, (_sum if kind.how_much else _plain, _NONE))
    take_options(marks, options | _ABOUT, context.now.date())
    take_vat(marks, options)
    words = list(marks.words)
    try:
        read(kind, words, marks, context, shape)
    except DocketError as error:
        shape.problems.append(str(error).rstrip("."))
    if kind.group == "incident":
        _incident(marks, shape)
    elif marks.severity is not None:
        shape.problems.append(f"only incidents have a severity; {kind.id} is not one")
    elif marks.hours is not None and kind.shape != "HoursData":
        shape.problems.append("time goes with incidents; log it apart: hours +1h")
    if not shape.problems:
        shape.remarks += unread(kind, words, context.now.date())
    shape.statement = " ".join(words)
    return shape


def _plain(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    if context.docket:
        left = _about(kind, words, marks, context.docket, shape)
        for word in words:
            bare = word.strip(".,;:()")
            known = isinstance(word, Verbatim) or context.docket.ledger.find(bare)
            if not known and like_theirs(bare, context.docket):
                shape.remarks.append(no_invoice(bare, context.docket))
        words[:] = left
    follows = kind.follows
    tied = any(relation == follows.relation for relation, _ in shape.links)
    if (follows.own or follows.of) and not tied:
        _link(kind, words, marks, context, shape)
    if kind.shape == "StepData" and kind.weighs and not shape.links and not shape.refs:
        _ask_about(marks, context, shape)


def _about(
    kind: Kind, words: list[str], marks: Marks, docket: Docket, shape: ShapedEntry
) -> list[str]:
    """Take in what `about:` and the words name; return the words that stay text."""
    named = Named()
    if typed := marks.options.get("about"):
        add_typed(named, typed, kind, docket)
    left = take_names(named, words, kind, docket)
    marks.taken += (Counter(words) - Counter(left)).elements()
    shape.links += named.links
    if named.invoice:
        shape.refs["invoice"] = named.invoice
    return left


def _ask_about(marks: Marks, context: Background, shape: ShapedEntry) -> None:
    """Say what a step that names nothing counts for, or ask where several things are open."""
    if context.docket is None:
        return
    day = marks.when.day if marks.when else context.now.date()
    there = open_on(context.docket, day, len(context.docket.entries) + 1)
    names = [one.name for one in there]
    if len(names) > 1:
        more = ", ..." if len(names) > _ASKED else ""
        shape.remarks.append(f"about which? {', '.join(names[:_ASKED])}{more}")
    elif names:
        shape.remarks.append(f"counts for {names[0]}")


def _incident(marks: Marks, shape: ShapedEntry) -> None:
    shape.data["severity"] = marks.severity or 1
    if marks.hours is not None:
        shape.data["hours"] = marks.hours


def _link(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    relation = kind.follows.relation
    for position, word in enumerate(words):
        if number := None if isinstance(word, Verbatim) else number_typed(word.rstrip(".,;:")):
            marks.taken.append(words.pop(position))
            shape.links.append((relation, number))
            if context.docket and (found := context.docket.find(number)):
                check_acceptable(kind, found.entry)
            return
    waiting = _waiting(kind, context.docket)
    if len(waiting) == 1:
        shape.links.append((relation, waiting[0][0]))
    elif relation != "accepts":
        shown = ", ".join(f"#{seq} {text[:24]}" for seq, text in waiting[:3])
        shape.problems.append(
            f"which entry? give its number{f': {shown}' if shown else ', as #12'}"
        )


def _waiting(kind: Kind, docket: Docket | None) -> list[tuple[int, str]]:
    """Return what such an entry could be about, by number and text."""
    if docket is None:
        return []
    of = kind.follows.of
    if of == ("request",):
        return [(one.seq, one.statement) for one in docket.open_requests]
    if of == ("payment",):
        paid = [*reversed(docket.ledger.payments)]
        return [(one.seq, str(one.amount)) for one in paid]
    if of == ("promise",):
        return [(one.seq, one.statement) for one in docket.promises if one.open]
    if kind.shape == "OutcomeData":
        known = outcomes(docket)
        return [(one.seq, one.statement) for one in steps(docket) if one.seq not in known]
    if of == ("handover",):
        return [(one.seq, one.item) for one in handovers(docket) if one.access_ended is None]
    return []


def _invoice(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    amount = take_amount(words, shape.data, context.currency, marks, skip_first=True)
    number = words.pop(0) if words else ""
    if not number or amount is None:
        shape.problems.append("an invoice needs number and amount: invoice INV-43 500 due:+14d")
        return
    if not any(sign.isdecimal() for sign in number):
        first = "that comes first: invoice INV-43 500"
        shape.problems.append(f"is '{number[:20]}' its number? {first}")
    marks.taken.append(number)
    number = number.rstrip(",;:")
    issued = marks.when.day if marks.when else context.now.date()
    shape.data["number"] = number
    agreed = context.docket.terms.payment if context.docket else None
    due = due_said(words, marks, issued, context.now.date(), agreed)
    if due is None:
        shape.problems.append("when is it due? add due:+14d")
    else:
        check_due(number, due, issued)
        shape.data["due"] = due
    shape.data |= tax_said(marks.options, Money(amount, shape.data["currency"]))
    shape.data |= discount_said(marks.options, issued, context.now.date())


def _payment(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    amount, invoices = _came_in(words, marks, context, shape)
    if amount is None and invoices:
        if part := unread_sum(words):
            how = "give the sum: paid 500 INV-42"
            raise UsageError(f"is {part[:20]} how much came in? {how}", "", "")
        if len({one.amount.currency for one in invoices}) > 1:
            raise UsageError("those invoices are in two currencies; log a payment for each", "", "")
        amount = sum((one.balance.amount for one in invoices), Decimal(0))
        shape.data |= {"amount": amount, "currency": invoices[0].amount.currency}
    if done := [one for one in invoices if one.balance.amount <= 0]:
        shape.problems.append(f"{done[0].number} is {done[0].done} already")
    elif not amount:
        shape.problems.append("how much came in? paid 500 INV-42")
    else:
        shape.data |= payment_said(marks.options, shape.data["currency"])
        _allocate(counts_for(shape.data), invoices, shape)


def _came_in(
    words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> tuple[Decimal | None, list[Invoice]]:
    """Take the sum that came in, and the invoices it is for, out of `words`."""
    if context.docket is None:
        return take_amount(words, shape.data, context.currency, marks, skip_first=False), []
    found = [context.docket.ledger.find(word.strip(".,;:()")) for word in words]
    currencies = {one.amount.currency for one in found if one}
    assumed = currencies.pop() if len(currencies) == 1 else context.currency
    amount = take_amount(words, shape.data, assumed, marks, skip_first=False)
    return amount, invoices_then(words, context.docket, marks)


def _allocate(amount: Decimal, invoices: list[Invoice], shape: ShapedEntry) -> None:
    """Give each invoice what is open of it, in the order they were named."""
    parts = []
    for invoice in invoices:
        part = min(amount, invoice.balance.amount)
        amount -= part
        if part <= 0:
            shape.problems.append(f"nothing of this payment is left for {invoice.number}")
            return
        parts.append({"invoice": invoice.number, "amount": part})
    if parts:
        shape.data["for_invoices"] = parts
        if amount:
            shape.remarks.append(f"{amount} is more than was open")


def _off(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    """Read `credit INV-42 340 CN-1 two hours not needed`; without a sum all that is open."""
    number = marks.options.pop("number", "")
    for word in words if not number else ():
        if not isinstance(word, Verbatim) and _PAPER.fullmatch(word.rstrip(".,;:")):
            number = word.rstrip(".,;:")
            words.remove(word)
            marks.taken.append(word)
            break
    invoices = take_invoices(words, context.docket, marks) if context.docket else []
    if len(invoices) != 1:
        raise UsageError(f"off which invoice? {kind.id} INV-42 120", "", "")
    (invoice,) = invoices
    shape.data |= {"of_invoice": invoice.number, **({"number": number} if number else {})}
    currency = invoice.amount.currency
    if take_amount(words, shape.data, currency, marks, skip_first=False) is not None:
        shape.data |= tax_said(marks.options, Money(shape.data["amount"], currency))
        return
    if kind.id == "credit":
        raise UsageError(f"how much of it? {kind.id} {invoice.number} 120", "", "")
    if invoice.balance.amount <= 0:
        raise UsageError(f"nothing is open of {invoice.number}", "", "")
    shape.data |= {"amount": all_open(invoice, kind.id), "currency": currency}


def _back(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    """Read `refund 120`, and `payment-returned #12`, which is all of it where no sum is told."""
    if kind.follows.needed:
        _link(kind, words, marks, context, shape)
    number = marks.options.pop("number", "")
    shape.data |= {"number": number} if number else {}
    found = context.docket.find(shape.links[0][1]) if context.docket and shape.links else None
    paid = found.entry.data if found else None
    known = paid.currency if isinstance(paid, PaymentData) else context.currency
    if take_amount(words, shape.data, known, marks, skip_first=False) is not None:
        return
    if isinstance(paid, PaymentData):
        shape.data |= {"amount": paid.amount, "currency": paid.currency}
    elif not shape.problems:
        raise UsageError(kind.how_much or "which payment? give its number, as #12", "", "")


def _instalments(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    """Read `instalments INV-42 1mar=400 1apr=400`; without a number it is for all that is open."""
    parts = take_parts(words, marks)
    invoices = take_invoices(words, context.docket, marks) if context.docket else []
    if not parts or len(invoices) > 1:
        raise UsageError(f"when is how much paid? {kind.id} INV-42 1mar=400 1apr=400", "", "")
    agreed = marks.when.day if marks.when else context.now.date()
    shape.data |= parts_said(parts, invoices[0] if invoices else None, context.currency, agreed)


def _rate(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    raise UsageError("what lateness costs needs its source; log it with `docket rate`", "", "")


def _sum(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    if take_amount(words, shape.data, context.currency, marks, skip_first=False) is None:
        raise UsageError(kind.how_much, "", "")


def _disputed(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    number = words.pop(0) if words else ""
    marks.taken.append(number)
    invoice = context.docket.ledger.find(number) if context.docket else None
    known = invoice.amount.currency if invoice else context.currency
    if take_amount(words, shape.data, known, marks, skip_first=False) is None:
        raise UsageError("how much of which invoice? disputed INV-42 200 not ordered", "", "")
    shape.data["number"] = invoice.number if invoice else number


def _request(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    if seeks := marks.options.pop("for", ""):
        if seeks not in get_args(Seeks):
            shape.problems.append(f"for:{seeks} is not known: for:access or for:leave")
        shape.data["seeks"] = seeks
    if len(marks.options) > 1:
        shape.problems.append("by: and due: say the same here; leave one of them")
    for name in marks.options:
        shape.data["needed_by"] = parse_day(marks.options[name], context.now.date())


def _hours(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    hours = marks.hours
    if hours is None and words and words[0][0] in "0123456789.,¼½¾" and words[0][0:2] != "..":
        hours, count = hours_at_start(words)
        marks.taken += words[:count]
        del words[:count]
        if words and re.fullmatch(r"\d/\d", words[0]):
            raise UsageError(f"write {words[0]} of an hour as 0.5 or 30m", "", "")
    if hours is None:
        shape.problems.append("how long? hours +1.5h chase mails")
    else:
        shape.data["hours"] = hours
    named = words[0].lower().rstrip(":,.") if words else ""
    spent = _HOUR_CLASSES.get(named)
    if spent and (len(words) == 1 or named == spent):  # "chasing mails" is said, "chase" a class
        marks.taken.append(words.pop(0))
    shape.data["spent"] = spent or "work"


def _promise(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    side = _SIDES.get(marks.options.get("by", "").lower())
    typed = marks.options.get("due")
    today = context.now.date()
    due = parse_day(typed, today) if typed else next(deadlines(" ".join(words), today), None)
    if side is None:
        shape.problems.append("who promised? add by:client or by:me")
    else:
        shape.data["by"] = side
    if due is None:
        shape.problems.append("by when? add due:fri")
    else:
        shape.data["due"] = due


def _handover(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    """Read `to:Jo ends:31-dec renews:2027-01-05`, and `despite:debt` where money is owed."""
    if who := marks.options.get("to"):
        shape.data["to"] = spaced(who)
    for option, name in (("ends", "access_ends"), ("renews", "renews")):
        if typed := marks.options.get(option):
            shape.data[name] = parse_day(typed, context.now.date())
    if context.docket and context.docket.overdue:
        if marks.options.get("despite", "").lower() != "debt":
            check_gate(context.docket, "Add despite:debt, or log a note on why you wait")
        shape.data["despite_debt"] = True


def _terms(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    shape.data |= terms.read_terms(words, marks.options, context.currency)
    if not shape.data and not words and context.docket:
        shape.problems.append("what was agreed? terms net14 EUR 85/h reply 2d revisions 2")


def _outcome(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    _plain(kind, words, marks, context, shape)
    if words and words[0].lower() in _LANDED:
        shape.data["worked"] = words.pop(0).lower()
    else:
        shape.problems.append("did it help? yes, partly or no: outcome #9 yes")


def _part(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    _plain(kind, words, marks, context, shape)
    split = [position for position, word in enumerate(words) if word.lower() == "missing:"]
    if split:
        shape.data["missing"] = " ".join(words[split[0] + 1 :]) or None
        del words[split[0] :]


def _advice(
    kind: Kind, words: list[str], marks: Marks, context: Background, shape: ShapedEntry
) -> None:
    _plain(kind, words, marks, context, shape)
    signs = [place for place, word in enumerate(words) if word.lower() in _ADVICE]
    for start, end in pairwise((*signs, len(words))):
        name = words[start].lower().rstrip(":")
        shape.data[name] = " ".join(words[start + 1 : end]) or None
    if signs and signs[0]:
        del words[signs[0] :]  # without words before them, all of it is the text


_Reader = Callable[[Kind, list[str], Marks, Background, ShapedEntry], None]
_NONE: frozenset[str] = frozenset()
_READERS: dict[DataShape, tuple[_Reader, frozenset[str]]] = {
    "InvoiceData": (_invoice, frozenset({"due"}) | TAX_OPTIONS | DISCOUNT_OPTIONS),
    "PaymentData": (_payment, PAYMENT_OPTIONS),
    "InstalmentsData": (_instalments, _NONE),
    "CreditData": (_off, frozenset({"number"}) | TAX_OPTIONS),
    "MoneyBackData": (_back, frozenset({"number"})),
    "DisputedData": (_disputed, _NONE),
    "InterestData": (_rate, _NONE),
    "FixedSumData": (_rate, _NONE),
    "RequestData": (_request, frozenset({"by", "due", "for"})),
    "HoursData": (_hours, _NONE),
    "PromiseData": (_promise, frozenset({"by", "due"})),
    "HandoverData": (_handover, frozenset({"to", "ends", "renews", "despite"})),
    "OutcomeData": (_outcome, _NONE),
    "PartialAnswerData": (_part, _NONE),
    "AdviceData": (_advice, _NONE),
    "TermsData": (_terms, terms.OPTIONS),
}
"""By the data of a kind: what reads it, and the options it takes out of the words."""
