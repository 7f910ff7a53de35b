"""Whether a client asks for a decision today, by their verdict and what was decided last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.decision.scale import VERDICTS

if TYPE_CHECKING:
    from store.private.model import Private


def review_due(private: Private, today: date) -> date | None:
    """Return the review day of the last decision, if it has come and nothing was done about it.

    A later decision does that, and so does saying, on that day or later, whether it was right.
    """
    last = private.decisions[-1] if private.decisions else None
    if last is None or last.review is None or last.review > today:
        return None
    looked_at = last.right_at is not None and last.right_at.date() >= last.review
    return None if looked_at else last.review


def decision_due(private: Private, verdict: str, today: date) -> bool:
    """Whether a decision is due: none was made on this verdict, or its review day has come."""
    if verdict not in VERDICTS or verdict == "keep":
        return False
    last = private.decisions[-1] if private.decisions else None
    if last is None or last.verdict != verdict:
        return True
    return review_due(private, today) is not None
