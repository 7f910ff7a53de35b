"""The raw facts an assessment rests on, all in days before today: no dates, no docket."""

from __future__ import annotations

from dataclasses import dataclass

MONEY = frozenset({"late-payment", "non-payment", "pay-later", "excuse"})
SILENCE = frozenset({"no-reply", "late-reply"})
CONTROL = frozenset(
    {"micro-change", "approval-block", "advice-overridden", "access-withheld", "distrust"}
)
HOSTILE = frozenset({"abuse", "threat", "public-attack"})
WEIGHTLESS = frozenset({"high-standard"})
"""Asking for very good work is not trouble (SEEDS row 39)."""
NO_BOUNDARY = MONEY | SILENCE | WEIGHTLESS | {"complaint", "expectation-gap"}
"""Kinds that cross no boundary: money and silence are counted in their own place."""

SPOKEN = frozenset({"talk", "warning", "notice"})
STATED = frozenset({"expectations", "decline"})
CHASING = frozenset({"reminder", "notice", "warning", "talk", "escalate"})
REPAIRS = frozenset({"remedy", "offer", "my-apology"})


@dataclass(frozen=True, slots=True)
class Late:
    """An invoice that was due: days late (0 if early), days since its due date."""

    seq: int
    days: int
    age: int
    open: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A request: the wait as a multiple of the agreed time, days since its answer (open: 0)."""

    seq: int
    ratio: float
    age: int
    open: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident of the client; `made_good` if they put it right soon and it did not recur."""

    seq: int
    kind: str
    age: int
    severity: int
    made_good: bool = False
    prompt: bool = False
    unwritten: bool = False

    @property
    def boundary(self) -> bool:
        """Whether it crosses a boundary, as against owing or keeping silent."""
        return self.kind not in NO_BOUNDARY


@dataclass(frozen=True, slots=True)
class Step:
    """Something I did about it."""

    seq: int
    kind: str
    age: int
    worked: bool | None


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise: days since it was made, days until its day (negative: past), what came of it."""

    seq: int
    made: int
    due_in: int
    kept: bool | None

    @property
    def broken(self) -> bool:
        """Whether it was broken, or its day has passed without word."""
        return self.kept is False or (self.kept is None and self.due_in < 0)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours on the work and about the client, and those logged as time, in the last 90 days."""

    on: float
    about: float
    logged: float
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the factors and the rules read; what is not known is None or empty.

    `age` is days since the start; `fresh` says the log was touched in the last 30 days; `blocked`
    is how long work has waited for an answer, `blocked_asked` how long ago that was first asked.
    `exposure` is in months of average billing; felt values are 0 (fine) to 10 (worst).
    """

    age: int | None = None
    happened: bool = False
    fresh: bool = False
    hours: Hours | None = None
    earned: float | None = None
    target: float | None = None
    late: tuple[Late, ...] = ()
    late_made_good: bool = False
    exposure: float | None = None
    owed: tuple[Late, ...] = ()
    unpaid: tuple[Incident, ...] = ()
    replies: tuple[Reply, ...] = ()
    replies_made_good: bool = False
    blocked: int = 0
    blocked_asked: int = 0
    incidents: tuple[Incident, ...] = ()
    my_share: int = 0
    steps: tuple[Step, ...] = ()
    client_pledges: tuple[Pledge, ...] = ()
    my_pledges: tuple[Pledge, ...] = ()
    stopped: int | None = None
    circumstances: tuple[int, ...] = ()
    stress: tuple[float, float] | None = None
    message_dread: float | None = None
    dread: tuple[float, ...] = ()
    fit: tuple[float, ...] = ()

    @property
    def owing_since(self) -> int | None:
        """Days since money was first owed and still is, or None."""
        ages = [one.age for one in self.owed] + [one.age for one in self.unpaid]
        return max(ages, default=None)

    @property
    def owed_by(self) -> tuple[int, ...]:
        """The entries that say money is owed."""
        return (*(one.seq for one in self.owed), *(one.seq for one in self.unpaid))

    @property
    def repairs(self) -> tuple[Step, ...]:
        """Good-faith repairs of the last 180 days whose outcome is known (SEEDS row 57)."""
        return tuple(
            step
            for step in self.steps
            if step.kind in REPAIRS and step.worked is not None and step.age <= 180
        )
