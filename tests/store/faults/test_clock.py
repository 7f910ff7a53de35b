"""A clock set back, between entries and between sessions: written down as such, and still whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from store.journal import JournalFile, verify_file
from store.workspace import Workspace
from tests.store.building import NOON, FixedClock, workspace
from tests.store.faults.disks import python

ONE_MORE = """
import sys
from datetime import datetime
from pathlib import Path
from store.workspace import Workspace
now = datetime.fromisoformat(sys.argv[2])
made = Workspace.open(Path(sys.argv[1]), clock=lambda: now)
made.log(made.draft("acme", "note", sys.argv[2]))
"""


@pytest.mark.slow
def test_a_clock_that_runs_backwards_between_sessions_is_written_down(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    minutes = (5, -30, 10, 10, -1, 60)
    for offset in minutes:
        session = python(ONE_MORE, made.root, (NOON + timedelta(minutes=offset)).isoformat())
        assert session.wait(60) == 0, session.communicate()
        session.communicate()
    behind = [entry.clock_behind for entry in made.entries("acme")[2:]]
    assert behind == [0, 35 * 60, 0, 0, 11 * 60, 0]
    assert verify_file(made.path("acme")).ok
    assert [entry.seq for entry in made.entries("acme")] == list(range(1, 9))


def test_a_clock_set_back_by_a_year_in_the_open_app_is_written_down(tmp_path: Path) -> None:
    clock = FixedClock()
    made = workspace(tmp_path, clock)
    clock.move(days=-365)
    old = made.log(made.draft("acme", "note", "a year ago, says the clock"))
    assert old.clock_behind == 365 * 86400
    assert old.recorded_at == NOON - timedelta(days=365)
    clock.move(days=365, hours=1)
    assert made.log(made.draft("acme", "note", "right again")).clock_behind == 0
    assert [entry.seq for entry in made.entries("acme")] == [1, 2, 3, 4]
    assert made.docket("acme").name == "Acme Média"
    assert verify_file(made.path("acme")).ok


def test_a_step_back_between_typing_and_saving_refuses_nothing(tmp_path: Path) -> None:
    clock = FixedClock()
    made = workspace(tmp_path, clock)
    draft = made.draft("acme", "no-reply", "typed just before the clock was set")
    clock.move(seconds=-2)
    assert made.log(draft).clock_behind == 2


def test_a_batch_written_by_a_late_clock_says_so_once(tmp_path: Path) -> None:
    clock = FixedClock()
    made = workspace(tmp_path, clock)
    clock.move(seconds=-0.5)
    three = [made.draft("acme", "note", text) for text in ("a", "b", "c")]
    assert [entry.clock_behind for entry in made.append("acme", three)] == [1, 0, 0]
    times = [line.fields["recorded_at"] for line in JournalFile(made.path("acme")).lines[2:]]
    assert len(set(times)) == 1
    assert verify_file(made.path("acme")).ok
    assert Workspace.open(made.root).entries("acme")[-1].statement == "c"
