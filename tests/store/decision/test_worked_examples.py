"""The worked examples of SCORING D9, from their raw inputs through the arithmetic to the score."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from store.decision import arithmetic, score
from store.settings.policy import Policy

Row = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """Raw inputs as D9 prints them: hours on and about, late (days, age), replies (times, age)."""

    hours: tuple[float, float]
    stress: tuple[float, float]
    dread: tuple[float, float]
    rate: tuple[float, float]
    late: list[Row]
    exposure: float
    replies: list[tuple[float, float]]
    control: list[Row]
    conduct: list[Row]
    fit: tuple[float, ...]
    repairs: tuple[int, int] | None

    def burdens(self) -> dict[str, float | None]:
        days = [late for late, _ in self.late]
        hours = sum(self.hours)
        return {
            "overhead": arithmetic.overhead(*self.hours),
            "stress": arithmetic.stress(*self.stress),
            "dread": arithmetic.felt(self.dread),
            "worth": arithmetic.worth(arithmetic.share_earned(*self.rate)),
            "lateness": arithmetic.lateness([(late, age, False) for late, age in self.late], 180),
            "drift": arithmetic.drift(days),
            "exposure": arithmetic.exposure(self.exposure),
            "silence": arithmetic.silence(self.replies, 60),
            "control": arithmetic.intensity(_points(self.control), hours, 60),
            "conduct": arithmetic.intensity(_points(self.conduct), hours, 60),
            "fit": arithmetic.felt(self.fit),
            "insatiable": arithmetic.insatiable(*self.repairs) if self.repairs else None,
        }


def _points(incidents: list[Row]) -> list[tuple[float, float]]:
    return [(arithmetic.POINTS[severity], age) for severity, age in incidents]


KEEPER = Example(
    (60, 6),
    (2, 4),
    (1, 0),
    (92, 85),
    [(0, 150), (0, 120), (2, 90), (0, 60), (1, 30)],
    0.1,
    [(1.2, 40), (0.8, 20), (0.5, 10)],
    [],
    [],
    (1, 2, 1),
    (1, 0),
)
SILENT = Example(
    (30, 18),
    (6, 4),
    (3, 2),
    (62, 85),
    [(0, 120), (3, 90), (1, 60), (2, 30)],
    0.4,
    [(2, 50), (3.5, 35), (4, 20), (5, 0)],
    [],
    [(2, 10)],
    (4, 3, 3),
    None,
)
CONTROLLER = Example(
    (34, 30),
    (8, 3),
    (7, 6),
    (48, 85),
    [(0, 120), (0, 90), (1, 60), (0, 30)],
    0.2,
    [(1, 30), (1.5, 14), (1, 5)],
    [(1, 70), (1, 62), (2, 55), (1, 44), (2, 30), (2, 18), (1, 9), (3, 3)],
    [(2, 12)],
    (6, 4, 5),
    None,
)
PAYS_LATER = Example(
    (48, 12),
    (5, 3),
    (4, 3),
    (80, 85),
    [(0, 161), (4, 131), (11, 101), (19, 71), (41, 41)],
    2.3,
    [(1, 20), (1.1, 8)],
    [],
    [(2, 6)],
    (2, 3, 2),
    None,
)
WITH_PROBLEMS = Example(
    (40, 14),
    (5, 4),
    (3, 4),
    (76, 85),
    [(0, 190), (0, 160), (0, 130), (1, 100), (0, 70), (12, 40)],
    0.3,
    [(1, 60), (1, 40), (2.5, 20), (3, 10)],
    [],
    [(1, 40), (2, 25), (1, 8)],
    (2, 2, 2),
    (4, 1),
)
NEVER_SATISFIED = Example(
    (39, 21),
    (8, 4),
    (8, 8),
    (70, 85),
    [(0, 120), (0, 90), (0, 60), (0, 30)],
    0.2,
    [(0.6, 25), (0.9, 12), (0.5, 4)],
    [(1, 33), (2, 21), (1, 6)],
    [(2, 48), (2, 37), (3, 29), (2, 16), (2, 9), (3, 2)],
    (7, 5, 6),
    (5, 5),
)


POLICY = Policy()


def strain_of(more: float, work: float, fit: float) -> float:
    """Half the worst and half the average, as D3 has it, without the money question (D11.5)."""
    return 100 * (max(more, work, fit) / 2 + (30 * more + 25 * work + 15 * fit) / 70 / 2)


@pytest.mark.parametrize(
    ("example", "questions", "strain", "known"),
    [
        (KEEPER, (0.044, 0.043, 0.0, 0.1), 7.0, 9),
        (SILENT, (0.570, 0.158, 0.703, 0.333), 62.6, 8),
        (CONTROLLER, (0.848, 0.072, 0.483, 0.5), 73.2, 8),
        (PAYS_LATER, (0.306, 0.911, 0.129, 0.233), 26.0, 8),
        (WITH_PROBLEMS, (0.352, 0.124, 0.404, 0.150), 36.6, 9),
        (NEVER_SATISFIED, (0.705, 0.071, 0.554, 0.775), 72.1, 9),
    ],
)
def test_worked_example(
    example: Example, questions: tuple[float, ...], strain: float, known: int
) -> None:
    """The questions are those of D9; the score is of three of them, to the rounding of each.

    Where no repair was tried, "never satisfied" stands at 0 beside the fit: three quarters of it.
    """
    burdens = example.burdens()
    by_question = score.burdens(burdens)
    more, pay, work, fit = questions
    fit = fit if example.repairs else 0.75 * fit
    assert tuple(by_question.values()) == pytest.approx((more, pay, work, fit), abs=0.0052)
    assert score.strain(by_question, POLICY.weights) == pytest.approx(
        strain_of(more, work, fit), abs=0.6
    )
    assert score.strain(by_question, POLICY.weights) == pytest.approx(strain, abs=0.6)
    low, high = score.filled(burdens, 0.0, POLICY), score.filled(burdens, 1.0, POLICY)
    if known == 9:
        assert low == high == score.strain(by_question, POLICY.weights)
    else:
        assert low <= score.strain(by_question, POLICY.weights) < high
    assert score.coverage(burdens, POLICY) == (1.0 if known == 9 else 0.89)


def test_payment_that_drifts_is_measured_in_days_per_invoice() -> None:
    assert arithmetic.slope([0, 4, 11, 19, 41]) == pytest.approx(7.75)  # SEEDS row 31


def test_one_factor_at_its_worst_leads_to_a_talk_and_no_further() -> None:
    """D3: everything else perfect, one factor alone asks for a talk."""
    for asked in score.SCORED:
        for name in asked.factors:
            burdens: dict[str, float | None] = {
                other: float(other == name) for q in score.QUESTIONS for other in q.factors
            }
            found = score.strain(score.burdens(burdens), POLICY.weights)
            assert 40 <= found <= 50
            assert score.band(found, POLICY) == "set-boundaries"


def test_one_fact_cannot_carry_a_question_it_is_alone_in() -> None:
    """D11.1: with an ordinary client standing in for the rest, the worst is halved at most."""
    more = score.QUESTIONS[0]
    alone: dict[str, float | None] = dict.fromkeys(more.factors)
    assert score.burden(more, {**alone, "dread": 1.0}) == 0.66  # .5 + .5 * 1.3 / 4
    assert score.burden(more, {**alone, "dread": 1.0, "stress": 0.0}) == 0.75


def test_money_is_no_part_of_the_score() -> None:
    """D11.5: unpaid bills are a ladder of their own; the score is of strain."""
    easy = {"more": 0.1, "pay": 1.0, "work": 0.2, "fit": 0.1}
    assert score.strain(easy, POLICY.weights) == score.strain({**easy, "pay": 0.0}, POLICY.weights)
    assert score.band(score.strain(easy, POLICY.weights), POLICY) == "keep"
    for hard in ({**easy, "more": 1.0}, {**easy, "work": 1.0, "fit": 1.0}):
        assert score.strain(hard, POLICY.weights) >= POLICY.leave_from
