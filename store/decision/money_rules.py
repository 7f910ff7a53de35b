"""The rules about money: a ladder of rungs and a state, not a score (SCORING D11.5)."""

from __future__ import annotations

from store.decision.facts import CHASING, Facts
from store.decision.model import Rule

GRACE = 7
"""Days a reminder is given before it counts as ignored."""
WATCH = 180
"""Days a crossed line or a broken term is held against them."""
MEMORY = 365
"""Days attacks, broken promises and talks are remembered. R1 does not lapse (SEEDS row 27)."""


def pay_later(facts: Facts) -> Rule | None:
    """R1: they asked for more work while owing, and put payment off (SEEDS row 27)."""
    asked = [one.seq for one in facts.incidents if one.kind == "pay-later"]
    if not asked:
        return None
    return Rule(
        "R1",
        "Keep working, pay later",
        "They asked you to keep working while they owe you money. Once is enough.",
        "walk-away",
        tuple(asked),
    )


def unpaid(facts: Facts) -> Rule | None:
    """R2: the due date was missed, and what should have helped did not (SEEDS rows 35 to 37).

    Lifts on payment. A second broken promise ends it; a hardship with a dated plan that is being
    kept holds an ignored reminder one rung back.
    """
    if facts.owing_since is None:
        return None
    owed = facts.owed_by
    broken = _broken(facts)
    if len(broken) >= 2:
        reason = f"They promised to pay by a day {len(broken)} times, and did not."
        return Rule("R2", "Promise upon promise", reason, "walk-away", (*owed, *broken))
    if broken:
        reason = "They promised to pay by a day, and did not."
        return Rule("R2", "A broken promise to pay", reason, "stop-work", (*owed, *broken))
    refused = [one.seq for one in facts.unpaid if one.kind == "non-payment"]
    if refused:
        reason = "They will not pay, or not what was agreed."
        return Rule("R2", "Refused to pay", reason, "stop-work", owed)
    if facts.stopped is not None:
        reason = "You stopped the work, and the money has not come."
        return Rule("R2", "Stopped until paid", reason, "stop-work", (*owed, facts.stopped))
    ignored = _ignored(facts)
    if not ignored:
        return None
    if facts.circumstances and any(not p.broken and p.due_in >= 0 for p in facts.client_pledges):
        reason = "A reminder went by, but they told you of a hardship and a dated plan stands."
        evidence = (*owed, *ignored, *facts.circumstances)
        return Rule("R2", "Owing, with a plan", reason, "set-boundaries", evidence)
    reason = "Money is overdue, and your reminder did not help."
    return Rule("R2", "A reminder ignored", reason, "stop-work", (*owed, *ignored))


def terms_broken(facts: Facts) -> Rule | None:
    """R9: a written term was broken; badly, and while they owe money, it is bad faith (D11.5)."""
    broken = [
        one
        for one in facts.incidents
        if one.kind == "contract-breach" and one.age <= WATCH and not one.made_good
    ]
    if not broken:
        return None
    evidence = tuple(one.seq for one in broken)
    if facts.owing_since is not None and any(one.severity == 3 for one in broken):
        reason = "They broke a written term badly, and owe you money."
        return Rule("R9", "Bad faith about the terms", reason, "walk-away", evidence)
    reason = "They broke a written term, and have not put it right."
    return Rule("R9", "Terms broken", reason, "set-boundaries", evidence)


def _broken(facts: Facts) -> tuple[int, ...]:
    """Dated promises they made while owing, and did not keep."""
    since = facts.owing_since or 0
    return tuple(
        one.seq for one in facts.client_pledges if one.broken and one.made <= min(since, MEMORY)
    )


def _ignored(facts: Facts) -> tuple[int, ...]:
    """Reminders since the money was due that did not help."""
    since = facts.owing_since or 0
    return tuple(
        step.seq
        for step in facts.steps
        if step.kind in CHASING
        and step.age <= since
        and (step.worked is False or (step.worked is None and step.age >= GRACE))
    )
