"""The dated facts that a talk is built from: only what is logged, the best evidenced first."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from store.docket import Docket
from store.entries import KINDS, Entry, IncidentData
from store.entries.kinds import kinds_that
from store.languages import ENGLISH
from store.text import top_line
from store.tone.check import tone

ENOUGH_FACTS: Final = 3
"""Facts of a talk: fewer are an opinion, more are a list of charges."""
_DAYS: Final = 180
"""Days back that a fact is looked for: what is older is history."""
_TOLD: Final = kinds_that(
    lambda kind: (
        kind.group == "incident"
        and not {"money", "nothing", "view", "hostility"}.intersection(kind.weighs)
    )
)


def dated_facts(docket: Docket) -> list[Entry]:
    """Return up to three incidents for a talk, by day: those with the best evidence, worst first.

    What was partly mine is left out, and so are money and attacks, which have steps of their own.
    """
    since = docket.today - timedelta(days=_DAYS)
    found = [one for one in docket.kind(*_TOLD) if one.day >= since and not _mine(one)]
    best = sorted(found, key=_evidence, reverse=True)[:ENOUGH_FACTS]
    return sorted(best, key=lambda one: (one.day, one.seq))


def told_in(entry: Entry, day: str, code: str) -> str:
    """Return a fact as a line of a letter in a language: the day, and what is logged of it.

    Where the words of an entry judge, the kind of it is told instead, in neutral words of English;
    in another language such a fact is left out, for it has no words of its own there.
    """
    line = top_line(entry.statement).strip().rstrip(".")
    if not line or tone(line):
        kind = KINDS[entry.kind]
        line = (kind.neutral or kind.label) if code == ENGLISH else ""
    return f"- {day}: {line}" if day and line else line


def _mine(entry: Entry) -> bool:
    return isinstance(entry.data, IncidentData) and entry.data.my_share


def _evidence(entry: Entry) -> tuple[bool, bool, int, object]:
    """Return how good an entry is as a fact: with a file, in their words, how bad, how new."""
    severity = entry.data.severity if isinstance(entry.data, IncidentData) else 1
    return bool(entry.exhibits), bool(entry.quotes), severity, (entry.day, entry.seq)
