"""Turns a timeline into the facts of one day: what was known then, counted in days before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean
from typing import NamedTuple

from store.decision.arithmetic import MONTH
from store.decision.facts import (
    MEMORY,
    REPAIRS,
    SPOKEN,
    STATED,
    WATCH,
    Facts,
    Hours,
    Incident,
    Late,
    Pledge,
    Reply,
    Step,
    Waiver,
)
from store.decision.timeline import Awaited, Bill, Deed, Event, Timeline, billed_currencies
from store.private.model import CheckIn

HOURS_WINDOW = 90
_FRESH = 30
AMENDS = ("apology", "concession")
AMENDS_WITHIN = 30
HELPING = SPOKEN | STATED | REPAIRS
"""What I did that settles what came before it, where it helped."""
FELT_WINDOW = 45
"""Days after which a check-in says nothing any more."""
FELT_ITEMS: Mapping[str, Callable[[CheckIn], int | None]] = {
    "stress_client": lambda checkin: checkin.stress_client,
    "stress_work": lambda checkin: checkin.stress_work,
    "dread": lambda checkin: checkin.dread,
    "version": lambda checkin: checkin.version,
    "fit_communication": lambda checkin: _turned(checkin.fit_communication),
    "fit_vision": lambda checkin: _turned(checkin.fit_vision),
    "fit_direction": lambda checkin: _turned(checkin.fit_direction),
}
"""What a check-in may say, as a burden: 10 is the worst of each."""
REST = 0.05
"""The part of a bill that may be left over, as a bank's fee, before it is a debt to act on."""
_HALF = 1e-9  # so that a half is rounded up in every currency, whatever a float makes of it


def facts_on(timeline: Timeline, day: date) -> Facts:
    """Return the facts as of `day`, which is not after the timeline's own."""
    now = day.toordinal()
    facts = _with_money(_so_far(timeline, now), timeline, now)
    facts = _with_answers(facts, timeline, now)
    return _with_feelings(facts, feelings_on(timeline.feelings, day))


def _so_far(timeline: Timeline, now: int) -> Facts:
    """Return what happened and was done by a day: trouble, steps, good days, and the hours."""
    steps = tuple(_step(deed, now) for deed in timeline.deeds if deed.day <= now)
    return Facts(
        age=_age(timeline, now),
        happened=any(day <= now for day in timeline.lived[:1]),
        fresh=_first_from(timeline.lived, now - _FRESH) <= now,
        hours=_hours(timeline, now),
        incidents=_incidents(timeline, now, steps),
        steps=steps,
        stopped=_stopped(timeline, now),
        circumstances=tuple(one.seq for one in _hardships(timeline, now)),
        good_days=sum(one.day <= now for one in timeline.good),
        good_lately=sum(now - MEMORY <= one.day <= now for one in timeline.good),
        waivers=tuple(
            Waiver(one.seq, one.rule, one.until - now)
            for one in timeline.exemptions
            if one.day <= now <= one.until
        ),
    )


def _with_money(facts: Facts, timeline: Timeline, now: int) -> Facts:
    """Return the facts with what is billed, paid, owed and earned; bills in time are good days."""
    late = late_invoices(timeline.bills, now)
    owed = tuple(one for one in late if one.open)
    pay = earned(timeline, now)
    in_time = sum(not one.open and not one.days and one.age <= MEMORY for one in late)
    return replace(
        facts,
        earned=pay.rate if pay else None,
        target=timeline.target,
        billed=any(bill.issued <= now for bill in timeline.bills),
        late=late,
        exposure=exposure_months(timeline, now),
        owed=owed,
        unpaid=unpaid_incidents(timeline, facts.incidents, now),
        worked_on=_worked_on(timeline, owed, now),
        good_lately=facts.good_lately + in_time,
    )


def _with_answers(facts: Facts, timeline: Timeline, now: int) -> Facts:
    """Return the facts with what was asked and promised, and what came of it."""
    waiting = [
        q
        for q in timeline.questions
        if q.asked <= now and _still(q.answered, now) and now > q.expected
    ]
    return replace(
        facts,
        replies=replies_of(timeline.questions, now),
        blocked=max((now - q.expected for q in waiting), default=0),
        blocked_asked=max((now - q.asked for q in waiting), default=0),
        client_pledges=_pledges(timeline, "client", now),
        my_pledges=_pledges(timeline, "me", now),
    )


