"""Leaving a client in words: every point, what is known of it, and what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from store.playbook.leaving import PHASES, Matter
from store.text import plural


def phases_of(points: Sequence[Matter]) -> Iterator[tuple[str, list[Matter]]]:
    """Yield each part of leaving by what it is called, with its points."""
    for stage, called in PHASES.items():
        if found := [point for point in points if point.stage == stage]:
            yield called, found


def mark_of(point: Matter) -> str:
    """Return the mark before a point: what is open, and what is settled."""
    return "[ ]" if point.open else "[x]"


def matter_words(point: Matter) -> str:
    """Return a point and what is known of it, in a line."""
    return f"{point.what}: {point.said}" if point.said else point.what


def left_words(points: Sequence[Matter]) -> str:
    """Return how much is open, and what is best settled next."""
    open_ = [point for point in points if point.open]
    if not open_:
        return "Nothing is open: it can be closed."
    return f"{plural(len(open_), 'point is', 'points are')} open. Next: {open_[0].what}"


def matter_json(point: Matter, *, private: bool) -> dict[str, Any]:
    """Return a point as `docket exit --json` prints it; what was chosen only where `private`.

    What rests on entries is on the docket, and no secret.
    """
    told = private or bool(point.evidence)
    return {
        "point": point.id,
        "stage": point.stage,
        "what": point.what if told else point.what.partition(":")[0],
        "open": point.open,
        "said": point.said if told else "",
        "evidence": list(point.evidence),
        "letter": point.letter,
        "command": f"docket {point.how}" if point.how else "",
    }
