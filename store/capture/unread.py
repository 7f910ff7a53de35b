"""What stays text though it looks like more: time at the head of a note, a day behind `by`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from store.dates import parse_day
from store.entries import Kind
from store.errors import UsageError
from store.quantities import spoken_terms

_TIME: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})? ?(?:h|hrs?|hours?)", re.IGNORECASE)
_DATED: Final = frozenset({"request", "promise", "invoice"})
_MOST: Final = 3
"""Words of a day: `by 3 dec`, `by 3 december 2026`."""


def unread(kind: Kind, words: Sequence[str], today: date) -> Iterator[str]:
    """Yield how to say what `words` seem to say, where an entry of `kind` keeps them as text."""
    if kind.id == "note" and (time := _time(words)):
        yield f"time spent? hours {time}"
    if kind.id in _DATED and (day := _day(words, today)):
        yield f"no day is read from that: {day}"
    if kind.id == "invoice" and (terms := _terms(words)):
        yield f"is it due by that? {terms}"


def _time(words: Sequence[str]) -> str:
    for count in (1, 2):
        said = " ".join(words[:count])
        if _TIME.fullmatch(said):
            return said.replace(" ", "").lower()
    return ""


def _terms(words: Sequence[str]) -> str:
    """Return the terms that the last words may be, which may be about the work, or nothing."""
    for count in (3, 2, 1):
        terms = spoken_terms(" ".join(words[-count:]).rstrip(".,;")) if words else ""
        if terms.startswith("net"):
            return terms
    return ""


def _day(words: Sequence[str], today: date) -> str:
    """Return the mark for a day that the last words name, or nothing."""
    for count in range(1, _MOST + 1):
        if len(words) <= count or words[-count - 1].lower() not in ("by", "due", "until", "before"):
            continue
        said = " ".join(words[-count:]).rstrip(".?!,")
        try:
            parse_day(said, today)
        except UsageError:
            continue
        return f"due:{said}"
    return ""
