"""The twelve factors: each says how heavy a burden is, in plain words, and which entries say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from store.decision import arithmetic
from store.decision.facts import CONTROL, MONEY, SILENCE, WEIGHTLESS, Facts, Incident
from store.decision.model import Factor
from store.settings.policy import Policy
from store.text import plural


def overhead(facts: Facts, policy: Policy) -> Factor:
    """Hours about the client against all hours (SEEDS row 41)."""
    if facts.hours is None:
        return _unknown("overhead", "No hours on the work logged in 90 days")
    hours = facts.hours
    detail = f"{hours.about:g} h about the client beside {hours.on:g} h on the work, in 90 days"
    if hours.chasing and facts.target:
        cost = f"{hours.chasing * facts.target:.2f}"
        detail += f"; chasing took {hours.chasing:g} h of it, about {cost} at your rate"
    return _known("overhead", arithmetic.overhead(hours.on, hours.about), detail, hours.evidence)


def stress(facts: Facts, policy: Policy) -> Factor:
    """Stress from the client against that from the work (SEEDS row 38)."""
    if facts.stress is None:
        return _unknown("stress", "No check-in with both stresses in 45 days")
    client, work = facts.stress
    burden = arithmetic.stress(client, work)
    return _known("stress", burden, f"{client:.1f} from the client, {work:.1f} from the work")


def dread(facts: Facts, policy: Policy) -> Factor:
    """Dread when a message comes, and of which version turns up (SEEDS rows 40 and 42)."""
    if not facts.dread:
        return _unknown("dread", "No check-in about dread in 45 days")
    burden = arithmetic.felt(facts.dread)
    return _known("dread", burden, f"{burden * 10:.1f} out of 10 in your check-ins")


def worth(facts: Facts, policy: Policy) -> Factor:
    """What an hour earns, chasing included, against what it should (SEEDS row 53)."""
    if facts.earned is None or facts.target is None:
        return _unknown("worth", "Needs invoices, hours and a target or agreed rate")
    detail = f"{facts.earned:.2f} an hour billed, where it should be {facts.target:.2f}"
    share = arithmetic.share_earned(facts.earned, facts.target)
    return _known("worth", arithmetic.worth(share), detail)


def lateness(facts: Facts, policy: Policy) -> Factor:
    """How late they pay; incidents stand in where no invoice is on the docket (SEEDS row 43)."""
    if facts.late:
        rows = [(one.days, one.age, one.open) for one in facts.late]
        late = [one for one in facts.late if one.days]
        burden = _forgiven(arithmetic.lateness(rows, policy.half_life_late), facts.late_made_good)
        worst = max((one.days for one in late), default=0)
        detail = f"{len(late)} of {len(rows)} invoices paid late or overdue"
        detail += f", the worst by {_days(worst)}" if late else ""
        detail += _sorry(facts.late_made_good)
        return _known("lateness", burden, detail, tuple(one.seq for one in late))
    owing = [one for one in facts.incidents if one.kind in MONEY]
    if not owing:
        return _unknown("lateness", "No invoice has come due")
    return _of_incidents("lateness", owing, 0, "about money, and no invoice on the docket", policy)


def drift(facts: Facts, policy: Policy) -> Factor:
    """Whether payment comes later each time (SEEDS row 31)."""
    days = [one.days for one in facts.late]
    if len(days) < 3:
        return _unknown("drift", f"Needs three invoices that came due, there are {len(days)}")
    slope = arithmetic.slope(days)
    seqs = tuple(one.seq for one in facts.late[-6:])
    burden = arithmetic.drift(days)
    detail = f"{slope:.2f} days later with each invoice" if slope > 0 else "Not getting later"
    if all(before < after for before, after in pairwise(days[-6:])):
        detail += ": each one later than the last"
    return _known("drift", burden, detail, seqs if burden else ())


def exposure(facts: Facts, policy: Policy) -> Factor:
    """Money at risk against what they usually bring (SEEDS row 29)."""
    if facts.exposure is None:
        return _unknown("exposure", "No invoice on the docket")
    seqs = tuple(one.seq for one in facts.owed)
    detail = f"{facts.exposure:.2f} months of usual billing at risk" if seqs else "Nothing overdue"
    return _known("exposure", arithmetic.exposure(facts.exposure), detail, seqs)


def silence(facts: Facts, policy: Policy) -> Factor:
    """How long they leave questions open (SEEDS row 12)."""
    incidents = [one for one in facts.incidents if one.kind in SILENCE]
    told = _of_incidents(
        "silence", incidents, counted_hours(facts), "of no or late replies", policy
    )
    waits = counted_waits(facts, policy)
    if not waits:
        return told if incidents else _unknown("silence", "No request has been answered or is late")
    burden = arithmetic.silence(waits, policy.half_life_replies)
    burden = _forgiven(burden, facts.replies_made_good)
    if incidents and (told.burden or 0) > burden:
        return told
    late = [one for one in facts.replies if one.ratio > 1]
    waiting = sum(one.open for one in late)
    detail = f"{len(late)} of {len(facts.replies)} answers late, {waiting} still open"
    detail += _sorry(facts.replies_made_good)
    return _known("silence", burden, detail, tuple(one.seq for one in late))


def control(facts: Facts, policy: Policy) -> Factor:
    """Whether they let you do the job (SEEDS rows 18 to 23)."""
    own = [one for one in facts.incidents if one.kind in CONTROL]
    return _behaviour(facts, "control", own, policy)


def conduct(facts: Facts, policy: Policy) -> Factor:
    """Blame, grabs for more, off-hours calls, hostility (SEEDS rows 19 to 26 and 58)."""
    elsewhere = CONTROL | MONEY | SILENCE | WEIGHTLESS
    own = [one for one in facts.incidents if one.kind not in elsewhere]
    return _behaviour(facts, "conduct", own, policy)


def fit(facts: Facts, policy: Policy) -> Factor:
    """Communication, vision and direction (SEEDS row 49)."""
    if not facts.fit:
        return _unknown("fit", "No check-in about fit in 45 days")
    burden = arithmetic.felt(facts.fit)
    return _known("fit", burden, f"{burden * 10:.1f} out of 10 apart in your check-ins")


def insatiable(facts: Facts, policy: Policy) -> Factor:
    """Whether anything you put right is ever accepted (SEEDS rows 57 and 61)."""
    tried = facts.repairs
    if not tried:
        return _unknown("insatiable", "No repair with a known outcome")
    refused = [step for step in tried if step.worked == 0]
    return _known(
        "insatiable",
        arithmetic.insatiable(len(tried), len(refused)),
        f"{len(refused)} of {_count(len(tried), 'repair')} not accepted",
        tuple(step.seq for step in tried),
    )


FACTORS: tuple[Callable[[Facts, Policy], Factor], ...] = (
    overhead,
    stress,
    dread,
    worth,
    lateness,
    drift,
    exposure,
    silence,
    control,
    conduct,
    fit,
    insatiable,
)

LABELS = {
    "overhead": "Hours about the client",
    "stress": "Stress from the client",
    "dread": "Dread",
    "worth": "What an hour earns",
    "lateness": "Paying late",
    "drift": "Paying later each time",
    "exposure": "Money at risk",
    "silence": "Silence",
    "control": "Control",
    "conduct": "Conduct",
    "fit": "Bad fit",
    "insatiable": "Never satisfied",
}


def all_factors(facts: Facts, policy: Policy) -> dict[str, Factor]:
    """Return the twelve factors by name."""
    return {factor.name: factor for factor in (build(facts, policy) for build in FACTORS)}


def scored_burdens(facts: Facts, policy: Policy) -> dict[str, float | None]:
    """Return the burdens of the factors that the score is made of, by name."""
    built = [build(facts, policy) for build in FACTORS if build not in (lateness, drift, exposure)]
    return {factor.name: factor.burden for factor in built}


def counted_hours(facts: Facts) -> float:
    """Return the hours that incidents are measured against: all that were logged in 90 days."""
    return facts.hours.logged if facts.hours else 0.0


def counted_waits(facts: Facts, policy: Policy) -> list[tuple[float, float]]:
    """Return the waits that silence is made of, as (multiple of the agreed time, age)."""
    late = [(one.ratio, float(one.age)) for one in facts.replies if one.ratio > 1]
    in_time = [(o.ratio, float(o.age)) for o in facts.replies if o.ratio <= 1 and not o.open]
    return arithmetic.counted_waits(in_time, late, policy.half_life_replies)


def incident_rows(incidents: Iterable[Incident]) -> list[tuple[float, float]]:
    """Return incidents as (points, age); each counts as far as its weight says."""
    return [(arithmetic.POINTS[one.severity] * one.weight, float(one.age)) for one in incidents]


def _behaviour(facts: Facts, name: str, incidents: list[Incident], policy: Policy) -> Factor:
    """A factor made of incidents: none is known to be none only while the log is fresh (D4)."""
    if not incidents and not facts.fresh:
        return _unknown(name, "Nothing logged in 30 days")
    return _of_incidents(name, incidents, counted_hours(facts), f"of {name}", policy)


def _of_incidents(
    name: str, incidents: list[Incident], hours: float, of_what: str, policy: Policy
) -> Factor:
    detail = f"{_count(len(incidents), 'incident')} {of_what}"
    made_good = sum(one.made_good for one in incidents)
    halved = sum(one.weight == 0.5 for one in incidents)
    detail += f", {made_good} made good" if made_good else ""
    detail += f", {halved} counted half" if halved else ""
    burden = arithmetic.intensity(incident_rows(incidents), hours, policy.half_life_incidents)
    return _known(name, burden, detail, tuple(one.seq for one in incidents))


def _forgiven(burden: float, made_good: bool) -> float:
    """What was late once, came, and was apologised for is history (SCORING D11.2)."""
    return 0.0 if made_good else burden


def _sorry(made_good: bool) -> str:
    return "; put right with an apology, so it does not count" if made_good else ""


def _known(name: str, burden: float, detail: str, evidence: tuple[int, ...] = ()) -> Factor:
    # Rounded here, so that all that is made of it can be redone from what is shown.
    return Factor(name, LABELS[name], round(burden, 2), detail, tuple(sorted(evidence)))


def _unknown(name: str, detail: str) -> Factor:
    return Factor(name, LABELS[name], None, detail)


def _count(number: int, word: str) -> str:
    return plural(number, word) if number else f"no {word}s"


def _days(number: int) -> str:
    return _count(number, "day")
