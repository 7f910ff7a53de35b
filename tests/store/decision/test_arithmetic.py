"""The arithmetic where an average could hide a worsening: open bills among others, and bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.decision import arithmetic

ROWS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 700), st.booleans()), max_size=6)


@given(ROWS, st.integers(1, 90), st.integers(0, 90))
def test_a_bill_left_open_never_makes_them_look_better(
    others: list[tuple[int, int, bool]], age: int, sooner: int
) -> None:
    """Even among worse bills, where a plain average would fall when it gains weight."""
    paid = arithmetic.lateness([*others, (min(sooner, age), age, False)], 180)
    paid_today = arithmetic.lateness([*others, (age, age, False)], 180)
    still_open = arithmetic.lateness([*others, (age, age, True)], 180)
    assert paid <= paid_today <= still_open


def test_one_late_bill_is_softened_by_an_ordinary_client() -> None:
    assert arithmetic.lateness([(27, 0, False)], 180) == pytest.approx((27 + 3) / 2 / 30, 180)
    assert arithmetic.lateness([], 180) == pytest.approx(0.1, 180)


def test_a_busy_client_does_not_look_bad_for_being_busy() -> None:
    one = [(2.0, 0.0)]
    assert arithmetic.intensity(one, 80, 60) < arithmetic.intensity(one, 40, 60)
    assert arithmetic.intensity(one, 5, 60) == arithmetic.intensity(one, 40, 60)


def test_a_half_life_halves() -> None:
    assert arithmetic.decay(60, 60) == 0.5
    assert arithmetic.decay(0, 60) == arithmetic.decay(-5, 60) == 1.0
    assert arithmetic.decayed_mean([(0, 30), (9, 0)], 30) == pytest.approx(6)


def test_half_and_half_is_the_worst_overhead() -> None:
    assert arithmetic.overhead(9, 1) == pytest.approx(0.0)
    assert arithmetic.overhead(10, 10) == pytest.approx(1.0)


def test_stress_from_the_work_itself_takes_weight_off_the_client() -> None:
    assert arithmetic.stress(8, 8) == pytest.approx(0.4)
    assert arithmetic.stress(8, 3) == pytest.approx(0.8)
    assert arithmetic.stress(3, 10) == 0.0
