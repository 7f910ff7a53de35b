"""Nothing that is said of a docket changes unless it was meant: 200 of many shapes, kept whole.

Where a change is meant, read the first differences, then `python -m tests.kept` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.kept.answers import kept, today
from tests.kept.dockets import COUNT
from tests.kept.told import difference

EACH = 12
"""Of so many dockets, one is told by the quick tests."""


def test_a_few_dockets_are_told_as_they_were() -> None:
    assert differences(range(0, COUNT, EACH)) == {}


@pytest.mark.slow
def test_every_docket_is_told_as_it_was() -> None:
    assert differences(range(COUNT)) == {}


def differences(numbers: Iterable[int]) -> dict[int, str]:
    before = kept()
    found = {number: difference(before[number], today(number)) for number in numbers}
    return {number: said for number, said in found.items() if said}
