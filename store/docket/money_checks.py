"""What the money of a docket refuses: doubled numbers, unknown invoices, sums that cannot be."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from store.dates import day_words
from store.docket.allocation import bill_then
from store.docket.docket import Docket
from store.docket.ledger import Invoice, Ledger
from store.docket.standing import Standing
from store.entries import (
    CHARGES,
    CreditData,
    DisputedData,
    Draft,
    Entry,
    FixedSumData,
    InstalmentsData,
    InvoiceData,
    MoneyBackData,
    PaymentData,
    Taxed,
)
from store.errors import UsageError
from store.money import Money

_REVERSE: Final = r"(?i)reverse.?charge|steuerschuldnerschaft|autoliquidation|käännetty|fordított"
"""How the note of a paper says that its VAT is the client's to pay."""


def needs_books(draft: Draft) -> bool:
    """Whether `check_money` has anything to check `draft` against."""
    known = InvoiceData | DisputedData | CreditData | MoneyBackData | InstalmentsData
    return isinstance(draft.data, known) or (
        isinstance(draft.data, PaymentData)
        and bool(draft.data.for_invoices or draft.data.for_charges)
    )


def check_money(draft: Draft | Entry, docket: Docket, instead_of: int = 0) -> None:
    """Check money against all other entries; entry `instead_of` is to be replaced."""
    known = InvoiceData | PaymentData | CreditData | MoneyBackData | DisputedData | InstalmentsData
    if not isinstance(draft.data, known):
        return
    books = docket.books(without=instead_of) if instead_of else docket.ledger
    if isinstance(draft.data, InvoiceData):
        check_number(draft.data, numbers(books))
    elif isinstance(draft.data, PaymentData):
        _check_payment(draft.data, docket, draft.day, instead_of)
        if draft.data.for_charges:  # the books of another day are made for them
            _check_charges(draft.data, docket.as_of(draft.day), instead_of)
    elif isinstance(draft.data, CreditData):
        _check_credit(draft, draft.data, books, docket.client)
    elif isinstance(draft.data, InstalmentsData):
        _check_instalments(draft, draft.data, books, docket.client)
    elif isinstance(draft.data, MoneyBackData):
        _check_back(draft, draft.data, docket, instead_of)
    else:
        _check_disputed(draft.data, books, docket.client)


def check_bands(data: FixedSumData) -> None:
    """Refuse fixed sums whose bands do not go up: which one an invoice reaches would be unclear."""
    for one, other in pairwise(data.bands):
        if other.at_least <= one.at_least:
            raise UsageError(
                f"The band from {other.at_least} comes after the one from {one.at_least}",
                "each band begins above the one before",
                "Give them in order, each once",
            )


def check_vat(paper: Taxed) -> None:
    """Refuse VAT that is all of a bill, or not what its rate comes to, or none by its own note.

    A credit note may be of VAT alone: it had been billed where none was due.
    """
    whole, stated, percent = Money(paper.amount, paper.currency), paper.tax, paper.vat_percent
    if re.search(_REVERSE, paper.vat_note or "") and (percent or (stated and stated[1])):
        given = Money(stated[1], whole.currency) if stated and stated[1] else f"{percent:f} %"
        raise UsageError(
            "Under reverse charge a paper bills no VAT",
            f"{given} of VAT was given",
            "Leave out the VAT, or the note",
        )
    if stated is None:
        return
    net, vat = (Money(part, whole.currency) for part in stated)
    if not net.amount and isinstance(paper, InvoiceData):
        raise UsageError("The VAT is all of the sum", f"{whole} holds it", "Give AMOUNT with VAT")
    if percent is not None:
        comes = Money(net.amount * percent / 100, whole.currency)
        if abs((comes - vat).amount) > 1:
            raise UsageError(
                f"{percent:f} % of {net} is {comes}",
                f"{vat} of VAT was given",
                "Correct one of them, or leave out the rate",
            )


def numbers(books: Ledger) -> set[str]:
    """Return the numbers of all papers of the account, as `check_number` compares them."""
    return set(paper_numbers(books))


def paper_numbers(books: Ledger) -> Iterator[str]:
    """Yield the number of every paper of the account that has one, as they are compared."""
    off = (one.number for bill in books.invoices for one in bill.reductions)
    back = (one.number for one in books.given_back)
    for number in (*(bill.number for bill in books.invoices), *off, *back):
        if number:
            yield number.casefold()


