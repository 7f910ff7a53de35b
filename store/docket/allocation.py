"""What a payment is for, as it is typed: the invoices and charges named, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from store.docket.docket import Docket
from store.docket.ledger import Invoice, Ledger
from store.errors import UsageError
from store.money import Money, parse_amount

_HEADS: Final[Mapping[str, str]] = {
    "interest": "interest",
    "fee": "fixed-sum",
    "fees": "fixed-sum",
    "costs": "cost",
}


def bill_then(docket: Docket, bill: Invoice, day: date, without: int = 0) -> Invoice:
    """Return a bill as it stood at the end of `day`, or of its own where it came later.

    What is open of it for money of that day, no money of a later day had taken. Entry `without` is
    left out.
    """
    then = max(day, bill.issued)
    known = docket if then >= docket.today else docket.as_of(then)
    books = known.books(without) if without else known.ledger
    return books.find(bill.number) or bill


def allocated(named: Sequence[str], docket: Docket, day: date, came_in: Money) -> dict[str, Any]:
    """Return what goes to each invoice or charge named: the amount told, else what there is.

    That is what was open on `day`, on which it came in, whatever has come in since.
    `named` is `INV-42`, `INV-42=300`, or a charge such as `interest=12.50`. UsageError where
    nothing is left for one of them, or less than was told.
    """
    parts: list[dict[str, object]] = []
    charges: list[dict[str, object]] = []
    left, ledger = came_in.amount, docket.ledger
    for typed in named:
        number, told = _split(typed, ledger)
        invoice = ledger.find(number)
        head = None if invoice else _HEADS.get(number.casefold())
        if told or invoice is None:
            part = parse_amount(told, came_in.currency) if told else left
        else:
            part = min(left, bill_then(docket, invoice, day).balance.amount)
        _check(typed, number, part, left, came_in)
        if head:
            charges.append({"head": head, "amount": part})
        else:
            parts.append({"invoice": invoice.number if invoice else number, "amount": part})
        left -= part
    return {"for_invoices": parts, **({"for_charges": charges} if charges else {})}


def _split(typed: str, ledger: Ledger) -> tuple[str, str]:
    """Return the number and the amount told; an invoice may have a `=` in its number."""
    number, told = typed, ""
    if "=" in typed and not ledger.find(typed):
        number, _, told = typed.rpartition("=")
    return number.strip(), told


def _check(typed: str, number: str, part: Decimal, left: Decimal, came_in: Money) -> None:
    if part <= 0:
        why = "it is paid already" if left > 0 else "the invoices before it take all of it"
        raise UsageError(f"Nothing of this payment goes to {number}", why, "Leave it out")
    if part > left:
        raise UsageError(
            f"{typed} is more than there is",
            f"{came_in} came in, and {Money(left, came_in.currency)} of it is left",
            "Give what came in first, then --for with that much or less",
        )
