"""One client's log folded into what is true now: invoices, requests, promises, hours, terms."""

from __future__ import annotations

from store.docket.docket import Docket
from store.docket.entries import Entries
from store.docket.ledger import Invoice, Ledger, Payment, Settlement
from store.docket.log import Log
from store.docket.standing import Standing, amended, read_entry
from store.docket.tracking import DEFAULT_REPLY_DAYS, Promise, Request

__all__ = [
    "DEFAULT_REPLY_DAYS",
    "Docket",
    "Entries",
    "Invoice",
    "Ledger",
    "Log",
    "Payment",
    "Promise",
    "Request",
    "Settlement",
    "Standing",
    "amended",
    "read_entry",
]
