"""Slips of the finger about money and hours: refused where they are sure, else told on stderr."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from store.dates import day_words
from store.errors import UsageError
from store.money import CURRENCIES, Money
from store.quantities import spoken_terms
from tui.cli.output import tell

if TYPE_CHECKING:
    from store.docket import Docket, Invoice

_A_DAY = 24


def refuse_currency_word(words: Sequence[str], currency: str | None) -> None:
    """Refuse a text that begins with a currency code, as in `1200 USD`, where none was given."""
    if not words or currency:
        return
    code = words[0].upper() if len(words) == 1 else words[0]
    if code in CURRENCIES:
        raise UsageError(
            f"'{words[0]}' would become a text", "", f"Write --currency {code}, or more words"
        )


def refuse_terms_words(words: Sequence[str], due: str | None) -> None:
    """Refuse a text that is payment terms, as in `1200 net14`, where no due day was given."""
    if words and not due and spoken_terms(" ".join(words)):
        said = " ".join(words)
        raise UsageError(f"'{said}' would become a text", "", f"Write --due {shlex.quote(said)}")


def refuse_bill_word(words: Sequence[str], docket: Docket) -> None:
    """Refuse a text with a word that is the number of an open invoice, or of none they have."""
    from store.capture.amounts import is_number, no_invoice

    for word in words:
        invoice = docket.ledger.find(word)
        if invoice is None and is_number(word, docket):
            raise UsageError(
                no_invoice(word, docket),
                "",
                f'Write --for and one they have, or as a text: "by {word[:40]}"',
            )
        if invoice and invoice.settled_on is None:
            raise UsageError(
                f"'{word}' would become a text, and the payment go to the oldest open invoice",
                "",
                f"Write --for {invoice.number}, or put the whole text in quotes",
            )


def known_bill(number: str, docket: Docket) -> str:
    """Return the number of an invoice as the docket has it; UsageError if it has none like it."""
    invoice = docket.ledger.find(number.strip())
    if invoice is None:
        bills = docket.ledger.invoices
        known = ", ".join(one.number for one in bills[-5:])
        known = f"{len(bills)}, the last {known}" if len(bills) > 5 else known
        raise UsageError(
            f"There is no invoice {number.strip()[:40]} on {docket.client}",
            f"it has {known}" if known else "it has none yet",
            "Write the number of one it has, or log the invoice first",
        )
    return invoice.number


def tell_other_currency(number: str, currency: str, agreed: str | None) -> None:
    """Say that an invoice is in another currency than the terms."""
    if agreed and currency != agreed:
        tell(f"{number} is in {currency}, though {agreed} is agreed: is that right?")


def tell_long(hours: Decimal) -> None:
    """Say that more hours than a day has were logged at once."""
    if hours > _A_DAY:
        tell(f"{hours.normalize():f} hours in one entry is more than a day has: is that right?")


def tell_favour(docket: Docket, currency: str) -> None:
    """Say what is in the client's favour in `currency`."""
    favour = docket.ledger.favour(currency)
    if favour.amount > 0:
        tell(f"{favour} is in the client's favour; it goes to the next invoice, or back to them.")


def tell_from_favour(docket: Docket, seq: int) -> None:
    """Say what of invoice `seq` is paid by what was in the client's favour, or would have been."""
    bill = next((one for one in docket.ledger.invoices if one.seq == seq), None)
    if bill and bill.paid.amount:
        tell(f"{bill.paid} that was in the client's favour pays for it: {bill.balance} is open.")
    elif bill and bill.settlements:
        back = day_words(max(one.day for one in bill.settlements))
        tell(f"What was in the client's favour for it went back on {back}: {bill.balance} is open.")


def tell_unclaimed(docket: Docket, seq: int) -> None:
    """Say what of payment `seq` went beside the invoices, and what nothing claims."""
    from store.entries import CHARGES

    for bill in _not_named(docket, seq):
        amount = sum((one.amount for one in bill.settlements if one.seq == seq), Decimal(0))
        tell(f"{Money(amount, bill.amount.currency)} of it is for {bill.number}.")
    for payment in docket.ledger.payments:
        if payment.seq == seq:
            for head, amount in payment.charges.items():
                tell(f"{Money(amount, payment.amount.currency)} of it is for {CHARGES[head]}.")
        if payment.seq == seq and payment.unallocated.amount > 0:
            tell(
                f"{payment.unallocated} of it is more than was open; it goes to the next invoice"
                f" in {payment.unallocated.currency}."
            )


def _not_named(docket: Docket, seq: int) -> list[Invoice]:
    """Return the invoices that payment `seq` went to beside those it names, if it names any."""
    found = docket.find(seq)
    parts = getattr(found.entry.data, "for_invoices", ()) if found else ()
    named = {one.invoice.casefold() for one in parts}
    return [
        one
        for one in docket.ledger.invoices
        if named and one.number.casefold() not in named
        if sum(part.amount for part in one.settlements if part.seq == seq)
    ]


def tell_stated(docket: Docket, seq: int) -> None:
    """Say what payment `seq` has earned of a discount, and where its rate of exchange differs."""
    from store.docket.ledger import EARLY_PAID
    from store.docket.stated import exchanged

    for bill in docket.ledger.invoices:
        for off in bill.reductions:
            if off.seq == seq and off.kind == EARLY_PAID:
                tell(f"{bill.number}: {off.amount} is taken off, as it was paid early.")
    found = docket.find(seq)
    if found and (other := exchanged(found.entry)):
        tell(f"{other} The bill is settled by the sum in its own currency.")
