"""The long runs are found, and a share of one is a share."""

from __future__ import annotations

from tests.long.__main__ import names, numbers


def test_a_tenth_is_a_tenth_and_another_seed_takes_another() -> None:
    assert numbers(5, 1.0, 1) == [0, 1, 2, 3, 4]
    tenth, other = numbers(1000, 0.1, 1), numbers(1000, 0.1, 2)
    assert len(tenth) == len(set(tenth)) == 100
    assert tenth != other
    assert numbers(5, 0.1, 3)


def test_every_run_that_is_there_is_found() -> None:
    assert "outcome" not in names()