def check_number(paper: InvoiceData | CreditData | MoneyBackData, taken: Container[str]) -> None:
    """Refuse a paper whose number is taken."""
    if paper.number and paper.number.casefold() in taken:
        what = "Invoice" if isinstance(paper, InvoiceData) else "The number"
        raise UsageError(
            f"{what} {paper.number} is on the docket already",
            "",
            "Amend that entry, or give this one its own number",
        )


def _check_payment(payment: PaymentData, docket: Docket, day: date, instead_of: int) -> None:
    """Refuse to pay more on a bill than was open of it on the day of the payment."""
    books = docket.books(without=instead_of) if instead_of else docket.ledger
    told: dict[int, Decimal] = {}
    for part in payment.for_invoices:
        invoice = bill_then(docket, _known(part.invoice, books, docket.client), day, instead_of)
        if invoice.amount.currency != payment.currency:
            raise UsageError(
                f"{invoice.number} is in {invoice.amount.currency}",
                f"the payment is in {payment.currency}, and currencies are never mixed",
                f"Give the amount in {invoice.amount.currency}",
            )
        told[invoice.seq] = told.get(invoice.seq, Decimal(0)) + part.amount
        if told[invoice.seq] > invoice.balance.amount:
            raise UsageError(
                f"{invoice.number} has only {invoice.balance} open{_then(day, docket)}",
                f"{Money(told[invoice.seq], payment.currency).rounded():,} was to be paid on it",
                "Pay the rest without --for, and the oldest open invoice takes it",
            )


def _then(day: date, docket: Docket) -> str:
    return f" on {day_words(day)}" if day < docket.today else ""


def _check_charges(payment: PaymentData, docket: Docket, instead_of: int) -> None:
    """Refuse to settle more of interest, fixed sums or costs than had accrued by the day."""
    books, currency = docket.books(without=instead_of), payment.currency
    billed = [one for one in books.invoices if one.amount.currency == currency]
    accrued = docket.late_terms.accrued(billed, currency, docket.today)
    paid = [one.charges for one in books.payments if one.amount.currency == currency]
    for part in payment.for_charges or ():
        left = accrued[part.head] - sum(
            (one.get(part.head, Decimal(0)) for one in paid), Decimal(0)
        )
        if part.amount > left:
            raise UsageError(
                f"{Money(left, currency)} of {CHARGES[part.head]} had come up by "
                f"{day_words(docket.today)}",
                f"{Money(part.amount, currency).rounded():,} was to be paid on it",
                f"See `docket statement {docket.client}`; what names nothing is set off by itself",
            )


def _check_credit(draft: Draft | Entry, credit: CreditData, books: Ledger, client: str) -> None:
    """Refuse to take off an invoice what it does not ask for, or before it was sent."""
    check_number(credit, numbers(books))
    invoice = _known(credit.of_invoice, books, client)
    amount = Money(credit.amount, credit.currency)
    if invoice.amount.currency != credit.currency:
        raise UsageError(
            f"{invoice.number} is in {invoice.amount.currency}",
            f"{credit.currency} would be taken off it, and currencies are never mixed",
            f"Give the amount in {invoice.amount.currency}",
        )
    if draft.day < invoice.issued:
        raise UsageError(
            f"{invoice.number} was sent on {day_words(invoice.issued)}",
            f"this {draft.kind} would be from before it",
            "Correct the day with --on",
        )
    left, how = invoice.balance, "open"
    if draft.kind == "credit":
        left, how = invoice.asked, "left to credit"
    if left.amount <= 0:
        raise nothing_open(invoice)
    if amount.amount > left.amount:
        raise UsageError(
            f"{invoice.number} has only {left} {how}",
            f"{amount.rounded():,} was to be taken off it",
            "Correct the amount",
        )


def _check_instalments(
    draft: Draft | Entry, plan: InstalmentsData, books: Ledger, client: str
) -> None:
    """Refuse a plan for a bill that is not there, or of a day before it was agreed on.

    How much it comes to is theirs to agree on: interest may be in it.
    """
    bill = _known(plan.of_invoice, books, client) if plan.of_invoice else None
    if bill and bill.amount.currency != plan.currency:
        raise UsageError(
            f"{bill.number} is in {bill.amount.currency}",
            f"the parts are in {plan.currency}, and currencies are never mixed",
            f"Give them in {bill.amount.currency}",
        )
    first = plan.parts[0].due
    if first < draft.day:
        raise UsageError(
            f"{day_words(first)} is before the plan was agreed on",
            f"that was on {day_words(draft.day)}",
            "Correct the day of the part, or of the plan with --on",
        )


