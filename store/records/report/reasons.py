"""Why you part: facts on the docket that a reason may rest on, the best evidenced first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from store.docket import Docket
from store.entries import Entry
from store.errors import UsageError
from store.records.dispute.selection import shown_docket
from store.records.dispute.words import partly_mine

FEWEST: Final = 2
"""How many dated entries a reason rests on at least (SEEDS row 87)."""
MOST: Final = 4
"""How many of them are named at most: a reason is a sentence, not a list."""

_WRITTEN = frozenset({"email", "chat", "letter", "platform"})
_SOURCES = frozenset({"message", "document"})
_PROMPT_DAYS = 2

# Each completes "I am not able to meet your needs because ..."; none says whose fault it is.
_KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "the approvals that the work waited for did not come in time",
        ("approval-block",),
    ),
    ("I did not get the access that the work needs", ("access-withheld",)),
    ("we see differently how the work should be done", ("advice-overridden",)),
    (
        "what you need goes beyond what we agreed and what I can offer",
        ("scope-creep", "expectation-gap", "contract-breach"),
    ),
    (
        "you need more rounds of changes than I can offer",
        ("rework", "micro-change"),
    ),
    ("the meetings that the work needs did not take place", ("no-show",)),
    (
        "you need me at hours and at a speed that I cannot offer",
        ("off-hours", "rush-demand"),
    ),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that completes "I am not able to meet your needs because", and its evidence.

    `entries` are the numbers of those that evidence it best, oldest first; `points` are theirs
    together (see `points_of`), `exhibits` and `written` count those with a file or in writing.
    `count` is how many entries show the fact in all.
    """

    sentence: str
    entries: tuple[int, ...]
    points: int
    exhibits: int
    written: int
    count: int


def reasons(docket: Docket, most: int = 3) -> tuple[Reason, ...]:
    """Return up to `most` facts that two or more entries show, the best evidenced first.

    Pure. Only entries count that a record may show, that stand (not voided) and that are not
    partly my own doing. A fact has the points of its best entries, up to MOST of them; of the same
    points, more entries win, then the order they are tried in: replies, payments, other kinds.
    """
    shown = shown_docket(docket)
    found = [
        _reason(sentence, find(shown))
        for sentence, find in (*_FACTS, *((said, _of_kinds(kinds)) for said, kinds in _KINDS))
    ]
    fit = [reason for reason in found if len(reason.entries) >= FEWEST]
    return tuple(sorted(fit, key=lambda one: (-one.points, -one.count))[:most])


def points_of(entry: Entry) -> int:
    """Return how much one entry is worth as evidence, 1 to 6 (RECORDS C1).

    1 for being on the docket with its date, 2 more for an exhibit, 1 for writing (its channel or
    its source), 1 for a quote, 1 for being recorded within two days.
    """
    prompt = entry.lag_days <= _PROMPT_DAYS
    return 1 + 2 * bool(entry.exhibits) + in_writing(entry) + bool(entry.quotes) + prompt


def in_writing(entry: Entry) -> bool:
    """Whether the fact reached me, or left me, in writing."""
    return (
        entry.channel in _WRITTEN
        or entry.source in _SOURCES
        or getattr(entry.data, "in_writing", None) is True
        or entry.kind == "invoice"
    )


def cited(whole: Docket, shown: Docket, seqs: Iterable[int]) -> tuple[Entry, ...]:
    """Return the entries that a reason rests on, oldest first; `shown` is what may be handed over.

    Raises UsageError where there are fewer than two, or where one is not there, was voided, is a
    correction, or is kept out of records.
    """
    numbers = sorted(set(seqs))
    if len(numbers) < FEWEST:
        raise UsageError(
            "A reason rests on two dated entries or more",
            f"{len(numbers) or 'none'} is named",
            f"Name them, such as --entries 12,15; docket report {whole.client} --reasons offers "
            "some",
        )
    found = [_cited(whole, shown, seq) for seq in numbers]
    return tuple(sorted(found, key=lambda entry: (entry.occurred_at, entry.seq)))


def _cited(whole: Docket, shown: Docket, seq: int) -> Entry:
    name, one = f"{whole.client}#{seq}", whole.find(seq)
    if one is None:
        raise UsageError(f"There is no entry {name}", "", f"See `docket show {whole.client}`")
    why = ""
    if one.void:
        why = f"it was voided by #{one.void.seq}"
    elif one.entry.group in ("correction", "agreement"):
        why = f"it is of the kind {one.entry.kind}, which tells of no such fact"
    elif shown.find(seq) is None:
        why = "it is kept out of what is handed over"
    if why:
        raise UsageError(f"A reason cannot rest on {name}", why, "Name another entry")
    return one.entry


def _reason(sentence: str, entries: Sequence[Entry]) -> Reason:
    best = sorted(entries, key=points_of, reverse=True)[:MOST]
    best.sort(key=lambda entry: (entry.occurred_at, entry.seq))
    return Reason(
        sentence=sentence,
        entries=tuple(entry.seq for entry in best),
        points=sum(map(points_of, best)),
        exhibits=sum(bool(entry.exhibits) for entry in best),
        written=sum(map(in_writing, best)),
        count=len(entries),
    )


def _replies(docket: Docket) -> list[Entry]:
    """Requests answered after their day or not at all, and the notes of silence."""
    over = [one.seq for one in docket.requests if one.days_over(docket.today)]
    return _fair(docket, over, "no-reply", "late-reply")


def _payments(docket: Docket) -> list[Entry]:
    """Invoices paid after their due date or not at all, and the notes of it."""
    late = [one.seq for one in docket.ledger.invoices if one.days_late(docket.today) > 0]
    return _fair(docket, late, "late-payment", "non-payment", "pay-later")


def _of_kinds(kinds: tuple[str, ...]) -> Callable[[Docket], list[Entry]]:
    return lambda docket: _fair(docket, (), *kinds)


def _fair(docket: Docket, seqs: Iterable[int], *kinds: str) -> list[Entry]:
    """Return these entries and those of `kinds`, oldest first, without my own doing."""
    wanted = set(seqs)
    return [
        entry
        for entry in docket.counted
        if (entry.seq in wanted or entry.kind in kinds) and not partly_mine(entry)
    ]


_FACTS: Final[tuple[tuple[str, Callable[[Docket], list[Entry]]], ...]] = (
    ("I did not get the answers that the work needs in time", _replies),
    ("I need invoices to be paid by their due date, and that did not work out", _payments),
)