def _with_feelings(facts: Facts, feelings: Sequence[CheckIn]) -> Facts:
    """Return the facts with what check-ins say."""
    return replace(
        facts,
        stress=stress_pair(feelings),
        message_dread=next(iter(felt_means(feelings, ("dread",))), None),
        dread=felt_means(feelings, ("dread", "version")),
        fit=felt_means(feelings, ("fit_communication", "fit_vision", "fit_direction")),
    )


def _hardships(timeline: Timeline, now: int) -> list[Event]:
    return [one for one in timeline.hardships if now - WATCH <= one.day <= now]


def _age(timeline: Timeline, now: int) -> int | None:
    """Days since the start."""
    days = (timeline.begun, timeline.first)
    return next((now - day for day in days if day is not None and day <= now), None)


def _still(until: int | None, now: int) -> bool:
    return until is None or until > now


def _incidents(timeline: Timeline, now: int, steps: Sequence[Step]) -> tuple[Incident, ...]:
    """Return the incidents so far; what was put right and did not happen again is made good.

    An apology puts right what was in the month before it, a talk or an offer that helped whatever
    was before it, the last of each kind with all that went before.
    """
    strained = bool(_hardships(timeline, now))
    told = [one for one in timeline.troubles if one.day <= now]
    sorry = sorted(one.day for one in timeline.good if one.day <= now and one.kind in AMENDS)
    helped = max(
        (
            now - step.age
            for step in steps
            if step.worked == 1 and step.kind in HELPING and not step.elsewhere
        ),
        default=-1,
    )
    latest: dict[str, int] = {}
    for one in told:
        latest[one.kind] = max(one.day, latest.get(one.kind, one.day))
    first = {kind: _first_from(sorry, day) for kind, day in latest.items()}
    return tuple(
        Incident(
            seq=one.seq,
            kind=one.kind,
            age=now - one.day,
            severity=one.severity,
            made_good=helped >= latest[one.kind] or first[one.kind] - one.day <= AMENDS_WITHIN,
            mine=one.mine,
            strained=strained,
        )
        for one in told
    )


