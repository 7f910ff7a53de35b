"""Words that ask what was done all this time, which an answer by the week can be given to."""

from __future__ import annotations

import re
from typing import Final

_ASKING: Final = re.compile(
    r"\b(?:is|was) (?:that|this|it) (?:really )?(?:all|everything)\b"
    r"|\ball (?:that )?you(?:'ve|’ve| have)? (?:did|do|done|managed)\b"
    r"|\bwhat (?:have|did) you (?:even |actually |really )?(?:been doing|do|done)\b",
    re.IGNORECASE,
)


def asks_what_was_done(text: str) -> bool:
    """Whether a complaint asks if that is all, or what was done."""
    return _ASKING.search(text) is not None
