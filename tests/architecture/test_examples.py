"""What tests share says all that fails: many cases in one test hide none behind another."""

from __future__ import annotations

from itertools import product

import pytest

from tests.examples import together


def test_of_many_cases_in_one_test_each_that_fails_is_told() -> None:
    seen = []

    @together(product((1, 2, 3), "ab"))
    def odd(number: int, letter: str) -> None:
        seen.append((number, letter))
        if letter == "b":
            with pytest.raises(ZeroDivisionError):
                assert 1 / (number - 3)
        assert number % 2, "it is even"

    with pytest.raises(AssertionError) as told:
        odd()
    assert len(seen) == 6
    said = str(told.value).replace("\n", " ")
    assert said.startswith("3 of its cases fail: (1, 'b'): DID NOT RAISE")
    assert "(2, 'a'): it is even" in said
    assert "(2, 'b'): DID NOT RAISE" in said


def test_cases_that_all_hold_are_one_test_that_passes() -> None:
    together(["a", "b"])(lambda letter: None)()