def _first_from(days: Sequence[int], day: int) -> float:
    """Return the first of the rising `days` from `day` on; endless where there is none."""
    at = bisect_left(days, day)
    return days[at] if at < len(days) else float("inf")


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
    """Billed money and its hours, paid or not: what is owed counts under pay.

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
    return Earned(sum(bill.amount - bill.let_go for bill in bills), hours, lost)


def _worked_on(timeline: Timeline, owed: Sequence[Late], now: int) -> float:
    """Hours of work since the money that is owed fell due (advice 32)."""
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
    """The step that stopped work, while no later one resumed it (advice 36)."""
    turns = [d for d in timeline.deeds if d.kind in ("stop", "resume") and d.day <= now]
    if not turns or turns[-1].kind != "stop":
        return None
    return _step(turns[-1], now)


def _step(deed: Deed, now: int) -> Step:
    return Step(
        deed.seq, deed.kind, now - deed.day, deed.worked(now), deed.money, deed.asks, deed.named
    )


def feelings_on(checkins: Sequence[CheckIn], day: date) -> list[CheckIn]:
    """Return the check-ins of the last 45 days; older ones are unknown."""
    return [one for one in checkins if 0 <= (day - one.at.date()).days <= FELT_WINDOW]


def stress_pair(feelings: Sequence[CheckIn]) -> tuple[float, float] | None:
    """Return the pair of stresses, from check-ins that gave both (advice 38)."""
    pairs = [
        (one.stress_client, one.stress_work)
        for one in feelings
        if one.stress_client is not None and one.stress_work is not None
    ]
    if not pairs:
        return None
    client, work = zip(*pairs, strict=True)
    return round(fmean(client), 1), round(fmean(work), 1)


def felt_means(feelings: Sequence[CheckIn], items: Sequence[str]) -> tuple[float, ...]:
    """Return the mean of each item that was answered at all."""
    answered = [
        [value for one in feelings if (value := FELT_ITEMS[item](one)) is not None]
        for item in items
    ]
    return tuple(round(fmean(values), 1) for values in answered if values)


def _turned(value: int | None) -> int | None:
    """Fit is asked with 10 as good; a burden has 10 as bad."""
    return None if value is None else 10 - value


def late_invoices(bills: Sequence[Bill], now: int) -> tuple[Late, ...]:
    """Return the invoices that were paid or are due, by due date; the rest say nothing yet.

    Of one due date, by how late they were paid, so that their numbers do not matter.
    """
    found = []
    for bill in bills:
        if bill.issued > now:
            continue
        settled = bill.settled(now)
        if settled is None and now <= bill.due:
            continue
        days = max(0, (now if settled is None else settled) - bill.due)
        late = Late(
            bill.seq,
            days,
            max(0, now - bill.due),
            settled is None,
            rest=settled is None and bill.open(now) <= bill.amount * REST,
        )
        found.append((bill.due, days, late))
    return tuple(late for _, _, late in sorted(found))


def exposure_months(timeline: Timeline, now: int) -> float | None:
    """Return overdue money, and unbilled work done meanwhile, in months of average billing.

    An amount counts in full once it is a month overdue, so that a day late is not a cliff. The
    average is taken over at least one month. None where nothing was billed.
    """
    bills = [bill for bill in timeline.bills if bill.issued <= now]
    if not bills:
        return None
    months = 0.0
    for currency in billed_currencies(bills):
        mine = [bill for bill in bills if bill.currency == currency]
        first, last = min(b.issued for b in mine), max(b.issued for b in mine)
        monthly = sum(b.amount for b in mine) / (1 + (last - first) / MONTH)
        at_risk = sum(
            bill.open(now) * min(1.0, (now - bill.due) / MONTH)
            for bill in mine
            if now > bill.due and bill.open(now) > 0
        )
        if at_risk:
            at_risk += _unbilled(timeline, last, now, currency)
        months += at_risk / monthly
    return round(months + _HALF, 2)


def _unbilled(timeline: Timeline, since: int, now: int, currency: str) -> float:
    """Work since the last invoice at the agreed rate; 0 where none is agreed in `currency`."""
    if timeline.rate is None or timeline.rate_currency not in (None, currency):
        return 0.0
    hours = sum(o.hours for o in timeline.times if o.spent == "work" and since < o.day <= now)
    return hours * timeline.rate


def unpaid_incidents(
    timeline: Timeline, incidents: Sequence[Incident], now: int
) -> tuple[Incident, ...]:
    """Return incidents that say money is owed where no overdue invoice does.

    A refusal to pay stands while an invoice it could be about is open, or with no such invoice
    until money comes in; a late payment stands by itself only where no invoice is on the docket.
    """
    billed = any(bill.issued <= now for bill in timeline.bills)
    kinds = {"non-payment"} if billed else {"non-payment", "late-payment"}
    return tuple(
        one for one in incidents if one.kind in kinds and _unsettled(timeline, now - one.age, now)
    )


def _unsettled(timeline: Timeline, since: int, now: int) -> bool:
    """Whether what was owed on day `since` is still owed, as far as the docket tells."""
    billed = [bill for bill in timeline.bills if bill.issued <= since]
    if billed:
        return any(bill.settled(now) is None for bill in billed)
    return not any(since <= paid <= now for paid in timeline.paid)


def replies_of(questions: Sequence[Awaited], now: int) -> tuple[Reply, ...]:
    """Return the waits for answers as multiples of the agreed time: above 1 once one is late."""
    found = []
    for one in questions:
        if one.asked > now:
            continue
        answered = one.answered if one.answered is not None and one.answered <= now else None
        end = now if answered is None else answered
        over, waited = max(0, end - one.expected), max(0, end - one.asked)
        ratio = 1 + over / one.within if over else min(1.0, waited / one.within)
        late_age = 0 if answered is None else max(0, now - answered)
        age = late_age if over else now - one.asked
        found.append(Reply(one.seq, round(ratio, 2), age, answered is None))
    return tuple(found)
