"""What was accepted: which acceptance names a delivery, and which name none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.docket.docket import Docket
from store.entries import Entry


@dataclass(frozen=True, slots=True)
class Acceptances:
    """The first acceptance of each entry by its number, and those that name nothing."""

    named: dict[int, Entry]
    loose: tuple[Entry, ...]

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
    return Acceptances(named, tuple(loose))
