"""The rules about money beside the ladder: pay later, terms broken, late as a habit."""

from __future__ import annotations

from store.decision.arithmetic import ORDINARY_DAYS_LATE
from store.decision.counted import Counted
from store.decision.factors import LAST
from store.decision.facts import SPOKEN, STATED, WATCH, Facts
from store.decision.kind import good_years
from store.decision.model import Debt
from store.decision.scale import Verdict
from store.settings.policy import Policy

HABIT = 3
"""Late payments among the last six that make it a habit."""
STILL = 7
"""Days late after the talk that say nothing has changed; less is a talk that helped a little."""
UNCHANGED = 2
"""Late payments after the talk about it, which say that nothing will change."""


def pay_later(facts: Facts, policy: Policy) -> Counted:
    """R1: they asked for more work while owing, and put payment off.

    Once is enough, and it does not lapse; only a written exception lifts it, for a while.
    """
    asked = tuple(one.seq for one in facts.incidents if one.kind == "pay-later")
    return Counted(
        "R1",
        "Keep working, pay later",
        "times they asked for work while owing",
        len(asked),
        str(len(asked)),
        ((1, "walk-away"),),
        "They asked you to keep working while they owe you money. Once is enough.",
        asked,
        len(asked),
    )


def owing(money: Debt) -> Counted:
    """R2: the ladder of a debt has reached a rung that asks for more than patience (ladder.py)."""
    owed = money.since or 0
    reached = int(money.verdict != "keep")
    return Counted(
        "R2",
        money.title,
        f"money is {money.rung}" + (f", {owed} days" if owed else ""),
        reached,
        str(reached),
        ((1, money.verdict),) if reached else (),
        money.reason,
        money.evidence,
        round(owed / 30, 2),
    )


def terms_broken(facts: Facts, policy: Policy) -> Counted:
    """R9: a written term was broken; badly, and while they owe money, it is bad faith."""
    broken = [
        one
        for one in facts.incidents
        if one.kind == "contract-breach" and one.age <= WATCH and one.weight
    ]
    badly = any(one.severity == 3 and not one.mine for one in broken)
    title, verdict = "Terms broken", "set-boundaries"
    reason = "They broke a written term, and have not put it right."
    if facts.owing_since is not None and badly:
        title, verdict = "Bad faith about the terms", "walk-away"
        reason = "They broke a written term badly, and owe you money."
    asked: Verdict = "walk-away" if verdict == "walk-away" else "set-boundaries"
    evidence = tuple(one.seq for one in broken)
    points = sum(one.severity * one.weight for one in broken)
    value = len(broken)
    return Counted(
        "R9", title, "terms broken", value, str(value), ((1, asked),), reason, evidence, points
    )


def late_as_a_habit(facts: Facts, policy: Policy) -> Counted:
    """R13: three of the last six bills were paid late, or are: talk; no change after it: leave.

    Paying on time is respect for time and work, so it is worth a talk even where all came in. Who
    pays within a week since the talk has changed something. With
    no invoice on the docket, late payments logged in half a year stand in. A hardship that years
    of good days stand behind is no habit.
    """
    late = [] if facts.circumstances and good_years(facts) else _came_late(facts)
    of = " payments in 180 days"
    if facts.billed:
        of = f" of the last {min(LAST, len(facts.late))} bills"
    talked = _talked(facts)
    since = [
        seq for seq, age, days in late if talked is not None and age < talked[1] and days > STILL
    ]
    unchanged = len(since) >= UNCHANGED
    asked: Verdict = "walk-away" if unchanged else "set-boundaries"
    reason = f"{len(late)}{of} came late: say when you are paid, and what follows if not."
    if talked is not None and unchanged:
        reason = f"{len(late)}{of} came late, {len(since)} of them after you talked about it."
    seqs = tuple(seq for seq, *_ in late)
    return Counted(
        "R13",
        "Late as a habit",
        f"bills late of the last six ({len(since)} after the talk about it)",
        len(late),
        str(len(late)),
        ((HABIT, asked),),
        reason,
        (*seqs, talked[0]) if talked is not None and unchanged else seqs,
        len(late),
    )


def _came_late(facts: Facts) -> list[tuple[int, int, int]]:
    """Return what came late, by number, age and days late: of the last bills, or as logged."""
    if facts.billed:
        last = facts.late[-LAST:]
        return [(one.seq, one.age, one.days) for one in last if one.days > ORDINARY_DAYS_LATE]
    logged = [one for one in facts.incidents if one.kind == "late-payment" and one.age <= WATCH]
    return [(one.seq, one.age, STILL + 1) for one in logged if one.weight]


def _talked(facts: Facts) -> tuple[int, int] | None:
    """Return the first talk about paying late, by number and age; None where there was none.

    What names a request, or anything else that is not money, was not about that.
    """
    late = [one for one in facts.late if one.days > ORDINARY_DAYS_LATE]
    oldest = max((one.age for one in late), default=0)
    if not facts.billed:
        oldest = max((o.age for o in facts.incidents if o.kind == "late-payment"), default=0)
    said = [
        (step.age, step.seq)
        for step in facts.steps
        if step.kind in SPOKEN | STATED
        and step.age < oldest
        and not step.asks
        and (step.money or not step.named)
    ]
    age, seq = max(said, default=(0, 0), key=lambda one: (one[0], -one[1]))
    return (seq, age) if said else None
