"""The vent pad in sessions that are ended at a random moment: what was typed is nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.workspace import Workspace
from tests.long.outcome import LongRun, Outcome
from tests.terminal.test_vent import ended_at_random


def _tried(number: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="docket-vent-") as folder:
        made = Workspace.create(Path(folder) / "w")
        made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
        try:
            ended_at_random(Path(folder), number, alone=number % 2 == 0)
        except AssertionError as error:
            yield f"{number}: {error}"


def run(numbers: Sequence[int]) -> Outcome:
    """End the sessions of these numbers, and look for what was typed in each."""
    failed = [wrong for number in numbers for wrong in _tried(number)]
    return Outcome(len(numbers), tuple(failed), "killed, ended, hung up, crashed")


LONG = LongRun(50, run)
