"""How many examples a property is tried on: few in the quick run, as many as it names in CI.

`EXAMPLES=5000 pytest FILE` goes hunting for others; all else is the same at each run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
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


def together(cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Return what makes one test of all `cases`, each a value or a tuple, that tells all that fail.

    For many cases without a fixture: to pytest, a test of its own costs more than such a case.
    """

    every = list(cases)

    def made(test: Callable[..., None]) -> Callable[[], None]:
        def all_of_them() -> None:
            failed: list[tuple[object, BaseException]] = []
            for case in every:
                try:
                    test(*(case if isinstance(case, tuple) else (case,)))
                except (Exception, pytest.fail.Exception) as error:
                    failed.append((case, error))
            if failed:
                told = "\n".join(f"{case!r}: {error}" for case, error in failed)
                raise AssertionError(f"{len(failed)} of its cases fail:\n{told}") from failed[0][1]

        all_of_them.__name__, all_of_them.__doc__ = test.__name__, test.__doc__
        all_of_them.__module__ = test.__module__
        return all_of_them

    return made


# What takes long would time the machine, not the code; a run that was green is green again.
settings.register_profile(
    "docket",
    max_examples=count(USUAL),
    deadline=None,
    derandomize=not HUNT,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("docket")
