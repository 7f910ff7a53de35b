"""The rows on control: what their proofs say is so."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli, acme, cli
from tests.tui.cli.timed import Timed

__all__ = ["acme", "cli"]


@pytest.fixture
def ctrl(acme: Cli) -> Timed:
    """A client about whom three dated facts are logged, on their own clock."""
    acme.patch.setattr("store.files.TICK", 0)
    timed = Timed(acme)
    timed.ok("new", "Control GmbH", "--id", "ctrl")
    timed.ok("log", "ctrl", "micro-change", "Wants commas changed in post 2", "--on", "12d ago")
    timed.ok("log", "ctrl", "micro-change", "Wants every tweet beforehand", "--on", "11d ago")
    timed.ok(
        *("log", "ctrl", "access-withheld", "These liars keep the LinkedIn login"),
        *("--quote", "we keep it ourselves", "--severity", "2", "--on", "10d ago"),
    )
    timed.ok("log", "ctrl", "micro-change", "Partly me", "--my-share", "--on", "9d ago")
    return timed


def test_row_24_the_talk_cites_only_logged_facts_and_judges_nobody(ctrl: Timed) -> None:
    said = ctrl.ok("letter", "ctrl", "talk")
    facts = [line for line in said.splitlines() if line.startswith("- ")]
    assert [line.split(":")[0] for line in facts] == [
        "- 10 November 2026",
        "- 11 November 2026",
        "- 12 November 2026",
    ]
    assert "commas changed in post 2" in facts[0]
    assert facts[2].endswith(": access not given")  # its own words would judge
    assert "liar" not in said and "Partly me" not in said


def test_row_24_the_watch_is_visible_until_its_day_and_each_crossing_counted(ctrl: Timed) -> None:
    ctrl.ok("log", "ctrl", "talk", "Told them with three dated facts")
    said = "watching until 21 Jan: two crossings end it"
    assert said in ctrl("next", "ctrl").err
    assert f"W{said[1:]}" in ctrl.ok("decide", "ctrl")
    ctrl.clock.move(days=5)
    ctrl.ok("clients")  # what is said at logging comes from what was kept
    first = ctrl("log", "ctrl", "micro-change", "Emoji")
    assert "Crossing 1 since the talk of 22 Nov; one more ends it." in first.err
    assert "one more crossing ends it" in ctrl("next", "ctrl").err
    stale = ctrl("log", "ctrl", "note", "They were on holiday")
    assert "Crossing" not in stale.err


def test_row_25_the_second_crossing_is_the_end(ctrl: Timed) -> None:
    ctrl.ok("log", "ctrl", "talk", "Told them")
    ctrl.clock.move(days=5)
    ctrl.ok("log", "ctrl", "micro-change", "Emoji")
    ctrl.ok("clients")
    second = ctrl("log", "ctrl", "micro-change", "Another emoji")
    assert "Crossing 2 since the talk of 22 Nov: you said what you would do." in second.err
    assert "Walk away" in ctrl.ok("decide", "ctrl")
    assert "watching" not in ctrl("next", "ctrl").err


def test_row_28_an_exception_stands_wherever_the_verdict_does(ctrl: Timed) -> None:
    ctrl.ok(*("decide", "ctrl", "--except", "R10", "--until", "+14d", "--why", "Launch week"))
    for verb in ("clients", "portfolio"):
        (line,) = (one for one in ctrl.ok(verb).splitlines() if "Control" in one)
        assert "*" in line
    ctrl.clock.move(days=16)
    for verb in ("clients", "portfolio"):
        assert "*" not in ctrl.ok(verb)
