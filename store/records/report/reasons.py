"""Why you part: facts on the docket that a reason may rest on, the best evidenced first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from store.docket import Docket
from store.entries import KINDS, Entry
from store.entries.kinds import Ground
from store.errors import UsageError
from store.records.dispute.selection import shown_docket
from store.records.dispute.words import partly_mine
from store.records.texts import Texts

FEWEST: Final = 2
"""How many dated entries a reason rests on at least (advice 87)."""
MOST: Final = 4
"""How many of them are named at most: a reason is a sentence, not a list."""

_WRITTEN = frozenset({"email", "chat", "letter", "platform"})
_SOURCES = frozenset({"message", "document"})
_PROMPT_DAYS = 2

_GROUNDS: Final[tuple[Ground, ...]] = (
    *("replies", "payments", "approvals", "access", "advice", "scope", "rounds", "meetings"),
    "hours",
)
"""In the order they are tried."""


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


def reason_begins(texts: Texts) -> str:
    """Return how the sentence begins that a reason completes."""
    return texts.plain_text("report.begins")


def reasons(docket: Docket, texts: Texts, most: int = 3) -> tuple[Reason, ...]:
    """Return up to `most` facts that two or more entries show, the best evidenced first.

    Pure. Only entries count that a record may show, that stand (not voided) and that are not
    partly my own doing. A fact has the points of its best entries, up to MOST of them; of the same
    points, more entries win, then the order they are tried in: replies, payments, other kinds.
    """
    shown = shown_docket(docket)
    found = [
        _reason(texts.plain_text(f"report.ground.{ground}"), _evidence(shown, ground))
        for ground in _GROUNDS
    ]
    fit = [reason for reason in found if len(reason.entries) >= FEWEST]
    return tuple(sorted(fit, key=lambda one: (-one.points, -one.count))[:most])


def points_of(entry: Entry) -> int:
    """Return how much one entry is worth as evidence, 1 to 6.

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


def _evidence(docket: Docket, ground: Ground) -> list[Entry]:
    """Return what shows that ground, oldest first, without what is partly my own doing.

    Beside the kinds that say so: requests answered after their day or not at all, and invoices
    paid after their due date or not at all.
    """
    seqs: set[int] = set()
    if ground == "replies":
        seqs = {one.seq for one in docket.requests if one.days_over(docket.today)}
    elif ground == "payments":
        seqs = {one.seq for one in docket.ledger.invoices if one.days_late(docket.today) > 0}
    return [
        entry
        for entry in docket.counted
        if (entry.seq in seqs or KINDS[entry.kind].ground == ground) and not partly_mine(entry)
    ]
