"""What a rule counts, as a sum that can be redone by hand, and from where on it asks for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from store.decision.model import Rule
from store.decision.scale import Verdict

Limit = tuple[float, Verdict]
"""From so much on, it asks for that."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one rule counts today, whether or not it speaks.

    `what` says what is counted and `sum` how, both as `--explain` shows them; `lines` are rising.
    `title`, `reason` and `evidence` are those of the rule where it speaks. `points` go into the
    rank: what was counted, days as months.
    """

    id: str
    title: str
    what: str
    value: float
    sum: str
    lines: tuple[Limit, ...]
    reason: str
    evidence: tuple[int, ...] = ()
    points: float = 0.0

    @property
    def verdict(self) -> Verdict | None:
        """What it asks for, by the last line that is reached; None where none is."""
        return next((said for at, said in reversed(self.lines) if self.value >= at), None)

    @property
    def rule(self) -> Rule | None:
        """The rule, where it speaks."""
        verdict = self.verdict
        if verdict is None:
            return None
        return Rule(self.id, self.title, self.reason, verdict, self.evidence)


def spelled_sum(values: Iterable[float]) -> tuple[float, str]:
    """Return the sum of `values`, and how it is made up: `2 * 1 + 1 * 0.5`; 0 of nothing.

    Equal values are one term, so that a sum of thousands is no longer to read.
    """
    counts = Counter(value for value in values if value)
    total = sum(value * many for value, many in counts.items())
    terms = [f"{many} * {value:g}" for value, many in sorted(counts.items(), reverse=True)]
    return total, " + ".join(terms) or "0"
