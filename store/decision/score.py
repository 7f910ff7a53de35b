"""From burdens to questions to one score: half the worst, half the average (SCORING D3, D4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.decision.model import Factor, Question, Verdict

ORDINARY = 0.1
"""What stands in for what is not known: the burden of an ordinary client, as for lateness."""
TALK = 25.0
WALK = 65.0
ENOUGH = 0.5
"""The coverage under which a score alone bears no weight."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the four questions, its weight, and the names of its factors."""

    key: str
    title: str
    weight: float
    factors: tuple[str, ...]


QUESTIONS = (
    Asked(
        "more",
        "Is the client more than the work?",
        0.30,
        ("overhead", "stress", "dread", "worth"),
    ),
    Asked("pay", "Do they pay?", 0.30, ("lateness", "drift", "exposure")),
    Asked("work", "Do they let you work?", 0.25, ("silence", "control", "conduct")),
    Asked("fit", "Is it a bad fit?", 0.15, ("fit", "insatiable")),
)
WEIGHTS: dict[str, float] = {asked.key: asked.weight for asked in QUESTIONS}


def blend(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """Return half the worst and half the (weighted) average of `values`, of which there is one."""
    weights = weights or [1.0] * len(values)
    total = sum(weights)
    average = sum(w * v for w, v in zip(weights, values, strict=True)) / total if total else 0.0
    return max(values) / 2 + average / 2


def burden(values: Sequence[float | None]) -> float:
    """Return the burden of a question for the score.

    With half or more of its factors known, the known ones speak; with fewer, an ordinary client
    stands in for the rest, so that one fact cannot carry a question (SCORING D11.1).
    """
    known = [value for value in values if value is not None]
    if 2 * len(known) >= len(values):
        return blend(known)
    return blend([ORDINARY if value is None else value for value in values])


def strain(burdens: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return the score, 0 to 100, of the burdens of the questions in `burdens`."""
    keys = list(burdens)
    return 100 * blend([burdens[key] for key in keys], [weights[key] for key in keys])


def filled(factors: Mapping[str, float | None], unknown: float) -> float:
    """Return the score if every unknown factor were `unknown`, 0 to 1."""
    return strain(
        {
            asked.key: blend([_or(factors[name], unknown) for name in asked.factors])
            for asked in QUESTIONS
        }
    )


def coverage(factors: Mapping[str, float | None]) -> float:
    """Return the weighted share of the factors that are known, 0 to 1."""
    return sum(
        asked.weight * sum(factors[n] is not None for n in asked.factors) / len(asked.factors)
        for asked in QUESTIONS
    )


def burdens(factors: Mapping[str, float | None]) -> dict[str, float]:
    """Return the burden of each question for the score, by key."""
    return {a.key: burden([factors[name] for name in a.factors]) for a in QUESTIONS}


def questions(factors: Mapping[str, Factor]) -> tuple[Question, ...]:
    """Return the four questions as they are shown: None where nothing about one is known."""
    shown = []
    for asked in QUESTIONS:
        own = tuple(factors[name] for name in asked.factors)
        values = [factor.burden for factor in own]
        known = any(value is not None for value in values)
        shown.append(Question(asked.key, asked.title, burden(values) if known else None, own))
    return tuple(shown)


def band(by_question: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> Verdict:
    """Return the verdict of the score alone: under 25 keep, under 65 set boundaries, else leave.

    Leaving needs 65 without the money question too: money is a ladder with rules of its own, which
    stops the work before it ends the relation (SCORING D11.5).
    """
    apart = {key: value for key, value in by_question.items() if key != "pay"}
    return banded(strain(by_question, weights), strain(apart, weights))


def banded(score: float, apart_from_money: float) -> Verdict:
    """Return the verdict of a score, and of the score without the money question."""
    if round(score, 1) < TALK:
        return "keep"
    walks = round(min(score, apart_from_money), 1) >= WALK
    return "walk-away" if walks else "set-boundaries"


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
