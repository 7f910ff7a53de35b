"""What the money of a docket refuses: doubled numbers, unknown invoices, sums that cannot be."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from itertools import pairwise

from store.dates import day_words
from store.docket.docket import Docket
from store.docket.ledger import Invoice, Ledger
from store.entries import CHARGES, DisputedData, Draft, FixedSumData, InvoiceData, PaymentData
from store.errors import UsageError
from store.money import Money


def needs_books(draft: Draft) -> bool:
    """Whether `check_money` has anything to check `draft` against."""
    return isinstance(draft.data, InvoiceData | DisputedData) or (
        isinstance(draft.data, PaymentData)
        and bool(draft.data.for_invoices or draft.data.for_charges)
    )


def check_money(draft: Draft, docket: Docket, instead_of: int = 0) -> None:
    """Check money against all other entries; entry `instead_of` is to be replaced."""
    if not isinstance(draft.data, InvoiceData | PaymentData | DisputedData):
        return
    books = docket.books(without=instead_of) if instead_of else docket.ledger
    if isinstance(draft.data, InvoiceData):
        check_number(draft.data, numbers(books))
    elif isinstance(draft.data, PaymentData):
        _check_payment(draft.data, books, docket.client)
        _check_charges(draft.data, docket.as_of(draft.day), instead_of)
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


def numbers(books: Ledger) -> set[str]:
    """Return the numbers of all invoices, as `check_number` compares them."""
    return {invoice.number.casefold() for invoice in books.invoices}


def check_number(bill: InvoiceData, taken: Container[str]) -> None:
    """Refuse an invoice whose number is taken."""
    if bill.number.casefold() in taken:
        raise UsageError(
            f"Invoice {bill.number} is on the docket already",
            "",
            "Amend that entry, or give this one its own number",
        )


def _check_payment(payment: PaymentData, books: Ledger, client: str) -> None:
    told: dict[int, Decimal] = {}
    for part in payment.for_invoices:
        invoice = _known(part.invoice, books, client)
        if invoice.amount.currency != payment.currency:
            raise UsageError(
                f"{invoice.number} is in {invoice.amount.currency}",
                f"the payment is in {payment.currency}, and currencies are never mixed",
                f"Give the amount in {invoice.amount.currency}",
            )
        told[invoice.seq] = told.get(invoice.seq, Decimal(0)) + part.amount
        if told[invoice.seq] > invoice.balance.amount:
            raise UsageError(
                f"{invoice.number} has only {invoice.balance} open",
                f"{Money(told[invoice.seq], payment.currency).rounded():,} was to be paid on it",
                "Pay the rest without --for, and the oldest open invoice takes it",
            )


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


def _check_disputed(disputed: DisputedData, books: Ledger, client: str) -> None:
    invoice = _known(disputed.number, books, client)
    if invoice.amount.currency != disputed.currency:
        raise UsageError(
            f"{invoice.number} is in {invoice.amount.currency}",
            f"{disputed.currency} is disputed, and currencies are never mixed",
            f"Give the amount in {invoice.amount.currency}",
        )
    if disputed.amount > invoice.amount.amount:
        raise UsageError(
            f"{invoice.number} is about {invoice.amount}",
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
