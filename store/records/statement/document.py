"""The statement of account: what one client owes in one currency, and why, for their bookkeeper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from store.docket import Docket, Invoice, Payment
from store.docket.account import AccountLine, Booked
from store.docket.ledger import EARLY_PAID, Reduction
from store.docket.steps import about_money, invoices_named
from store.entries import Entry, StepData
from store.money import Money
from store.records.dispute.charges import (
    account_rules,
    charges_paid,
    costs_table,
    credited_since,
    disputed_table,
    fixed_table,
    fixed_words,
    interest_table,
    interest_words,
    no_interest,
    running_words,
)
from store.records.dispute.instalments import instalment_tables
from store.records.document import Document, Section, finished
from store.records.markdown import (
    Md,
    block,
    bullets,
    front_matter,
    gfm_table,
    inline,
    paragraphs,
)
from store.records.statement.corrected import remark, withdrawn
from store.records.statement.figures import Figures, StatementOptions
from store.text import top_line

_TEXT = 60
_NOTHING = Md("")
_DUE = ("balance", "later", "interest", "fixed", "costs")
_REMINDERS = ("reminder", "notice")


def parties(figures: Figures) -> Md:
    """Return who owes whom, the period and the currency."""
    say, who, options = figures.texts.say, figures.who, figures.options
    mine, theirs = options.contact, ", ".join(filter(None, (who.address, who.tax_id)))
    return bullets(
        [
            say("statement.to", name=who.contract_name or who.name, address=theirs),
            say("statement.from", name=", ".join(filter(None, (options.prepared_by, mine)))),
            say("statement.period", first=figures.first, last=options.until),
            say("statement.currency", currency=options.currency),
        ]
    )


def due(figures: Figures) -> Md:
    """Return how the total is made up, what of it is not in dispute, and how it grows.

    Where the account stands in the client's favour by more than is due, every sum is told from
    their side. No sum has a sign: what is taken off says so.
    """
    texts, claims, code = figures.texts, figures.claims, figures.options.currency
    until, favour = figures.options.until, figures.total_due.amount < 0
    amounts = (
        figures.account.closing,
        figures.account.not_yet_due,
        claims.interest_total.amount,
        claims.fixed_total.amount,
        claims.costs_total.amount,
    )
    told = (lambda _, amount: _sum(figures, abs(amount))) if favour else _balance
    rows = [
        [_part_of_total(figures, what), told(figures, amount)]
        for what, amount in zip(_DUE, amounts, strict=True)
        if amount or what == _DUE[0]
    ]
    total = texts.say("statement.total-due", day=until)
    said = []
    if favour:
        total = texts.say("statement.total-favour", day=until)
        said.append(texts.say("statement.nothing-due"))
    rows.append([total, Md(f"**{_sum(figures, abs(figures.total_due.amount))}**")])
    if claims.beside_paid.amount and claims.beside.amount:
        said.append(texts.say("statement.paid-beside", sum=claims.beside_paid))
    said.append(running_words(texts, claims.running, code, until))
    if figures.disputed:
        said.append(texts.say("statement.of-it-disputed", sum=Money(figures.in_dispute, code)))
    headers = [texts.plain_text("statement.made-up"), code]
    return paragraphs(gfm_table(headers, rows), " ".join(filter(None, said)))


def _part_of_total(figures: Figures, what: str) -> Md:
    """Return what a part of the total is called; a balance in their favour by itself too."""
    theirs = figures.account.closing < 0
    if theirs and (figures.total_due.amount < 0 or what == "balance"):
        return figures.texts.say(f"statement.favour.{what}")
    return figures.texts.say(f"statement.due.{what}")


def how_to_pay(figures: Figures) -> Md:
    """Return where to send the money, as the contractor has set it."""
    details = figures.options.payment_details
    if figures.settled_up:
        return _NOTHING
    return block(details) if details else figures.texts.say("statement.as-invoiced")


def lines(figures: Figures) -> Md:
    """Return the account line by line, with the balance after each."""
    texts, day, account = figures.texts, figures.cells.day, figures.account
    items = [line.item for line in account.lines]
    rows = []
    if account.since:
        opening, what = _balance(figures, account.opening), texts.say("statement.opening")
        rows.append([day(account.since), *[_NOTHING] * 3, opening, what])
    rows += [_line(figures, line) for line in account.lines]
    closing = texts.say("statement.closing")
    if account.closing < 0:
        closing = texts.say("statement.closing-favour")
    sums = [_sum(figures, one) for one in (account.charged, account.paid)]
    rows.append([day(account.until), _NOTHING, *sums, _balance(figures, account.closing), closing])
    notes = figures.beside.notes(account.listed, [i for i in items if isinstance(i, Payment)])
    return paragraphs(gfm_table(texts.columns("statement.account"), rows), notes)


def _line(figures: Figures, line: AccountLine) -> list[Md]:
    item = line.item
    return [
        figures.cells.day(line.day),
        inline(getattr(item, "number", "")) or figures.texts.entries([item.seq]),
        _sum(figures, line.charge) if line.adds else _NOTHING,
        _NOTHING if line.adds else _sum(figures, line.payment),
        _balance(figures, line.balance),
        _what(figures, item),
    ]


def _what(figures: Figures, item: Booked) -> Md:
    say, text, noted = figures.texts.say, _cut(figures, item.seq), remark(figures, item.seq)
    if isinstance(item, Invoice):
        return say("statement.billed", due=item.due, text=text, remark=noted)
    if isinstance(item, Payment):
        return _payment(figures, item, noted)
    if isinstance(item, Reduction) and item.kind == EARLY_PAID:
        how = "early-discount" if item.amount.amount > 0 else "early-lapsed"
        what = say(f"charges.booked.{how}")
        return say("statement.taken-off", what=what, invoice=item.invoice, text=None, remark=None)
    what = say(f"charges.booked.{item.kind}")
    if isinstance(item, Reduction):
        about = item.invoice
        return say("statement.taken-off", what=what, invoice=about, text=text, remark=noted)
    of = figures.returned(item.seq)
    entry = figures.texts.entries([of] if of else [])
    return say("statement.gone-back", what=what, entry=entry, text=text, remark=noted)


def _payment(figures: Figures, item: Payment, noted: Md) -> Md:
    """Return what a payment was for: by its own words, by the rules, or that it came back."""
    say, parts = figures.texts.say, _paid(figures, item)
    back = figures.docket.ledger.sent_back(item)
    if back == item.amount and (days := figures.returns.get(item.seq)):
        bills = [bill.number for bill, _ in figures.settled.get(item.seq, ())]
        named = list(dict.fromkeys(bills)) or None
        return say("statement.paid-returned", invoices=named, day=days[-1], remark=noted)
    if figures.names_nothing(item.seq):
        only_left = item.unallocated.amount == item.amount.amount
        told = None if only_left else parts or None
        return say("statement.paid-on-account", parts=told, remark=noted)
    return say("statement.paid", parts=parts or None, remark=noted)


def _cut(figures: Figures, seq: int) -> str:
    """Return the first line of what an entry says, no longer than a cell has room for."""
    text = top_line(figures.statement(seq))
    return f"{text[:_TEXT].rstrip()}…" if len(text) > _TEXT else text


def _paid(figures: Figures, payment: Payment) -> list[Md]:
    """Return what a payment went to: invoices, charges, back, and what none of them took."""
    say, code = figures.texts.say, figures.options.currency
    settled: dict[str, Decimal] = {}
    for invoice, part in figures.settled.get(payment.seq, ()):
        settled[invoice.number] = settled.get(invoice.number, Decimal(0)) + part.amount
    parts = [
        say("charges.part", sum=_sum(figures, part), what=number)
        for number, part in settled.items()
        if part
    ]
    parts += charges_paid(payment.charges, code, figures.cells)
    back, left = figures.docket.ledger.sent_back(payment), payment.unallocated
    parts += [say("statement.went-back", sum=figures.cells.sum(back))] if back.amount else []
    return parts + ([say("statement.unused", sum=figures.cells.sum(left))] if left.amount else [])


def invoices(figures: Figures) -> Md:
    """Return the open items: each invoice with what came in for it, and how late it is."""
    texts, day, listed = figures.texts, figures.cells.day, figures.account.listed
    if not listed:
        return texts.say("statement.no-invoice")
    credited = any(one.reductions for one in listed)
    headers = texts.columns("statement.invoices")
    if credited:
        headers = texts.columns("statement.invoices-credited")
    rows = [
        [
            inline(one.number),
            day(one.issued),
            day(one.due),
            *map(figures.cells.sum, _sums(one, credited)),
            texts.value(max(0, one.days_late(figures.options.until))),
            _came(figures, one),
        ]
        for one in listed
    ]
    columns = zip(*(_sums(one, credited) for one in listed), strict=True)
    totals = [_sum(figures, sum((one.amount for one in column), Decimal(0))) for column in columns]
    total = texts.say("statement.total")
    rows.append([total, _NOTHING, _NOTHING, *totals, _NOTHING, _NOTHING])
    return paragraphs(gfm_table(headers, rows), bullets(_remarks(figures)))


def _remarks(figures: Figures) -> Iterator[Md]:
    """Yield what was corrected of the invoices that no line of the account tells."""
    told = {line.item.seq for line in figures.account.lines}
    for one in figures.account.listed:
        noted = Md("") if one.seq in told else remark(figures, one.seq)
        if noted:
            yield figures.texts.say("statement.remark", number=one.number, remark=noted)


def _sums(invoice: Invoice, credited: bool) -> list[Money]:
    """Return what an invoice asked for, what was taken off where that is shown, paid and owed."""
    off = [invoice.reduced] if credited else []
    return [invoice.amount, *off, invoice.paid, invoice.balance]


def _came(figures: Figures, invoice: Invoice) -> Md:
    """Return what came in for an invoice, or was taken off again, day by day."""
    texts = figures.texts
    told = []
    for one in sorted(invoice.settlements, key=lambda one: (one.day, one.seq)):
        amount = _sum(figures, abs(one.amount))
        if one.amount < 0 and one.day in figures.returns.get(one.seq, ()):
            told.append(texts.say("statement.returned", sum=amount, day=one.day))
        elif one.amount < 0:
            told.append(texts.say("statement.went", sum=amount, day=one.day))
        else:
            told.append(texts.say("statement.came", sum=amount, day=one.day))
    return texts.side_by_side(told, whole=True) or Md("-")


def ageing(figures: Figures) -> Md:
    """Return what is open by how late it is.

    Less what was paid on costs, interest and fixed sums, and less the credit, it is the closing
    balance.
    """
    texts, account = figures.texts, figures.account
    headers = texts.columns("statement.ageing")
    sums = [*account.ageing]
    if account.charges_paid:
        headers += texts.columns("statement.ageing-charges")
        sums.append(-account.charges_paid)
    if account.credit > 0:
        headers += texts.columns("statement.ageing-credit")
    elif account.credit:
        headers += texts.columns("statement.ageing-beyond")
    if account.credit:
        sums.append(-account.credit)
    if account.closing < 0:
        headers += texts.columns("statement.ageing-favour")
    else:
        headers += texts.columns("statement.ageing-balance")
    row = [_balance(figures, one) for one in [*sums, account.closing]]
    return gfm_table(headers, [row])


def disputed(figures: Figures) -> Md:
    """Return what the client says is not owed, apart from what is not in dispute."""
    if not figures.disputed:
        return _NOTHING
    apart = Money(
        max(Decimal(0), figures.account.closing - figures.in_dispute), figures.options.currency
    )
    return paragraphs(
        disputed_table(figures.disputed, figures.cells),
        credited_since(figures.disputed, figures.texts),
        figures.texts.say("statement.not-disputed", sum=apart),
    )


def _interest(figures: Figures) -> Md:
    """Return the interest, span by span, with its formula, rates and their sources."""
    texts, rates, claims = figures.texts, figures.docket.late_terms.rates, figures.claims
    if not (rates.listed and claims.interest):
        return no_interest(texts, rates)
    until, total = figures.options.until, claims.interest_total
    return paragraphs(
        interest_table(claims.interest, figures.cells),
        texts.say("statement.interest-total", day=until, sum=total),
        interest_words(texts, rates, claims.interest, lambda seq: remark(figures, seq)),
    )


def _taxes(figures: Figures) -> Md:
    """Return what the invoices listed, and the credit notes off them, state of their tax."""
    return figures.beside.taxes(figures.account.listed)


def _instalments(figures: Figures) -> Md:
    """Return what was agreed to be paid in parts, and how that stands."""
    return instalment_tables(figures.plans, figures.options.until, figures.cells)


def fixed(figures: Figures) -> Md:
    """Return the fixed sum for each late invoice, and where it comes from."""
    texts, claims = figures.texts, figures.claims
    if not claims.fixed:
        return _NOTHING
    return paragraphs(
        fixed_table(claims.fixed, figures.cells),
        texts.say("statement.fixed-total", sum=claims.fixed_total),
        fixed_words(texts, claims.fixed[0].source),
    )


def costs(figures: Figures) -> Md:
    """Return the costs, each with its entry and the names of its files."""
    claims = figures.claims
    if not claims.costs:
        return _NOTHING
    return paragraphs(
        costs_table(claims.costs, figures.cells, _number),
        figures.texts.say("statement.costs-total", sum=claims.costs_total),
    )


def reminders(figures: Figures) -> Md:
    """Return the reminders and formal notices sent: what and when, nothing else of them.

    One that names something else, as a reminder of files does, is none of the account.
    """
    say = figures.texts.say
    steps = [one for one in figures.docket.kind(*_REMINDERS) if isinstance(one.data, StepData)]
    sent = about_money(steps, figures.docket)
    if not sent:
        return _NOTHING
    rows = [
        [
            figures.cells.day(entry.day),
            say(f"statement.sent.{entry.kind}"),
            say(f"words.channel.{entry.channel}") if entry.channel else Md("-"),
            figures.texts.side_by_side(map(inline, invoices_named(entry, figures.docket)))
            or Md("-"),
        ]
        for entry in sent
    ]
    return gfm_table(figures.texts.columns("statement.reminders"), rows)


def _unbilled(figures: Figures) -> Md:
    """Return work that no invoice holds yet; it is in no sum."""
    found = figures.unbilled
    if found is None:
        return _NOTHING
    hours, since, worth = found.hours, found.since, found.worth or None
    return figures.texts.say("statement.unbilled", hours=hours, since=since, worth=worth)


def _notes(figures: Figures) -> Md:
    """Return what a reader needs to know about the sums, and what is not among them."""
    return bullets(_each_note(figures))


def _each_note(figures: Figures) -> Iterator[Md]:
    say = figures.texts.say
    yield from account_rules(figures.docket, figures.texts)
    account = figures.account
    balances = [account.opening, *(line.balance for line in account.lines)]
    if min(balances) < 0 or account.charges_paid or account.credit > 0:
        yield say("statement.note-favour")
    bills = [one.item for one in figures.account.lines if isinstance(one.item, Invoice)]
    if bills and not figures.beside.taxes(bills):
        yield say("charges.no-vat")
    yield say("statement.note-entries")
    for currency, count in figures.elsewhere.items():
        yield say("statement.note-elsewhere", n=count, currency=currency)
    if figures.first > figures.began:
        yield say("statement.note-before", day=figures.first)
    yield say("statement.note-made")


def _sum(figures: Figures, amount: Decimal) -> Md:
    return figures.cells.sum(Money(amount, figures.options.currency))


def _balance(figures: Figures, amount: Decimal) -> Md:
    """Return a sum of which what is below nothing stands in brackets, as bookkeepers write it."""
    return Md(f"({_sum(figures, -amount)})") if amount < 0 else _sum(figures, amount)


def _number(entry: Entry) -> Md:
    """Return the number of an entry, and what the files with it are called."""
    return Md("; ".join([str(entry.seq), *(inline(exhibit.name) for exhibit in entry.exhibits)]))


_SECTIONS: tuple[tuple[str, Callable[[Figures], Md]], ...] = (
    ("parties", parties),
    ("due", due),
    ("pay", how_to_pay),
    ("account", lines),
    ("invoices", invoices),
    ("tax", _taxes),
    ("ageing", ageing),
    ("instalments", _instalments),
    ("disputed", disputed),
    ("interest", _interest),
    ("fixed", fixed),
    ("costs", costs),
    ("reminders", reminders),
    ("unbilled", _unbilled),
    ("withdrawn", withdrawn),
    ("notes", _notes),
)
"""Each section by the name of its heading."""


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
    made = (
        Section(_heading(figures, name), body)
        for name, make in _SECTIONS
        if (body := make(figures))
    )
    return Statement(
        front=_front(figures, now),
        title=_title(figures),
        sections=finished(made, figures.texts),
        figures=figures,
    )


def _heading(figures: Figures, name: str) -> Md:
    """Return the heading of a section; over a credit it does not say that something is due."""
    if name == "due" and figures.total_due.amount < 0:
        return figures.texts.say("statement.total")
    return figures.texts.say(f"statement.heading.{name}")


def _title(figures: Figures) -> str:
    return figures.texts.plain_text("statement.title", client=figures.who.name)


def _front(figures: Figures, now: datetime) -> Md:
    options = figures.options
    return front_matter(
        {
            "title": _title(figures),
            "prepared_by": options.prepared_by,
            "prepared_at": now.isoformat(timespec="seconds"),
            "currency": options.currency,
            "from": figures.first.isoformat(),
            "to": options.until.isoformat(),
            **figures.texts.front,
        }
    )
