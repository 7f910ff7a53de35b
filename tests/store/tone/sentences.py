"""The sentences the tone check is held to, from `sentences/<code>.txt`: occasion, fault, words."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple, cast

from store.tone.sent import Hint, Occasion, hints_for

_FOLDER: Final = Path(__file__).parent / "sentences"


class Sentence(NamedTuple):
    """A sentence and the fault it has, empty where it has none."""

    occasion: Occasion
    fault: str
    words: str

    def hints(self, code: str) -> tuple[Hint, ...]:
        """Return what the check finds in it."""
        return hints_for(self.words, code, self.occasion, NAMES)


NAMES: Final = (
    "But Still Ltd",
    "Samt sem áður ehf",
    "De Facto Kft",
    "Mutta ja Muut Oy",
    "Stupid Cat Ltd",
)
"""Whose words are nobody's fault."""


def sentences(code: str) -> list[Sentence]:
    """Return the sentences of a language, as they stand in its file."""
    made = []
    for line in (_FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            occasion, fault, words = (part.strip() for part in line.split("|", 2))
            made.append(Sentence(cast(Occasion, occasion), fault, words))
    return made
