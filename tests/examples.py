"""How many examples a property is tried on: few in the quick run, as many as it names in CI.

`EXAMPLES=5000 pytest FILE` goes hunting. At home each run tries others; CI repeats itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import settings

IN_CI = bool(os.environ.get("CI"))
HUNT = int(os.environ.get("EXAMPLES") or 0)
QUICK, USUAL = 25, 100


def count(number: int) -> int:
    """Return how many examples are tried where CI tries `number`."""
    return HUNT or (number if IN_CI else min(number, QUICK))


def examples(number: int, **more: Any) -> settings:
    """Return the settings of a property that CI tries on `number` examples."""
    return settings(max_examples=count(number), **more)


def swept(cases: Sequence[Any], quick: int) -> list[Any]:
    """Return the cases of a sweep as parameters: `quick` of them, spread over it, are not slow."""
    kept = {number * len(cases) // quick for number in range(quick)}
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=() if number in kept else pytest.mark.slow,
        )
        for number, case in enumerate(cases)
    ]


# A deadline would time the machine, not the code; a run that was green is green again.
settings.register_profile("docket", max_examples=count(USUAL), deadline=None, derandomize=not HUNT)
settings.load_profile("docket")
