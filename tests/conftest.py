"""What every test stands on: how many examples its properties are tried on, how cases are named."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import tests.examples  # noqa: F401  (sets the number)
from tests.postgres import Server, running

if TYPE_CHECKING:
    from _typeshed import HasFileno


def pytest_configure() -> None:
    """Let the programs that tests start compile Docket once between them, whatever is set here."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    _hand_on_no_ignored_signal()
    os.fsync = _looked_at


def pytest_collection_finish() -> None:
    """Leave what was collected to itself: it stays, and need not be looked through ever again."""
    gc.freeze()


def _looked_at(fd: int | HasFileno) -> None:
    """Stand in for `os.fsync`: no test reads what a power cut leaves, and the disk takes its time.

    What is synced, and in which order, is seen by who calls it; `tests/store/faults` and the
    programs that tests start wait for the disk as users do.
    """
    os.fstat(fd if isinstance(fd, int) else fd.fileno())


def _hand_on_no_ignored_signal() -> None:
    """Let the programs that tests start be stopped by signals, whoever started the tests.

    `nohup` and `&` have signals ignored, and what is ignored stays so in every child; a handler
    that does nothing holds here as well, and is gone in a program that is started.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server with four roles that may log in; skipped where there can be none."""
    with running() as server:
        server.make_roles("ann", "bea", "carl", "rea")
        yield server


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Return the name of a value in the name of its case: bytes may differ from run to run."""
    return argname if isinstance(val, bytes) else None
