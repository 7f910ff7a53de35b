"""The drafts of one batch, each checked against the docket as the earlier ones have left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from store.docket.checks import check_against, needs_docket
from store.docket.docket import Docket
from store.docket.entries import Entries
from store.docket.money_checks import check_number, numbers
from store.docket.standing import read_entry
from store.entries import Draft, Entry, InvoiceData
from store.journal import Line


def judged(
    docket: Docket, drafts: Iterable[Draft], made: Sequence[Line], now: datetime
) -> Iterator[dict[str, Any]]:
    """Yield what the journal is to write for each draft; UsageError at one that is refused.

    `made` grows by the line of each before the next is asked for.
    """
    trial = _Trial(docket, made, now)
    for draft in drafts:
        yield trial.checked(draft).fields()


class _Trial:
    """A docket that lines join one by one; what is asked of it is worked out no sooner."""

    def __init__(self, docket: Docket, made: Sequence[Line], now: datetime) -> None:
        self._docket = docket
        self._made = made
        self._joined = 0
        self._now = now
        self._numbers: set[str] | None = None
        self._numbered = 0

    def checked(self, draft: Draft) -> Draft:
        if not needs_docket(draft):
            return draft
        if isinstance(draft.data, InvoiceData) and not draft.links:
            check_number(draft.data, self._taken())  # many are imported: no docket for each
            return draft
        return check_against(draft, self._whole(), self._now)

    def _whole(self) -> Docket:
        more = self._made[self._joined :]
        if more:
            known = self._docket.entries
            grown = known.with_more(more) if isinstance(known, Entries) else [*known, *_read(more)]
            self._docket = Docket.of(self._docket.client, grown, self._docket.today)
            self._joined += len(more)
        return self._docket

    def _taken(self) -> set[str]:
        more = list(_read(self._made[self._numbered :]))
        if self._numbers is None or any(one.followed for one in more):  # some free a number
            self._numbers = numbers(self._whole().ledger)
        else:
            bills = (entry.data for entry in more)
            self._numbers |= {b.number.casefold() for b in bills if isinstance(b, InvoiceData)}
        self._numbered += len(more)
        return self._numbers


def _read(lines: Iterable[Line]) -> Iterator[Entry]:
    return map(read_entry, lines)
