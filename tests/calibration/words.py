"""What the words of a case are called on a docket; an unknown one becomes the plainest kind."""

from __future__ import annotations

from store.entries import Group, kind_named

# A promise to pay some day is an excuse while money is owed. `pay-later` keeps its meaning here:
# asking for more work meanwhile, which no case says in one word.
INCIDENTS = {"pay_promise": "excuse"}
GOOD_DAYS = {
    "on_time_payment": "paid-on-time",
    "deposit": "paid-early",
    "friendly": "thanks",
    "loyalty": "repeat-work",
    "good_history": "good-day",
    "good_project": "good-day",
    "approval": "good-day",
    "big_account": "good-day",
    "calm_reaction": "good-day",
    "clear_agreement": "good-day",
    "honest_news": "good-day",
}
STEPS = {
    "extra_fee_notice": "expectations",
    "contract_change": "expectations",
    "apology_offered": "my-apology",
    "remedy_offered": "remedy",
}
SEVERITY = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
"""Annoyance or lost time is 1, a broken agreement or lost money 2, serious or worse 3."""


def incident_kind(word: str) -> str:
    """Return the kind of an incident called `word`, `other` if nobody knows it."""
    return _kind(word, INCIDENTS, "incident", "other")


def good_day_kind(word: str) -> str:
    """Return the kind of a good day called `word`."""
    return _kind(word, GOOD_DAYS, "good-day", "good-day")


def step_kind(word: str) -> str:
    """Return the kind of a step called `word`; a word nobody knows becomes a note."""
    return _kind(word, STEPS, "step", "note")


def severity(given: object) -> int:
    """Return a severity of 1 to 5 on the docket's scale of 1 to 3; what is not told is mild."""
    if not isinstance(given, int | float):
        return 1
    return SEVERITY[min(5, max(1, round(given)))]


def scale(given: object) -> int | None:
    """Return an answer of 0 to 4 on the scale of 0 to 10, halves upward."""
    if not isinstance(given, int | float):
        return None
    return int(min(4.0, max(0.0, float(given))) * 2.5 + 0.5)


def _kind(word: str, known: dict[str, str], group: Group, otherwise: str) -> str:
    if word in known:
        return known[word]
    found = kind_named(word)
    return found.id if found and found.group == group else otherwise
