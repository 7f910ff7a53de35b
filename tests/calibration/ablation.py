"""What each rule and factor is worth: the verdicts without it, beside those with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from unittest.mock import patch

from store.decision import factors as building
from store.decision.facts import Facts, Waiver
from store.decision.model import Factor, worst
from store.decision.rules import RULES
from store.decision.score import SCORED
from store.decision.weigh import combine, weigh
from store.settings.policy import Policy
from tests.calibration.errors import TRUTHS, Truth
from tests.calibration.known import TITLES, Known, of_set

RULE_IDS = tuple(f"R{number}" for number in range(1, len(RULES) + 4))
"""Every rule of the model: those that read facts, and R2, R6 and R7, which read what is made of
them."""
FACTOR_NAMES = tuple(name for asked in SCORED for name in asked.factors)


class Worth(NamedTuple):
    """What leaving a part out does: verdicts it makes right, and verdicts it makes wrong."""

    mended: int
    spoiled: int


def without_rule(case: Known, rule: str) -> str:
    """Return the verdict as if a written exception held `rule` back; R7 has none, it caps."""
    policy = Policy()
    if rule == "R7":
        weighed = case.weighed
        return worst([weighed.by_score, *(one.says for one in weighed.rules if one.id != rule)])
    facts = replace(case.facts, waivers=(*case.facts.waivers, Waiver(0, rule, 0)))
    return weigh(facts, policy, case.before(policy)).verdict


def without_factor(case: Known, name: str) -> str:
    """Return the verdict as if nothing were known of the factor called `name`, today or before."""

    def unknown(facts: Facts, policy: Policy) -> Factor:
        return Factor(name, building.LABELS[name], None, "left out")

    left = [unknown if build.__name__ == name else build for build in building.FACTORS]
    policy = Policy()
    with patch.object(building, "FACTORS", tuple(left)):
        return weigh(case.facts, policy, case.before(policy)).verdict


def without_score(case: Known) -> str:
    """Return the verdict of the rules alone."""
    return combine("keep", case.weighed.rules, case.weighed.kind)


def without_steadiness(case: Known) -> str:
    """Return the verdict of today's score, whatever it was lately."""
    return weigh(case.facts, Policy()).verdict


def ablated(cases: Sequence[Known]) -> Iterator[tuple[str, list[str]]]:
    """Yield every part of the model, and the verdicts of the cases without it."""
    for rule in RULE_IDS:
        yield rule, [without_rule(case, rule) for case in cases]
    for name in FACTOR_NAMES:
        yield name, [without_factor(case, name) for case in cases]
    yield "the whole score", [without_score(case) for case in cases]
    yield "looking back", [without_steadiness(case) for case in cases]


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
        f"  {'':<18}changed" + "".join(f"{f'{name}: label':>16}{'panel*':>10}" for name in sets),
    ]
    for part, said in ablated(cases):
        by_id = dict(zip((case.id for case in cases), said, strict=True))
        changed = sum(case.verdict != other for case, other in zip(cases, said, strict=True))
        row = f"  {part:<18}{changed:>7}"
        for name in sets:
            told = of_set(cases, name)
            other = [by_id[case.id] for case in told]
            for width, truth in zip((16, 10), TRUTHS.values(), strict=True):
                mended, spoiled = worth(told, other, truth)
                row += f"{f'+{mended} -{spoiled}':>{width}}"
        lines.append(row)
    note = "  A part that changes nothing here may still be asked for: see MODEL.md for its reason."
    return "\n".join([*lines, note])
