"""Turns a timeline into the facts of one day: what was known then, counted in days before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from store.decision.arithmetic import ORDINARY_DAYS_LATE
from store.decision.dues import exposure_months, late_invoices, replies_of, unpaid_incidents
from store.decision.facts import WATCH, Facts, Hours, Incident, Late, Pledge, Step, Waiver
from store.decision.felt import feelings_on, felt_means, stress_pair
from store.decision.timeline import Deed, Event, Timeline
from store.settings.policy import Policy

HOURS_WINDOW = 90
FRESH = 30
AMENDS = ("apology", "concession")
AMENDS_WITHIN = 30
PROMPT = 3


def facts_on(timeline: Timeline, day: date, policy: Policy, known: date | None = None) -> Facts:
    """Return the facts as of `day`, which is not after the timeline's own.

    With a later day `known`, what was put right by then counts as put right already: answers,
    apologies and repairs. So an earlier day can be looked at for what time alone has softened.
    """
    now = day.toordinal()
    later = now if known is None else known.toordinal()
    strain = strain_on(timeline, day, policy, known)
    seen = [event for event in timeline.events if event.day <= now]
    late = late_invoices(timeline.bills, now)
    owed = tuple(one for one in late if one.open)
    sorry = [now - one for one in _apologies(timeline, later)]
    waiting = [
        q
        for q in timeline.questions
        if q.asked <= now and _still(q.answered, now) and now > q.expected
    ]
    return replace(
        strain,
        age=_age(seen, now),
        happened=any(event.kind != "agreement" for event in seen),
        billed=any(bill.issued <= now for bill in timeline.bills),
        late=late,
        late_made_good=_late_made_good(late, sorry),
        exposure=exposure_months(timeline, now),
        owed=owed,
        unpaid=unpaid_incidents(timeline, strain.incidents, now),
        worked_on=_worked_on(timeline, owed, now),
        blocked=max((now - q.expected for q in waiting), default=0),
        blocked_asked=max((now - q.asked for q in waiting), default=0),
        client_pledges=_pledges(timeline, "client", now),
        my_pledges=_pledges(timeline, "me", now),
        stopped=_stopped(timeline, now),
        circumstances=tuple(one.seq for one in _hardships(timeline, now)),
        good_days=sum(one.day <= now for one in timeline.good),
        good_lately=sum(now - WATCH <= one.day <= now for one in timeline.good)
        + sum(not one.open and not one.days and one.age <= WATCH for one in late),
        waivers=tuple(
            Waiver(one.seq, one.rule, one.until - now)
            for one in timeline.exemptions
            if one.day <= now <= one.until
        ),
    )


def strain_on(timeline: Timeline, day: date, policy: Policy, known: date | None = None) -> Facts:
    """Return only the facts that the score is made of, as `facts_on` does: a look back is quick."""
    now = day.toordinal()
    later = now if known is None else known.toordinal()
    sorry = _apologies(timeline, later)
    feelings = feelings_on(timeline.feelings, day)
    half_life = policy.half_life_felt
    return Facts(
        fresh=any(
            now - FRESH <= one.day <= now and one.kind != "agreement" for one in timeline.events
        ),
        hours=_hours(timeline, now),
        earned=pay.rate if (pay := earned(timeline, now)) else None,
        target=timeline.target,
        replies=replies_of(timeline.questions, now, later),
        replies_made_good=_replies_made_good(timeline, sorry, now, later),
        incidents=_incidents(timeline, now, later, sorry),
        steps=tuple(
            _step(deed, now, later)
            for deed in timeline.deeds
            if deed.day <= (later if deed.worked(now, later) else now)
        ),
        stress=stress_pair(feelings, half_life),
        message_dread=next(iter(felt_means(feelings, ("dread",), half_life)), None),
        dread=felt_means(feelings, ("dread", "version"), half_life),
        fit=felt_means(feelings, ("fit_communication", "fit_vision", "fit_direction"), half_life),
    )


def _apologies(timeline: Timeline, later: int) -> list[int]:
    return [one.day for one in timeline.good if one.day <= later and one.kind in AMENDS]


def _hardships(timeline: Timeline, now: int) -> list[Event]:
    return [one for one in timeline.hardships if now - WATCH <= one.day <= now]


def _age(seen: Sequence[Event], now: int) -> int | None:
    """Days since the start; trouble of before anything else makes nobody a client earlier."""
    days = [one.day for one in seen if one.kind not in ("incident", "request")]
    days = days or [one.day for one in seen]
    return now - min(days) if days else None


def _still(until: int | None, now: int) -> bool:
    return until is None or until > now


def _incidents(
    timeline: Timeline, now: int, later: int, sorry: Sequence[int]
) -> tuple[Incident, ...]:
    """Incidents so far; an apology within a month makes good what did not happen again."""
    strained = bool(_hardships(timeline, now))
    if not sorry:
        return tuple(
            Incident(o.seq, o.kind, now - o.day, o.severity, False, False, o.mine, strained)
            for o in timeline.troubles
            if o.day <= now
        )
    latest: dict[str, int] = {}
    for one in timeline.troubles:
        if one.day <= later:
            latest[one.kind] = max(one.day, latest.get(one.kind, one.day))
    incidents = []
    for one in timeline.troubles:
        if one.day > now:
            continue
        again = latest[one.kind]
        waits = [s - one.day for s in sorry if 0 <= s - one.day <= AMENDS_WITHIN and s >= again]
        incidents.append(
            Incident(
                seq=one.seq,
                kind=one.kind,
                age=now - one.day,
                severity=one.severity,
                made_good=bool(waits),
                prompt=any(wait <= PROMPT for wait in waits),
                mine=one.mine,
                strained=strained,
            )
        )
    return tuple(incidents)


def _late_made_good(late: Sequence[Late], sorry: Sequence[int]) -> bool:
    """Whether one invoice only was late, is paid, and they said sorry since it was due (D11.2)."""
    overdue = [one for one in late if one.days > ORDINARY_DAYS_LATE]
    if len(overdue) != 1 or any(one.open for one in late):
        return False
    return any(s <= overdue[0].age for s in sorry)


def _replies_made_good(timeline: Timeline, sorry: Sequence[int], now: int, later: int) -> bool:
    """Whether one answer only was late, has come, and they said sorry since (D11.2)."""
    late = [
        q
        for q in timeline.questions
        if q.asked <= now and (later if _still(q.answered, later) else q.answered or 0) > q.expected
    ]
    if len(late) != 1 or _still(late[0].answered, later):
        return False
    return any(day >= late[0].asked for day in sorry)


def _hours(timeline: Timeline, now: int) -> Hours | None:
    """Hours of the last 90 days; None until work itself was logged, for a share needs both."""
    timed = [one for one in timeline.times if now - HOURS_WINDOW <= one.day <= now]
    lost = [o for o in timeline.troubles if o.hours and now - HOURS_WINDOW <= o.day <= now]
    on = sum(one.hours for one in timed if one.spent == "work")
    if on <= 0:
        return None
    logged = sum(one.hours for one in timed)
    chasing = sum(one.hours for one in timed if one.spent == "chase")
    about = logged - on + sum(one.hours for one in lost if not one.mine)
    evidence = [one.seq for one in timed] + [one.seq for one in lost if not one.mine]
    return Hours(round(on, 2), round(about, 2), round(logged, 2), chasing, tuple(sorted(evidence)))


class Earned(NamedTuple):
    """What was billed, and the hours it took: those spent, and those lost to incidents."""

    billed: float
    spent: float
    lost: float

    @property
    def rate(self) -> float:
        """What an hour earned, not rounded: what a cent is worth differs by currency."""
        return self.billed / (self.spent + self.lost)


def earned(timeline: Timeline, now: int) -> Earned | None:
    """Billed money and its hours, paid or not: what is owed counts under pay (D2).

    Work since the last bill is left out: it is not badly paid, it is not billed yet. None until
    work and a bill are there; what chasing took says nothing of what the work took.
    """
    bills = [
        bill for bill in timeline.bills if bill.issued <= now and bill.currency == timeline.currency
    ]
    last = max((bill.issued for bill in bills), default=0)
    spent = [o for o in timeline.times if o.day <= (last if o.spent == "work" else now)]
    if not any(one.spent == "work" for one in spent):
        return None
    hours = sum(one.hours for one in spent)
    lost = sum(o.hours for o in timeline.troubles if o.day <= now and not o.mine)
    return Earned(sum(bill.amount for bill in bills), hours, lost)


def _worked_on(timeline: Timeline, owed: Sequence[Late], now: int) -> float:
    """Hours of work since the money that is owed fell due (SEEDS row 32)."""
    since = now - max((one.age for one in owed), default=0)
    if since == now:
        return 0.0
    return sum(o.hours for o in timeline.times if o.spent == "work" and since < o.day <= now)


def _pledges(timeline: Timeline, side: str, now: int) -> tuple[Pledge, ...]:
    return tuple(
        Pledge(
            seq=word.seq,
            made=now - word.made,
            due_in=word.due - now,
            kept=None if _still(word.settled, now) else word.kept,
        )
        for word in timeline.words
        if word.by == side and word.made <= now
    )


def _stopped(timeline: Timeline, now: int) -> Step | None:
    """The step that stopped work, while no later one resumed it (SEEDS row 36)."""
    turns = [d for d in timeline.deeds if d.kind in ("stop", "resume") and d.day <= now]
    if not turns or turns[-1].kind != "stop":
        return None
    return _step(turns[-1], now, now)


def _step(deed: Deed, now: int, later: int) -> Step:
    worked = deed.worked(now, later)
    return Step(deed.seq, deed.kind, max(0, now - deed.day), worked, deed.money, deed.asks)
