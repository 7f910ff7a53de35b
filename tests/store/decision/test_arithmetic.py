"""The arithmetic of the signs: where each is none, and where it is the worst."""

from __future__ import annotations

import pytest

from store.decision import arithmetic


def test_what_is_counted_is_the_worst_at_six() -> None:
    assert [arithmetic.counted(amount) for amount in (0, 3, 6, 60)] == [0, 0.5, 1, 1]


def test_silence_is_late_answers_or_one_long_wait() -> None:
    assert arithmetic.silence(0, 0) == 0
    assert arithmetic.silence(3, 3) == pytest.approx(0.5)
    assert arithmetic.silence(1, 30) == 1


def test_half_and_half_is_the_worst_overhead() -> None:
    assert arithmetic.overhead(9, 1) == pytest.approx(0.0)
    assert arithmetic.overhead(10, 10) == pytest.approx(1.0)


def test_stress_from_the_work_itself_takes_weight_off_the_client() -> None:
    assert arithmetic.stress(8, 8) == pytest.approx(0.4)
    assert arithmetic.stress(8, 3) == pytest.approx(0.8)
    assert arithmetic.stress(3, 10) == 0.0


def test_one_refused_repair_says_little_and_five_say_much() -> None:
    assert arithmetic.insatiable(1, 1) == pytest.approx(0.3)
    assert arithmetic.insatiable(5, 5) == pytest.approx(5 / 6)
    assert arithmetic.insatiable(2, 0) == 0
