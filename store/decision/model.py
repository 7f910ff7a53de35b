"""What an assessment says: verdict, score, questions, rules, and the entries behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["keep", "set-boundaries", "stop-work", "walk-away", "not-enough"]
Answer = Literal["yes", "no", "cannot-tell"]
ClientKind = Literal["problem client", "client with problems", "undetermined"]

VERDICTS: tuple[Verdict, ...] = ("keep", "set-boundaries", "stop-work", "walk-away")
"""The four verdicts, mildest first; `not-enough` stands outside the order."""

SAID: dict[Verdict, str] = {
    "keep": "Keep",
    "set-boundaries": "Set boundaries",
    "stop-work": "Stop work until they pay",
    "walk-away": "Walk away",
    "not-enough": "Not enough on record",
}
"""Each verdict as a person would say it."""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of `verdicts`, `keep` where there is none."""
    return max(verdicts, key=VERDICTS.index, default="keep")


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the twelve burdens, 0 (none) to 1 (worst); None while it is not known."""

    name: str
    label: str
    burden: float | None
    detail: str
    evidence: tuple[int, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything on record says what the burden is."""
        return self.burden is not None


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions; its burden is None while none of its factors is known."""

    key: str
    title: str
    burden: float | None
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that speaks, outside the score; the verdict is at least `verdict`.

    A rule with the verdict `keep` raises nothing: it is something to know (R8, a watched outburst).
    """

    id: str
    title: str
    reason: str
    verdict: Verdict
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LiteralTest:
    """One plain test of "is the client more than the work?"; None while it cannot be told."""

    label: str
    passed: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that could happen, and what the verdict and the score would then be."""

    text: str
    verdict: Verdict
    score: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far the verdict hangs on the weights of the four questions.

    `holds` is the share of other weights, 0 to 1, that give the same verdict; it is fragile under
    0.8. `equal_weights` is the score, 0 to 100, when all four weigh the same.
    """

    holds: float
    fragile: bool
    equal_weights: float


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Both ways the seeds name: solve the client's problem, or end it (SEEDS row 54)."""

    solve: str
    end: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one docket adds up to on a day. Private: it never enters a record or leaves the machine.

    `score`, `low` and `high` are 0 to 100, and `score` is None only when nothing is known;
    `coverage` is the weighted share of the factors that are known. `provisional` says that no rule
    speaks and too little is known for the score to bear weight. `kind_points` are those for
    "problem client" and for "client with problems" (SCORING D6).
    """

    client: str
    as_of: date
    verdict: Verdict
    provisional: bool
    headline: str
    score: float | None
    low: float
    high: float
    coverage: float
    more_than_the_work: Answer
    tests: tuple[LiteralTest, ...]
    client_to_work_ratio: float | None
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    would_change: tuple[Change, ...]
    robustness: Robustness
    kind: ClientKind
    kind_points: tuple[int, int]
    missing: tuple[str, ...]
    ways_out: WaysOut

    @property
    def factors(self) -> tuple[Factor, ...]:
        """All twelve factors, in the order of the questions."""
        return tuple(factor for question in self.questions for factor in question.factors)
