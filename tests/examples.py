"""How many examples a property is tried on: few in the quick run, as many as it names in CI.

`EXAMPLES=5000 pytest FILE` goes hunting for others; all else is the same at each run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ALL = bool(os.environ.get("ALL_EXAMPLES"))
HUNT = int(os.environ.get("EXAMPLES") or 0)
QUICK, USUAL = 25, 100


def count(number: int) -> int:
    """Return how many examples are tried of a property that names `number`."""
    return HUNT or (number if ALL else min(number, QUICK))


def examples(number: int, **more: Any) -> settings:
    """Return the settings of a property that names `number` examples."""
    known = [*more.pop("suppress_health_check", ()), HealthCheck.too_slow]
    return settings(max_examples=count(number), suppress_health_check=known, **more)


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


# What takes long would time the machine, not the code; a run that was green is green again.
settings.register_profile(
    "docket",
    max_examples=count(USUAL),
    deadline=None,
    derandomize=not HUNT,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("docket")
