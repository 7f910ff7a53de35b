"""How near another verdict is: single facts that are open to doubt, each tried the other way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from store.decision.facts import REPAIRS, SPOKEN, STATED, WATCH, Facts, Incident, Step
from store.decision.literal import literal_tests
from store.decision.model import Near, Robustness
from store.decision.rules import SIGNS
from store.decision.scale import VERDICTS, Verdict
from store.decision.weigh import Weighed, weigh

TRIED = 3
"""Incidents whose facts are tried: the last of those that count."""


class Doubt(NamedTuple):
    """A fact that would settle it, the entries it is about, and the facts if it were so."""

    fact: str
    evidence: tuple[int, ...]
    facts: Facts


def doubts(facts: Facts) -> Iterator[Doubt]:
    """Yield the facts open to doubt, those most easily settled first."""
    for step in _untold(facts):
        label = step.kind.replace("-", " ")
        failed = _came_of(facts, step, 0.0)
        yield Doubt(f"the {label} did not help", (step.seq,), failed)
        helped = replace(_came_of(facts, step, 1.0), incidents=_settled(facts, step))
        yield Doubt(f"the {label} helped", (step.seq,), helped)
    for one in _lately(facts):
        label = one.kind.replace("-", " ")
        if not one.mine:
            yield _incident(facts, one, f"the {label} was partly your own doing", mine=True)
        if one.severity > 1:
            fact = f"the {label} was less bad, severity {one.severity - 1}"
            yield _incident(facts, one, fact, severity=one.severity - 1)
        if one.severity < 3:
            fact = f"the {label} was worse, severity {one.severity + 1}"
            yield _incident(facts, one, fact, severity=one.severity + 1)
    signs = literal_tests(facts)
    known = sum(one.passed is True for one in signs)
    if known == SIGNS - 1 and facts.stress is None and facts.message_dread is None:
        felt = replace(facts, stress=(10.0, 0.0), message_dread=10.0)
        yield Doubt("a check-in says that they weigh on you more than the work", (), felt)


def how_near(facts: Facts, weighed: Weighed) -> tuple[Near | None, Robustness]:
    """Return the nearest other verdict, if one fact gives it, and how far the verdict holds."""
    if weighed.verdict == "not-enough":
        return None, Robustness(1.0, fragile=False, equal_weights=weighed.rank)
    tried = held = 0
    found: list[tuple[int, Near]] = []
    for doubt in doubts(facts):
        other: Verdict = weigh(doubt.facts, weighed.policy).verdict
        tried += 1
        held += other == weighed.verdict
        if other != weighed.verdict:
            away = abs(VERDICTS.index(other) - VERDICTS.index(weighed.verdict))
            found.append((away, Near(other, doubt.fact, doubt.evidence)))
    near = min(found, key=lambda one: one[0])[1] if found else None
    share = round(held / tried, 2) if tried else 1.0
    return near, Robustness(share, fragile=near is not None, equal_weights=weighed.rank)


def _untold(facts: Facts) -> list[Step]:
    """Return the last talk and the last repair of half a year of which nobody said what came."""
    found = []
    for kinds in (SPOKEN | STATED, REPAIRS):
        known = [s for s in facts.steps if s.kind in kinds and s.worked is None and s.age <= WATCH]
        found += [min(known, key=lambda step: (step.age, -step.seq))] if known else []
    return found


def _came_of(facts: Facts, step: Step, worked: float) -> Facts:
    steps = tuple(
        one._replace(worked=worked) if one.seq == step.seq else one for one in facts.steps
    )
    return replace(facts, steps=steps)


def _settled(facts: Facts, step: Step) -> tuple[Incident, ...]:
    """Return the incidents as they are if `step` put right what did not happen again after it."""
    if step.elsewhere:
        return facts.incidents
    again = {one.kind for one in facts.incidents if one.age < step.age}
    return tuple(
        one if one.kind in again else one._replace(made_good=True) for one in facts.incidents
    )


def _lately(facts: Facts) -> list[Incident]:
    live = [one for one in facts.incidents if one.age <= WATCH and one.weight]
    return sorted(live, key=lambda one: (one.age, -one.severity, one.kind))[:TRIED]


def _incident(facts: Facts, of: Incident, fact: str, **so: int) -> Doubt:
    others = tuple(one._replace(**so) if one.seq == of.seq else one for one in facts.incidents)  # type: ignore[arg-type]
    return Doubt(fact, (of.seq,), replace(facts, incidents=others))
