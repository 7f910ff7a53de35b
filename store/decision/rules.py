"""The rules outside the score: each looks at the facts and speaks, or does not (SCORING D5)."""

from __future__ import annotations

from collections.abc import Callable

from store.decision.facts import CHASING, HOSTILE, MONEY, SPOKEN, STATED, Facts
from store.decision.kind import Classified
from store.decision.model import Rule, Verdict
from store.decision.money_rules import MEMORY, WATCH, pay_later, terms_broken, unpaid

PATTERN_WINDOW = 90


def not_heeded(facts: Facts) -> Rule | None:
    """R3: a boundary was stated, then crossed twice more (SEEDS rows 24 and 25, D11.4).

    A talk, a warning or a notice states one; expectations and a no do, once there was an incident.
    Half a year without a crossing lifts it, and one that was made good is none.
    """
    before = [one for one in facts.incidents if one.boundary and one.age <= MEMORY]
    oldest = max((one.age for one in before), default=0)
    crossed = [one for one in before if one.age <= WATCH and not one.made_good]
    stated = [
        step
        for step in facts.steps
        if step.age <= MEMORY
        and (step.kind in SPOKEN or (step.kind in STATED and step.age <= oldest))
    ]
    if not stated:
        return None
    first = max(stated, key=lambda step: step.age)
    since = [one.seq for one in crossed if one.age < first.age]
    if len(since) < 2:
        return None
    reason = f"You told them where the line is, and they have crossed it {len(since)} times since."
    return Rule("R3", "They do not listen", reason, "walk-away", (first.seq, *since))


def blocked(facts: Facts) -> Rule | None:
    """R4: work has waited 30 days for an answer after three notices (SEEDS rows 8 and 16)."""
    kinds = CHASING | {"expectations"}
    told = [s.seq for s in facts.steps if s.kind in kinds and s.age <= facts.blocked_asked]
    if facts.blocked < 30 or len(told) < 3:
        return None
    waiting = tuple(one.seq for one in facts.replies if one.open and one.ratio > 1)
    reason = f"They have kept your work waiting {facts.blocked} days, over {len(told)} notices."
    return Rule("R4", "Not allowed to work", reason, "set-boundaries", (*waiting, *told))


def hostility(facts: Facts) -> Rule | None:
    """R5: abuse, threat or public attack, by how bad it was (D11.3).

    Severe, or on a second day, it ends the relation; once, mild, and followed by a prompt apology
    it is only watched.
    """
    acts = [one for one in facts.incidents if one.kind in HOSTILE and one.age <= MEMORY]
    if not acts:
        return None
    evidence = tuple(one.seq for one in acts)
    if any(one.severity == 3 for one in acts):
        reason = "Abuse, a threat or a public attack this bad is not for you to bear."
        return Rule("R5", "A serious attack", reason, "walk-away", evidence)
    if len({one.age for one in acts}) > 1:
        reason = "They attacked you more than once."
        return Rule("R5", "Attacked again", reason, "walk-away", evidence)
    if all(one.prompt for one in acts):
        reason = "An outburst, and an apology soon after: worth watching, no more."
        return Rule("R5", "An outburst, apologised for", reason, "keep", evidence)
    reason = "They attacked you, and have not put it right at once."
    return Rule("R5", "Attacked once", reason, "set-boundaries", evidence)


def pattern(facts: Facts) -> Rule | None:
    """R10: three incidents in 90 days, or a serious one: enough for a talk (SEEDS rows 24, 60).

    Three dated facts are what the talk is built from. Money has its own ladder.
    """
    live = [
        one
        for one in facts.incidents
        if one.kind not in MONEY and one.age <= PATTERN_WINDOW and not one.made_good
    ]
    evidence = tuple(one.seq for one in live)
    if len(live) >= 3:
        reason = f"{len(live)} incidents in 90 days that nobody put right: do not let it settle in."
        return Rule("R10", "A pattern", reason, "set-boundaries", evidence)
    elsewhere = HOSTILE | {"contract-breach"}  # R5 and R9 speak of those
    serious = tuple(one.seq for one in live if one.severity == 3 and one.kind not in elsewhere)
    if serious:
        reason = "Something serious happened, and nobody put it right."
        return Rule("R10", "A serious incident", reason, "set-boundaries", serious)
    return None


def my_promise(facts: Facts) -> Rule | None:
    """R8: I am late with something I promised; it comes first, whatever is decided (row 88)."""
    late = tuple(one.seq for one in facts.my_pledges if one.broken)
    if not late:
        return None
    reason = "You are late with something you promised: do it, or be released from it, first."
    return Rule("R8", "Your own promise is late", reason, "keep", late)


def cannot_satisfy(kind: Classified) -> Rule | None:
    """R6: a problem client: nothing you put right satisfies them (SEEDS rows 57 and 61)."""
    if kind.kind != "problem client":
        return None
    reason = "You tried to put things right at least twice, and nothing satisfies them."
    return Rule("R6", "Cannot be satisfied", reason, "walk-away", kind.evidence)


RULES: tuple[Callable[[Facts], Rule | None], ...] = (
    pay_later,
    unpaid,
    not_heeded,
    blocked,
    hostility,
    my_promise,
    terms_broken,
    pattern,
)


def standing_rules(facts: Facts, kind: Classified) -> tuple[Rule, ...]:
    """Return every rule that speaks, in order of its number."""
    spoken = [*(rule(facts) for rule in RULES), cannot_satisfy(kind)]
    return tuple(sorted((rule for rule in spoken if rule), key=lambda rule: int(rule.id[1:])))


def repair_first(rules: tuple[Rule, ...], kind: Classified, verdict: Verdict) -> Rule | None:
    """R7: a client with problems is helped before they are left (SEEDS rows 69 to 72).

    Caps walking away at what the money says, unless R1, R2 or R5 is what says to go.
    """
    if kind.kind != "client with problems" or verdict != "walk-away":
        return None
    if any(r.id in ("R1", "R2", "R5") and r.verdict == "walk-away" for r in rules):
        return None
    reason = "They have problems rather than being one: try one repair before you leave."
    stop = any(rule.verdict == "stop-work" for rule in rules)
    return Rule("R7", "Repair first", reason, "stop-work" if stop else "set-boundaries")
