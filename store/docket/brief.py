"""A client in one line: what is agreed, how soon they answer, and what they owe."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.docket.docket import Docket


def in_brief(docket: Docket) -> tuple[str, ...]:
    """Return the facts, the most lasting first: `net30`, `GBP 68/h`, `reply 2d, takes 5`."""
    return tuple(_facts(docket))


def _facts(docket: Docket) -> Iterator[str]:
    terms = docket.terms
    if terms.payment:
        yield terms.payment
    code = f"{terms.currency} " if terms.currency else ""
    if terms.rate is not None:
        yield f"{code}{terms.rate.normalize():,f}/h"
    elif terms.price is not None:
        yield f"{code}{terms.price.normalize():,f}"
    within = terms.reply_within_days
    waited = [one.waited(docket.today) for one in docket.requests if one.answered is not None]
    takes = f"takes {(2 * sum(waited) + len(waited)) // (2 * len(waited))}" if waited else ""
    if within or takes:
        yield ", ".join(filter(None, (f"reply {within}d" if within else "reply", takes)))
    if owed := docket.overdue_totals:
        yield " + ".join(f"{one.currency} {one.rounded():,.0f}" for one in owed) + " overdue"
    elif docket.ledger.invoices:
        yield "nothing overdue"
