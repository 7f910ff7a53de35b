"""What a verb that is cut short leaves is owned; the whole run is `python -m tests.long kills`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.faults.owned import WAYS

REPO = Path(__file__).parents[3]

CARELESS = """
import signal
from store import files
from tests.store.faults.owned import problems
files._remove = lambda made: None
for line in problems("statement", 8, signal.SIGTERM):
    print(line)
"""


@pytest.mark.slow
def test_every_verb_is_cut_short_once_by_a_kill_and_once_by_another_signal() -> None:
    """A process of its own has one thread only, so it may fork."""
    cases = [f"--case={2 * len(WAYS) + n}" for n in range(len(WAYS))]
    done = subprocess.run(
        [sys.executable, "-m", "tests.long", "kills", *cases],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"| kills | {len(WAYS)} | 0 |" in done.stdout


def test_a_verb_that_does_not_clean_up_is_caught() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CARELESS], cwd=REPO, capture_output=True, text=True, check=True
    )
    assert "is left" in done.stdout
