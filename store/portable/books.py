"""Bills and payments as a journal of hledger, which ledger reads as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.docket import Docket
from store.entries import CreditData, Entry, InvoiceData, MoneyBackData, PaymentData
from store.text import top_line

_BOOKED = (InvoiceData, PaymentData, CreditData, MoneyBackData)


def as_journal(dockets: Iterable[Docket]) -> str:
    """Return what was billed, taken off, paid and given back, oldest first, as double entries.

    Each client has an account of what they owe, `assets:receivable:ID`; against it stand
    `income`, `expenses:written-off` and `assets:bank`, for the user's own names to replace.
    """
    rows = [
        (entry, docket)
        for docket in dockets
        for entry in docket.shaped(*_BOOKED)
        if isinstance(entry.data, _BOOKED)
    ]
    rows.sort(key=lambda row: (row[0].occurred_at, row[1].client, row[0].seq))
    return "\n".join("\n".join(_transaction(*row)) + "\n" for row in rows)


def _transaction(entry: Entry, docket: Docket) -> Iterator[str]:
    data = entry.data
    owed = f"assets:receivable:{docket.client}"
    said = _plain(top_line(entry.statement))
    payee = f"{_plain(docket.name)}{f' | {said}' if said else ''}"
    note = f"  ; docket: {docket.client}#{entry.seq}"
    if isinstance(data, InvoiceData):
        yield f"{entry.day.isoformat()} ({_plain(data.number)}) {payee}{note}"
        yield f"    {owed}  {data.currency} {data.amount}  ; due:{data.due.isoformat()}"
        yield "    income"
    elif isinstance(data, PaymentData):
        numbers = ", ".join(_plain(part.invoice) for part in data.for_invoices)
        yield f"{entry.day.isoformat()} {payee}{note}{f', for: {numbers}' if numbers else ''}"
        yield f"    assets:bank  {data.currency} {data.amount}"
        yield f"    {owed}  {data.currency} -{data.amount}"
    elif isinstance(data, CreditData | MoneyBackData):
        number = f" ({_plain(data.number)})" if data.number else ""
        about = f", for: {_plain(data.of_invoice)}" if isinstance(data, CreditData) else ""
        yield f"{entry.day.isoformat()}{number} {payee}{note}{about}"
        given = isinstance(data, MoneyBackData)
        yield f"    {owed}  {data.currency} {'' if given else '-'}{data.amount}"
        against = "expenses:written-off" if entry.kind == "write-off" else "income"
        yield f"    {'assets:bank' if given else against}"


def _plain(text: str) -> str:
    """Return a text without what a journal takes for a sign of its own."""
    return re.sub(r"\s+", " ", re.sub(r"[;|()\x00-\x1f]", " ", text)).strip()
