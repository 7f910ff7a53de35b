"""The payment ladder: which step follows which while a bill is owed, and after how many days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

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


_Moment = tuple[date, datetime, int]


class StepsTaken:
    """Steps by their day, looked up by what comes first after a moment."""

    def __init__(self, steps: Iterable[Entry]) -> None:
        self._steps: dict[str, list[tuple[_Moment, Entry]]] = {}
        self._all = sorted(((_moment(step), step) for step in steps), key=lambda one: one[0])
        for one in self._all:
            self._steps.setdefault(one[1].kind, []).append(one)

    def first(self, after: tuple[Any, ...], kinds: Set[str] | None = None) -> Entry | None:
        """Return the first step after a moment, of these kinds or of any; None where is none."""
        lists = [self._all] if kinds is None else [self._steps.get(kind, ()) for kind in kinds]
        places = [(found, bisect_right(found, after, key=lambda one: one[0])) for found in lists]
        coming = [found[place] for found, place in places if place < len(found)]
        return min(coming, key=lambda one: one[0])[1] if coming else None

    def last(self, many: int) -> list[Entry]:
        """Return the last steps, oldest first."""
        return [step for _, step in self._all[-many:]]


class OfBill(NamedTuple):
    """The steps that are about one bill: those about every bill, and its own."""

    every: StepsTaken
    own: StepsTaken

    def first(self, after: tuple[Any, ...], kinds: Set[str] | None = None) -> Entry | None:
        """Return the first step after a moment, of these kinds or of any; None where is none."""
        found = (taken.first(after, kinds) for taken in self)
        return min(filter(None, found), key=_moment, default=None)

    def last(self, many: int) -> list[Entry]:
        """Return the last steps, oldest first."""
        return sorted((*self.every.last(many), *self.own.last(many)), key=_moment)[-many:]

    def said(self, due: date) -> Entry | None:
        """Return the last step since the day after a bill was due; None where there was none."""
        last = self.last(1)
        return last[0] if last and last[0].day > due else None


def reached(ladder: Ladder, due: date, taken: OfBill) -> Reached:
    """Return how far up `ladder` a bill due on `due` is by the steps `taken` about it.

    A step goes to the first rung above that is of its kind; one that is of no rung above is said
    once more, and its days begin anew. A talk counts for whatever rung comes first.
    """
    at, said = -1, taken.said(due)
    entry = taken.first((due, datetime.max.replace(tzinfo=UTC)))
    while entry is not None:
        higher = (n for n, rung in enumerate(ladder.rungs) if n > at and rung.kind == entry.kind)
        at = next(higher, max(at, 0))
        entry = taken.first(_moment(entry), {rung.kind for rung in ladder.rungs[at + 1 :]})
    rung = ladder.rungs[at] if at >= 0 else None
    after = ladder.rungs[at + 1] if at + 1 < len(ladder.rungs) else None
    wait = after.wait if after else ladder.again
    since = said.day if said else None
    return Reached(rung, since, after, (since or due) + timedelta(days=wait))


def _moment(step: Entry) -> _Moment:
    return step.day, step.occurred_at, step.seq
