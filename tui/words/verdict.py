"""A verdict in words, the same on the command line and on the screen."""

from __future__ import annotations

from store.decision import VERDICT, VERDICTS, Assessment, Unsaid
from store.decision.words import to_do
from store.playbook.step import watch_words
from store.text import plural

__all__ = ["near_words", "strongest", "to_do", "unsaid_words", "watch_lines"]

STRONGEST = 3
"""Reasons that are given; the rest is for those who ask."""
_NUMBERS = 3


def strongest(found: Assessment) -> list[str]:
    """Return the strongest reasons, gravest first: rules that spoke, else the heaviest signs."""
    ranked = sorted(found.rules, key=lambda rule: -VERDICTS.index(rule.says))
    told = [
        f"{rule.title} ({rule.id}, {rule.says.replace('-', ' ')}){_entries(rule.evidence)}"
        for rule in ranked
        if rule.excepted is None
    ]
    signs = sorted(
        (sign for sign in found.factors if sign.burden and sign.name != "exposure"),
        key=lambda sign: -(sign.burden or 0),
    )
    told += [f"{sign.label}: {sign.detail}" for sign in signs if not told]
    return told[:STRONGEST] or ["No rule speaks, and no sign of trouble is on record"]


def near_words(found: Assessment) -> str:
    """Return which other verdict is one fact away, and the fact; empty where none is."""
    if found.near is None:
        return ""
    other = VERDICT[found.near.verdict].said.lower()
    return (
        f"Close to another verdict: {other}, if {found.near.fact}{_entries(found.near.evidence)}."
    )


def watch_lines(found: Assessment) -> list[str]:
    """Return the watch after a talk, as one line, where there is one and it is not over yet."""
    if found.watched is None or found.watched.until < found.as_of:
        return []
    said = watch_words(found.watched.until, found.watched.left)
    return [f"{said[:1].upper()}{said[1:]}."]


def unsaid_count(unsaid: Unsaid, how: str = "") -> str:
    """Return what it is that was left unsaid: so many incidents, and the bills that are owed."""
    said = [f"{plural(unsaid.count, 'incident')}{how}"] if unsaid.count else []
    owed = ["money is owed"] if len(unsaid.evidence) > unsaid.count or not said else []
    return ", and ".join([*said, *owed])


def unsaid_words(unsaid: Unsaid) -> str:
    """Return what was left unsaid, and for how long."""
    count = unsaid_count(unsaid, " unanswered")
    days = plural(unsaid.days, "day")
    if unsaid.since is None:
        return f"Nothing said since the first trouble {days} ago; {count}"
    ago = plural(unsaid.since, "day")
    return f"You last said something {ago} ago, and nothing about what came since; {count}"


def _entries(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return ""
    more = " ..." if len(numbers) > _NUMBERS else ""
    return f" [{' '.join(f'#{number}' for number in numbers[:_NUMBERS])}{more}]"
