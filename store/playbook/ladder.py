"""The payment ladder: which step follows which while a bill is owed, and after how many days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from store.entries import Entry


class Rung(NamedTuple):
    """One step of a ladder: the kind of entry it is, and how many days it waits.

    `wait` counts from the rung before, or from the due day for the first. `new_date` says that the
    letter names a new day to pay by.
    """

    id: str
    kind: str
    wait: int
    letter: str = ""
    new_date: bool = False


class Ladder(NamedTuple):
    """The rungs in order, and the days between two looks once the last was reached."""

    name: str
    rungs: tuple[Rung, ...]
    again: int = 30


class Reached(NamedTuple):
    """How far up a ladder one bill is: the rung, None before the first, and since when."""

    rung: Rung | None
    since: date | None
    next: Rung | None
    due: date


RUNGS: Final[Mapping[str, Rung]] = {
    rung.id: rung
    for rung in (
        Rung("courtesy", "reminder", 1, "courtesy"),
        Rung("reminder", "reminder", 7, "reminder", new_date=True),
        Rung("stop", "stop", 7, "stop-notice"),
        Rung("formal-notice", "notice", 10, "formal-notice", new_date=True),
        Rung("final-demand", "warning", 14, "final-demand", new_date=True),
        Rung("claim", "escalate", 14),
    )
}
"""Every rung there is, in the order in which a ladder may have them."""
PLAIN: Final = Ladder(
    "plain",
    tuple(RUNGS[id_] for id_ in ("courtesy", "stop", "formal-notice", "final-demand", "claim")),
)


def reached(ladder: Ladder, due: date, taken: Iterable[Entry]) -> Reached:
    """Return how far up `ladder` a bill due on `due` is by the steps `taken` about it.

    A step goes to the first rung above that is of its kind; one that is of no rung above is said
    once more, and its days begin anew. A talk counts for whatever rung comes first.
    """
    at, since = -1, None
    for entry in taken:
        if entry.day <= due:
            continue
        higher = [n for n, rung in enumerate(ladder.rungs) if n > at and rung.kind == entry.kind]
        if higher:
            at = higher[0]
        elif at < 0:
            at = 0
        since = entry.day
    rung = ladder.rungs[at] if at >= 0 else None
    after = ladder.rungs[at + 1] if at + 1 < len(ladder.rungs) else None
    wait = after.wait if after else ladder.again
    return Reached(rung, since, after, (since or due) + timedelta(days=wait))
