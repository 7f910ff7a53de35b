"""The account as open items, what of it is disputed, promises to pay, steps taken."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from store.docket import Invoice, Promise
from store.docket.claims import disputes
from store.docket.instalments import instalment_plans
from store.docket.ledger import EARLY_PAID, MoneyBack, Reduction
from store.docket.steps import tells_of
from store.entries import Side
from store.languages.values import DayCount
from store.money import Money, totals
from store.records.dispute.charges import (
    TableForms,
    account_rules,
    charges_paid,
    credited_since,
    disputed_table,
)
from store.records.dispute.instalments import instalment_tables
from store.records.dispute.material import Material
from store.records.dispute.sections.steps import steps_table, steps_taken
from store.records.dispute.stated import PaperWords
from store.records.dispute.words import proof_cell, sums, where_shown
from store.records.markdown import Md, bullets, cell, gfm_table, inline, paragraphs, slim_table

_WHOSE: Final = {"me": "mine", "client": "theirs"}


def payments(material: Material) -> Md:
    """Return invoices with what came in for them, what is disputed, payments, promises, steps."""
    books = material.docket.ledger
    return paragraphs(
        _invoices(material),
        _taxes(material),
        _disputed(material),
        _received(material),
        _taken_off(material),
        paper_words(material).notes(books.invoices, books.payments),
        instalment_tables(instalment_plans(material.docket), material.today, cells(material)),
        promised(material, by="client"),
        _steps(material),
    )


def cells(material: Material) -> TableForms:
    """Return how the tables of a record have days and sums."""
    return TableForms(material.texts)


def paper_words(material: Material) -> PaperWords:
    """Return what says of bills and payments what they state beside their sums."""
    docket, mine = material.docket, material.options.prepared_by
    return PaperWords(docket, material.texts, cells(material), mine, docket.name)


def _taxes(material: Material) -> Md:
    told = paper_words(material).taxes(material.docket.ledger.invoices)
    return paragraphs(material.texts.say("charges.tax-heading"), told) if told else told


def owed(material: Material, invoices: Iterable[Invoice]) -> Md:
    """Return what is owed on these invoices, one sum per currency."""
    return sums(material, totals(invoice.balance for invoice in invoices))


def late_words(material: Material, invoice: Invoice) -> Md:
    """Return how late an invoice was settled, or is."""
    texts, days = material.texts, invoice.days_late(material.today)
    if invoice.settled_on is None and days <= 0:
        return texts.say("payments.not-yet-due")
    return texts.value(days) if days >= 0 else texts.say("payments.early", days=DayCount(-days))


def _invoices(material: Material) -> Md:
    texts, invoices, shown = material.texts, material.docket.ledger.invoices, cells(material)
    if not invoices:
        return texts.say("payments.no-invoice")
    credited = any(one.reductions for one in invoices)
    headers = texts.columns("payments.invoices")
    if credited:
        headers = texts.columns("payments.invoices-credited")
    rows = [
        [
            inline(invoice.number),
            shown.day(invoice.issued),
            shown.day(invoice.due),
            *map(shown.sum, bill_sums(invoice, credited=credited)),
            late_words(material, invoice),
            proof_cell(material, invoice.evidence),
        ]
        for invoice in invoices
    ]
    paid = totals(invoice.paid for invoice in invoices if invoice.paid.amount)
    less = totals(invoice.reduced for invoice in invoices if invoice.reductions)
    in_all = texts.say(
        "payments.in-all",
        billed=sums(material, totals(invoice.amount for invoice in invoices)),
        reduced=sums(material, less) if less else None,
        paid=sums(material, paid),
        owed=owed(material, invoices),
        day=material.today,
    )
    return paragraphs(gfm_table(headers, rows), in_all)


def bill_sums(invoice: Invoice, *, credited: bool) -> list[Money]:
    """Return what an invoice asked for, what was taken off where that is shown, paid and owed."""
    off = [invoice.reduced] if credited else []
    return [invoice.amount, *off, invoice.paid, invoice.balance]


def _disputed(material: Material) -> Md:
    """Return what the client says is not owed, apart from what is not in dispute."""
    say, known = material.texts.say, disputes(material.docket)
    invoices = [invoice for invoice in material.docket.ledger.invoices if invoice.seq in known]
    disputed = [(i, known[i.seq]) for i in invoices if known[i.seq].of(i).amount]
    if not disputed:
        return Md("")
    said = [
        say("payments.said", number=one.number, sum=dispute.amount, words=dispute.statement)
        for one, dispute in disputed
    ]
    return paragraphs(
        say("payments.disputed-heading"),
        disputed_table(disputed, cells(material)),
        say("payments.said-heading"),
        bullets(said),
        credited_since(disputed, material.texts),
    )


def _received(material: Material) -> Md:
    texts, books, shown = material.texts, material.docket.ledger, cells(material)
    received = books.payments
    if not received:
        return texts.say("payments.no-payment")
    set_against = _set_against(material)
    rows = [
        [
            Md(str(payment.seq)),
            shown.day(payment.day),
            shown.sum(payment.amount),
            Md("; ".join(set_against.get(payment.seq, [])) or "-"),
            shown.sum(back) if (back := books.sent_back(payment)).amount else Md("-"),
            shown.sum(payment.unallocated) if payment.unallocated.amount else Md("-"),
            where_shown(material, [payment.seq]),
        ]
        for payment in received
    ]
    return paragraphs(
        slim_table(texts.columns("payments.payments"), rows, (4, 5, 6)),
        " ".join(account_rules(material.docket, texts)),
    )


def _set_against(material: Material) -> dict[int, list[Md]]:
    """Return what each payment went to, by its number: invoices, then charges."""
    found: dict[int, list[Md]] = {}
    for invoice in material.docket.ledger.invoices:
        for seq in dict.fromkeys(part.seq for part in invoice.settlements):
            parts = (part.amount for part in invoice.settlements if part.seq == seq)
            amount = Money(sum(parts, Decimal(0)), invoice.amount.currency)
            if amount.amount:
                told = material.texts.say("payments.set-against", number=invoice.number, sum=amount)
                found.setdefault(seq, []).append(told)
    for payment in material.docket.ledger.payments:
        if payment.charges:
            paid = charges_paid(payment.charges, payment.amount.currency, cells(material))
            found.setdefault(payment.seq, []).extend(paid)
    return found


def _taken_off(material: Material) -> Md:
    """Return what was taken off invoices, and what went back to the client."""
    texts, books, shown = material.texts, material.docket.ledger, cells(material)
    found: list[Reduction | MoneyBack] = [*books.given_back]
    found += (one for invoice in books.invoices for one in invoice.reductions)
    if not found:
        return Md("")
    rows = [
        [
            Md(str(one.seq)),
            shown.day(one.day),
            texts.say(f"charges.booked.{_booked(one)}"),
            cell(one.number),
            _about(material, one),
            shown.sum(Money(abs(one.amount.amount), one.amount.currency)),
            where_shown(material, [one.seq]),
        ]
        for one in sorted(found, key=lambda one: (one.day, one.seq))
    ]
    return paragraphs(
        texts.say("payments.taken-off-heading"),
        slim_table(texts.columns("payments.taken-off"), rows, (3, 6)),
    )


def _booked(one: Reduction | MoneyBack) -> str:
    lapsed = one.kind == EARLY_PAID and one.amount.amount < 0
    return "early-lapsed" if lapsed else one.kind


def _about(material: Material, one: Reduction | MoneyBack) -> Md:
    if isinstance(one, Reduction):
        return inline(one.invoice)
    found = material.docket.find(one.seq)
    link = found.entry.followed if found else None
    return material.texts.entries([link.seq]) if link else Md("-")


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
        return _kept_in_part(material, promise) or say("sides.not-kept", day=day)
    late = (day - promise.due).days if day else 0
    if late > 0:
        return say("sides.kept-late", day=day, late=DayCount(late))
    return say("sides.kept", day=day)


def _kept_in_part(material: Material, promise: Promise) -> Md:
    """Return what came by the day of a promise to pay an invoice; empty for nothing of one."""
    entry = material.standing[promise.seq].entry
    invoices, docket = material.docket.ledger.invoices, material.docket
    bills = [one for one in invoices if tells_of(entry, one.number, docket)]
    found = [
        part
        for one in bills
        for part in one.settlements
        if promise.made <= part.day <= promise.due and part.amount > 0
    ]
    if promise.by == "me" or len(bills) != 1 or not found:
        return Md("")
    came = sum((part.amount for part in found), Decimal(0))
    return material.texts.say(
        "sides.kept-in-part",
        sum=Money(came, bills[0].amount.currency),
        day=max(part.day for part in found),
        entries=material.texts.entries(part.seq for part in found),
    )


def _steps(material: Material) -> Md:
    taken = steps_taken(material)
    return steps_table(material, taken) if taken else material.texts.say("payments.no-step")
