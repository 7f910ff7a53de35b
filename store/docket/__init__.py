"""One client's log folded into what is true now: invoices, requests, promises, hours, terms."""

from __future__ import annotations

from store.docket.docket import Docket as Docket
from store.docket.entries import Entries as Entries
from store.docket.ledger import Invoice as Invoice
from store.docket.ledger import Ledger as Ledger
from store.docket.ledger import Payment as Payment
from store.docket.ledger import Settlement as Settlement
from store.docket.log import Log as Log
from store.docket.standing import Standing as Standing
from store.docket.standing import amended as amended
from store.docket.standing import read_entry as read_entry
from store.docket.tracking import DEFAULT_REPLY_DAYS as DEFAULT_REPLY_DAYS
from store.docket.tracking import Promise as Promise
from store.docket.tracking import Request as Request
