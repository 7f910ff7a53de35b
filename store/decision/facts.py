"""The raw facts an assessment rests on, all in days before its day: no dates, no docket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from store.entries.kinds import weighing

MONEY = weighing("money")
SILENCE = weighing("silence")
CONTROL = weighing("control")
HOSTILE = weighing("hostility")
WEIGHTLESS = weighing("nothing")
"""Asking for very good work is not trouble (advice 39)."""
NO_BOUNDARY = weighing("money", "silence", "nothing", "view")
"""Kinds that cross no boundary: money and silence are counted in their own place."""

SPOKEN = weighing("spoken")
STATED = weighing("stated")
CHASING = weighing("chasing")
REPAIRS = weighing("repair")
SAID = SPOKEN | STATED | CHASING | REPAIRS | weighing("ending")
"""Steps that answer trouble: what is said about it, and what is offered to put it right."""

WATCH = 180
"""Days a crossed line, a broken term or a hardship is held in mind."""
MEMORY = 365
"""Days attacks, broken promises and talks are remembered. R1 does not lapse (advice 27)."""


class Late(NamedTuple):
    """An invoice that was due: days late (0 if early), days since its due date.

    `rest`: so little of it is left that nobody stops work over it.
    """

    seq: int
    days: int
    age: int
    open: bool
    rest: bool = False

    @property
    def stretch(self) -> tuple[int, int]:
        """The days it was owed after its due date, as (from, to) in days ago."""
        return self.age, 0 if self.open else max(0, self.age - self.days)


class Reply(NamedTuple):
    """A request: the wait as a multiple of the agreed time, and its age in days.

    The age is counted from a late answer (0 while it is open), or from asking if it came in time.
    """

    seq: int
    ratio: float
    age: int
    open: bool


class Incident(NamedTuple):
    """An incident of the client, and what speaks for them about it.

    `made_good`: it was put right, by them within a month or by a talk or an offer that helped, and
    it has not happened again. `mine`: partly my own doing, or never written down. `strained`: in a
    hardship they told of.
    """

    seq: int
    kind: str
    age: int
    severity: int
    made_good: bool = False
    mine: bool = False
    strained: bool = False

    @property
    def boundary(self) -> bool:
        """Whether it crosses a boundary, as against owing or keeping silent."""
        return self.kind not in NO_BOUNDARY

    @property
    def weight(self) -> float:
        """How far it counts: whole, half if it is partly mine or of a hardship, not if made good.

        What was put right is history until it happens again; half a fault is half
        an incident (advice 56 and 66); a hardship never halves an attack.
        """
        if self.made_good:
            return 0.0
        halved = self.mine or (self.strained and self.kind not in HOSTILE)
        return 0.5 if halved else 1.0


class Step(NamedTuple):
    """Something I did about it, how far it worked (0 to 1), and what it counts for.

    `money`: for what is owed; `asks`: for these requests; `named`: it says so itself.
    """

    seq: int
    kind: str
    age: int
    worked: float | None
    money: bool = False
    asks: tuple[int, ...] = ()
    named: bool = False

    @property
    def elsewhere(self) -> bool:
        """Whether it says itself that it is about money or about a request."""
        return self.named and (self.money or bool(self.asks))


class Pledge(NamedTuple):
    """A promise: days since it was made, days until its day (negative: past), what came of it."""

    seq: int
    made: int
    due_in: int
    kept: bool | None

    @property
    def broken(self) -> bool:
        """Whether it was broken, or its day has passed without word."""
        return self.kept is False or (self.kept is None and self.due_in < 0)


class Waiver(NamedTuple):
    """A written exception to a rule: which, and the days it still stands (0: today is the last)."""

    seq: int
    rule: str
    left: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours on the work and about the client, and those logged as time, in the last 90 days."""

    on: float
    about: float
    logged: float
    chasing: float = 0.0
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the factors and the rules read; what is not known is None or empty.

    `age` is days since the start; `fresh` says the log was touched in the last 30 days; `blocked`
    is how long work has waited for an answer, `blocked_asked` how long ago that was first asked.
    `exposure` is in months of average billing; felt values are 0 (fine) to 10 (worst).
    `good_days` counts them over all, `good_lately` those of a year, bills paid in time included.
    `billed` says whether any invoice is on the docket, `worked_on` the hours of work done since
    the money that is owed fell due.
    """

    age: int | None = None
    happened: bool = False
    fresh: bool = False
    hours: Hours | None = None
    earned: float | None = None
    target: float | None = None
    billed: bool = False
    late: tuple[Late, ...] = ()
    exposure: float | None = None
    owed: tuple[Late, ...] = ()
    unpaid: tuple[Incident, ...] = ()
    worked_on: float = 0.0
    replies: tuple[Reply, ...] = ()
    blocked: int = 0
    blocked_asked: int = 0
    incidents: tuple[Incident, ...] = ()
    steps: tuple[Step, ...] = ()
    client_pledges: tuple[Pledge, ...] = ()
    my_pledges: tuple[Pledge, ...] = ()
    stopped: Step | None = None
    circumstances: tuple[int, ...] = ()
    good_days: int = 0
    good_lately: int = 0
    waivers: tuple[Waiver, ...] = ()
    stress: tuple[float, float] | None = None
    message_dread: float | None = None
    dread: tuple[float, ...] = ()
    fit: tuple[float, ...] = ()

    @property
    def felt(self) -> bool:
        """Whether a check-in of these days says anything."""
        return bool(self.stress or self.dread or self.fit)

    @property
    def owing_since(self) -> int | None:
        """Days since money was first owed without a break until today, or None.

        A debt that rolls over, the next bill overdue before the last one came in, is one debt.
        """
        ages = [one.age for one in self.owed] + [one.age for one in self.unpaid]
        if not ages:
            return None
        since = max(ages)
        for start, end in sorted(one.stretch for one in self.late if one.days):
            if end <= since < start:
                since = start
        return since

    @property
    def owed_by(self) -> tuple[int, ...]:
        """The entries that say money is owed."""
        return (*(one.seq for one in self.owed), *(one.seq for one in self.unpaid))

    @property
    def repairs(self) -> tuple[Step, ...]:
        """Good-faith repairs of the last 180 days whose outcome is known (advice 57)."""
        return tuple(
            step
            for step in self.steps
            if step.kind in REPAIRS and step.worked is not None and step.age <= WATCH
        )
