"""The worked examples of SCORING D9, from their raw inputs through the arithmetic to the score."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from store.decision import arithmetic, score

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
            "worth": arithmetic.worth(*self.rate),
            "lateness": arithmetic.lateness([(late, age, False) for late, age in self.late]),
            "drift": arithmetic.drift(days),
            "exposure": arithmetic.exposure(self.exposure),
            "silence": arithmetic.silence(self.replies),
            "control": arithmetic.intensity(_points(self.control), hours),
            "conduct": arithmetic.intensity(_points(self.conduct), hours),
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


@pytest.mark.parametrize(
    ("example", "questions", "strain", "low", "high", "coverage", "equal"),
    [
        (KEEPER, (0.044, 0.043, 0.0, 0.1), 7.0, 7.0, 7.0, 1.0, 7.3),
        (SILENT, (0.570, 0.158, 0.703, 0.333), 57.4, 56.7, 67.6, 0.925, 57.2),
        (CONTROLLER, (0.848, 0.072, 0.483, 0.5), 66.0, 65.1, 70.1, 0.925, 66.2),
        (PAYS_LATER, (0.306, 0.911, 0.129, 0.233), 67.2, 66.8, 71.5, 0.925, 65.3),
        (WITH_PROBLEMS, (0.352, 0.124, 0.404, 0.150), 33.5, 33.5, 33.5, 1.0, 33.1),
        (NEVER_SATISFIED, (0.705, 0.071, 0.554, 0.775), 63.1, 63.1, 63.1, 1.0, 65.1),
    ],
)
def test_worked_example(
    example: Example,
    questions: tuple[float, ...],
    strain: float,
    low: float,
    high: float,
    coverage: float,
    equal: float,
) -> None:
    burdens = example.burdens()
    by_question = score.burdens(burdens)
    assert tuple(by_question.values()) == pytest.approx(questions, abs=0.0006)
    assert score.strain(by_question) == pytest.approx(strain, abs=0.051)
    assert score.filled(burdens, 0.0) == pytest.approx(low, abs=0.051)
    assert score.filled(burdens, 1.0) == pytest.approx(high, abs=0.051)
    assert score.coverage(burdens) == pytest.approx(coverage)
    assert score.strain(by_question, dict.fromkeys(by_question, 1.0)) == pytest.approx(
        equal, abs=0.051
    )


def test_payment_that_drifts_is_measured_in_days_per_invoice() -> None:
    assert arithmetic.slope([0, 4, 11, 19, 41]) == pytest.approx(7.75)  # SEEDS row 31


def test_one_factor_at_its_worst_leads_to_a_talk_and_no_further() -> None:
    """D3: everything else perfect, one factor alone gives 40.6 to 43.3."""
    for asked in score.QUESTIONS:
        for name in asked.factors:
            burdens: dict[str, float | None] = {
                other: float(other == name) for q in score.QUESTIONS for other in q.factors
            }
            assert 40.6 <= round(score.strain(score.burdens(burdens)), 1) <= 43.4
            assert score.band(score.burdens(burdens)) == "set-boundaries"


def test_one_fact_cannot_carry_a_question_it_is_alone_in() -> None:
    """D11.1: with an ordinary client standing in for the rest, the worst is halved at most."""
    assert score.burden([1.0, None, None, None]) == pytest.approx(0.5 + 0.5 * 1.3 / 4)
    assert score.burden([1.0, 0.0, None, None]) == pytest.approx(0.75)


def test_money_alone_sends_nobody_away() -> None:
    """D11.5: unpaid bills stop the work by rule; the score leaves only with more than money."""
    only_money = {"more": 0.1, "pay": 1.0, "work": 0.2, "fit": 0.1}
    assert score.strain(only_money) >= score.WALK
    assert score.band(only_money) == "set-boundaries"
    assert score.band({**only_money, "more": 1.0}) == "walk-away"
