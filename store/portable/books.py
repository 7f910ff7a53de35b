"""Bills and payments as a journal of hledger, which ledger reads as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from store.docket import Docket
from store.docket.ledger import EARLY_PAID, Reduction
from store.entries import (
    CostData,
    CreditData,
    Entry,
    InvoiceData,
    MoneyBackData,
    PaymentData,
    Taxed,
)
from store.text import top_line

_BOOKED = (InvoiceData, PaymentData, CreditData, MoneyBackData, CostData)
_CHARGES: Final = {
    "interest": "income:interest",
    "fixed-sum": "income:fixed-compensation",
    "cost": "income:recovery-costs",
}
"""What of a payment went to charges, by the account that it is earned on."""


def as_journal(dockets: Iterable[Docket]) -> str:
    """Return what was billed, taken off, paid and given back, oldest first, as double entries.

    Each client has an account of what they owe, `assets:receivable:ID`; against it stand
    `income`, `liabilities:vat:25` by the rate where a paper states it, `income:interest`,
    `income:fixed-compensation` and `income:recovery-costs` as they are paid, `expenses:recovery`,
    `expenses:written-off`, `expenses:fees` that I bear, and `assets:bank`, for the user's own names
    to replace.
    """
    told = [row for docket in dockets for row in (*_entries(docket), *_early(docket))]
    return "\n".join("\n".join(lines) + "\n" for _, lines in sorted(told, key=lambda row: row[0]))


_Row = tuple[tuple[str, str, int, int], list[str]]
"""What a transaction comes by, and its lines."""


def _entries(docket: Docket) -> Iterator[_Row]:
    for entry in docket.shaped(*_BOOKED):
        if isinstance(entry.data, _BOOKED):
            at = entry.occurred_at.isoformat()
            yield (at, docket.client, entry.seq, 0), list(_transaction(entry, docket))


def _early(docket: Docket) -> Iterator[_Row]:
    """Yield what bills offered to whoever paid early, and they took."""
    for bill in docket.ledger.invoices:
        for off in bill.reductions:
            if off.kind == EARLY_PAID:
                at = f"{off.day.isoformat()}T99"
                yield (at, docket.client, off.seq, 1), list(_discount(off, docket))


def _discount(off: Reduction, docket: Docket) -> Iterator[str]:
    how = "Discount for early payment" + (", lapsed" if off.amount.amount < 0 else "")
    note = f"  ; docket: {docket.client}#{off.seq}, for: {_plain(off.invoice)}"
    yield f"{off.day.isoformat()} {_plain(docket.name)} | {how}{note}"
    owed = f"assets:receivable:{docket.client}"
    yield f"    {owed}  {off.amount.currency} {-off.amount.amount}"
    yield "    income"


def _transaction(entry: Entry, docket: Docket) -> Iterator[str]:
    data = entry.data
    owed = f"assets:receivable:{docket.client}"
    said = _plain(top_line(entry.statement))
    payee = f"{_plain(docket.name)}{f' | {said}' if said else ''}"
    note = f"  ; docket: {docket.client}#{entry.seq}"
    if isinstance(data, InvoiceData):
        yield f"{entry.day.isoformat()} ({_plain(data.number)}) {payee}{note}"
        yield f"    {owed}  {data.currency} {data.amount}  ; due:{data.due.isoformat()}"
        yield from _vat(data, -1)
        yield "    income"
    elif isinstance(data, PaymentData):
        numbers = ", ".join(_plain(part.invoice) for part in data.for_invoices)
        yield f"{entry.day.isoformat()} {payee}{note}{f', for: {numbers}' if numbers else ''}"
        yield f"    assets:bank  {data.currency} {data.amount}{_paid_as(data)}"
        if data.settles != data.amount:
            yield f"    expenses:fees  {data.currency} {data.settles - data.amount}"
        charged = _charged(entry.seq, docket)
        rest = data.settles - sum(charged.values(), Decimal(0))
        yield f"    {owed}  {data.currency} {-rest}"
        for account, amount in charged.items():
            yield f"    {account}  {data.currency} {-amount}"
    elif isinstance(data, CostData):
        yield f"{entry.day.isoformat()} {payee}{note}"
        yield f"    expenses:recovery  {data.currency} {data.amount}"
        yield "    assets:bank"
    elif isinstance(data, CreditData | MoneyBackData):
        number = f" ({_plain(data.number)})" if data.number else ""
        about = f", for: {_plain(data.of_invoice)}" if isinstance(data, CreditData) else ""
        yield f"{entry.day.isoformat()}{number} {payee}{note}{about}"
        given = isinstance(data, MoneyBackData)
        yield f"    {owed}  {data.currency} {'' if given else '-'}{data.amount}"
        if isinstance(data, CreditData):
            yield from _vat(data, 1)
        against = "expenses:written-off" if entry.kind == "write-off" else "income"
        yield f"    {'assets:bank' if given else against}"


def _charged(seq: int, docket: Docket) -> dict[str, Decimal]:
    """Return what of a payment went to interest, fixed sums and costs, by the account of each."""
    paid = next((one for one in docket.ledger.payments if one.seq == seq), None)
    charges = paid.charges if paid else {}
    return {_CHARGES[head]: amount for head, amount in charges.items() if amount}


def _vat(data: Taxed, sign: int) -> Iterator[str]:
    vat = data.tax[1] if data.tax else Decimal(0)
    if vat:
        rate = "" if data.vat_percent is None else f":{data.vat_percent.normalize():f}"
        yield f"    liabilities:vat{rate}  {data.currency} {sign * vat}"


def _paid_as(data: PaymentData) -> str:
    """Return what it was in another currency, as a remark: the bill is settled in its own."""
    if data.paid_as is None:
        return ""
    paid, source = data.paid_as, _plain(data.rate_source or "")
    return f"  ; paid as {paid.currency} {paid.amount} at {data.paid_rate}, {source}"


def _plain(text: str) -> str:
    """Return a text without what a journal takes for a sign of its own."""
    return re.sub(r"\s+", " ", re.sub(r"[;|()\x00-\x1f]", " ", text)).strip()
