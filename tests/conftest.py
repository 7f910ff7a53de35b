"""What every test stands on: how many examples its properties are tried on, how cases are named."""

from __future__ import annotations

import pytest

import tests.examples  # noqa: F401  (sets the number)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Return the name of a value in the name of its case: bytes may differ from run to run."""
    return argname if isinstance(val, bytes) else None
