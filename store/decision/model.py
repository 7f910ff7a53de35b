"""What an assessment says: verdict, score, questions, rules, and the entries behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from store.decision.scale import Verdict
from store.text import plural

Answer = Literal["yes", "no", "cannot-tell"]
ClientKind = Literal["problem client", "client with problems", "undetermined"]
Stage = Literal[
    "unknown",
    "clear",
    "missed",
    "reminded",
    "piled-up",
    "unheard",
    "promise-broken",
    "refused",
    "stopped",
    "gone",
]
"""How far a debt has come, best first."""

LUMPED = 2
"""Times from which on it is a habit that bills are paid in one lump."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the twelve signs, 0 (none) to 1 (worst); None while it is not known."""

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
    """One of the four questions: as heavy as the heaviest sign, None while none is known."""

    key: str
    title: str
    burden: float | None
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that speaks; the verdict is at least `verdict`.

    A rule with the verdict `keep` raises nothing: it is something to know (R8, a watched outburst).
    `excepted` is the number of days a written exception to it still stands; it raises nothing
    meanwhile, and lapses by itself.
    """

    id: str
    title: str
    reason: str
    verdict: Verdict
    evidence: tuple[int, ...] = ()
    excepted: int | None = None

    @property
    def left(self) -> str:
        """How long the exception to it still stands, in words; empty where there is none."""
        if self.excepted is None:
            return ""
        return f"has {plural(self.excepted, 'day')} left" if self.excepted else "ends today"

    @property
    def says(self) -> Verdict:
        """What the rule asks for today."""
        return self.verdict if self.excepted is None else "keep"


@dataclass(frozen=True, slots=True)
class Debt:
    """The state of what they owe.

    `since` is how many days money has been owed without a break, `stopped` how many days ago the
    work was stopped, whether or not over money; `held` says why the debt counts one rung less, and
    `worked_on` is the hours of work done since it fell due. `lumps` is how many payments were for
    several bills at once: a habit to know of, which weighs nothing.
    """

    rung: Stage
    verdict: Verdict
    title: str
    reason: str
    since: int | None = None
    held: str = ""
    stopped: int | None = None
    worked_on: float = 0.0
    evidence: tuple[int, ...] = ()
    lumps: int = 0

    @property
    def owing(self) -> bool:
        """Whether money is owed after its day."""
        return self.since is not None

    @property
    def words(self) -> str:
        """The state in a few words: its title, and since when."""
        said = f"{self.title[:1].lower()}{self.title[1:]}"
        if self.since is not None:
            said += f"; owing for {plural(self.since, 'day')}"
        if self.stopped is not None:
            said += f"; work stopped {plural(self.stopped, 'day')} ago"
        if self.worked_on:
            said += f"; {self.worked_on:g} h of work done since"
        if self.lumps >= LUMPED:
            said += f"; they pay several bills in one lump, {self.lumps} times so far"
        return said


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Trouble that nothing was said about: how many incidents, and days since the first of them.

    `count` leaves out overdue invoices, `days` counts from what came first. `since` is how many
    days ago something was said for the last time, None where nothing ever was.
    """

    count: int
    days: int
    evidence: tuple[int, ...] = ()
    since: int | None = None


@dataclass(frozen=True, slots=True)
class MyShare:
    """What of the trouble is mine: `mine` of `total` incidents, and my promises that are late."""

    mine: int
    total: int
    late: int
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """How far a client is each sort of trouble, 0 to 1; `leading` is empty where none is."""

    unresponsive: float
    controlling: float
    pays_later: float
    leading: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that would make more of it known: the share known, 0 to 1, once it is there."""

    text: str
    coverage: float


@dataclass(frozen=True, slots=True)
class LiteralTest:
    """One plain test of "is the client more than the work?"; None while it cannot be told."""

    label: str
    passed: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that could happen, and what the verdict and the rank would then be."""

    text: str
    verdict: Verdict
    score: float


class Watched(NamedTuple):
    """The watch after a talk: the entry that said it, until when, and each crossing since.

    `left` is how much more is borne before it ends; half a fault of theirs is half a crossing.
    """

    seq: int
    said: date
    until: date
    crossings: tuple[int, ...]
    left: float


@dataclass(frozen=True, slots=True)
class Near:
    """Another verdict that is as near as one fact: what the fact is, and the entry it is about."""

    verdict: Verdict
    fact: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far the verdict hangs on single facts: the share of those tried that leave it as it is.

    It is fragile where one of them gives another verdict. `equal_weights` is the rank again:
    nothing is weighed.
    """

    holds: float
    fragile: bool
    equal_weights: float


@dataclass(frozen=True, slots=True)
class Sure:
    """How published cases like this one were judged, by their own verdicts; in `words`.

    `cases` is how many there are; `same`, `low` and `high` are the share of them with this
    verdict and its 95 % interval, None where there are too few to say.
    """

    words: str
    cases: int
    same: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Both ways there always are: solve the client's problem, or end it."""

    solve: str
    end: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one docket adds up to on a day. Private: it never enters a record or leaves the machine.

    `low` is a rank of 0 to 100 made of what the rules count, and `score` the same, None only when
    nothing is known; `high` is what it could be by what is not known of the four plain tests.
    `coverage` is the share of the signs that are known. `provisional` says that no rule speaks and
    too little is known. `near` is another verdict one fact away, `sure` how published cases like it
    were judged.
    `kind_points` are those for "problem client" and for "client with problems", `repair` what to
    try next.
    """

    client: str
    as_of: date
    verdict: Verdict
    provisional: bool
    headline: str
    low: float
    high: float
    coverage: float
    money: Debt
    more_than_the_work: Answer
    literal: str
    tests: tuple[LiteralTest, ...]
    client_to_work_ratio: float | None
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    would_change: tuple[Change, ...]
    robustness: Robustness
    near: Near | None
    sure: Sure
    model: str
    kind: ClientKind
    kind_points: tuple[int, int]
    repair: str
    profile: Profile
    unsaid: Unsaid | None
    my_share: MyShare
    missing: tuple[Missing, ...]
    ways_out: WaysOut
    watched: Watched | None = None

    @property
    def score(self) -> float | None:
        """The rank, which nothing has of which nothing is known."""
        return None if self.verdict == "not-enough" else self.low

    @property
    def factors(self) -> tuple[Factor, ...]:
        """All twelve factors, in the order of the questions."""
        return tuple(factor for question in self.questions for factor in question.factors)

    @property
    def exceptions(self) -> tuple[Rule, ...]:
        """The rules that a written exception holds back today."""
        return tuple(rule for rule in self.rules if rule.excepted is not None)
