"""The tone check of a letter: what to look at again in its words, in its language."""

from __future__ import annotations

import re
from typing import Final

from store.docket import Docket
from store.playbook.letters import Letter
from store.playbook.letters.sorts import occasion_of
from store.tone.sent import Hint, hints_for

_OPEN: Final = re.compile(r"\[[^\[\]\n]{1,60}\]")
"""What a better sentence leaves to the writer; no letter has such brackets of its own."""


def letter_hints(letter: Letter, docket: Docket) -> tuple[Hint, ...]:
    """Return what to look at again in the body of a letter, by place, but their names."""
    found = text_hints(letter.body, letter.language, letter.kind, docket)
    left = [
        Hint("open", "a place that is open", one[0], one.start(), "It is yours to say.")
        for one in _OPEN.finditer(letter.body)
    ]
    return tuple(sorted([*found, *left], key=lambda hint: hint.start))


def text_hints(text: str, code: str, kind: str, docket: Docket) -> tuple[Hint, ...]:
    """Return what to look at again in a text to a client, for the occasion of a kind of letter."""
    profile = docket.profile
    names = filter(None, (profile.name, profile.contract_name))
    return hints_for(text, code, occasion_of(kind), names)
