"""The words around an assessment: the headline, what is missing, and both ways out."""

from __future__ import annotations

from collections.abc import Mapping

from store.decision.facts import MEMORY, Facts
from store.decision.facts import SAID as SAID_STEPS
from store.decision.kind import Classified
from store.decision.model import Factor, Missing, MyShare, Unsaid, WaysOut
from store.decision.questions import ENOUGH, Burdens, by_question, coverage
from store.decision.scale import VERDICT, Verdict
from store.decision.weigh import GONE, Weighed
from store.text import plural

YOUNG = 30
"""Days with a client before it says much that nothing happened."""
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
_KINDLY = "nobody is at fault, and that you do not fit is reason enough: kindly "
_NOBODYS_FAULT = "ask what they want to reach, and whether somebody else would get them there"


def provisional(facts: Facts, weighed: Weighed, burdens: Burdens) -> bool:
    """Whether no rule asks for anything and too little is known, or the client too new, to tell."""
    return not weighed.raising and (coverage(burdens) < ENOUGH or _young(facts))


def headline(facts: Facts, weighed: Weighed, factors: Mapping[str, Factor]) -> str:
    """Return the answer in words: the verdict, why, and how far to trust it."""
    said = VERDICT[weighed.verdict].said
    thin = provisional(facts, weighed, {name: one.burden for name, one in factors.items()})
    if weighed.verdict == "not-enough":
        return f"{said}: {_BECAUSE[weighed.verdict]}."
    if weighed.decisive:
        text = f"{said}. {weighed.decisive[0].reason}"
    elif weighed.money.owing:
        text = f"{said}. {weighed.money.reason}"
    elif not weighed.points:
        text = f"{said}: hardly anything on record speaks against them."
    elif thin and weighed.verdict == "keep" and not weighed.rules:
        text = f"{said}: nothing on record so far asks for more."
    else:
        text = f"{said}: {_BECAUSE[weighed.verdict]}."
    for rule in weighed.rules:
        if rule.excepted is not None:
            asked = VERDICT[rule.verdict].said.lower()
            text += f" {rule.id} says {asked}, but your exception {rule.left}."
    if thin:
        text += f" Provisional: {_thin(facts, factors)}."
    return text


def to_do(verdict: Verdict) -> str:
    """Return what a verdict asks one to do, as a clause."""
    return "go on, and log what happens" if verdict == "keep" else _BECAUSE[verdict]


def gone_exceptions(facts: Facts) -> list[str]:
    """Return a sentence for each exception in force to a rule that is no more."""
    rules = dict.fromkeys(one.rule for one in facts.waivers if one.rule in GONE)
    return [
        f"Your exception to {rule} holds nothing back: the rule went, it {GONE[rule]}."
        for rule in rules
    ]


def missing(weighed: Weighed, burdens: Burdens) -> tuple[Missing, ...]:
    """Return what would make more of it known, cheapest first, each with the share known then.

    They add up: each counts on those before it.
    """
    known = dict(burdens)
    found = []
    for what, names in _MISSING:
        unknown = [name for name in names if known[name] is None]
        if not unknown:
            continue
        known |= dict.fromkeys(unknown, 0.0)
        asked = ", ".join(_ASKED[name] for name in unknown if name in _ASKED)
        found.append(Missing(what.format(asked), coverage(known)))
    if weighed.money.rung == "unknown":
        found.insert(1, Missing(_BILLS, found[0].coverage if found else coverage(burdens)))
    return tuple(found[:3])


def with_hours(burdens: Burdens) -> float:
    """Return the share that would be known if hours were logged."""
    return coverage({**burdens, "overhead": 0.0})


def ways_out(facts: Facts, weighed: Weighed, burdens: Burdens) -> WaysOut:
    """Return both ways there are, each with what the docket has to say for it."""
    about_money = weighed.money.owing or any(rule.id == "R13" for rule in weighed.rules)
    heavy = {key: burden for key, burden in by_question(burdens).items() if key != "pay"}
    key = "pay" if about_money else max(heavy, key=heavy.__getitem__)
    solve = _SOLVE[key]
    alone = key == "fit" and fit_alone(facts, weighed, burdens)
    if key == "fit" and (alone or not any(one.mine for one in facts.incidents)):
        solve = _NOBODYS_FAULT
    tried = len(facts.repairs)
    accepted = sum(step.worked == 1 for step in facts.repairs)
    record = f"{accepted} of {tried} repairs landed so far" if tried else "no repair tried yet"
    late = sum(pledge.broken for pledge in facts.my_pledges)
    owed = f"{late} of your own promises to keep first" if late else "none of your promises is late"
    end = f"{_KINDLY * alone}finish what was agreed, say so plainly, and hand over"
    return WaysOut(
        solve=f"Solve it: {solve} ({record}).",
        end=f"End it: {end} ({owed}).",
    )


def fit_alone(facts: Facts, weighed: Weighed, burdens: Burdens) -> bool:
    """Whether nothing but the fit speaks against them: that may end it, and is nobody's fault."""
    by = by_question(burdens)
    others = any(burden for key, burden in by.items() if key != "fit")
    return bool(by["fit"]) and not (others or weighed.raising or weighed.money.owing)


def repair(facts: Facts, weighed: Weighed, kind: Classified) -> str:
    """Return what to try next about them, as the kind of client and what is open have it.

    An apology is proposed only where part of it is one's own doing, and a repair not to somebody
    who keeps silent or does not pay: they have only to answer, or to pay.
    """
    if kind.kind == "problem client" or any(rule.id == "R6" for rule in weighed.rules):
        return "Nothing you put right satisfies them: finish what you promised, then part well."
    if kind.kind == "client with problems":
        return "Help first: one useful thing with a date, and write down whether it landed."
    mine = any(one.mine for one in facts.incidents)
    if weighed.money.owing and not mine:
        return "There is nothing to repair on your side: they have to pay."
    if facts.blocked and not mine:
        return "There is nothing to repair on your side: they have to answer."
    apology = "a sincere apology for your part, " if mine else ""
    return (
        f"Find out by one repair: {apology}one useful act with a date, and write down whether it "
        "landed."
    )


def unsaid(facts: Facts) -> Unsaid | None:
    """Return the trouble that nothing was said about since it came; None where all was.

    An apology or an offer of mine answers it too.
    """
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
    return Unsaid(len(silent), days, tuple(sorted(evidence)), said)


def my_share(facts: Facts) -> MyShare:
    """Return what of the trouble is mine."""
    mine = [one.seq for one in facts.incidents if one.mine]
    late = [one.seq for one in facts.my_pledges if one.broken]
    return MyShare(len(mine), len(facts.incidents), len(late), (*mine, *late))


def _young(facts: Facts) -> bool:
    return facts.age is None or facts.age < YOUNG


def _thin(facts: Facts, factors: Mapping[str, Factor]) -> str:
    if _young(facts) and coverage({n: one.burden for n, one in factors.items()}) >= ENOUGH:
        return f"less than {plural(YOUNG, 'day')} together"
    known = [factor for factor in factors.values() if factor.burden]
    if not known:
        return "little is on record"
    heaviest = max(known, key=lambda factor: factor.burden or 0.0)
    return f"little is on record, and what speaks most is {heaviest.label.lower()}"
