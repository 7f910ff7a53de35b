"""From burdens to questions to the score: half the worst, half the average (SCORING D3, D4).

The score is of strain: what the client costs you beside the money. Money is a ladder with a state
of its own (ladder.py), since a client can be easy to work for and still not pay (SCORING D11.5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.decision.model import Factor, Question, Verdict
from store.settings.policy import Policy

ORDINARY = 0.1
"""What stands in for what is not known: the burden of an ordinary client, as for lateness."""
ENOUGH = 0.5
"""The coverage under which a score alone bears no weight."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the four questions, and the names of its factors; `scored` if it is of strain."""

    key: str
    title: str
    factors: tuple[str, ...]
    scored: bool = True


QUESTIONS = (
    Asked("more", "Is the client more than the work?", ("overhead", "stress", "dread", "worth")),
    Asked("pay", "Do they pay?", ("lateness", "drift", "exposure"), scored=False),
    Asked("work", "Do they let you work?", ("silence", "control", "conduct")),
    Asked("fit", "Is it a bad fit?", ("fit", "insatiable")),
)
LOGGED = frozenset({"silence", "control", "conduct", "insatiable"})
"""Factors that are made of what is logged about the client alone, incident by incident."""
SCORED = tuple(asked for asked in QUESTIONS if asked.scored)


def blend(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return half the worst and half the (weighted) average of `values`, of which there is one."""
    weights = weights or [1.0] * len(values)
    average = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
    return max(values) / 2 + average / 2


def stand_in(asked: Asked, factors: Mapping[str, float | None]) -> list[float]:
    """Return the values that make up a question.

    What the log alone makes known stands at 0 until there is any: no incident is no burden, though
    it is not known to be none. Otherwise no entry could be logged without making the rest of the
    question lighter or heavier. Of the rest, the known ones speak where half of the question is
    settled; with less, an ordinary client stands in, so that one fact cannot carry a question
    (SCORING D11.1).
    """
    settled = [
        0.0 if value is None else value
        for name in asked.factors
        if (value := factors[name]) is not None or name in LOGGED
    ]
    if 2 * len(settled) >= len(asked.factors):
        return settled
    return [*settled, *[ORDINARY] * (len(asked.factors) - len(settled))]


def burden(asked: Asked, factors: Mapping[str, float | None]) -> float:
    """Return the burden of a question, 0 to 1, from those of its factors."""
    return round(blend(stand_in(asked, factors)), 2)


def strain(burdens: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the score, 0 to 100, of the burdens of the questions that `weights` names."""
    return round(100 * blend([burdens[key] for key in weights], list(weights.values())), 1)


def filled(factors: Mapping[str, float | None], unknown: float, policy: Policy) -> float:
    """Return the score if every unknown factor were `unknown`, 0 to 1."""
    burdens = {
        asked.key: round(blend([_or(factors[name], unknown) for name in asked.factors]), 2)
        for asked in SCORED
    }
    return strain(burdens, policy.weights)


def coverage(factors: Mapping[str, float | None], policy: Policy) -> float:
    """Return the weighted share of the score's factors that are known, 0 to 1."""
    weights = policy.weights
    known = sum(
        weights[asked.key] * sum(factors[n] is not None for n in asked.factors) / len(asked.factors)
        for asked in SCORED
    )
    return round(known / sum(weights.values()), 2)


def burdens(
    factors: Mapping[str, float | None], asked: Sequence[Asked] = QUESTIONS
) -> dict[str, float]:
    """Return the burden of each of the questions `asked`, by key."""
    return {one.key: burden(one, factors) for one in asked}


def questions(factors: Mapping[str, Factor]) -> tuple[Question, ...]:
    """Return the four questions as they are shown: None where nothing about one is known."""
    shown = []
    for asked in QUESTIONS:
        own = tuple(factors[name] for name in asked.factors)
        values = {factor.name: factor.burden for factor in own}
        known = any(factor.known for factor in own)
        shown.append(
            Question(asked.key, asked.title, burden(asked, values) if known else None, own)
        )
    return tuple(shown)


def band(score: float, policy: Policy) -> Verdict:
    """Return the verdict of the score alone: keep, then set boundaries, then walk away."""
    if score >= policy.leave_from:
        return "walk-away"
    return "set-boundaries" if score >= policy.talk_from else "keep"


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
