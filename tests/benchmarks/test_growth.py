"""Nothing grows faster than what it is done with: four times the entries, at most 4.8 times."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from tests.benchmarks.growth import steps_of, works

MOST = 4.8
"""What n log n comes to from 1,000 to 4,000, and less later."""
WARM = 250
"""Entries that everything is done with first, so that nothing is imported while it is counted."""
QUICK = (
    "ledger",
    "requests",
    "open items",
    "work items",
    "assess",
    "next steps",
    "import",
    "import of money",
)

LONG = (
    "assess",
    "next steps",
    "portfolio",
    "clients",
    "statement",
    "verify",
    "import",
    "import of money",
)


def test_what_is_done_within_an_expression_is_counted() -> None:
    few, many = range(100), range(1_000)
    for done in (
        lambda over: [one + 1 for one in over],
        lambda over: {one: one for one in over},
        lambda over: any(one < 0 for one in over),
        lambda over: [other for _ in range(2) for other in over],
    ):
        assert steps_of(partial(done, many)) > 9 * steps_of(partial(done, few))


def test_it_grows_as_the_docket_does(tmp_path: Path) -> None:
    assert grown(tmp_path, [250, 1_000], QUICK) == {}


@pytest.mark.slow
def test_all_of_it_grows_as_the_docket_does_to_a_long_one(tmp_path: Path) -> None:
    assert grown(tmp_path, [1_000, 4_000], ("record", "trend")) == {}
    assert grown(tmp_path, [1_000, 4_000, 16_000], LONG) == {}


def grown(folder: Path, sizes: list[int], only: tuple[str, ...] = ()) -> dict[str, list[float]]:
    """Return what grows too fast, with how much it grows from each size to the next."""
    for work in works(folder, WARM).values():
        work()
    counts: dict[str, list[int]] = {}
    for size in sizes:
        for name, work in works(folder, size).items():
            if name in only or not only:
                counts.setdefault(name, []).append(steps_of(work))
    ratios = {
        name: [round(after / before, 2) for before, after in pairwise(found)]
        for name, found in counts.items()
    }
    return {name: found for name, found in ratios.items() if max(found) > MOST}
