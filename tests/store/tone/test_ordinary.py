"""On ordinary sentences the check is quiet: at most ten in a thousand, on any occasion."""

import pytest

from tests.store.tone.listed import listed_codes
from tests.store.tone.ordinary import MANY, false_alarms, ordinary, shapes


@pytest.mark.parametrize("code", listed_codes())
def test_hardly_one_of_a_hundred_ordinary_sentences_is_found_fault_with(code: str) -> None:
    said = ordinary(code)
    assert len(set(said)) == MANY and len(set(shapes(code))) >= 300
    assert len(false_alarms(code, said[::10])) <= 2


@pytest.mark.slow
@pytest.mark.parametrize("code", listed_codes())
def test_at_most_ten_of_a_thousand_ordinary_sentences_are_found_fault_with(code: str) -> None:
    assert len(false_alarms(code, ordinary(code))) <= 10
