"""The rules outside the score: each looks at the facts and speaks, or does not (SCORING D5).

What was put right is no crossing, and what is partly mine or of a hardship is half of one
(`Incident.weight`). Each rule can be checked by hand: it counts, and says what it counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.decision.facts import (
    CHASING,
    HOSTILE,
    MEMORY,
    MONEY,
    SPOKEN,
    STATED,
    WATCH,
    Facts,
    Incident,
)
from store.decision.kind import Classified
from store.decision.model import Money, Rule, Verdict
from store.decision.money_rules import late_as_a_habit, pay_later, terms_broken

TALK = 3.0
"""Severities that add up to a talk: a serious incident, or three small ones."""
AGAIN = 3.0
"""Times that the same line is crossed at a real cost before it is plain that it will be again."""


def not_heeded(facts: Facts) -> Rule | None:
    """R3: a boundary was stated, then crossed twice more (SEEDS rows 24 and 25, D11.4).

    A talk, a warning or a notice states one; expectations and a no do, once there was an incident.
    Half a year without a crossing lifts it.
    """
    before = [one for one in facts.incidents if one.boundary and one.age <= MEMORY]
    oldest = max((one.age for one in before), default=0)
    stated = [
        step
        for step in facts.steps
        if step.age <= MEMORY
        and (step.kind in SPOKEN or (step.kind in STATED and step.age <= oldest))
    ]
    if not stated:
        return None
    first = max(stated, key=lambda step: step.age)
    since = [one for one in before if one.age <= WATCH and one.weight and one.age < first.age]
    if _times(since) < 2:
        return None
    reason = f"You told them where the line is, and they have crossed it {len(since)} times since."
    return Rule(
        "R3", "They do not listen", reason, "walk-away", (first.seq, *(one.seq for one in since))
    )


def blocked(facts: Facts) -> Rule | None:
    """R4: work has waited 30 days for an answer after three notices (SEEDS rows 8 and 16)."""
    kinds = CHASING | {"expectations"}
    still_open = {one.seq for one in facts.replies if one.open}
    told = [
        step.seq
        for step in facts.steps
        if step.kind in kinds
        and step.age <= facts.blocked_asked
        and not still_open.isdisjoint(step.asks)
    ]
    if facts.blocked < 30 or len(told) < 3:
        return None
    waiting = tuple(one.seq for one in facts.replies if one.open and one.ratio > 1)
    reason = f"They have kept your work waiting {facts.blocked} days, over {len(told)} notices."
    return Rule("R4", "Not allowed to work", reason, "set-boundaries", (*waiting, *told))


def hostility(facts: Facts) -> Rule | None:
    """R5: abuse, threat or public attack, by how bad it was (D11.3).

    A threat, or an attack that is severe or comes on a second day, ends the relation; once, mild,
    and followed by a prompt apology it is only watched. What was partly mine asks for a talk.
    """
    acts = [one for one in facts.incidents if one.kind in HOSTILE and one.age <= MEMORY]
    if not acts:
        return None
    evidence = tuple(one.seq for one in acts)
    theirs = [one for one in acts if not one.mine]
    if any(one.severity == 3 or one.kind == "threat" for one in theirs):
        reason = "Abuse, a threat or a public attack this bad is not for you to bear."
        return Rule("R5", "A serious attack", reason, "walk-away", evidence)
    if len({one.age for one in theirs}) > 1:
        reason = "They attacked you more than once."
        return Rule("R5", "Attacked again", reason, "walk-away", evidence)
    if all(one.prompt for one in acts):
        reason = "An outburst, and an apology soon after: worth watching, no more."
        return Rule("R5", "An outburst, apologised for", reason, "keep", evidence)
    if not theirs:
        reason = "They attacked you over something that was partly your own doing: talk it over."
        return Rule("R5", "Attacked, and not without cause", reason, "set-boundaries", evidence)
    reason = "They attacked you, and have not put it right at once."
    return Rule("R5", "Attacked once", reason, "set-boundaries", evidence)


def pattern(facts: Facts) -> Rule | None:
    """R10: trouble of half a year that adds up: enough for a talk (SEEDS rows 24, 60).

    Severities are added: one serious incident, two that hurt, or three small ones, which are also
    the three dated facts that the talk is built from. Money has its own ladder, terms their rule.
    """
    live = [
        one
        for one in facts.incidents
        if one.kind not in MONEY | HOSTILE | {"contract-breach"} and one.age <= WATCH and one.weight
    ]
    if sum(one.severity * one.weight for one in live) < TALK:
        return None
    evidence = tuple(one.seq for one in live)
    if len(live) == 1:
        reason = "Something serious happened, and nobody put it right."
        return Rule("R10", "A serious incident", reason, "set-boundaries", evidence)
    reason = f"{len(live)} incidents in 180 days that nobody put right: do not let it settle in."
    return Rule("R10", "A pattern", reason, "set-boundaries", evidence)


def same_again(facts: Facts) -> Rule | None:
    """R11: the same line crossed three times at a real cost, and not one good day (rows 53, 60).

    A severity of 2 or 3 says that an agreement was broken or money lost. An agreement is a line
    already drawn: to break the same one three times in half a year, with nothing on the other side
    of the scale, is not to listen. One good day or bill paid in time, and a talk comes first.
    """
    if facts.good_lately:
        return None
    by_kind: dict[str, list[Incident]] = {}
    for one in facts.incidents:
        if one.boundary and one.severity >= 2 and one.age <= WATCH and one.weight:
            by_kind.setdefault(one.kind, []).append(one)
    worst = max(by_kind.values(), key=_times, default=[])
    if _times(worst) < AGAIN:
        return None
    label = worst[0].kind.replace("-", " ").capitalize()
    reason = f"{label} {len(worst)} times in 180 days, at a real cost, and not one good day."
    evidence = tuple(one.seq for one in worst)
    return Rule("R11", "The same again and again", reason, "walk-away", evidence)


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


def owing(money: Money) -> Rule | None:
    """R2: the ladder of a debt has reached a rung that asks for more than patience (ladder.py)."""
    if money.verdict == "keep":
        return None
    return Rule("R2", money.title, money.reason, money.verdict, money.evidence)


RULES: tuple[Callable[[Facts], Rule | None], ...] = (
    pay_later,
    not_heeded,
    blocked,
    hostility,
    my_promise,
    terms_broken,
    pattern,
    same_again,
    late_as_a_habit,
)


def standing_rules(facts: Facts, money: Money, kind: Classified) -> tuple[Rule, ...]:
    """Return every rule that speaks, in order of its number, with the exceptions in force."""
    spoken = [owing(money), *(rule(facts) for rule in RULES), cannot_satisfy(kind)]
    left = {one.rule: one.left for one in sorted(facts.waivers, key=lambda one: one.left)}
    found = [_excepted(rule, left.get(rule.id)) for rule in spoken if rule]
    return tuple(sorted(found, key=lambda rule: int(rule.id[1:])))


def _excepted(rule: Rule, left: int | None) -> Rule:
    return rule if left is None or rule.verdict == "keep" else replace(rule, excepted=left)


def repair_first(rules: tuple[Rule, ...], kind: Classified, verdict: Verdict) -> Rule | None:
    """R7: a client with problems is helped before they are left (SEEDS rows 69 to 72).

    Caps walking away at what the money says, unless R1, R2 or R5 is what says to go.
    """
    if kind.kind != "client with problems" or verdict != "walk-away":
        return None
    if any(r.id in ("R1", "R2", "R5") and r.says == "walk-away" for r in rules):
        return None
    reason = "They have problems rather than being one: try one repair before you leave."
    stop = any(rule.says == "stop-work" for rule in rules)
    return Rule("R7", "Repair first", reason, "stop-work" if stop else "set-boundaries")


def _times(incidents: list[Incident]) -> float:
    return sum(one.weight for one in incidents)
