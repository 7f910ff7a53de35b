"""Tells a problem client from a client with problems, by points (advice 54 to 61)."""

from __future__ import annotations

from dataclasses import dataclass

from store.decision.facts import HOSTILE, MONEY, SILENCE, WATCH, Facts
from store.decision.model import ClientKind

QUIET = 90
EARLY = 60
YEARS = 730
GOOD_DAYS = 2


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind, its points (problem client, client with problems), and the repairs behind it."""

    kind: ClientKind
    points: tuple[int, int]
    evidence: tuple[int, ...] = ()


def classify(facts: Facts) -> Classified:
    """Return the kind of client; two points of difference decide.

    Nobody is called a problem client before two repairs were tried and at most a quarter accepted.
    """
    tried = facts.repairs
    accepted = sum(step.worked or 0 for step in tried) / len(tried) if tried else None
    refusing = accepted is not None and len(tried) >= 2 and accepted <= 0.25
    accepting = accepted is not None and len(tried) >= 2 and accepted >= 0.6
    # What was put right, or is partly mine, is no sign of a problem client.
    recent = [one for one in facts.incidents if one.age <= WATCH and one.weight == 1]
    complaints = {one.kind for one in recent if one.kind not in MONEY | SILENCE}
    problem = 2 * refusing + sum(
        (
            len(complaints) >= 3,
            _from_the_start(facts),
            _came_back(facts),
            any(one.kind in HOSTILE for one in recent),
        )
    )
    troubled = 2 * accepting + sum(
        (
            bool(facts.circumstances),
            _quiet_before(facts),
            _partly_mine(facts),
            good_years(facts),
        )
    )
    evidence = tuple(step.seq for step in tried)
    kind: ClientKind = "undetermined"
    if problem - troubled >= 2 and refusing:
        kind = "problem client"
    elif troubled - problem >= 2:
        kind = "client with problems"
    return Classified(kind, (problem, troubled), evidence)


def _from_the_start(facts: Facts) -> bool:
    """Whether trouble began in the first 60 days."""
    return facts.age is not None and any(
        facts.age - one.age <= EARLY and one.weight == 1 for one in facts.incidents
    )


def _came_back(facts: Facts) -> bool:
    """Whether the same complaint came again after a repair that had landed."""
    landed = [step.age for step in facts.repairs if step.worked == 1]
    ages: dict[str, list[int]] = {}
    for one in facts.incidents:
        ages.setdefault(one.kind, []).append(one.age)
    return any(max(seen) >= age > min(seen) for seen in ages.values() for age in landed)


def _quiet_before(facts: Facts) -> bool:
    """Whether 90 days or more were quiet before the present trouble, or up to now."""
    if facts.age is None:
        return False
    began = max((one.age for one in facts.incidents if one.age <= WATCH), default=0)
    older = [one.age for one in facts.incidents if one.age > WATCH]
    return min([*older, facts.age]) - began >= QUIET


def _partly_mine(facts: Facts) -> bool:
    """Whether 40 % of the incidents are partly mine, or about what was never written down."""
    mine = sum(one.mine for one in facts.incidents)
    return mine > 0 and mine / len(facts.incidents) >= 0.4


def good_years(facts: Facts) -> bool:
    """Whether good days were logged over two years or more together."""
    return facts.age is not None and facts.age >= YEARS and facts.good_days >= GOOD_DAYS
