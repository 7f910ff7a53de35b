"""How well verdicts agree with labels: exact, within one step, and weighted kappa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from store.decision import VERDICTS
from store.decision.sure import wilson

ATTACKS = {"abuse", "threat", "public_attack"}


def exact(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of (label, verdict) pairs that are the same."""
    return sum(label == verdict for label, verdict in pairs) / len(pairs) if pairs else 0.0


def within_one(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of pairs at most one step apart; not-enough is never near a label."""
    near = [abs(_rank(a) - _rank(b)) <= 1 for a, b in pairs if {a, b} <= set(VERDICTS)]
    return sum(near) / len(pairs) if pairs else 0.0


def weighted_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return quadratic-weighted kappa over the pairs with a verdict; None where chance is all."""
    ranks = [(_rank(a), _rank(b)) for a, b in pairs if {a, b} <= set(VERDICTS)]
    if not ranks:
        return None
    seen = sum((a - b) ** 2 for a, b in ranks) / len(ranks)
    chance = sum((a - b) ** 2 for a, _ in ranks for _, b in ranks) / len(ranks) ** 2
    return None if chance == 0 else 1 - seen / chance


def interval(share: float, cases: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a `share` seen in so many `cases`."""
    return wilson(share, cases) if cases else (0.0, 1.0)


def rule_of_thumb(facts: Mapping[str, Any]) -> str:
    """Return the verdict of the four-line rule that a model has to beat."""
    today = facts["today_day"]
    kinds = [one["kind"] for one in facts.get("incidents") or ()]
    if ATTACKS & set(kinds):
        return "walk-away"
    if "non_payment" in kinds or any(_overdue(b, today) for b in facts.get("invoices") or ()):
        return "stop-work"
    return "set-boundaries" if len(kinds) >= 3 else "keep"


def _overdue(bill: Mapping[str, Any], today: int) -> bool:
    due, paid = bill.get("due_day"), bill.get("paid_day")
    return due is not None and due < today and (paid is None or paid > today)


def _rank(verdict: str) -> int:
    return [str(known) for known in VERDICTS].index(verdict)
