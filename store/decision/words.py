"""The words around an assessment: the headline, what is missing, and both ways out."""

from __future__ import annotations

from store.decision.facts import Facts
from store.decision.model import SAID, Factor, Verdict, WaysOut
from store.decision.score import ENOUGH, ORDINARY, QUESTIONS, WALK
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
    ("A check-in, half a minute: stress, dread and fit", ("stress", "dread", "fit")),
    ("Anything that happened in the last 30 days, or a note that nothing did", ("control",)),
    ("The invoices, with their due dates", ("lateness", "exposure")),
    ("The hours, on the work and about the client", ("overhead",)),
    ("A target rate in the config, or the agreed rate", ("worth",)),
    ("The next question you ask them, and when they answer", ("silence",)),
    ("What came of an apology or a repair", ("insatiable",)),
    ("A third invoice, to see whether payment drifts", ("drift",)),
)

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
    said = SAID[weighed.verdict]
    cap = next((rule for rule in weighed.rules if rule.id == "R7"), None)
    decisive = [rule for rule in weighed.raising if rule.verdict == weighed.verdict]
    if weighed.verdict == "not-enough":
        return f"{said}: {_BECAUSE[weighed.verdict]}."
    if cap or decisive:
        text = f"{said}. {(cap or decisive[0]).reason}"
    elif weighed.verdict == "keep" and weighed.score <= 100 * ORDINARY:
        text = f"{said}: hardly anything on record speaks against them."
    else:
        text = f"{said}: {_BECAUSE[weighed.verdict]}."
    if provisional(weighed):
        text += f" Provisional: {_thin(weighed)}."
    elif weighed.score >= WALK and weighed.verdict != "walk-away" and not cap:
        early = "it is too early for a score to decide"
        money = "it is mostly about money, which stops the work before it ends the relation"
        text += f" The score is that of leaving, but {early if weighed.young else money}."
    return text


def missing(weighed: Weighed) -> tuple[str, ...]:
    """Return the three cheapest things that would make more of it known, cheapest first."""
    burdens = weighed.burdens
    useful = [what for what, names in _MISSING if any(burdens[name] is None for name in names)]
    return tuple(useful[:3])


def ways_out(facts: Facts, weighed: Weighed) -> WaysOut:
    """Return both ways the seeds name, each with what the docket has to say for it (row 54)."""
    key = max(QUESTIONS, key=lambda asked: weighed.by_question[asked.key]).key
    tried = len(facts.repairs)
    accepted = sum(step.worked is True for step in facts.repairs)
    record = f"{accepted} of {tried} repairs landed so far" if tried else "no repair tried yet"
    late = sum(pledge.broken for pledge in facts.my_pledges)
    owed = f"{late} of your own promises to keep first" if late else "none of your promises is late"
    return WaysOut(
        solve=f"Solve it: {_SOLVE[key]} ({record}).",
        end=f"End it: finish what was agreed, say so plainly, and hand over ({owed}).",
    )


def _thin(weighed: Weighed) -> str:
    if weighed.young and weighed.coverage >= ENOUGH:
        return "less than 30 days together"
    known = [factor for factor in weighed.factors.values() if factor.burden]
    if not known:
        return "little is on record"
    heaviest = max(known, key=_burden)
    return f"little is on record, and what speaks most is {heaviest.label.lower()}"


def _burden(factor: Factor) -> float:
    return factor.burden or 0.0
