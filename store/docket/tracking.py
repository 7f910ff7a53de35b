"""What is waited for: requests and their answers, promises and what came of them, blocked days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from store.entries import Entry, PartialAnswerData, PromiseData, RequestData, Side

RELEASED: Final = "promise-released"
"""The kind of entry that ends a promise that was neither kept nor broken."""


@dataclass(frozen=True, slots=True)
class PartialAnswer:
    """A part of an answer, which leaves the request open: what came, and what is still missing."""

    seq: int
    day: date
    statement: str
    missing: str


@dataclass(frozen=True, slots=True)
class Request:
    """Something asked of the client; open while `answered` is None."""

    seq: int
    statement: str
    asked: date
    needed_by: date | None
    reply_days: int
    answered: date | None = None
    answer_seq: int | None = None
    parts: tuple[PartialAnswer, ...] = ()

    @property
    def expected(self) -> date:
        """The day an answer was due: the day it was needed, else the agreed reply time."""
        return self.needed_by or self.asked + timedelta(days=self.reply_days)

    def waited(self, today: date) -> int:
        """Days from asking to the answer, or to `today` while there is none."""
        return max(0, ((self.answered or today) - self.asked).days)

    def days_over(self, today: date) -> int:
        """Days the answer is, or was, overdue; 0 if it came in time."""
        return max(0, ((self.answered or today) - self.expected).days)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something one side said it would do; `kept` is None until that is known.

    `released` says that whoever it was made to let it go, or that somebody else took it on.
    """

    seq: int
    by: Side
    statement: str
    made: date
    due: date
    kept: bool | None = None
    released: bool = False
    settled_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be kept, as far as is known."""
        return self.kept is None and not self.released

    def overdue(self, today: date) -> bool:
        """Whether its day has passed with no word of it being kept."""
        return self.open and today > self.due


def requests(entries: Sequence[Entry], reply_days: int) -> tuple[Request, ...]:
    """Return every request, oldest first, joined to its first answer and what came before it.

    What they accepted, they answered.
    """
    answers: dict[int, Entry] = {}
    parts: dict[int, list[Entry]] = {}
    for entry in entries:
        link = entry.link("answers", "accepts")
        if link:
            answers.setdefault(link.seq, entry)
        elif entry.kind == "partial-answer" and entry.followed:
            parts.setdefault(entry.followed.seq, []).append(entry)
    found = []
    for entry in entries:
        if isinstance(entry.data, RequestData):
            answer = answers.get(entry.seq)
            found.append(
                Request(
                    seq=entry.seq,
                    statement=entry.statement,
                    asked=entry.day,
                    needed_by=entry.data.needed_by,
                    reply_days=reply_days,
                    answered=answer.day if answer else None,
                    answer_seq=answer.seq if answer else None,
                    parts=tuple(_part(one) for one in parts.get(entry.seq, ())),
                )
            )
    return tuple(sorted(found, key=lambda request: (request.asked, request.seq)))


def _part(entry: Entry) -> PartialAnswer:
    missing = entry.data.missing if isinstance(entry.data, PartialAnswerData) else None
    return PartialAnswer(entry.seq, entry.day, entry.statement, missing or "")


def promises(entries: Sequence[Entry]) -> tuple[Promise, ...]:
    """Return every promise, by due date, joined to what came of it (advice 67)."""
    outcomes: dict[int, tuple[bool | None, Entry]] = {}
    for entry in entries:
        link = entry.link("keeps", "breaks")
        if link:
            outcomes[link.seq] = (link.rel == "keeps", entry)
        elif entry.kind == RELEASED and entry.followed:
            outcomes[entry.followed.seq] = (None, entry)
    found = []
    for entry in entries:
        if isinstance(entry.data, PromiseData):
            kept, settled = outcomes.get(entry.seq, (None, None))
            found.append(
                Promise(
                    seq=entry.seq,
                    by=entry.data.by,
                    statement=entry.statement,
                    made=entry.day,
                    due=entry.data.due,
                    kept=kept,
                    released=settled is not None and kept is None,
                    settled_on=settled.day if settled else None,
                )
            )
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.seq)))


def blocked_days(asked: Iterable[Request], today: date) -> int:
    """Return the days work was blocked by the client: the union of overdue answers (advice 8)."""
    return union_days(
        (request.expected, request.answered or today)
        for request in asked
        if request.days_over(today) > 0
    )


def union_days(spans: Iterable[tuple[date, date]]) -> int:
    """Return the days that spans, each from one day to another, make up together."""
    return sum((end - start).days for start, end in disjoint(spans))


def disjoint(spans: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """Yield spans that make up the same days, in order, no day in two of them."""
    reached = date.min
    for start, end in sorted(spans):
        start = max(start, reached)
        if end > start:
            yield start, end
            reached = end
