"""The rules about money beside the ladder: pay later, terms broken, late as a habit."""

from __future__ import annotations

from store.decision.arithmetic import ORDINARY_DAYS_LATE
from store.decision.facts import WATCH, Facts
from store.decision.kind import good_years
from store.decision.model import Rule

HABIT = 3
"""Late payments among the last six that make it a habit."""
LAST = 6


def pay_later(facts: Facts) -> Rule | None:
    """R1: they asked for more work while owing, and put payment off (SEEDS row 27).

    Once is enough, and it does not lapse; only a written exception lifts it, for a while (row 28).
    """
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


def terms_broken(facts: Facts) -> Rule | None:
    """R9: a written term was broken; badly, and while they owe money, it is bad faith (D11.5)."""
    broken = [
        one
        for one in facts.incidents
        if one.kind == "contract-breach" and one.age <= WATCH and one.weight
    ]
    if not broken:
        return None
    evidence = tuple(one.seq for one in broken)
    badly = any(one.severity == 3 and not one.mine for one in broken)
    if facts.owing_since is not None and badly:
        reason = "They broke a written term badly, and owe you money."
        return Rule("R9", "Bad faith about the terms", reason, "walk-away", evidence)
    reason = "They broke a written term, and have not put it right."
    return Rule("R9", "Terms broken", reason, "set-boundaries", evidence)


def late_as_a_habit(facts: Facts) -> Rule | None:
    """R12: three of the last six bills were paid late, or are: not on time as a rule (row 43).

    Paying on time is respect for time and work, so it is worth a talk even where all came in. With
    no invoice on the docket, three late payments logged in half a year stand in. A hardship that
    years of good days stand behind is no habit (D11.7).
    """
    if facts.circumstances and good_years(facts):
        return None
    late = [one.seq for one in facts.late[-LAST:] if one.days > ORDINARY_DAYS_LATE]
    if not facts.billed:
        late = [
            one.seq
            for one in facts.incidents
            if one.kind == "late-payment" and one.age <= WATCH and one.weight
        ]
    if len(late) < HABIT:
        return None
    last = min(LAST, len(facts.late))
    of = f" of the last {last} bills" if facts.billed else " payments in 180 days"
    reason = f"{len(late)}{of} came late: say when you are paid, and what follows if not."
    return Rule("R12", "Late as a habit", reason, "set-boundaries", tuple(late))
