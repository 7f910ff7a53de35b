"""What can be told of entries without reading them whole: enough to find and order them."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import chain
from typing import Any, Final, get_args

from store.entries import EARLIEST, KINDS, Entry, Relation

RELATIONS: Final = frozenset(get_args(Relation))

# As entries are written; whatever else a moment may look like is left to the entry itself.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII).fullmatch


class Outline:
    """Entries by their position on the docket, without their words.

    By position: `numbers`, `moments` (when it occurred, POSIX seconds), `days` (the local day of
    that, as an ordinal). Positions, in order: `kinds` and `relations` by name. Amendments are not
    applied. An entry that fits its kind otherwise than it seems is an unreadable note once read.
    """

    def __init__(self) -> None:
        self.numbers = array("q")
        self.moments = array("d")
        self.days = array("l")
        self.kinds: defaultdict[str, list[int]] = defaultdict(list)
        self.relations: defaultdict[str, list[int]] = defaultdict(list)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Outline:
        """Return the outline of entries that are there whole."""
        outline = cls()
        for entry in entries:
            outline.add(entry)
        return outline

    def __len__(self) -> int:
        """Return how many entries it tells of."""
        return len(self.numbers)

    def add(self, entry: Entry) -> None:
        """Take in one more entry."""
        relations = [link.rel for link in entry.links]
        self._add(entry.seq, entry.kind, entry.occurred_at, relations)

    def peek(self, number: int, kind: Any, occurred_at: Any, links: Any) -> bool:
        """Take in one more by what was peeked of it (PEEK); False if that takes the whole entry."""
        try:
            if kind not in KINDS or not _MOMENT(occurred_at):
                return False
            relations = [link["rel"] for link in links] if links else ()
            moment = datetime.fromisoformat(occurred_at)
            if moment < EARLIEST or not RELATIONS.issuperset(relations):
                return False
        except (TypeError, KeyError, ValueError):
            return False
        self._add(number, kind, moment, relations)
        return True

    def of_kind(self, kinds: Iterable[str], count: int) -> list[int]:
        """Return the positions below `count` of entries of these kinds, in order."""
        return _positions(self.kinds, kinds, count)

    def related(self, relations: Iterable[str], count: int) -> list[int]:
        """Return the positions below `count` of entries with a link of these relations."""
        return _positions(self.relations, relations, count)

    def _add(
        self, number: int, kind: str, occurred_at: datetime, relations: Collection[str]
    ) -> None:
        position = len(self.numbers)
        for relation in {*relations} if relations else ():
            self.relations[relation].append(position)
        self.kinds[kind].append(position)
        self.moments.append(occurred_at.timestamp())
        self.days.append(occurred_at.toordinal())
        self.numbers.append(number)


def _positions(by_name: dict[str, list[int]], names: Iterable[str], count: int) -> list[int]:
    found = chain.from_iterable(by_name[name] for name in names if name in by_name)
    return sorted({position for position in found if position < count})
