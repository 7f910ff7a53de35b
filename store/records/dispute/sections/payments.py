"""The account as open items, what of it is disputed, promises to pay, steps taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from store.docket import Invoice, Promise
from store.docket.claims import disputes
from store.docket.ledger import MoneyBack, Reduction
from store.docket.steps import Outcome, outcomes, steps
from store.entries import Entry, Side
from store.languages.values import DayCount
from store.money import Money, totals
from store.records.dispute.charges import (
    BOOKED,
    CREDIT_RULE,
    PAYMENT_RULE,
    charges_paid,
    disputed_table,
)
from store.records.dispute.material import Material
from store.records.dispute.words import channel, kind_words, occurred, proof, sums
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs

_WHOSE: Final = {"me": "mine", "client": "theirs"}


def payments(material: Material) -> Md:
    """Return invoices with what came in for them, what is disputed, payments, promises, steps."""
    return paragraphs(
        _invoices(material),
        _disputed(material),
        _received(material),
        _taken_off(material),
        promised(material, by="client"),
        _steps(material),
    )


def owed(material: Material, invoices: Iterable[Invoice]) -> Md:
    """Return what is owed on these invoices, one sum per currency."""
    return sums(material, totals(invoice.balance for invoice in invoices))


def late_words(material: Material, invoice: Invoice) -> str:
    """Return how late an invoice was settled, or is."""
    days = invoice.days_late(material.today)
    if invoice.settled_on is None:
        return str(days) if days > 0 else "not yet due"
    return str(days) if days >= 0 else f"0 ({-days} early)"


def _invoices(material: Material) -> Md:
    invoices = material.docket.ledger.invoices
    if not invoices:
        return Md(f"No invoice is {material.where}.")
    off = ["Credited"] if any(one.reductions for one in invoices) else []
    headers = ["Invoice", "Issued", "Due", "Amount", *off, "Paid", "Owed", "Days late", "Proof"]
    rows = [
        [
            inline(invoice.number),
            Md(invoice.issued.isoformat()),
            Md(invoice.due.isoformat()),
            *map(Md, map(str, bill_sums(invoice, credited=bool(off)))),
            Md(late_words(material, invoice)),
            proof(material, invoice.evidence),
        ]
        for invoice in invoices
    ]
    billed = sums(material, totals(invoice.amount for invoice in invoices))
    paid = sums(material, totals(invoice.paid for invoice in invoices if invoice.paid.amount))
    less = sums(material, totals(invoice.reduced for invoice in invoices if invoice.reductions))
    return paragraphs(
        gfm_table(headers, rows),
        f"Invoiced: {billed}.{f' Credited or let go of: {less}.' if off else ''} "
        f"Paid on these invoices: {paid}. Owed: {owed(material, invoices)}. "
        f"Days late run from the due date to the last payment, or to {material.today}.",
    )


def bill_sums(invoice: Invoice, *, credited: bool) -> list[Money]:
    """Return what an invoice asked for, what was taken off where that is shown, paid and owed."""
    off = [invoice.reduced] if credited else []
    return [invoice.amount, *off, invoice.paid, invoice.balance]


def _disputed(material: Material) -> Md:
    """Return what the client says is not owed, apart from what is not in dispute."""
    known = disputes(material.docket)
    invoices = [invoice for invoice in material.docket.ledger.invoices if invoice.seq in known]
    disputed = [(i, known[i.seq]) for i in invoices if known[i.seq].of(i).amount]
    if not disputed:
        return Md("")
    said = [
        Md(f"{inline(invoice.number)}, {dispute.amount}: {inline(dispute.statement) or '-'}")
        for invoice, dispute in disputed
    ]
    return paragraphs(
        "In dispute, of what is owed:",
        disputed_table(disputed, str),
        "What the client says is not owed, as noted:",
        bullets(said),
    )


def _received(material: Material) -> Md:
    received = material.docket.ledger.payments
    if not received:
        return Md(f"No payment is {material.where}.")
    set_against: dict[int, list[str]] = {}
    for invoice in material.docket.ledger.invoices:
        for seq in dict.fromkeys(part.seq for part in invoice.settlements):
            parts = (part.amount for part in invoice.settlements if part.seq == seq)
            amount = Money(sum(parts, Decimal(0)), invoice.amount.currency)
            if amount.amount:
                set_against.setdefault(seq, []).append(f"{inline(invoice.number)}: {amount}")
    for payment in received:
        if payment.charges:
            paid = charges_paid(payment.charges, payment.amount.currency, str)
            set_against.setdefault(payment.seq, []).extend(paid)
    rows = [
        [
            Md(str(payment.seq)),
            Md(payment.day.isoformat()),
            Md(str(payment.amount)),
            Md("; ".join(set_against.get(payment.seq, [])) or "-"),
            Md(str(payment.unallocated)),
            Md(", ".join(material.labels([payment.seq])) or "-"),
        ]
        for payment in received
    ]
    headers = ["No.", "Received", "Amount", "Set against", "Not set against any", "Exhibit"]
    return paragraphs(
        gfm_table(headers, rows),
        PAYMENT_RULE,
    )


def _taken_off(material: Material) -> Md:
    """Return what was taken off invoices, and what went back to the client."""
    books = material.docket.ledger
    found: list[Reduction | MoneyBack] = [one for b in books.invoices for one in b.reductions]
    found += books.given_back
    if not found:
        return Md("")
    rows = [
        [
            Md(str(one.seq)),
            Md(one.day.isoformat()),
            Md(BOOKED[one.kind]),
            inline(one.number) or Md("-"),
            _about(material, one),
            Md(str(one.amount)),
            proof(material, [one.seq]),
        ]
        for one in sorted(found, key=lambda one: (one.day, one.seq))
    ]
    return paragraphs(
        "Taken off invoices, and given back:",
        gfm_table(["No.", "Date", "What", "Number", "Of", "Amount", "Proof"], rows),
        CREDIT_RULE,
    )


def _about(material: Material, one: Reduction | MoneyBack) -> Md:
    if isinstance(one, Reduction):
        return inline(one.invoice)
    found = material.docket.find(one.seq)
    link = found.entry.followed if found else None
    return Md(f"entry {link.seq}" if link else "-")


def promised(material: Material, by: Side) -> Md:
    """Return the promises of one side, with what came of each."""
    made = [promise for promise in material.docket.promises if promise.by == by]
    if not made:
        return material.texts.say(f"sides.no-promise-{_WHOSE[by]}")
    rows = [
        [
            Md(str(promise.seq)),
            Md(promise.made.isoformat()),
            cell(promise.statement),
            Md(promise.due.isoformat()),
            _outcome(material, promise),
        ]
        for promise in made
    ]
    return gfm_table(material.texts.columns(f"sides.promises-{_WHOSE[by]}"), rows)


def _outcome(material: Material, promise: Promise) -> Md:
    """Return what came of a promise, with the day and how late it was."""
    say, day = material.texts.say, promise.settled_on
    if promise.released:
        return say("sides.let-go", day=day)
    if promise.kept is None:
        return say("sides.no-word") if promise.overdue(material.today) else say("sides.not-yet-due")
    if not promise.kept:
        return say("sides.not-kept", day=day)
    late = (day - promise.due).days if day else 0
    if late > 0:
        return say("sides.kept-late", day=day, late=DayCount(late))
    return say("sides.kept", day=day)


def _steps(material: Material) -> Md:
    taken = steps(material.docket)
    if not taken:
        return Md(f"No step is {material.where}.")
    came = outcomes(material.docket)
    return gfm_table(
        material.texts.columns("sides.steps"),
        [step_row(material, entry, came.get(entry.seq, ())) for entry in taken],
    )


def step_row(material: Material, entry: Entry, came: Sequence[Outcome]) -> list[Md]:
    """Return the row of a step: number, date, kind, channel, statement, outcome, proof."""
    return [
        Md(str(entry.seq)),
        occurred(material, entry),
        kind_words(material, entry.kind),
        channel(material, entry) or Md("-"),
        cell(entry.statement),
        Md("; ".join(_came(material, entry, one) for one in came))
        or material.texts.say("sides.outcome-unknown"),
        proof(material, [entry.seq]),
    ]


def _came(material: Material, step: Entry, one: Outcome) -> Md:
    texts = material.texts
    outcome = texts.say(f"sides.landed.{one.worked}")
    if one.seq == step.seq:
        return outcome
    entry = texts.entries([one.seq])
    return texts.say("sides.outcome-later", outcome=outcome, day=one.day, entry=entry)
