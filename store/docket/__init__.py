"""One client's log folded into what is true now: invoices, requests, promises, hours, terms."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from store.docket.docket import DEFAULT_REPLY_DAYS as DEFAULT_REPLY_DAYS
from store.docket.docket import Docket as Docket
from store.docket.entries import Entries as Entries
from store.docket.log import Log as Log
from store.docket.standing import Standing as Standing
from store.docket.standing import amended as amended
from store.docket.standing import read_entry as read_entry

if TYPE_CHECKING:
    from store.docket.ledger import Invoice as Invoice
    from store.docket.ledger import Ledger as Ledger
    from store.docket.ledger import Payment as Payment
    from store.docket.ledger import Settlement as Settlement
    from store.docket.tracking import Promise as Promise
    from store.docket.tracking import Request as Request

_OF: Final = {
    **dict.fromkeys(("Invoice", "Ledger", "Payment", "Settlement"), "ledger"),
    **dict.fromkeys(("Promise", "Request"), "tracking"),
}


def __getattr__(name: str) -> Any:
    """Import the books and what is promised when one is first asked for: a log needs neither."""
    if name not in _OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_OF[name]}"), name)
