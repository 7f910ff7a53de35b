"""Reads the raw facts from docket, private file and config; with dues.py, alone in doing so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from store.config import Config
from store.decision.arithmetic import FELT_HALF_LIFE, decayed_mean
from store.decision.dues import (
    age_of,
    exposure_months,
    late_invoices,
    late_made_good,
    replies_made_good,
    reply,
    unpaid_incidents,
)
from store.decision.facts import WEIGHTLESS, Facts, Hours, Incident, Pledge, Step
from store.docket import Docket
from store.entries import Entry, HoursData, IncidentData, Side, StepData
from store.private import CheckIn, Private

HOURS_WINDOW = 90
FRESH = 30
FELT_WINDOW = 45
AMENDS = ("apology", "concession")
AMENDS_WITHIN = 14
PROMPT = 3
CIRCUMSTANCE_WINDOW = 180


def read_facts(docket: Docket, private: Private, config: Config) -> Facts:
    """Return the facts about one client as of the docket's day.

    High standards and incidents marked as my own share are left out of everything but the count of
    my share (SEEDS rows 39 and 56).
    """
    entries = [entry for entry in docket.counted if not _weightless(entry)]
    happened = [entry for entry in entries if entry.group != "agreement"]
    feelings = _feelings(private, docket.today)
    amends = [age_of(entry, docket.today) for entry in entries if entry.kind in AMENDS]
    incidents = _incidents(entries, docket.today, amends)
    currency = docket.terms.currency or config.currency
    replies = tuple(reply(request, docket.today) for request in docket.requests)
    waiting = [r for r in docket.open_requests if r.days_over(docket.today) > 0]
    late = late_invoices(docket)
    return Facts(
        age=age_of(entries[0], docket.today) if entries else None,
        happened=bool(happened),
        fresh=any(age_of(entry, docket.today) <= FRESH for entry in happened),
        hours=_hours(entries, docket.today),
        earned=_earned(docket, entries, currency),
        target=_target(docket, config, currency),
        late=late,
        late_made_good=late_made_good(late, amends),
        exposure=exposure_months(docket),
        owed=tuple(one for one in late if one.open),
        unpaid=unpaid_incidents(docket, incidents),
        replies=replies,
        replies_made_good=replies_made_good(docket, amends),
        blocked=max((r.days_over(docket.today) for r in waiting), default=0),
        blocked_asked=max(((docket.today - r.asked).days for r in waiting), default=0),
        incidents=incidents,
        my_share=sum(_mine(entry) for entry in docket.group("incident")),
        steps=tuple(
            Step(entry.seq, entry.kind, age_of(entry, docket.today), entry.data.worked)
            for entry in docket.group("step")
            if isinstance(entry.data, StepData)
        ),
        client_pledges=_pledges(docket, "client"),
        my_pledges=_pledges(docket, "me"),
        stopped=docket.stopped.seq if docket.stopped else None,
        circumstances=tuple(
            entry.seq
            for entry in docket.group("circumstance")
            if age_of(entry, docket.today) <= CIRCUMSTANCE_WINDOW
        ),
        stress=_stress(feelings),
        message_dread=next(iter(_means(feelings, [lambda c: c.dread])), None),
        dread=_means(feelings, [lambda c: c.dread, lambda c: c.version]),
        fit=_means(
            feelings,
            [
                lambda c: _turned(c.fit_communication),
                lambda c: _turned(c.fit_vision),
                lambda c: _turned(c.fit_direction),
            ],
        ),
    )


def _mine(entry: Entry) -> bool:
    return isinstance(entry.data, IncidentData) and entry.data.my_share


def _weightless(entry: Entry) -> bool:
    return entry.kind in WEIGHTLESS or _mine(entry)


def _incidents(
    entries: Sequence[Entry], today: date, amends: Sequence[int]
) -> tuple[Incident, ...]:
    """Incidents of the client; an apology soon after makes good what did not happen again."""
    found = [(e, e.data, age_of(e, today)) for e in entries if isinstance(e.data, IncidentData)]
    latest: dict[str, int] = {}
    for entry, _, age in found:
        latest[entry.kind] = min(age, latest.get(entry.kind, age))
    incidents = []
    for entry, data, age in found:
        waits = [
            age - sorry
            for sorry in amends
            if 0 <= age - sorry <= AMENDS_WITHIN and sorry <= latest[entry.kind]
        ]
        incidents.append(
            Incident(
                seq=entry.seq,
                kind=entry.kind,
                age=age,
                severity=data.severity,
                made_good=bool(waits),
                prompt=any(wait <= PROMPT for wait in waits),
                unwritten=entry.kind == "expectation-gap" and data.in_writing is False,
            )
        )
    return tuple(incidents)


def _hours(entries: Sequence[Entry], today: date) -> Hours | None:
    """Hours of the last 90 days; None until work itself was logged, for a share needs both."""
    recent = [entry for entry in entries if (today - entry.day).days <= HOURS_WINDOW]
    timed = [(e.seq, e.data) for e in recent if isinstance(e.data, HoursData)]
    lost = [(e.seq, e.data.hours) for e in recent if isinstance(e.data, IncidentData)]
    on = sum(float(data.hours) for _, data in timed if data.spent == "work")
    if on <= 0:
        return None
    logged = sum(float(data.hours) for _, data in timed)
    about = logged - on + sum(float(hours or 0) for _, hours in lost)
    evidence = [seq for seq, _ in timed] + [seq for seq, hours in lost if hours]
    return Hours(on, about, logged, tuple(sorted(evidence)))


def _feelings(private: Private, today: date) -> list[tuple[CheckIn, int]]:
    """Check-ins of the last 45 days with their age; older ones are unknown (SCORING D4)."""
    aged = [(checkin, (today - checkin.at.date()).days) for checkin in private.checkins]
    return [(checkin, age) for checkin, age in aged if 0 <= age <= FELT_WINDOW]


def _stress(feelings: Sequence[tuple[CheckIn, int]]) -> tuple[float, float] | None:
    """The pair of stresses, from check-ins that gave both (SEEDS row 38)."""
    pairs = [
        (c.stress_client, c.stress_work, age)
        for c, age in feelings
        if c.stress_client is not None and c.stress_work is not None
    ]
    if not pairs:
        return None
    return (
        decayed_mean([(client, age) for client, _, age in pairs], FELT_HALF_LIFE),
        decayed_mean([(work, age) for _, work, age in pairs], FELT_HALF_LIFE),
    )


def _means(
    feelings: Sequence[tuple[CheckIn, int]], items: Sequence[Callable[[CheckIn], int | None]]
) -> tuple[float, ...]:
    """Decayed mean of each item that was answered at all."""
    answered = [
        [(float(value), float(age)) for c, age in feelings if (value := item(c)) is not None]
        for item in items
    ]
    return tuple(decayed_mean(values, FELT_HALF_LIFE) for values in answered if values)


def _turned(value: int | None) -> int | None:
    """Fit is asked with 10 as good; a burden has 10 as bad."""
    return None if value is None else 10 - value


def _pledges(docket: Docket, side: Side) -> tuple[Pledge, ...]:
    return tuple(
        Pledge(
            seq=promise.seq,
            made=(docket.today - promise.made).days,
            due_in=(promise.due - docket.today).days,
            kept=promise.kept,
        )
        for promise in docket.promises
        if promise.by == side
    )


def _earned(docket: Docket, entries: Sequence[Entry], currency: str) -> float | None:
    """Billed money for each hour spent, paid or not: what is owed counts under pay (D2)."""
    spent = [e.data for e in entries if isinstance(e.data, HoursData)]
    if not any(data.spent == "work" for data in spent):
        return None  # what chasing took says nothing of what the work took
    on = sum(float(data.hours) for data in spent)
    lost = sum(float(e.data.hours or 0) for e in entries if isinstance(e.data, IncidentData))
    billed = sum(
        float(bill.amount.amount)
        for bill in docket.ledger.invoices
        if bill.amount.currency == currency
    )
    return billed / (on + lost) if on and billed else None


def _target(docket: Docket, config: Config, currency: str) -> float | None:
    """What an hour should earn in `currency`: the user's own target, else the agreed rate."""
    if config.target_rate is not None and config.currency == currency:
        return float(config.target_rate)
    return float(docket.terms.rate) if docket.terms.rate is not None else None
