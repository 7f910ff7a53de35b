"""Finding entries in all dockets: what fits a filter, whose it is, and which names are near."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from store.client_ids import meant_client, near_names
from store.docket.filter import Filter, Term
from store.docket.standing import Standing
from store.docket.table import client_text
from store.errors import DocketError
from store.index.names import client_names
from store.index.words import Hit, WordIndex
from store.journal import JournalError
from store.workspace import Workspace

MOST_LISTED: Final = 500
"""How many a screen lists at most; nobody looks through more, and all are counted."""
_AT_ONCE: Final = 100


class Found(NamedTuple):
    """What fits, the newest first, as many as were asked for; `counts` has all, by client."""

    hits: list[Hit]
    counts: Mapping[str, int]

    @property
    def many(self) -> int:
        """How many entries fit."""
        return sum(self.counts.values())

    def by_client(self) -> list[tuple[str, list[Hit]]]:
        """Return the hits of each client together; who has the newest of all comes first."""
        theirs: dict[str, list[Hit]] = {}
        for hit in self.hits:
            theirs.setdefault(hit.client, []).append(hit)
        return list(theirs.items())


class Finder:
    """Asks the words that are kept of all dockets, and keeps what is new first.

    `names` are those of the clients as of the last look.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._index = WordIndex(workspace.root)
        self.names: dict[str, str] = {}
        self.interrupt = self._index.file.interrupt
        self.close = self._index.file.close

    @property
    def skipped(self) -> Mapping[str, JournalError]:
        """Which dockets could not be read, and why."""
        return self._index.skipped

    def behind(self) -> int:
        """Return how many bytes of the dockets have to be read first."""
        return self._index.behind(self._workspace.client_ids())

    def look(
        self,
        told: Callable[[int], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Keep what was added to the dockets; see WordIndex.catch_up."""
        clients = self._workspace.client_ids()
        try:
            self._index.catch_up(clients, told, stopped)
        except sqlite3.Error as error:
            raise _failed(error) from error
        names = client_names(self._workspace.root, clients, self._workspace.readable)
        self.names = {client: names.get(client) or client for client in clients}

    def entries(self) -> int:
        """Return how many entries are looked through."""
        return self._index.entries()

    def find(
        self, asked: Filter, today: date, *, most: int = -1, clients: Collection[str] | None = None
    ) -> Found:
        """Return what fits of the dockets as of the last look, of some clients or of all.

        UsageError where it asks for a client and there is none of that name.
        """
        for alternatives in asked.terms:
            self._refuse_unknown(alternatives)
        texts = {
            client: client_text(client, name)
            for client, name in self.names.items()
            if clients is None or client in clients
        }
        day = today.toordinal()
        try:
            hits = self._index.hits(asked, day, texts, most)
            if most < 0 or len(hits) < most:
                counts = dict.fromkeys(texts, 0)
                for hit in hits:
                    counts[hit.client] += 1
            else:
                counts = self._index.counts(asked, day, texts)
        except sqlite3.Error as error:
            self._index.file.lose()
            raise _failed(error) from error
        return Found(hits, {client: count for client, count in counts.items() if count})

    def _refuse_unknown(self, alternatives: Iterable[Term]) -> None:
        for term in alternatives:
            texts = [client_text(client, name) for client, name in self.names.items()]
            if term.field == "client" and not any(
                value in text for value in term.values for text in texts
            ):
                meant_client(term.values[0], self.names)

    def standing(self, hits: Iterable[Hit]) -> dict[Hit, Standing]:
        """Return entries that were found as they stand, read from their journals."""
        found = {}
        for client, theirs in groupby(sorted(hits), key=lambda hit: hit.client):
            read = self._index.standing(client, [hit.seq for hit in theirs])
            found.update({Hit(client, seq): one for seq, one in read.items()})
        return found

    def read(self, found: Found) -> Iterator[Standing]:
        """Yield what was found in its order, a few read at a time."""
        for hits in some_at_a_time(found.hits):
            read = self.standing(hits)
            yield from (read[hit] for hit in hits if hit in read)

    def near(self, words: Iterable[str]) -> list[str]:
        """Return the clients whose names a word is a part of, or is misspelt, the nearest first."""
        return near_names(words, self.names)


def some_at_a_time(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """Yield what was found a few at a time, as they are read."""
    return (hits[start : start + _AT_ONCE] for start in range(0, len(hits), _AT_ONCE))


def _failed(error: sqlite3.Error) -> DocketError:
    return DocketError("What is kept for finding failed", str(error), "Try again")
