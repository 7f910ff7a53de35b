"""The verdicts, from keep to walk away, and what each is called: all that a list needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

Verdict = Literal["keep", "set-boundaries", "stop-work", "walk-away", "not-enough"]

VERDICTS: tuple[Verdict, ...] = ("keep", "set-boundaries", "stop-work", "walk-away")
"""The four verdicts, mildest first; `not-enough` stands outside the order."""


class VerdictWords(NamedTuple):
    """A verdict, or a choice, in words: the answer it is, in a sentence, in a word."""

    said: str
    words: str
    short: str


VERDICT: Final[Mapping[str, VerdictWords]] = {
    "keep": VerdictWords("Keep", "keep", "keep"),
    "set-boundaries": VerdictWords("Set boundaries", "set boundaries", "bound"),
    "stop-work": VerdictWords("Stop work until they pay", "stop work", "stop"),
    "walk-away": VerdictWords("Walk away", "walk away", "walk"),
    "not-enough": VerdictWords("Not enough on record", "not enough", "?"),
    "unsure": VerdictWords("Unsure", "unsure", "?"),
}
"""What is said of each verdict, and of each answer of the gut."""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of `verdicts`, `keep` where there is none."""
    return max(verdicts, key=VERDICTS.index, default="keep")
