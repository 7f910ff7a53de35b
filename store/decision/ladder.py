"""Money as a ladder: which rung a debt has reached, read from bills, payments, steps and promises.

A debt goes up by what happened, not by its sum: missed, reminded, piled up, unheard, promise
broken, refused, stopped, gone. Payment takes it down at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.decision.facts import CHASING, MEMORY, Facts, Pledge, Step
from store.decision.kind import good_years
from store.decision.model import Debt, Stage
from store.decision.scale import VERDICTS, Verdict
from store.settings.policy import Policy
from store.text import plural

WORD = 14
"""Days overdue after which a word about it is due: write, with a date."""
LONG = 90
"""Days overdue after which nobody can have forgotten it, reminded or not."""
PILE = 30
"""Days the oldest of several bills is overdue, after which they are no oversight any more."""

BY_RUNG: dict[Stage, Verdict] = {
    "unknown": "keep",
    "clear": "keep",
    "missed": "keep",
    "reminded": "keep",
    "piled-up": "stop-work",
    "unheard": "stop-work",
    "promise-broken": "stop-work",
    "refused": "stop-work",
    "stopped": "stop-work",
    "gone": "walk-away",
}
HOLDABLE: tuple[Stage, ...] = ("missed", "reminded", "piled-up", "unheard")
"""The rungs that a hardship they told of can hold."""


@dataclass(frozen=True, slots=True)
class _Reached:
    rung: Stage
    title: str
    reason: str
    evidence: tuple[int, ...] = ()


def money_state(facts: Facts, policy: Policy) -> Debt:
    """Return how far up the ladder the debt is, and the verdict that goes with it."""
    stopped = facts.stopped
    since = facts.owing_since
    if since is None:
        known = facts.billed or bool(facts.late)
        title = "Nothing is overdue" if known else "No bill is on the docket"
        reached = _Reached("clear" if known else "unknown", title, "")
        evidence: tuple[int, ...] = ()
    else:
        reached = _reached(facts, policy)
        evidence = tuple(dict.fromkeys((*facts.owed_by, *reached.evidence)))
    days = since or 0
    held = "" if since is None else _held(facts, reached.rung)
    verdict = BY_RUNG[reached.rung]
    if reached.rung == "missed" and not _rest(facts):
        days = _oldest(facts)
        verdict = "stop-work" if days >= LONG else "set-boundaries" if days >= WORD else "keep"
    elif reached.rung == "reminded" and days >= LONG:
        verdict = "set-boundaries"
    if held:
        verdict = _one_milder(verdict)
    reason = f"{reached.reason} {held}".strip()
    return Debt(
        rung=reached.rung,
        verdict=verdict,
        title=reached.title,
        reason=reason,
        since=since,
        held=held,
        stopped=None if stopped is None else stopped.age,
        worked_on=round(facts.worked_on, 2),
        evidence=(*evidence, *(facts.circumstances if held else ())),
    )


def _until_paid(facts: Facts, since: int) -> _Reached | None:
    """The rung of work that was stopped over what is owed, if it was."""
    stopped = facts.stopped
    if stopped is None or stopped.age > since or (stopped.named and not stopped.money):
        return None
    reason = "You stopped the work, and the money has not come."
    return _Reached("stopped", "Stopped until paid", reason, (stopped.seq,))


def _reached(facts: Facts, policy: Policy) -> _Reached:
    """The highest rung of a debt there is."""
    broken = _broken(facts)
    if len(broken) >= 2:
        reason = f"They promised to pay by a day {len(broken)} times, and did not."
        return _Reached("gone", "Promise upon promise", reason, broken)
    since = facts.owing_since or 0
    if stopped := _until_paid(facts, since):
        return stopped
    refused = [one for one in facts.unpaid if one.kind == "non-payment"]
    refusal = _Reached(
        "refused",
        "Refused to pay",
        "They will not pay, or not what was agreed.",
        tuple(one.seq for one in refused),
    )
    if any(not one.mine for one in refused):
        return refusal
    if broken:
        reason = "They promised to pay by a day, and did not."
        return _Reached("promise-broken", "A broken promise to pay", reason, broken)
    sent = [s for s in facts.steps if s.kind in CHASING and s.money and s.age <= since]
    if unheard := _unheard(facts, sent, since, policy):
        return unheard
    if piled := _piled(facts):
        reason = (
            f"{len(piled)} bills are overdue, the oldest for {max(one.age for one in facts.owed)} "
            "days: each hour you work on adds to them."
        )
        return _Reached("piled-up", "Bills pile up", reason, piled)
    if refused:
        return refusal
    if sent:
        reason = (
            f"Money is overdue; the reminder has {plural(policy.reminder_days, 'day')} to help."
        )
        return _Reached("reminded", "Reminded", reason, tuple(step.seq for step in sent))
    return _missed(facts)


def _missed(facts: Facts) -> _Reached:
    """The lowest rung, by how long nothing has been said."""
    since = _oldest(facts)
    if since >= WORD and not _rest(facts):
        title = "Long overdue, and nothing said" if since >= LONG else "Overdue, and nothing said"
        reason = f"Money is {since} days overdue, and you have not said a word about it."
        return _Reached("missed", title, reason)
    reason = "A due date was missed: a friendly reminder is the next step."
    return _Reached("missed", "A due date missed", reason)


def _held(facts: Facts, rung: Stage) -> str:
    """Say why the debt counts one rung less; empty if it does not.

     A refusal over something partly mine is settled by putting that right (advice 66). A hardship
    they told of holds it while a dated plan stands, or where years of good days stand behind it;
    neither holds a promise that was broken, or a refusal.
    """
    if rung == "refused" and all(one.mine for one in facts.unpaid if one.kind == "non-payment"):
        return "It is partly your own doing: put that right first."
    if rung == "missed" and _rest(facts):
        return "What is left is a twentieth of the bill at the most: ask for it once."
    if not facts.circumstances or rung not in HOLDABLE:
        return ""
    if any(_standing(pledge) for pledge in facts.client_pledges):
        return "They told you of a hardship, and a dated plan stands."
    if good_years(facts):
        return "They told you of a hardship, and years of good days stand behind them."
    return ""


def _unheard(facts: Facts, sent: Sequence[Step], since: int, policy: Policy) -> _Reached | None:
    """Return the rung of a reminder, or an excuse, that its days went by after; None before."""
    unheard = tuple(
        step.seq
        for step in sent
        if step.worked == 0 or (step.worked != 1 and step.age >= policy.reminder_days)
    )
    if unheard:
        reason = "Money is overdue, and your reminder did not help."
        return _Reached("unheard", "A reminder ignored", reason, unheard)
    put_off = tuple(
        one.seq
        for one in facts.incidents
        if one.kind == "excuse" and policy.reminder_days <= one.age <= since
    )
    if put_off:
        reason = "They gave a reason instead of the money, and have not paid since."
        return _Reached("unheard", "Put off", reason, put_off)
    return None


def _oldest(facts: Facts) -> int:
    """Days over of the oldest that is owed today; what was paid meanwhile is left out."""
    return max([one.age for one in facts.owed] + [one.age for one in facts.unpaid])


def _rest(facts: Facts) -> bool:
    """Whether all that is owed is what a bank's fee or a slip may leave of a bill."""
    return not facts.unpaid and all(one.rest for one in facts.owed)


def _standing(pledge: Pledge) -> bool:
    return not pledge.broken and pledge.due_in >= 0


def _one_milder(verdict: Verdict) -> Verdict:
    return VERDICTS[max(0, VERDICTS.index(verdict) - 1)]


def _piled(facts: Facts) -> tuple[int, ...]:
    """Bills that fell due one after the other and are all owed, the oldest for a month or more.

    Nobody overlooks two of them, and to work on tells them it is fine; so it needs no reminder that
    failed. A bill in two parts, due on one day, is one bill.
    """
    ages = {one.age for one in facts.owed}
    if len(ages) < 2 or max(ages) < PILE:
        return ()
    return tuple(one.seq for one in facts.owed)


def _broken(facts: Facts) -> tuple[int, ...]:
    """Dated promises they made while owing, and did not keep."""
    since = facts.owing_since or 0
    return tuple(
        one.seq for one in facts.client_pledges if one.broken and one.made <= min(since, MEMORY)
    )