def all_open(invoice: Invoice, kind: str) -> Decimal:
    """Return all that is open of an invoice, for where nobody says how much is taken off it.

    A discount takes no more than the invoice itself lets off: more than that is to be said.
    """
    if invoice.balance.amount <= 0:
        raise nothing_open(invoice)
    if kind == "discount" and invoice.balance.amount > invoice.discount:
        term = f"its own discount leaves {Money(invoice.discount, invoice.amount.currency)}"
        raise UsageError(
            f"How much is the discount on {invoice.number}",
            f"{invoice.balance} is open, and {term if invoice.early else 'no discount is agreed'}",
            "Give the amount",
        )
    return invoice.balance.amount


def nothing_open(invoice: Invoice) -> UsageError:
    """Return the error for an invoice of which nothing is left to take off."""
    return UsageError(
        f"Nothing is open of {invoice.number}",
        f"{invoice.paid} of {invoice.asked} was paid" if invoice.asked.amount > 0 else "",
        "Log `docket credit` with its amount, where it was paid too much",
    )


def _check_back(draft: Draft | Entry, back: MoneyBackData, docket: Docket, instead_of: int) -> None:
    """Refuse to send back more than was in the client's favour, or return more than was paid.

    What was returned of a payment on a later day counts too: it is gone once.
    """
    then = docket.as_of(draft.day)
    books = then.books(without=instead_of)
    check_number(back, numbers(books))
    amount = Money(back.amount, back.currency)
    if link := draft.followed:
        found, naming = then.find(link.seq), docket.shaped(MoneyBackData)
        check_returned(docket.client, amount, found, [e for e in naming if e.seq != instead_of])
        return
    favour = books.favour(back.currency)
    if amount.amount > favour.amount:
        there = f"Only {favour}" if favour.amount > 0 else "Nothing"
        raise UsageError(
            f"{there} is in the client's favour on {day_words(then.today)}",
            f"{amount} was to be sent back",
            "For money back on an invoice, log the credit note first: "
            f"docket credit {docket.client} INVOICE AMOUNT",
        )


def check_returned(
    client: str, amount: Money, paid: Standing | None, naming: Iterable[Entry]
) -> None:
    """Refuse to take back more of a payment than there is, but for what of `naming` is back."""
    data = paid.entry.data if paid else None
    if paid is None or not isinstance(data, PaymentData):
        return  # that it is no payment is told where links are checked
    name = f"{client}#{paid.seq}"
    if data.currency != amount.currency:
        raise UsageError(
            f"{name} is in {data.currency}",
            f"{amount.currency} was to be taken back, and currencies are never mixed",
            f"Give the amount in {data.currency}",
        )
    gone = [
        one.data.amount
        for one in naming
        if isinstance(one.data, MoneyBackData) and one.followed and one.followed.seq == paid.seq
    ]
    left = Money(data.settles - sum(gone, Decimal(0)), data.currency)
    if amount.amount > left.amount:
        raise UsageError(
            f"Only {left} of {name} could be taken back",
            f"{amount.rounded():,} was to be",
            "Correct the amount",
        )


def _check_disputed(disputed: DisputedData, books: Ledger, client: str) -> None:
    invoice = _known(disputed.number, books, client)
    if invoice.amount.currency != disputed.currency:
        raise UsageError(
            f"{invoice.number} is in {invoice.amount.currency}",
            f"{disputed.currency} is disputed, and currencies are never mixed",
            f"Give the amount in {invoice.amount.currency}",
        )
    if disputed.amount > invoice.asked.amount:
        raise UsageError(
            f"{invoice.number} is about {invoice.asked}",
            f"{Money(disputed.amount, disputed.currency).rounded():,} is more than the invoice",
            "Correct the amount",
        )


def _known(number: str, books: Ledger, client: str) -> Invoice:
    invoice = books.find(number)
    if invoice is None:
        raise UsageError(
            f"There is no invoice {number} on {client}",
            "",
            f"See `docket show {client} --kind invoice`",
        )
    return invoice
