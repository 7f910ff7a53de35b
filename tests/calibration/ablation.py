"""What each rule and each fact is worth: the verdicts without it, beside those with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from unittest.mock import patch

from store.decision import ladder
from store.decision.facts import Facts, Waiver
from store.decision.weigh import RULES, weigh
from store.settings.policy import Policy
from tests.calibration.errors import TRUTHS, Truth
from tests.calibration.known import TITLES, Known, of_set

RULE_IDS = ("R1", "R2", "R3", "R4", "R5", "R6", "R8", "R9", "R10", "R13", "R14")
"""Every rule of the model: R2, which reads the ladder, and those that read facts."""
assert len(RULE_IDS) == len(RULES) + 1
NEVER = 10**6


class Worth(NamedTuple):
    """What leaving a part out does: verdicts it makes right, and verdicts it makes wrong."""

    mended: int
    spoiled: int


def _incidents(**so: Any) -> Callable[[Facts], Facts]:
    """Return what makes every incident so."""

    def changed(facts: Facts) -> Facts:
        incidents = tuple(one._replace(**so) for one in facts.incidents)
        unpaid = tuple(one._replace(**so) for one in facts.unpaid)
        return replace(facts, incidents=incidents, unpaid=unpaid)

    return changed


def _without_hardship(facts: Facts) -> Facts:
    return replace(_incidents(strained=False)(facts), circumstances=())


def _untold(facts: Facts) -> Facts:
    return replace(facts, steps=tuple(one._replace(worked=None) for one in facts.steps))


FACTS: dict[str, Callable[[Facts], Facts]] = {
    "what was put right": _incidents(made_good=False),
    "how bad it was": _incidents(severity=2),
    "own share": _incidents(mine=False),
    "hardship": _without_hardship,
    "good days": lambda facts: replace(facts, good_days=0, good_lately=0),
    "what was said": lambda facts: replace(facts, steps=()),
    "whether it helped": _untold,
    "promises": lambda facts: replace(facts, client_pledges=()),
    "check-ins": lambda facts: replace(facts, stress=None, message_dread=None),
    "hours and rate": lambda facts: replace(facts, hours=None, earned=None),
    "open questions": lambda facts: replace(facts, blocked=0, blocked_asked=0),
}
"""Every fact that the rules count by, and the facts of a case without it."""
NUMBERS = {
    "bills that pile up": "PILE",
    "a word is due": "WORD",
    "long overdue": "LONG",
}
"""The days of the ladder; each left out is a number that is never reached."""


def without_rule(case: Known, rule: str) -> str:
    """Return the verdict as if a written exception held `rule` back."""
    facts = replace(case.facts, waivers=(*case.facts.waivers, Waiver(0, rule, 0)))
    return weigh(facts, Policy()).verdict


def without_fact(case: Known, name: str) -> str:
    """Return the verdict as if nothing were known of the fact called `name`."""
    return weigh(FACTS[name](case.facts), Policy()).verdict


def without_number(case: Known, name: str) -> str:
    """Return the verdict as if the ladder did not know the days called `name`."""
    with patch.object(ladder, NUMBERS[name], NEVER):
        return weigh(case.facts, Policy()).verdict


def ablated(cases: Sequence[Known]) -> Iterator[tuple[str, list[str]]]:
    """Yield every part of the model, and the verdicts of the cases without it."""
    for rule in RULE_IDS:
        yield rule, [without_rule(case, rule) for case in cases]
    for name in FACTS:
        yield name, [without_fact(case, name) for case in cases]
    for name in NUMBERS:
        yield name, [without_number(case, name) for case in cases]


def worth(cases: Sequence[Known], said: Sequence[str], truth: Truth) -> Worth:
    """Return how many verdicts are mended and spoiled where `said` stands for ours."""
    mended = spoiled = 0
    for case, other in zip(cases, said, strict=True):
        true = truth(case)
        mended += case.verdict != true == other
        spoiled += case.verdict == true != other
    return Worth(mended, spoiled)


def table(cases: Sequence[Known]) -> str:
    """Return the ablation as text: for each set and truth, what leaving the part out does."""
    sets = [name for name in TITLES if name != "both"]
    lines = [
        "what each part is worth: verdicts made right (+) and wrong (-) by leaving it out",
        f"  {'':<20}changed" + "".join(f"{f'{name}: label':>16}{'panel*':>10}" for name in sets),
    ]
    for part, said in ablated(cases):
        by_id = dict(zip((case.id for case in cases), said, strict=True))
        changed = sum(case.verdict != other for case, other in zip(cases, said, strict=True))
        row = f"  {part:<20}{changed:>7}"
        for name in sets:
            told = of_set(cases, name)
            other = [by_id[case.id] for case in told]
            for width, truth in zip((16, 10), TRUTHS.values(), strict=True):
                mended, spoiled = worth(told, other, truth)
                row += f"{f'+{mended} -{spoiled}':>{width}}"
        lines.append(row)
    note = "  A part that changes nothing here may still be asked for: see MODEL.md for its reason."
    return "\n".join([*lines, note])
