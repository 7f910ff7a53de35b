"""Turns a timeline into the facts of one day: what was known then, counted in days before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from store.decision.arithmetic import ORDINARY_DAYS_LATE, decayed_mean
from store.decision.dues import exposure_months, late_invoices, replies_of, unpaid_incidents
from store.decision.facts import WATCH, Facts, Hours, Incident, Late, Pledge, Step, Waiver
from store.decision.timeline import Timeline
from store.policy import Policy
from store.private import CheckIn

HOURS_WINDOW = 90
FRESH = 30
FELT_WINDOW = 45
AMENDS = ("apology", "concession")
AMENDS_WITHIN = 30
PROMPT = 3


def facts_on(timeline: Timeline, day: date, policy: Policy) -> Facts:
    """Return the facts as of `day`, which is not after the timeline's own."""
    now = day.toordinal()
    seen = [event for event in timeline.events if event.day <= now]
    happened = [event.day for event in seen if event.kind != "agreement"]
    sorry = [now - one.day for one in timeline.good if one.day <= now and one.kind in AMENDS]
    hardships = [o for o in timeline.hardships if now - WATCH <= o.day <= now]
    incidents = _incidents(timeline, now, sorry, strained=bool(hardships))
    late = late_invoices(timeline.bills, now)
    replies = replies_of(timeline.questions, now)
    waiting = [
        q
        for q in timeline.questions
        if q.asked <= now and _still(q.answered, now) and now > q.expected
    ]
    owed = tuple(one for one in late if one.open)
    feelings = _feelings(timeline.feelings, day)
    half_life = policy.half_life_felt
    return Facts(
        age=now - min((e.day for e in seen), default=now) if seen else None,
        happened=bool(happened),
        fresh=any(now - at <= FRESH for at in happened),
        hours=_hours(timeline, now),
        earned=_earned(timeline, now),
        target=timeline.target,
        billed=any(bill.issued <= now for bill in timeline.bills),
        late=late,
        late_made_good=_late_made_good(late, sorry),
        exposure=exposure_months(timeline, now),
        owed=owed,
        unpaid=unpaid_incidents(timeline, incidents, now),
        worked_on=_worked_on(timeline, owed, now),
        replies=replies,
        replies_made_good=_replies_made_good(timeline, sorry, now),
        blocked=max((now - q.expected for q in waiting), default=0),
        blocked_asked=max((now - q.asked for q in waiting), default=0),
        incidents=incidents,
        steps=tuple(
            Step(d.seq, d.kind, now - d.day, d.worked) for d in timeline.deeds if d.day <= now
        ),
        client_pledges=_pledges(timeline, "client", now),
        my_pledges=_pledges(timeline, "me", now),
        stopped=_stopped(timeline, now),
        circumstances=tuple(one.seq for one in hardships),
        good_days=sum(one.day <= now for one in timeline.good),
        good_lately=sum(now - WATCH <= one.day <= now for one in timeline.good)
        + sum(not one.open and not one.days and one.age <= WATCH for one in late),
        mended=min((now - at for at in timeline.mends if at <= now), default=None),
        waivers=tuple(
            Waiver(one.seq, one.rule, one.until - now)
            for one in timeline.exemptions
            if one.day <= now <= one.until
        ),
        stress=_stress(feelings, half_life),
        message_dread=next(iter(_means(feelings, [lambda c: c.dread], half_life)), None),
        dread=_means(feelings, [lambda c: c.dread, lambda c: c.version], half_life),
        fit=_means(
            feelings,
            [
                lambda c: _turned(c.fit_communication),
                lambda c: _turned(c.fit_vision),
                lambda c: _turned(c.fit_direction),
            ],
            half_life,
        ),
    )


def _still(until: int | None, now: int) -> bool:
    return until is None or until > now


def _incidents(
    timeline: Timeline, now: int, sorry: Sequence[int], *, strained: bool
) -> tuple[Incident, ...]:
    """Incidents so far; an apology within a month makes good what did not happen again."""
    seen = [one for one in timeline.troubles if one.day <= now]
    latest: dict[str, int] = {}
    for one in seen:
        latest[one.kind] = min(now - one.day, latest.get(one.kind, now))
    incidents = []
    for one in seen:
        age = now - one.day
        waits = [age - s for s in sorry if 0 <= age - s <= AMENDS_WITHIN and s <= latest[one.kind]]
        incidents.append(
            Incident(
                seq=one.seq,
                kind=one.kind,
                age=age,
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


def _replies_made_good(timeline: Timeline, sorry: Sequence[int], now: int) -> bool:
    """Whether one answer only was late, has come, and they said sorry since (D11.2)."""
    late = [
        q
        for q in timeline.questions
        if q.asked <= now and (now if _still(q.answered, now) else q.answered or 0) > q.expected
    ]
    if len(late) != 1 or _still(late[0].answered, now):
        return False
    return any(s <= now - late[0].asked for s in sorry)


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


def _earned(timeline: Timeline, now: int) -> float | None:
    """Billed money for each hour spent, paid or not: what is owed counts under pay (D2)."""
    spent = [one for one in timeline.times if one.day <= now]
    if not any(one.spent == "work" for one in spent):
        return None  # what chasing took says nothing of what the work took
    on = sum(one.hours for one in spent)
    lost = sum(o.hours for o in timeline.troubles if o.day <= now and not o.mine)
    billed = sum(
        bill.amount
        for bill in timeline.bills
        if bill.issued <= now and bill.currency == timeline.currency
    )
    return round(billed / (on + lost), 2) if on and billed else None


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
    last = turns[-1]
    return Step(last.seq, last.kind, now - last.day, last.worked)


def _feelings(checkins: Sequence[CheckIn], day: date) -> list[tuple[CheckIn, int]]:
    """Check-ins of the last 45 days with their age; older ones are unknown (SCORING D4)."""
    aged = [(checkin, (day - checkin.at.date()).days) for checkin in checkins]
    return [(checkin, age) for checkin, age in aged if 0 <= age <= FELT_WINDOW]


def _stress(
    feelings: Sequence[tuple[CheckIn, int]], half_life: float
) -> tuple[float, float] | None:
    """The pair of stresses, from check-ins that gave both (SEEDS row 38)."""
    pairs = [
        (c.stress_client, c.stress_work, age)
        for c, age in feelings
        if c.stress_client is not None and c.stress_work is not None
    ]
    if not pairs:
        return None
    return (
        round(decayed_mean([(client, age) for client, _, age in pairs], half_life), 1),
        round(decayed_mean([(work, age) for _, work, age in pairs], half_life), 1),
    )


def _means(
    feelings: Sequence[tuple[CheckIn, int]],
    items: Sequence[Callable[[CheckIn], int | None]],
    half_life: float,
) -> tuple[float, ...]:
    """Decayed mean of each item that was answered at all."""
    answered = [
        [(float(value), float(age)) for c, age in feelings if (value := item(c)) is not None]
        for item in items
    ]
    return tuple(round(decayed_mean(values, half_life), 1) for values in answered if values)


def _turned(value: int | None) -> int | None:
    """Fit is asked with 10 as good; a burden has 10 as bad."""
    return None if value is None else 10 - value
