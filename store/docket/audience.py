"""In whose documents an entry may stand, and what tells of another entry."""

from __future__ import annotations

from store.docket.docket import Docket
from store.entries import KIND_OF, Entry, Link


def shown_to(docket: Docket, seq: int) -> tuple[str, ...]:
    """Return in whose record an entry may stand, of court, platform and mediator.

    What tells of a hidden entry is hidden with it.
    """
    seen: set[str] = set()
    waiting, known = [seq], set[int]()
    while waiting:
        number = waiting.pop()
        one = docket.find(number)
        if one is None or number in known:
            continue
        known.add(number)
        seen |= {one.original.visibility, one.entry.visibility}
        waiting += [link.seq for link in one.entry.links if tells(one.entry, link)]
    if "internal" in seen:
        return ()
    return ("mediator",) if "settlement" in seen else ("court", "platform", "mediator")


def tells(entry: Entry, link: Link) -> bool:
    """Whether an entry tells, by that link, what the other one said: as an answer does."""
    return link.rel in KIND_OF or link == entry.followed
