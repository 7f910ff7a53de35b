"""What a facts sheet shows: what has a day and may have a document, and no words (advice 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from store.docket import Docket
from store.entries import AmendmentData, Entry
from store.records.options import RecordOptions

_DAY = frozenset({"occurred_at", "precision"})


def only_moves(data: Mapping[str, Any]) -> bool:
    """Whether an amendment with this data corrects nothing but the day."""
    changes = data.get("changes", {})
    return bool(changes) and set(changes) <= _DAY


def with_documents(docket: Docket, shown: Iterable[Entry], options: RecordOptions) -> set[int]:
    """Return the numbers of what a facts sheet lists.

    What was withdrawn is not on it, nor what was moved to another day by a correction that says
    more than the day, nor what has a reason in words. Of corrections it has those of days alone,
    with their reason, and addenda that bring documents.
    """
    dated = {
        one.seq
        for one in docket.standing
        if one.original.kind in options.chosen_kinds
        and one.counts
        and _no_words(one.original)
        and all(map(_tells_no_more, one.amendments))
        and options.covers(one.entry.day)
    }
    beside = {
        entry.seq
        for entry in shown
        if any(link.seq in dated for link in entry.links)
        and (_is_move(entry) or (entry.kind == "addendum" and entry.exhibits and _no_words(entry)))
    }
    return (dated | beside) & {entry.seq for entry in shown}


def _tells_no_more(amendment: Entry) -> bool:
    """Whether an amendment leaves the day alone, or corrects nothing else."""
    return _is_move(amendment) or not (_changes(amendment) & _DAY)


def _is_move(entry: Entry) -> bool:
    return bool(_changes(entry)) and _changes(entry) <= _DAY


def _changes(entry: Entry) -> set[str]:
    return set(entry.data.changes) if isinstance(entry.data, AmendmentData) else set()


def _no_words(entry: Entry) -> bool:
    return not any(link.reason for link in entry.links)
