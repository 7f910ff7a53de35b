"""The words around an assessment: the headline, what is missing, and both ways out."""

from __future__ import annotations

from store.decision.facts import MEMORY, Facts
from store.decision.facts import SAID as SAID_STEPS
from store.decision.kind import Classified
from store.decision.model import VERDICT, Factor, Missing, MyShare, Unsaid, Verdict, WaysOut
from store.decision.score import ENOUGH, ORDINARY, coverage
from store.decision.weigh import Weighed

_BECAUSE: dict[Verdict, str] = {
    "keep": "the work outweighs what trouble there is",
    "set-boundaries": "one talk, with dates, about what is going wrong",
    "stop-work": "go on once the money is there",
    "walk-away": "finish what you owe them, then end it decently",
    "not-enough": "log what happens, or do a check-in",
}

# Cheapest first: what to do, and the factors it makes known.
_MISSING = (
    ("A check-in, half a minute: {}", ("stress", "dread", "fit")),
    (
        "Anything that happened in the last 30 days, or a note that nothing did",
        ("control", "conduct"),
    ),
    ("A week of hours, on the work and about the client", ("overhead",)),
    ("Hours, a bill and a target rate, to see what an hour earns", ("worth",)),
    ("The next question you ask them, and when they answer", ("silence",)),
    ("What came of an apology or a repair", ("insatiable",)),
)
_ASKED = {"stress": "both stresses", "dread": "dread", "fit": "fit"}
_BILLS = "The invoices with their due dates: money is a question of its own"

_SOLVE = {
    "more": "agree on fixed times and channels for talk, and bill what goes beyond them",
    "pay": "ask what keeps them from paying, and offer dated part payments or money up front",
    "work": "show them three dated facts, and agree who answers and approves what by when",
    "fit": "ask what they want to reach, apologise for your part, and put one thing right",
}


def provisional(weighed: Weighed) -> bool:
    """Whether no rule speaks and the score is too thin, or the client too new, to bear weight."""
    return not weighed.raising and (weighed.coverage < ENOUGH or weighed.young)


def headline(weighed: Weighed) -> str:
    """Return the answer in words: the verdict, why, and how far to trust it."""
    said = VERDICT[weighed.verdict].said
    cap = next((rule for rule in weighed.rules if rule.id == "R7"), None)
    decisive = [rule for rule in weighed.raising if rule.verdict == weighed.verdict]
    if weighed.verdict == "not-enough":
        return f"{said}: {_BECAUSE[weighed.verdict]}."
    if cap or decisive:
        text = f"{said}. {(cap or decisive[0]).reason}"
    elif weighed.money.owing and weighed.verdict == "keep":
        text = f"{said}. {weighed.money.reason}"
    elif weighed.steadied:
        text = f"{said}: it is getting better, but has not been so for long enough to trust."
    elif weighed.verdict == "keep" and weighed.score <= 100 * ORDINARY:
        text = f"{said}: hardly anything on record speaks against them."
    elif weighed.young and weighed.score >= weighed.policy.talk_from:
        text = f"{said}, for it is too early: what is known so far points to trouble."
    elif weighed.verdict == "keep":
        text = f"{said}: {_BECAUSE[weighed.verdict]}."
    else:
        policy, leaving = weighed.policy, weighed.verdict == "walk-away"
        line = policy.leave_from if leaving else policy.talk_from
        reached = f"the score of {weighed.score:.1f} has reached the line of {line:g}"
        text = f"{said}: {reached}, so {_BECAUSE[weighed.verdict]}."
    excepted = [rule for rule in weighed.rules if rule.excepted is not None]
    for rule in excepted:
        text += (
            f" {rule.id} says {VERDICT[rule.verdict].said.lower()}, but your exception {rule.left}."
        )
    if provisional(weighed):
        text += f" Provisional: {_thin(weighed)}."
    return text


def missing(weighed: Weighed) -> tuple[Missing, ...]:
    """Return what would make more of it known, cheapest first, each with the share known then.

    They add up: each counts on those before it.
    """
    burdens = dict(weighed.burdens)
    found = []
    for what, names in _MISSING:
        unknown = [name for name in names if burdens[name] is None]
        if not unknown:
            continue
        burdens |= dict.fromkeys(unknown, 0.0)
        asked = ", ".join(_ASKED[name] for name in unknown if name in _ASKED)
        found.append(Missing(what.format(asked), coverage(burdens, weighed.policy)))
    if weighed.money.rung == "unknown":
        found.insert(1, Missing(_BILLS, found[0].coverage if found else weighed.coverage))
    return tuple(found[:3])


def with_hours(weighed: Weighed) -> float:
    """Return the share that would be known if hours were logged."""
    return coverage({**weighed.burdens, "overhead": 0.0}, weighed.policy)


def ways_out(facts: Facts, weighed: Weighed) -> WaysOut:
    """Return both ways the seeds name, each with what the docket has to say for it (row 54)."""
    about_money = weighed.money.owing or any(rule.id == "R12" for rule in weighed.rules)
    key = "pay" if about_money else max(weighed.policy.weights, key=weighed.by_question.__getitem__)
    tried = len(facts.repairs)
    accepted = sum(step.worked == 1 for step in facts.repairs)
    record = f"{accepted} of {tried} repairs landed so far" if tried else "no repair tried yet"
    late = sum(pledge.broken for pledge in facts.my_pledges)
    owed = f"{late} of your own promises to keep first" if late else "none of your promises is late"
    return WaysOut(
        solve=f"Solve it: {_SOLVE[key]} ({record}).",
        end=f"End it: finish what was agreed, say so plainly, and hand over ({owed}).",
    )


def repair(kind: Classified) -> str:
    """Return what to try next about them, as the kind of client has it (SEEDS rows 55 to 61)."""
    if kind.kind == "problem client":
        return "Nothing you put right satisfies them: finish what you promised, then part well."
    if kind.kind == "client with problems":
        return "Help first: one useful thing with a date, and write down whether it landed."
    return (
        "Find out by one repair: a sincere apology for your part, one useful act with a date, and "
        "write down whether it landed."
    )


def unsaid(facts: Facts) -> Unsaid | None:
    """Return the trouble that nothing was said about since it began; None where all was."""
    said = min((step.age for step in facts.steps if step.kind in SAID_STEPS), default=None)
    silent = [
        one
        for one in facts.incidents
        if one.age < (MEMORY + 1 if said is None else said) and one.weight
    ]
    bills = [one for one in facts.owed if said is None or one.age < said]
    if not silent and not bills:
        return None
    days = max([one.age for one in silent] + [one.age for one in bills])
    if days == 0:
        return None  # of today: there was hardly time
    evidence = (*(one.seq for one in bills), *(one.seq for one in silent))
    return Unsaid(len(silent), days, tuple(sorted(evidence)))


def my_share(facts: Facts) -> MyShare:
    """Return what of the trouble is mine (SEEDS rows 56 and 66)."""
    mine = [one.seq for one in facts.incidents if one.mine]
    late = [one.seq for one in facts.my_pledges if one.broken]
    return MyShare(len(mine), len(facts.incidents), len(late), (*mine, *late))


def _thin(weighed: Weighed) -> str:
    if weighed.young and weighed.coverage >= ENOUGH:
        return f"less than {weighed.policy.young_days} days together"
    known = [factor for factor in weighed.factors.values() if factor.burden]
    if not known:
        return "little is on record"
    heaviest = max(known, key=_burden)
    return f"little is on record, and what speaks most is {heaviest.label.lower()}"


def _burden(factor: Factor) -> float:
    return factor.burden or 0.0
