"""The sums behind each of the twelve factors, with the entries and check-ins they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from store.decision import arithmetic
from store.decision.asof import HOURS_WINDOW, earned
from store.decision.dues import MONTH
from store.decision.factors import counted_hours, counted_waits, incident_rows
from store.decision.facts import CONTROL, MONEY, SILENCE, WEIGHTLESS, Facts, Incident
from store.decision.felt import FELT_ITEMS, FELT_WINDOW
from store.decision.timeline import Timeline, currencies
from store.settings.policy import Policy


def factor_lines(name: str, timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    """Yield the sums behind the factor `name`, which is known; the last one gives its burden."""
    return _LINES[name](timeline, facts, policy)


def _overhead(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    assert facts.hours is not None
    on, about = facts.hours.on, facts.hours.about
    yield f"hours of the last {HOURS_WINDOW} days: 10 % about the client is free, 50 % the worst"
    yield _sum(
        f"limit(({about:g} / ({on:g} + {about:g}) - 0.10) / 0.40)", arithmetic.overhead(on, about)
    )


def _stress(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    assert facts.stress is not None
    yield from _felt(timeline, policy, "stress_client", "stress_work", paired=True)
    client, work = facts.stress
    yield _sum(
        f"{client:g} / 10 * limit(0.5 + ({client:g} - {work:g}) / 10)",
        arithmetic.stress(client, work),
    )


def _dread(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    yield from _felt(timeline, policy, "dread", "version")
    yield _mean(facts.dread)


def _fit(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    yield "a good fit is 10 in a check-in, so it is taken from 10 here"
    yield from _felt(timeline, policy, "fit_communication", "fit_vision", "fit_direction")
    yield _mean(facts.fit)


def _mean(values: Sequence[float]) -> str:
    total = " + ".join(f"{value:g}" for value in values)
    return _sum(f"({total}) / {len(values)} / 10", arithmetic.felt(values))


def _felt(timeline: Timeline, policy: Policy, *names: str, paired: bool = False) -> Iterator[str]:
    """Yield the decayed mean of each item, from check-ins that answered all where `paired`."""
    for name in names:
        rows = []
        for one in timeline.feelings:
            age = (timeline.today - one.at.date()).days
            answers = [FELT_ITEMS[other](one) for other in (names if paired else (name,))]
            value = FELT_ITEMS[name](one)
            if 0 <= age <= FELT_WINDOW and None not in answers and value is not None:
                rows.append((float(value), float(age)))
        if rows:
            mean = arithmetic.decayed_mean(rows, policy.half_life_felt)
            yield f"{name.replace('_', ' ')}, a check-in weighs 2^(-days / half-life):"
            yield f"{_decayed(rows, policy.half_life_felt)} = {mean:.1f}"


def _decayed(rows: Sequence[tuple[float, float]], half_life: float) -> str:
    weights = [arithmetic.decay(age, half_life) for _, age in rows]
    if not any(weights):  # all too old to weigh anything: the plain mean
        return f"({' + '.join(f'{value:g}' for value, _ in rows)}) / {len(rows)}"
    over = " + ".join(f"{v:g} * {w:.4f}" for w, (v, _) in zip(weights, rows, strict=True))
    return f"({over}) / ({' + '.join(f'{weight:.4f}' for weight in weights)})"


def _worth(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    assert facts.earned is not None
    assert facts.target is not None
    pay = earned(timeline, timeline.today.toordinal())
    assert pay is not None
    yield "billed, paid or not, for each hour spent or lost to incidents; work since the last bill"
    yield "is not counted yet"
    share = arithmetic.share_earned(facts.earned, facts.target)
    hours = f"({pay.spent:.2f} + {pay.lost:.2f})"
    yield f"{pay.billed:.2f} / {hours} / {facts.target:.2f} = {share:.4f}"
    yield _sum(f"limit((1 - {share:.4f}) / 0.6)", arithmetic.worth(share))


def _lateness(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    if not facts.late:
        owing = [one for one in facts.incidents if one.kind in MONEY]
        yield from _incidents(owing, 0.0, policy)
        return
    over, under = [f"{arithmetic.ORDINARY_DAYS_LATE:g}"], ["1"]
    for one in facts.late:
        weight = arithmetic.decay(one.age, policy.half_life_late)
        days = arithmetic.capped_days(one.days)
        open_ = ", open, so its days do not age" if one.open else ""
        yield f"#{one.seq}: {days} days late, due {one.age} days ago{open_}"
        over.append(f"{days}" if one.open else f"{days} * {weight:.4f}")
        under.append(f"{weight:.4f}")
    rows = [(one.days, one.age, one.open) for one in facts.late]
    yield "with one bill of an ordinary client, 3 days late, beside them:"
    yield _sum(
        f"limit(({' + '.join(over)}) / ({' + '.join(under)}) / 30)",
        arithmetic.lateness(rows, policy.half_life_late),
    )
    if facts.late_made_good:
        yield "late once, paid, and apologised for: it does not count = 0.00"


def _drift(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    days = [arithmetic.capped_days(one.days) for one in facts.late][-6:]
    yield f"days late of the last {len(days)} bills: {', '.join(map(str, days))}"
    slope = arithmetic.slope(days)
    yield f"the median of the slopes between each two of them: {slope:g} days more each time"
    yield _sum(f"limit({slope:g} / 7)", arithmetic.drift(days))


def _exposure(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    assert facts.exposure is not None
    now = timeline.today.toordinal()
    for currency in currencies(timeline.bills):
        bills = [bill for bill in timeline.bills if bill.currency == currency]
        span = max(b.issued for b in bills) - min(b.issued for b in bills)
        total = sum(bill.amount for bill in bills)
        monthly = total / (1 + span / MONTH)
        yield f"{currency} a month: {total:.2f} / (1 + {span} / {MONTH:g}) = {monthly:.2f}"
        for bill in bills:
            if now > bill.due and bill.open(now) > 0:
                days = now - bill.due
                yield f"#{bill.seq}: {bill.open(now):.2f} open, {days} days overdue"
    yield "what is a month overdue counts whole, with the work since the last bill beside it"
    yield _sum(f"limit({facts.exposure:g} / 2)", arithmetic.exposure(facts.exposure))


def _silence(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    incidents = [one for one in facts.incidents if one.kind in SILENCE]
    waits = counted_waits(facts, policy)
    by_waits = arithmetic.silence(waits, policy.half_life_replies) if waits else -1.0
    by_waits = 0.0 if waits and facts.replies_made_good else by_waits
    rows = incident_rows(incidents)
    half_life = policy.half_life_incidents
    by_incidents = arithmetic.intensity(rows, counted_hours(facts), half_life)
    if incidents and by_incidents > by_waits:
        yield from _incidents(incidents, counted_hours(facts), policy)
        return
    most = arithmetic.MOST_REPLY_RATIO
    yield f"waits as multiples of the agreed time, {most:g} at the most; open ones do not age,"
    yield "and of the late ones the longest count, as many as make it worse"
    if facts.replies_made_good:
        yield "late once, answered, and apologised for: it does not count = 0.00"
        return
    yield _sum(f"limit(({_decayed(waits, policy.half_life_replies)} - 1) / 2)", by_waits)


def _control(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    own = [one for one in facts.incidents if one.kind in CONTROL]
    return _incidents(own, counted_hours(facts), policy)


def _conduct(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    elsewhere = CONTROL | MONEY | SILENCE | WEIGHTLESS
    own = [one for one in facts.incidents if one.kind not in elsewhere]
    return _incidents(own, counted_hours(facts), policy)


def _incidents(incidents: Sequence[Incident], hours: float, policy: Policy) -> Iterator[str]:
    """Yield the sum of incidents: points by severity, as far as each counts, less with age."""
    half_life = policy.half_life_incidents
    if not incidents:
        yield "no incident, and the log was touched in the last 30 days = 0.00"
        return
    parts = []
    for one in incidents:
        points = arithmetic.POINTS[one.severity] * one.weight
        half = {0.0: ", made good", 0.5: ", counted half"}.get(one.weight, "")
        yield f"#{one.seq}: {one.kind}, severity {one.severity}{half}, {one.age} days ago"
        parts.append(f"{points:g} * {arithmetic.decay(one.age, half_life):.4f}")
    rows = incident_rows(incidents)
    yield _sum(
        f"1 - exp(-({' + '.join(parts)}) * 40 / {max(40.0, hours):g} / 6)",
        arithmetic.intensity(rows, hours, half_life),
    )


def _insatiable(timeline: Timeline, facts: Facts, policy: Policy) -> Iterator[str]:
    tried = len(facts.repairs)
    refused = sum(step.worked == 0 for step in facts.repairs)
    yield _sum(
        f"limit((({refused} + 1) / ({tried} + 4) - 0.25) / 0.5)",
        arithmetic.insatiable(tried, refused),
    )


def _sum(words: str, value: float) -> str:
    return f"{words} = {value:.2f}"


_LINES: dict[str, Callable[[Timeline, Facts, Policy], Iterator[str]]] = {
    "overhead": _overhead,
    "stress": _stress,
    "dread": _dread,
    "worth": _worth,
    "lateness": _lateness,
    "drift": _drift,
    "exposure": _exposure,
    "silence": _silence,
    "control": _control,
    "conduct": _conduct,
    "fit": _fit,
    "insatiable": _insatiable,
}
