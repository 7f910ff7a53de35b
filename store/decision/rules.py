"""The rules about how they treat you: each counts something, and asks for more from a line on.

What was put right does not count, and what is partly mine or of a hardship counts half
(`Incident.weight`). Numbers of rules that went (R6 as it was, R7, R11, R12) are not used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from store.decision.counted import Counted, Limit, spelled_sum
from store.decision.facts import (
    CHASING,
    HOSTILE,
    MEMORY,
    MONEY,
    SILENCE,
    SPOKEN,
    STATED,
    WATCH,
    Facts,
    Incident,
    Step,
)
from store.decision.literal import literal_tests
from store.decision.model import Watched
from store.settings.policy import Policy
from store.text import plural

TRIFLE = 0.5
"""What a crossing of the mildest sort counts beside good days: two of them end nothing."""
CROSSED = 2
"""Times that a line drawn is crossed, after which they do not listen."""
WATCHING = 60
"""Days that are watched after a talk."""
TALK = 3
"""Severities that add up to a talk: a serious incident, or three small ones."""
GRAVE = 3
"""The severity of a serious incident; a threat is one, however it was meant."""
HURTS = 2
"""The least that an attack counts, so that two of them end it."""
ATTACKED = 4
"""Severities of attacks, the worst of each day, that nothing good outweighs."""
REFUSED = 2
"""Repairs that were refused, after which nothing satisfies them."""
WAITED = 30
"""Days that work waits for an answer, after which they do not let you work."""
SIGNS = 2
"""Plain signs, of four, that the client is more than the work."""


def not_heeded(facts: Facts, policy: Policy) -> Counted:
    """R3: you said where the line is, or what you want, and it did not help.

    A talk, a warning or a notice says so; expectations and a no do, once there was an incident.
    What is counted is each crossing since, or once that what was said is known not to have helped.
    Where good days of a year stand beside them, the mildest count half. Where none do and something
    serious is live, it counts double: there is nothing to save by saying it again.
    """
    before = [one for one in facts.incidents if one.boundary and one.age <= MEMORY]
    live = [one for one in before if one.age <= WATCH and one.weight]
    said = _said(facts, before)
    first = max(said, key=lambda step: step.age, default=None)
    since = [one for one in live if first is not None and one.age < first.age]
    trifle = TRIFLE if facts.good_lately else 1
    times = [one.weight * (trifle if one.severity == 1 else 1) for one in since]
    failed = [step for step in _asked(facts) if step.worked == 0] if live else []
    if failed and sum(times) < 1:
        times = [1.0]
    if not facts.good_lately and any(_grave(one) for one in live):
        times = [2 * one for one in times]
    value, how = spelled_sum(times)
    told = {step.seq: None for step in ([first] if first and since else failed)}
    reason = f"You told them where the line is, and they have crossed it {len(since)} times since."
    if not since or len(since) < CROSSED:
        reason = "Something serious happened, what you said did not help, and nothing good weighs."
    return Counted(
        "R3",
        "They do not listen",
        "times it did not help that you said it",
        value,
        how,
        ((CROSSED, "walk-away"),),
        reason,
        (*told, *(one.seq for one in (since or live))),
        value,
    )


def watched(facts: Facts, policy: Policy, today: date) -> Watched | None:
    """Return the watch that what was said last has begun, if it goes on, with what R3 counts."""
    before = [one for one in facts.incidents if one.boundary and one.age <= MEMORY]
    said = [step for step in _said(facts, before) if step.kind in SPOKEN]
    if not said:
        return None
    last = min(said, key=lambda step: (step.age, -step.seq))
    first = max(step.age for step in _said(facts, before))
    counted = not_heeded(facts, policy)
    since = [one for one in before if one.age <= WATCH and one.weight and one.age < first]
    until = today + timedelta(days=WATCHING - last.age)
    if counted.value >= CROSSED or (until < today and not since):
        return None
    crossings = tuple(one.seq for one in sorted(since, key=lambda one: (-one.age, one.seq)))
    said_on = today - timedelta(days=last.age)
    return Watched(last.seq, said_on, until, crossings, CROSSED - counted.value)


def blocked(facts: Facts, policy: Policy) -> Counted:
    """R4: they do not let you work: tell them so, and after the notices let them go.

    Notices are what was said about a request that is still open; the last one that counts has had
    its days to help. Who answered in time what was asked since the first of them is not silent. A
    hardship they told of halves the days.
    """
    still_open = {one.seq for one in facts.replies if one.open}
    told = [
        step
        for step in facts.steps
        if step.kind in CHASING | {"expectations"}
        and step.age <= facts.blocked_asked
        and not still_open.isdisjoint(step.asks)
    ]
    unheard = [
        step
        for step in told
        if step.worked == 0 or (step.worked != 1 and step.age >= policy.reminder_days)
    ]
    first = max((step.age for step in unheard), default=0)
    answering = any(not one.open and one.ratio <= 1 and one.age < first for one in facts.replies)
    gone = len(unheard) >= policy.notices and not answering
    value = facts.blocked / (2 if facts.circumstances else 1)
    how = f"{facts.blocked} * 0.5" if facts.circumstances else f"{facts.blocked}"
    waiting = tuple(one.seq for one in facts.replies if one.open and one.ratio > 1)
    over = f", over {plural(len(told), 'notice')}" if told else ", and you have not said a word"
    reason = f"They have kept your work waiting {plural(facts.blocked, 'day')}{over}."
    return Counted(
        "R4",
        "Not allowed to work",
        f"days that work waits ({len(unheard)} of {policy.notices} notices unheard)",
        value,
        how,
        ((WAITED, "walk-away" if gone else "set-boundaries"),),
        reason,
        (*waiting, *(step.seq for step in told)) if value >= WAITED else (),
        round(value / 30, 2),
    )


def hostility(facts: Facts, policy: Policy) -> Counted:
    """R5: abuse, threats and public attacks, by how bad they were and how often.

    The worst of each day counts with its severity, two at the least, half where it was partly
    mine. One serious attack ends it where nothing good stands beside it in a year; with good days
    it is said once. What was put right asks for one step less, once.
    """
    acts = [one for one in facts.incidents if one.kind in HOSTILE and one.age <= MEMORY]
    by_day: dict[int, float] = {}
    for one in acts:
        by_day[one.age] = max(by_day.get(one.age, 0), _force(one))
    value, how = spelled_sum(by_day.values())
    sorry = bool(acts) and all(one.made_good for one in acts)
    softened = sorry or facts.good_lately
    lines: tuple[Limit, ...] = ((0.5, "set-boundaries"), (GRAVE, "walk-away"))
    if softened:
        lines = ((0.5, "set-boundaries"), (ATTACKED, "walk-away"))
    if sorry and value < GRAVE:
        lines = ((0.5, "keep"), (ATTACKED, "walk-away"))
    title, reason = _attacked(acts, value, lines)
    evidence = tuple(one.seq for one in acts)
    return Counted(
        "R5", title, "severities of attacks, by day", value, how, lines, reason, evidence, value
    )


def _attacked(acts: list[Incident], value: float, lines: tuple[Limit, ...]) -> tuple[str, str]:
    """What is said of attacks."""
    often = len({one.age for one in acts}) > 1
    if value >= lines[-1][0]:
        if often:
            return "Attacked again", "They attacked you more than once."
        reason = "Abuse, a threat or a public attack this bad is not for you to bear."
        return "A serious attack", reason
    if lines[0][1] == "keep":
        reason = "An outburst, and it was put right: worth watching, no more."
        return "An outburst, put right", reason
    if acts and all(one.mine for one in acts):
        reason = "They attacked you over something that was partly your own doing: talk it over."
        return "Attacked, and not without cause", reason
    if value >= GRAVE:
        reason = "They attacked you badly, after better days: say it once, and clearly."
        return "A serious attack, after better days", reason
    return "Attacked", "They attacked you, and have not put it right."


def cannot_satisfy(facts: Facts, policy: Policy) -> Counted:
    """R6: two repairs were refused, none was accepted, and trouble of theirs beside money goes on.

    What is partly my own doing is not theirs: a repair that failed there is mine to do again.
    """
    tried = facts.repairs
    live = any(
        one.age <= WATCH and one.weight and not one.mine and one.kind not in MONEY | SILENCE
        for one in facts.incidents
    )
    landed = any(step.worked for step in tried)
    value = len(tried) if live and not landed else 0
    return Counted(
        "R6",
        "Cannot be satisfied",
        "repairs refused, none accepted",
        value,
        str(value),
        ((REFUSED, "walk-away"),),
        "You tried to put things right at least twice, and nothing satisfies them.",
        tuple(step.seq for step in tried),
        value,
    )


def pattern(facts: Facts, policy: Policy) -> Counted:
    """R10: trouble of half a year that adds up: enough for a talk.

    One serious incident, two that hurt, or three small ones, which are also the three dated facts
    that the talk is built from. Money has its own ladder, attacks and terms their own rule.
    """
    live = [
        one
        for one in facts.incidents
        if one.kind not in MONEY | HOSTILE | {"contract-breach"} and one.age <= WATCH and one.weight
    ]
    value, how = spelled_sum(one.severity * one.weight for one in live)
    title = "A serious incident" if len(live) == 1 else "A pattern"
    reason = f"{len(live)} incidents in 180 days that nobody put right: do not let it settle in."
    if len(live) == 1:
        reason = "Something serious happened, and nobody put it right."
    evidence = tuple(one.seq for one in live)
    lines: tuple[Limit, ...] = ((TALK, "set-boundaries"),)
    return Counted(
        "R10",
        title,
        "severities of 180 days that nobody put right",
        value,
        how,
        lines,
        reason,
        evidence,
        value,
    )


def more_than_the_work(facts: Facts, policy: Policy) -> Counted:
    """R14: two plain signs of four say that the client is more than the work: a talk is due."""
    signs = literal_tests(facts)
    passed = [one.label for one in signs if one.passed]
    reason = f"The client is more than the work: {'; '.join(_lower(one) for one in passed)}."
    evidence = facts.hours.evidence if facts.hours and signs[0].passed else ()
    return Counted(
        "R14",
        "More than the work",
        "plain signs that the client is more than the work",
        len(passed),
        str(len(passed)),
        ((SIGNS, "set-boundaries"),),
        reason,
        evidence,
        len(passed),
    )


def my_promise(facts: Facts, policy: Policy) -> Counted:
    """R8: you are late with something you promised; it comes first, whatever is decided."""
    late = tuple(one.seq for one in facts.my_pledges if one.broken)
    reason = "You are late with something you promised: do it, or be released from it, first."
    return Counted(
        "R8",
        "Your own promise is late",
        "promises of yours that are late",
        len(late),
        str(len(late)),
        ((1, "keep"),),
        reason,
        late,
    )


def _said(facts: Facts, before: Iterable[Incident]) -> list[Step]:
    """Return the steps of a year that drew a line, and do not say they are about something else."""
    oldest = max((one.age for one in before), default=0)
    return [
        step
        for step in facts.steps
        if step.age <= MEMORY
        and not step.elsewhere
        and (step.kind in SPOKEN or (step.kind in STATED and step.age <= oldest))
    ]


def _asked(facts: Facts) -> list[Step]:
    """Return what was said or done about trouble of half a year: lines drawn, and asked for."""
    kinds = SPOKEN | STATED | {"escalate"}
    return [s for s in facts.steps if s.age <= WATCH and s.kind in kinds and not s.elsewhere]


def _grave(one: Incident) -> bool:
    return one.severity >= GRAVE and one.weight == 1


def _force(one: Incident) -> float:
    """How bad an attack was: never a trifle, and a threat is serious; what is mine counts half."""
    severity = GRAVE if one.kind == "threat" else max(HURTS, one.severity)
    return severity / 2 if one.mine else float(severity)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
