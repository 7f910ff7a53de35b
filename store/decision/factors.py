"""The twelve signs: how heavy each burden is, in plain words; shown, and no part of a verdict."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from store.decision import arithmetic
from store.decision.facts import CONTROL, MONEY, SILENCE, WATCH, WEIGHTLESS, Facts, Incident
from store.decision.model import Factor
from store.text import plural

LAST = 6
"""Bills looked back at: what was late before the last six is history."""


def _overhead(facts: Facts) -> Factor:
    """Hours about the client against all hours (advice 41)."""
    if facts.hours is None:
        return _unknown("overhead", "No hours on the work logged in 90 days")
    hours = facts.hours
    detail = f"{hours.about:g} h about the client beside {hours.on:g} h on the work, in 90 days"
    if hours.chasing and facts.target:
        cost = f"{hours.chasing * facts.target:.2f}"
        detail += f"; chasing took {hours.chasing:g} h of it, about {cost} at your rate"
    return _known("overhead", arithmetic.overhead(hours.on, hours.about), detail, hours.evidence)


def _stress(facts: Facts) -> Factor:
    """Stress from the client against that from the work (advice 38)."""
    if facts.stress is None:
        return _unknown("stress", "No check-in with both stresses in 45 days")
    client, work = facts.stress
    burden = arithmetic.stress(client, work)
    return _known("stress", burden, f"{client:.1f} from the client, {work:.1f} from the work")


def _dread(facts: Facts) -> Factor:
    """Dread when a message comes, and of which version turns up (advice 40 and 42)."""
    if not facts.dread:
        return _unknown("dread", "No check-in about dread in 45 days")
    burden = arithmetic.felt(facts.dread)
    return _known("dread", burden, f"{burden * 10:.1f} out of 10 in your check-ins")


def _worth(facts: Facts) -> Factor:
    """What an hour earns, chasing included, against what it should (advice 53)."""
    if facts.earned is None or facts.target is None:
        return _unknown("worth", "Needs invoices, hours and a target or agreed rate")
    detail = f"{facts.earned:.2f} an hour billed, where it should be {facts.target:.2f}"
    share = arithmetic.share_earned(facts.earned, facts.target)
    return _known("worth", arithmetic.worth(share), detail)


def _lateness(facts: Facts) -> Factor:
    """How often they pay late; incidents stand in where no invoice is on the docket."""
    if facts.late:
        last = facts.late[-LAST:]
        late = [one for one in last if one.days > arithmetic.ORDINARY_DAYS_LATE]
        worst = max((one.days for one in late), default=0)
        detail = f"{len(late)} of the last {plural(len(last), 'bill')} late or overdue"
        detail += f", the worst by {_days(worst)}" if late else ""
        seqs = tuple(one.seq for one in late)
        return _known("lateness", arithmetic.counted(len(late)), detail, seqs)
    owing = [one for one in facts.incidents if one.kind in MONEY]
    if not owing:
        return _unknown("lateness", "No invoice has come due")
    return _of_incidents("lateness", owing, "about money, and no invoice on the docket")


def _drift(facts: Facts) -> Factor:
    """Whether payment comes later each time (advice 31)."""
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


def _exposure(facts: Facts) -> Factor:
    """Money at risk against what they usually bring (advice 29)."""
    if facts.exposure is None:
        return _unknown("exposure", "No invoice on the docket")
    seqs = tuple(one.seq for one in facts.owed)
    detail = f"{facts.exposure:.2f} months of usual billing at risk" if seqs else "Nothing overdue"
    return _known("exposure", arithmetic.exposure(facts.exposure), detail, seqs)


def _silence(facts: Facts) -> Factor:
    """How long they leave questions open."""
    told = [one for one in facts.incidents if one.kind in SILENCE and one.age <= WATCH]
    late = [one for one in facts.replies if one.ratio > 1 and one.age <= WATCH]
    if not told and not late and not any(not one.open for one in facts.replies):
        return _unknown("silence", "No request has been answered or is late")
    waiting = sum(one.open for one in late)
    detail = f"{len(late)} of {_count(len(facts.replies), 'answer')} late, {waiting} still open"
    detail += f", {_count(len(told), 'incident')} of no or late replies" if told else ""
    seqs = (*(one.seq for one in late), *(one.seq for one in told))
    burden = arithmetic.silence(len(late) + len(told), facts.blocked)
    return _known("silence", burden, detail, seqs)


def _control(facts: Facts) -> Factor:
    """Whether they let you do the job (advice 18 to 23)."""
    own = [one for one in facts.incidents if one.kind in CONTROL]
    return _behaviour(facts, "control", own)


def _conduct(facts: Facts) -> Factor:
    """Blame, grabs for more, off-hours calls, hostility (advice 19 to 26 and 58)."""
    elsewhere = CONTROL | MONEY | SILENCE | WEIGHTLESS
    own = [one for one in facts.incidents if one.kind not in elsewhere]
    return _behaviour(facts, "conduct", own)


def _fit(facts: Facts) -> Factor:
    """Communication, vision and direction (advice 49)."""
    if not facts.fit:
        return _unknown("fit", "No check-in about fit in 45 days")
    burden = arithmetic.felt(facts.fit)
    return _known("fit", burden, f"{burden * 10:.1f} out of 10 apart in your check-ins")


def _insatiable(facts: Facts) -> Factor:
    """Whether anything you put right is ever accepted (advice 57 and 61)."""
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


FACTORS: tuple[Callable[[Facts], Factor], ...] = (
    _overhead,
    _stress,
    _dread,
    _worth,
    _lateness,
    _drift,
    _exposure,
    _silence,
    _control,
    _conduct,
    _fit,
    _insatiable,
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


def all_factors(facts: Facts) -> dict[str, Factor]:
    """Return the twelve factors by name."""
    return {factor.name: factor for factor in (build(facts) for build in FACTORS)}


def _behaviour(facts: Facts, name: str, incidents: list[Incident]) -> Factor:
    """A factor made of incidents: none is known to be none only while the log is fresh."""
    if not incidents and not facts.fresh:
        return _unknown(name, "Nothing logged in 30 days")
    return _of_incidents(name, incidents, f"of {name}")


def _of_incidents(name: str, incidents: list[Incident], of_what: str) -> Factor:
    """A factor that adds up the severities of half a year, each as far as it counts."""
    live = [one for one in incidents if one.age <= WATCH]
    detail = f"{_count(len(live), 'incident')} {of_what} in {WATCH} days"
    made_good = sum(one.made_good for one in live)
    halved = sum(one.weight == 0.5 for one in live)
    detail += f", {made_good} made good" if made_good else ""
    detail += f", {halved} counted half" if halved else ""
    total = sum(one.severity * one.weight for one in live)
    return _known(name, arithmetic.counted(total), detail, tuple(one.seq for one in live))


def _known(name: str, burden: float, detail: str, evidence: tuple[int, ...] = ()) -> Factor:
    # Rounded here, so that all that is made of it can be redone from what is shown.
    return Factor(name, LABELS[name], round(burden, 2), detail, tuple(sorted(evidence)))


def _unknown(name: str, detail: str) -> Factor:
    return Factor(name, LABELS[name], None, detail)


def _count(number: int, word: str) -> str:
    return plural(number, word) if number else f"no {word}s"


def _days(number: int) -> str:
    return _count(number, "day")
