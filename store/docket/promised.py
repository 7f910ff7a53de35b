"""Promises to pay: which of theirs are about bills, and whether the money has come since."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import accumulate

from store.docket.docket import Docket
from store.docket.ledger import Invoice
from store.docket.steps import invoices_named
from store.docket.tracking import Promise
from store.entries.paying import speaks_of_paying


class Promised:
    """The bills of a docket, as promises of the client name them or mean them all."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket
        self._bills = docket.ledger.invoices
        self._due = [bill.due for bill in self._bills]
        self._numbered: defaultdict[str, list[int]] = defaultdict(list)
        self._worded: defaultdict[str, list[int]] = defaultdict(list)
        for place, bill in enumerate(self._bills):
            self._numbered[bill.number].append(place)
            self._worded[bill.number.casefold()].append(place)

    def named(self, promise: Promise) -> list[Invoice]:
        """Return the bills that a promise of theirs names, by due date."""
        found = self._docket.find(promise.seq) if promise.by == "client" else None
        if found is None:
            return []
        told = invoices_named(found.entry, self._docket)
        words = re.findall(r"[\w./-]+", promise.statement.casefold())
        return [self._bills[place] for place in sorted({*self._places(told, words)})]

    def bills(self, promise: Promise) -> list[Invoice]:
        """Return the bills that a promise of theirs is about; none where it is about another thing.

        Those that it names, or else those that were overdue on its day, where it speaks of money.
        """
        if (named := self.named(promise)) or not means_all(promise):
            return named
        overdue = self._bills[: bisect_left(self._due, promise.made)]
        return [one for one in overdue if one.settled_on is None or one.settled_on >= promise.made]

    def unpaid(self, promise: Promise) -> Invoice | None:
        """Return the first that is open of the bills that a promise is about."""
        if (named := self.named(promise)) or not means_all(promise):
            return next((one for one in named if one.settled_on is None), None)
        first = self._first_open
        return first if first and first.due < promise.made else None

    def paid(self, promise: Promise) -> bool:
        """Whether it was a promise to pay, and all of what it is about has come since."""
        if (named := self.named(promise)) or not means_all(promise):
            return bool(named) and all(one.settled_on is not None for one in named)
        overdue = bisect_left(self._due, promise.made)
        came = overdue > 0 and self._last_settled[overdue - 1] >= promise.made
        return came and self.unpaid(promise) is None

    def _places(self, told: Iterable[str], words: Iterable[str]) -> Iterable[int]:
        for number in told:
            yield from self._numbered.get(number, ())
        for word in words:
            yield from self._worded.get(word, ())

    @cached_property
    def _first_open(self) -> Invoice | None:
        return next((one for one in self._bills if one.settled_on is None), None)

    @cached_property
    def _last_settled(self) -> list[date]:
        """Return for each bill the last day on which one of those due by then was settled."""
        return list(accumulate((one.settled_on or date.min for one in self._bills), max))


def means_all(promise: Promise) -> bool:
    """Whether a promise of theirs that names no bill is about all that is overdue."""
    return promise.by == "client" and speaks_of_paying(promise.statement)
