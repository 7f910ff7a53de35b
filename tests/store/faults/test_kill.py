"""kill -9 at any moment: what was acknowledged is there, all of it reads, the next write works."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.store.faults.outputs import OUTPUTS
from tests.store.faults.victims import SPOILT, VICTIMS

REPO = Path(__file__).parents[3]


def campaign(*words: str) -> dict[str, dict[str, Any]]:
    """Run the crash command; a process of its own has one thread only, so it may fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.crash", "--json", *words],
        cwd=REPO,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout, done.stderr
    tallies: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return tallies


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way == "log" else pytest.mark.slow) for way in VICTIMS]
)
def test_a_kill_at_a_random_moment_loses_nothing_acknowledged(way: str) -> None:
    tally = campaign("--kills", "24", "--way", way)[way]
    assert tally["kills"] == 24
    assert tally["acknowledged"] >= 24
    assert (tally["lost"], tally["unreadable"]) == ([], [])


@pytest.mark.slow
def test_a_kill_in_front_of_every_system_call_loses_nothing_acknowledged() -> None:
    tallies = campaign("--every-call")
    assert tallies.keys() == {*VICTIMS, *SPOILT, *OUTPUTS}
    for way, tally in tallies.items():
        assert tally["kills"] >= 5, way
        # A session of drafts ends with one call more after its last word.
        assert tally["acknowledged"] in ((2,) if way == "draft" else (1, 3)), way
        assert (tally["lost"], tally["unreadable"]) == ([], []), way


def test_a_writer_that_acknowledges_too_early_is_caught() -> None:
    tally = campaign("--kills", "10", "--way", "careless")["careless"]
    assert tally["lost"]
