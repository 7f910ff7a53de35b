"""The statement of account: what one client owes in one currency, and why, for their bookkeeper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from store.docket import Docket, Invoice, Payment
from store.docket.account import AGES, AccountLine, Booked
from store.docket.ledger import MoneyBack, Reduction
from store.docket.steps import about_money, invoices_named
from store.entries import Entry, StepData
from store.money import Money
from store.quantities import hours_words
from store.records.dispute.charges import (
    BOOKED,
    CREDIT_RULE,
    PAYMENT_RULE,
    bare,
    charges_paid,
    costs_table,
    disputed_table,
    fixed_table,
    fixed_words,
    interest_table,
    interest_words,
    running_words,
)
from store.records.document import Document, Section
from store.records.markdown import (
    Md,
    block,
    bullets,
    cell,
    front_matter,
    gfm_table,
    inline,
    paragraphs,
)
from store.records.statement.corrected import remark, withdrawn
from store.records.statement.figures import Figures, StatementOptions
from store.text import plural, top_line

_TEXT = 60
_NOTHING = Md("")
_DUE = (
    "Balance of the account",
    "Less what is not yet due",
    "Interest on late payment",
    "Fixed sums for late payment",
    "Costs of going after it",
)
_IN_FAVOUR = (
    "Balance of the account, in your favour",
    "What is not yet due",
    "Less interest on late payment",
    "Less fixed sums for late payment",
    "Less costs of going after it",
)
_REMINDERS = {"reminder": "reminder", "notice": "formal notice"}


def parties(figures: Figures) -> Md:
    """Return who owes whom, the period and the currency."""
    who, options = figures.who, figures.options
    to = ", ".join(filter(None, [who.contract_name or who.name, who.address]))
    return bullets(
        [
            Md(f"To: {inline(to)}"),
            Md(f"From: {inline(options.prepared_by)}"),
            Md(f"Period: {figures.first} to {options.until}"),
            Md(f"Currency: {options.currency}; every sum is in it"),
        ]
    )


def due(figures: Figures) -> Md:
    """Return how the total is made up, what of it is not in dispute, and how it grows.

    Where the client has paid more than is due, every sum is told from their side.
    """
    claims, code, total = figures.claims, figures.options.currency, figures.total_due
    favour = total.amount < 0
    amounts = (
        figures.account.closing,
        -figures.account.not_yet_due,
        claims.interest_total.amount,
        claims.fixed_total.amount,
        claims.costs_total.amount,
    )
    labels = _IN_FAVOUR if favour else _DUE
    rows = [
        [Md(what), _sum(figures, -amount if favour else amount)]
        for what, amount in zip(labels, amounts, strict=True)
        if amount or what == labels[0]
    ]
    what = "Credit in your favour" if favour else "Total due"
    whole = Money(abs(total.amount), code)
    rows.append([Md(f"**{what} on {figures.options.until}**"), Md(f"**{bare(whole)}**")])
    nothing = "Nothing is due: more was paid than was billed." if favour else ""
    return paragraphs(
        gfm_table(["What", code], rows),
        " ".join(filter(None, [nothing, running_words(claims.running, code), _disputed(figures)])),
    )


def _disputed(figures: Figures) -> str:
    if not figures.disputed:
        return ""
    amount = Money(figures.in_dispute, figures.options.currency)
    return f"Of the balance {amount} is in dispute; see below."


def how_to_pay(figures: Figures) -> Md:
    """Return where to send the money, as the contractor has set it."""
    details = figures.options.payment_details
    return block(details) if details else Md("As the invoices say.")


def lines(figures: Figures) -> Md:
    """Return the account line by line, with the balance after each."""
    account = figures.account
    headers = ["Date", "Ref", "Charge", "Payment or credit", "Balance", "What"]
    rows = []
    if account.since:
        opening = _sum(figures, account.opening)
        rows.append([Md(f"{account.since}"), *[_NOTHING] * 3, opening, Md("Opening balance")])
    rows += [_line(figures, line) for line in account.lines]
    rows.append(
        [
            Md(f"{account.until}"),
            _NOTHING,
            *(_sum(figures, one) for one in (account.charged, account.paid, abs(account.closing))),
            Md("Closing balance, in your favour" if account.closing < 0 else "Closing balance"),
        ]
    )
    return gfm_table(headers, rows)


def _line(figures: Figures, line: AccountLine) -> list[Md]:
    item = line.item
    noted = remark(figures, item.seq)
    return [
        Md(line.day.isoformat()),
        inline(getattr(item, "number", "")) or Md(f"entry {item.seq}"),
        _sum(figures, line.charge) if line.adds else _NOTHING,
        _NOTHING if line.adds else _sum(figures, line.payment),
        _sum(figures, line.balance),
        Md(f"{_what(figures, item)} ({noted})" if noted else _what(figures, item)),
    ]


def _what(figures: Figures, item: Booked) -> Md:
    if isinstance(item, Invoice):
        return _billed(figures, item)
    if isinstance(item, Payment):
        return _paid(figures, item)
    about = f" for {inline(item.invoice)}" if isinstance(item, Reduction) else ""
    if isinstance(item, MoneyBack) and (of := figures.returned(item.seq)):
        about = f", entry {of}"
    said = _cut(figures, item.seq)
    return Md(f"{BOOKED[item.kind]}{about}" + (f": {said}" if said else ""))


def _billed(figures: Figures, invoice: Invoice) -> Md:
    said = _cut(figures, invoice.seq)
    return Md(f"Invoice, due {invoice.due}" + (f": {said}" if said else ""))


def _cut(figures: Figures, seq: int) -> Md:
    """Return the first line of what an entry says, no longer than a cell has room for."""
    text = top_line(figures.statement(seq))
    return inline(f"{text[:_TEXT].rstrip()}…" if len(text) > _TEXT else text)


def _paid(figures: Figures, payment: Payment) -> Md:
    settled: dict[str, Decimal] = {}
    for invoice, part in figures.settled.get(payment.seq, ()):
        settled[invoice.number] = settled.get(invoice.number, Decimal(0)) + part.amount
    parts = [
        f"{_sum(figures, part)} for {inline(number)}" for number, part in settled.items() if part
    ]
    parts += charges_paid(payment.charges, figures.options.currency, bare)
    left = payment.unallocated.amount
    parts += [f"{_sum(figures, left)} for no invoice yet"] if left else []
    return Md(f"Payment, {', '.join(parts)}" if parts else "Payment")


def invoices(figures: Figures) -> Md:
    """Return the open items: each invoice with what came in for it, and how late it is."""
    listed = figures.account.listed
    if not listed:
        return Md("No invoice is open, and none was issued or paid in the period.")
    credited = any(one.reductions for one in listed)
    off = ["Credited"] if credited else []
    headers = ["Invoice", "Issued", "Due", "Amount", *off, "Paid", "Owed", "Days late", "Payments"]
    rows = [
        [
            inline(one.number),
            Md(one.issued.isoformat()),
            Md(one.due.isoformat()),
            *map(Md, map(bare, _sums(one, credited))),
            Md(str(max(0, one.days_late(figures.options.until)))),
            _came(figures, one),
        ]
        for one in listed
    ]
    columns = zip(*(_sums(one, credited) for one in listed), strict=True)
    totals = [_sum(figures, sum((one.amount for one in column), Decimal(0))) for column in columns]
    rows.append([Md("all"), _NOTHING, _NOTHING, *totals, _NOTHING, _NOTHING])
    told = {line.item.seq for line in figures.account.lines}
    before = [(one.number, remark(figures, one.seq)) for one in listed if one.seq not in told]
    return paragraphs(
        gfm_table(headers, rows),
        bullets(Md(f"{inline(number)}: {said}") for number, said in before if said),
    )


def _sums(invoice: Invoice, credited: bool) -> list[Money]:
    """Return what an invoice asked for, what was taken off where that is shown, paid and owed."""
    off = [invoice.reduced] if credited else []
    return [invoice.amount, *off, invoice.paid, invoice.balance]


def _came(figures: Figures, invoice: Invoice) -> Md:
    """Return what came in for an invoice, or was taken off again, day by day."""
    parts = sorted(invoice.settlements, key=lambda one: (one.day, one.seq))
    told = [
        f"{'less ' if one.amount < 0 else ''}{_sum(figures, abs(one.amount))} on {one.day}"
        for one in parts
    ]
    return Md(", ".join(told) or "-")


def ageing(figures: Figures) -> Md:
    """Return what is open by how late it is.

    Less what was paid on costs, interest and fixed sums, and less the credit, it is the closing
    balance.
    """
    account = figures.account
    headers = [label.capitalize() for label, _ in AGES]
    sums = [*account.ageing]
    if account.charges_paid:
        headers.append("Paid on charges")
        sums.append(-account.charges_paid)
    if account.credit:
        headers.append("Credit" if account.credit > 0 else "Sent back beyond that")
        sums.append(-account.credit)
    row = [_sum(figures, one) for one in [*sums, abs(account.closing)]]
    headers.append("Balance in your favour" if account.closing < 0 else "Balance")
    return gfm_table(headers, [row])


def disputed(figures: Figures) -> Md:
    """Return what the client says is not owed, apart from what is not in dispute."""
    if not figures.disputed:
        return _NOTHING
    whole = Money(figures.account.closing, figures.options.currency)
    apart = whole - Money(figures.in_dispute, whole.currency)
    return paragraphs(
        disputed_table(figures.disputed, bare),
        f"Of the closing balance {apart} is not in dispute. "
        "Interest and fixed sums are worked out on all that is owed.",
    )


def _interest(figures: Figures) -> Md:
    """Return the interest, span by span, with its formula, rates and their sources."""
    rates, found = figures.docket.late_terms.rates, figures.claims.interest
    if not rates.listed:
        return Md("No interest is claimed: no rate is on record.")
    if not found:
        return Md("No interest is claimed: no invoice is or was late.")
    return paragraphs(
        interest_table(found, bare),
        f"Interest to {figures.options.until}: {figures.claims.interest_total}. "
        + running_words(figures.claims.running, figures.options.currency),
        interest_words(rates, found, lambda seq: remark(figures, seq)),
    )


def fixed(figures: Figures) -> Md:
    """Return the fixed sum for each late invoice, and where it comes from."""
    found = figures.claims.fixed
    if not found:
        return _NOTHING
    return paragraphs(
        fixed_table(found, bare),
        f"Fixed sums: {figures.claims.fixed_total}.",
        fixed_words(found[0].source),
    )


def costs(figures: Figures) -> Md:
    """Return the costs, each with the names of its exhibits."""
    found = figures.claims.costs
    if not found:
        return _NOTHING
    return paragraphs(costs_table(found, bare, _exhibits), f"Costs: {figures.claims.costs_total}.")


def reminders(figures: Figures) -> Md:
    """Return the reminders and formal notices sent: what and when, nothing else of them.

    One that names something else, as a reminder of files does, is none of the account.
    """
    steps = [one for one in figures.docket.kind(*_REMINDERS) if isinstance(one.data, StepData)]
    sent = about_money(steps, figures.docket)
    if not sent:
        return _NOTHING
    rows = [
        [
            Md(entry.day.isoformat()),
            Md(_REMINDERS[entry.kind]),
            Md(entry.channel or "-"),
            cell(", ".join(invoices_named(entry, figures.docket))),
        ]
        for entry in sent
    ]
    return gfm_table(["Date", "What", "By", "About"], rows)


def _unbilled(figures: Figures) -> Md:
    """Return work that no invoice holds yet; it is in no sum."""
    found = figures.unbilled
    if found is None:
        return _NOTHING
    since = f" since the invoice of {found.since}" if found.since else ""
    worth = f", {found.worth} at the agreed rate" if found.worth else ""
    return Md(f"{hours_words(found.hours)} of work{since}{worth}. It is in none of the sums above.")


def _notes(figures: Figures) -> Md:
    """Return what a reader needs to know about the sums, and what is not among them."""
    return bullets(map(Md, _each_note(figures)))


def _each_note(figures: Figures) -> Iterator[str]:
    yield PAYMENT_RULE
    if any(isinstance(line.item, Reduction | MoneyBack) for line in figures.account.lines):
        yield CREDIT_RULE
    if any(line.balance < 0 for line in figures.account.lines):
        yield "A balance below zero is in your favour."
    yield "Entry numbers are those of the log that this statement was made from."
    for currency, count in figures.elsewhere.items():
        yield (
            f"Not in this statement: {plural(count, 'entry', 'entries')} in {currency} (invoices, "
            "payments or costs), which has a statement of its own."
        )
    if figures.first > figures.began:
        yield f"What was billed and paid before {figures.first} is in the opening balance."
    yield "This statement is made from the log of the work. It is not legal advice."


def _sum(figures: Figures, amount: Decimal) -> Md:
    return Md(bare(Money(amount, figures.options.currency)))


def _exhibits(entry: Entry) -> Md:
    return cell(", ".join(exhibit.name for exhibit in entry.exhibits))


_SECTIONS: tuple[tuple[str, Callable[[Figures], Md]], ...] = (
    ("Who and when", parties),
    ("Total due", due),
    ("How to pay", how_to_pay),
    ("Account", lines),
    ("Invoices and payments", invoices),
    ("How late", ageing),
    ("In dispute", disputed),
    ("Interest", _interest),
    ("Fixed sums for late payment", fixed),
    ("Costs", costs),
    ("Reminders", reminders),
    ("Work not yet billed", _unbilled),
    ("Withdrawn", withdrawn),
    ("Notes", _notes),
)


@dataclass(frozen=True, slots=True)
class Statement(Document):
    """A document and the figures in it."""

    figures: Figures

    @property
    def name(self) -> str:
        """What to call its file, without an ending."""
        options = self.figures.options
        return f"{options.until}_{self.figures.docket.client}_statement_{options.currency}"


def statement(docket: Docket, options: StatementOptions, now: datetime) -> Statement:
    """Return the statement of account of `docket`.

    Pure: the same arguments give the same bytes. Raises what `Figures.of` raises.
    """
    figures = Figures.of(docket, options)
    made = [(title, make(figures)) for title, make in _SECTIONS]
    return Statement(
        front=_front(figures, now),
        title=_title(figures),
        sections=tuple(Section(title, body) for title, body in made if body),
        figures=figures,
    )


def _title(figures: Figures) -> str:
    return f"Statement of account: {figures.who.name}"


def _front(figures: Figures, now: datetime) -> Md:
    who, options, favour = figures.who, figures.options, figures.in_favour
    return front_matter(
        {
            "title": _title(figures),
            "client": who.contract_name or who.name,
            "prepared_by": options.prepared_by,
            "prepared_at": now.isoformat(timespec="seconds"),
            "currency": options.currency,
            "from": figures.first.isoformat(),
            "to": options.until.isoformat(),
            "closing_balance": str(Money(figures.account.closing, options.currency).rounded()),
            "total_due": str(figures.due_now.rounded()),
            **({"in_your_favour": str(favour.rounded())} if favour.amount else {}),
        }
    )
