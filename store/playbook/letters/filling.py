"""A letter to one client about one thing, in their language: what shell and app both ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from store.languages import ENGLISH, language
from store.languages.wording import NamedFact
from store.playbook.letters import Letter, letter, wording
from store.playbook.letters.facts import facts_for, situation, typed_fact
from store.playbook.letters.sorts import DAY_FACTS, FACTS
from store.playbook.scene import Scene

_CHASING: Final = ("courtesy", "reminder", "formal-notice", "final-demand", "no-unpaid")
"""Letters about a bill that is late, beside the stop."""
_LOGGED: Final = frozenset("asked item act done asked_for happened said facts scope clause".split())
"""Facts that are somebody's words, as they were logged."""


class Prepared(NamedTuple):
    """A letter, and the facts it was filled with."""

    letter: Letter
    facts: Mapping[str, NamedFact]


def prepared(
    scene: Scene, kind: str, about: str, code: str, said: Mapping[str, str], own: Path
) -> Prepared:
    """Return the letter of a kind about an invoice or `#12`, with what was `said` of its facts.

    `no` is the one of the seven that fits. Where it is not there in the language, it is whole in
    English, facts and all. Raises as `wording` does.
    """
    kind = situation(scene, about) if kind == "no" else kind
    spoken = wording(kind, code, own)[1]
    facts = facts_for(scene, about, spoken, kind) | {
        name: typed_fact(name, typed, scene.today) for name, typed in said.items()
    }
    found = letter(kind, facts, code, own)
    days = (one.fact for one in found.rests_on if one.fact in DAY_FACTS and not one.entries)
    proposed = tuple(name for name in days if name != "today" and name not in said)
    doubts = (*found.doubts, *_doubts(scene, found), *_in_own_words(found, said))
    return Prepared(found._replace(doubts=doubts, proposed=proposed), facts)


def _in_own_words(found: Letter, said: Mapping[str, str]) -> Iterator[str]:
    """Yield that words of the log stand in a letter, which may be in another language than it."""
    own = [one.fact for one in found.rests_on if one.fact in _LOGGED and one.fact not in said]
    if own and found.language != ENGLISH:
        named = ", ".join(FACTS[name] for name in own)
        yield f"See that this is in {language(found.language).name}, as your log has it: {named}."


def _doubts(scene: Scene, found: Letter) -> Iterator[str]:
    """Yield what speaks against asking for the money that a letter asks for."""
    told = {one.fact: one.text for one in found.rests_on}
    bill = scene.docket.ledger.find(told.get("invoice", ""))
    if bill is None or found.kind not in (*_CHASING, "stop-notice"):
        return
    if not bill.balance.amount:
        yield f"{bill.number} is {bill.done}: is this the letter you mean?"
    elif bill.due >= scene.today:
        yield f"{bill.number} is not late: it is due on {bill.due:%-d %b %Y}."
