"""What would change a verdict: things that can be done, tried on the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

from store.decision.facts import Facts, Late, Reply, Step
from store.decision.model import Change
from store.decision.scale import VERDICT, VERDICTS
from store.decision.weigh import Weighed, weigh
from store.settings.policy import Policy

QUIET_DAYS = 60
NOTICEABLE = 1.0  # points a lever must move the rank by to be worth a line
MOST_SINGLE = 4


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that could happen, and the facts if it did."""

    text: str
    pull: Callable[[Facts], Facts]


def would_change(facts: Facts, weighed: Weighed) -> tuple[Change, ...]:
    """Return what would help, most first: single things, then the fewest that lift the verdict.

    Where nothing on the list lifts it, the last line says which rules still stand.
    """
    if weighed.verdict in ("keep", "not-enough"):
        return ()
    levers = [lever for lever in LEVERS if lever.pull(facts) != facts]
    singles = [_try(facts, (lever,), weighed.policy) for lever in levers]
    helpful = [
        change
        for change in singles
        if _milder(change, weighed) or weighed.rank - change.score >= NOTICEABLE
    ]
    helpful.sort(key=lambda change: (VERDICTS.index(change.verdict), change.score))
    if any(_milder(change, weighed) for change in helpful):
        return tuple(helpful[:MOST_SINGLE])
    return (*helpful[:MOST_SINGLE], _several(facts, weighed, levers))


def _several(facts: Facts, weighed: Weighed, levers: list[Lever]) -> Change:
    """Return the best of the smallest sets that lift the verdict, or what stands in the way."""
    # Quiet days can cost something too: an exception lapses, a reminder goes unheard.
    busy = [lever for lever in levers if lever.pull is not _quiet]
    policy = weighed.policy
    whole = [(chosen, weigh(_pull_all(facts, chosen), policy)) for chosen in (levers, busy)]
    most, best = min(whole, key=lambda one: (VERDICTS.index(one[1].verdict), one[1].rank))
    if VERDICTS.index(best.verdict) < VERDICTS.index(weighed.verdict):
        for size in (2, 3):
            tried = [_try(facts, chosen, policy) for chosen in combinations(levers, size)]
            lifting = [change for change in tried if _milder(change, weighed)]
            if lifting:
                return min(lifting, key=lambda c: (VERDICTS.index(c.verdict), c.score))
        return _try(facts, tuple(most), policy)
    grave = VERDICTS.index(best.verdict)
    reasons = [
        f"{rule.id} ({rule.title.lower()})"
        for rule in best.raising
        if VERDICTS.index(rule.says) >= grave
    ]
    still = ", ".join(reasons)
    text = "None of the things that could be done now would lift this verdict"
    if still:
        text += f"; with all of them done, {still} would still stand"
    return Change(text, weighed.verdict, best.rank)


def _try(facts: Facts, levers: tuple[Lever, ...], policy: Policy) -> Change:
    after = weigh(_pull_all(facts, list(levers)), policy)
    text = ", and ".join(lever.text for lever in levers)
    return Change(f"{text}: {VERDICT[after.verdict].said.lower()}", after.verdict, after.rank)


def _pull_all(facts: Facts, levers: list[Lever]) -> Facts:
    for lever in levers:
        facts = lever.pull(facts)
    return facts


def _milder(change: Change, weighed: Weighed) -> bool:
    return VERDICTS.index(change.verdict) < VERDICTS.index(weighed.verdict)


def _paid(facts: Facts) -> Facts:
    """What is overdue comes in today, as late as it is, and the next two come on time."""
    if not facts.owed and not facts.unpaid:
        return facts
    settled = tuple(one._replace(open=False) for one in facts.late)
    late = (*settled, *(Late(0, 0, 0, open=False) for _ in range(2)))
    exposure = None if facts.exposure is None else 0.0
    return replace(
        facts,
        late=late,
        owed=(),
        unpaid=(),
        exposure=exposure,
        worked_on=0.0,
        good_lately=facts.good_lately + 2,
    )


def _answered(facts: Facts) -> Facts:
    """Open questions are answered today, and as many more in the agreed time."""
    if not any(one.ratio > 1 for one in facts.replies):
        return facts
    closed = tuple(one._replace(open=False) for one in facts.replies)
    in_time = tuple(Reply(0, 1.0, 0, open=False) for _ in closed)
    return replace(facts, replies=(*closed, *in_time), blocked=0, blocked_asked=0)


def _quiet(facts: Facts) -> Facts:
    """Sixty days pass without an incident: what happened is that much older, all alike.

    Debts go on, open questions keep their place; only this one thing is tried.
    """
    if not facts.incidents:
        return facts
    return replace(
        facts,
        age=None if facts.age is None else facts.age + QUIET_DAYS,
        incidents=tuple(one._replace(age=one.age + QUIET_DAYS) for one in facts.incidents),
        unpaid=tuple(one._replace(age=one.age + QUIET_DAYS) for one in facts.unpaid),
        owed=tuple(one._replace(age=one.age + QUIET_DAYS) for one in facts.owed),
        late=tuple(one._replace(age=one.age + QUIET_DAYS) for one in facts.late),
        steps=tuple(one._replace(age=one.age + QUIET_DAYS) for one in facts.steps),
        client_pledges=tuple(
            one._replace(made=one.made + QUIET_DAYS) for one in facts.client_pledges
        ),
        blocked_asked=facts.blocked_asked + QUIET_DAYS if facts.blocked else 0,
        waivers=tuple(
            one._replace(left=one.left - QUIET_DAYS)
            for one in facts.waivers
            if one.left >= QUIET_DAYS
        ),
    )


def _at_rate(facts: Facts) -> Facts:
    """An hour earns what it should."""
    if facts.earned is None or facts.target is None or facts.earned >= facts.target:
        return facts
    return replace(facts, earned=facts.target)


def _halved(facts: Facts) -> Facts:
    """The hours about the client are halved."""
    if facts.hours is None or facts.hours.about <= 0:
        return facts
    return replace(facts, hours=replace(facts.hours, about=facts.hours.about / 2))


def _landed(facts: Facts) -> Facts:
    """A repair is tried, and accepted: it settles what was before it, as the record would."""
    settled = tuple(
        one._replace(made_good=True) if not one.made_good else one for one in facts.incidents
    )
    if settled == facts.incidents:
        return facts
    landed = Step(0, "remedy", 0, worked=1.0)
    return replace(facts, steps=(*facts.steps, landed), incidents=settled)


LEVERS = (
    Lever("What is overdue is paid, and the next two invoices on time", _paid),
    Lever("Open questions are answered, and the next ones in time", _answered),
    Lever(f"{QUIET_DAYS} days pass with no incident", _quiet),
    Lever("An hour earns its target rate", _at_rate),
    Lever("The hours about the client are halved", _halved),
    Lever("A talk or a repair that helps, and it does not happen again", _landed),
)
