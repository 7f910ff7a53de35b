"""Promises to pay: which of theirs are about bills, and whether the money has come since."""

from __future__ import annotations

import re
from datetime import date

from store.docket.docket import Docket
from store.docket.ledger import Invoice
from store.docket.steps import invoices_named
from store.docket.tracking import Promise
from store.entries.paying import speaks_of_paying


def bills_promised(docket: Docket, promise: Promise) -> list[Invoice]:
    """Return the bills that a promise of theirs is about; none where it is about something else.

    Those that it names, or else those that were overdue on its day, where it speaks of money.
    """
    if promise.by != "client" or (found := docket.find(promise.seq)) is None:
        return []
    bills = docket.ledger.invoices
    told = {*invoices_named(found.entry, docket)}
    words = set(re.findall(r"[\w./-]+", promise.statement.casefold()))
    named = [one for one in bills if one.number in told or one.number.casefold() in words]
    if named or not speaks_of_paying(promise.statement):
        return named
    return [one for one in bills if one.due < promise.made and _owed_on(one, promise.made)]


def is_paid(docket: Docket, promise: Promise) -> bool:
    """Whether it was a promise to pay, and all of what it is about has come since."""
    bills = bills_promised(docket, promise)
    return bool(bills) and all(one.settled_on is not None for one in bills)


def _owed_on(bill: Invoice, day: date) -> bool:
    return bill.settled_on is None or bill.settled_on >= day
