"""What every test stands on: how many examples its properties are tried on, how cases are named."""

from __future__ import annotations

import os
import sys

import pytest

import tests.examples  # noqa: F401  (sets the number)


def pytest_configure() -> None:
    """Let the programs that tests start compile Docket once between them, whatever is set here."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Return the name of a value in the name of its case: bytes may differ from run to run."""
    return argname if isinstance(val, bytes) else None
