"""The four questions, and the signs each is asked by: shown beside the verdict, no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.decision.model import Factor, Question

ENOUGH = 0.5
"""The share of the signs that is known, under which a verdict no rule stands behind is a guess."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One of the four questions, and the names of its signs."""

    key: str
    title: str
    factors: tuple[str, ...]


_QUESTIONS = (
    _Asked("more", "Is the client more than the work?", ("overhead", "stress", "dread", "worth")),
    _Asked("pay", "Do they pay?", ("lateness", "drift", "exposure")),
    _Asked("work", "Do they let you work?", ("silence", "control", "conduct")),
    _Asked("fit", "Is it a bad fit?", ("fit", "insatiable")),
)
Burdens = Mapping[str, float | None]


def heaviest(asked: _Asked, burdens: Burdens) -> float | None:
    """Return the heaviest known burden of a question, 0 to 1; None where none is known."""
    known = [value for name in asked.factors if (value := burdens[name]) is not None]
    return max(known, default=None)


def coverage(burdens: Burdens) -> float:
    """Return the share of the signs that are known, 0 to 1."""
    return round(sum(value is not None for value in burdens.values()) / len(burdens), 2)


def by_question(burdens: Burdens) -> dict[str, float]:
    """Return how heavy each question is, 0 where nothing is known."""
    return {one.key: heaviest(one, burdens) or 0.0 for one in _QUESTIONS}


def questions(factors: Mapping[str, Factor]) -> tuple[Question, ...]:
    """Return the four questions as they are shown."""
    burdens = {name: factor.burden for name, factor in factors.items()}
    return tuple(
        Question(
            one.key, one.title, heaviest(one, burdens), tuple(factors[name] for name in one.factors)
        )
        for one in _QUESTIONS
    )
