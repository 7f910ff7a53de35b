"""What was accepted: which acceptance names a delivery, and which name none."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Final

from store.docket.docket import Docket
from store.docket.items import approves
from store.entries import Entry

_WORD: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Acceptances:
    """The first acceptance of each entry by its number, and those that name nothing.

    `noted` are answers that approve, by the delivery that they may be of: they name the question,
    and say what was approved in words alone.
    """

    named: dict[int, Entry]
    loose: tuple[Entry, ...]
    noted: dict[int, tuple[Entry, ...]]

    def maybe(self, delivered: date) -> list[Entry]:
        """Return those that name nothing and may be of what was handed over on that day."""
        return [one for one in self.loose if one.day >= delivered]


def acceptances(docket: Docket) -> Acceptances:
    """Return every acceptance on the docket, oldest first."""
    named: dict[int, Entry] = {}
    loose = []
    for entry in docket.kind("acceptance"):
        if link := entry.followed:
            named.setdefault(link.seq, entry)
        else:
            loose.append(entry)
    return Acceptances(named, tuple(loose), _noted(docket, named))


def approving(docket: Docket) -> list[Entry]:
    """Return the answers that say, in English, that something was approved, oldest first."""
    return [entry for entry in docket.kind("answer") if approves(entry.statement)]


def _noted(docket: Docket, named: Container[int]) -> dict[int, tuple[Entry, ...]]:
    """Return what approved, by the delivery before it whose words it shares most of.

    Nothing of a delivery that was accepted, nor of one that is linked to the question.
    """
    open_ = [one for one in docket.kind("delivery") if one.seq not in named]
    delivered = [(one, _words(one.statement)) for one in open_]
    asked = {one.seq: one.statement for one in docket.requests}
    found: dict[int, tuple[Entry, ...]] = {}
    for entry in approving(docket):
        link = entry.followed
        words = _words(entry.statement, asked.get(link.seq, "") if link else "")
        shared = [(len(words & of), one.seq) for one, of in delivered if one.day <= entry.day]
        most = max((count for count, _ in shared), default=0)
        best = [seq for count, seq in shared if count == most] if most else []
        if len(best) == 1:
            found[best[0]] = (*found.get(best[0], ()), entry)
    return found


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
