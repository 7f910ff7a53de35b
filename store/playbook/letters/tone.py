"""The tone check of a letter: what to look at again in its words, in its language."""

from __future__ import annotations

from store.docket import Docket
from store.playbook.letters import Letter
from store.playbook.letters.sorts import occasion_of
from store.tone.sent import Hint, hints_for


def letter_hints(letter: Letter, docket: Docket) -> tuple[Hint, ...]:
    """Return what to look at again in the body of a letter, by place, but their names."""
    profile = docket.profile
    names = filter(None, (profile.name, profile.contract_name))
    return hints_for(letter.body, letter.language, occasion_of(letter.kind), names)
