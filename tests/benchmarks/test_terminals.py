"""A program in a terminal is measured as it is: what it sends, when, and what it takes."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.processes import environment
from tests.benchmarks.terminals import Pane, idle

_ECHO = """
import sys, time, tty
tty.setraw(0)
kept = b"x" * (30 << 20)
print("\\x1b[1mrea\\x1b[mdy", end="", flush=True)
while key := sys.stdin.read(1):
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    print(key * 100, end="", flush=True)
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@linux
def test_a_program_is_measured_from_outside() -> None:
    with Pane([sys.executable, "-c", _ECHO], environment()) as pane:
        start = pane.started("ready")
        assert start.sent == len("\x1b[1mrea\x1b[mdy")
        assert 30 < start.peak < 150
        assert start.cpu > 0
        before = pane.cpu()
        press = pane.press("a")
        assert press.sent == 100
        assert press.answered >= 50
        assert pane.cpu() - before >= 50
        assert pane.held("b", 3, 0.01).sent == 100
        assert idle([pane], 0.2)[0] < 100


@linux
def test_a_program_that_does_not_come_up_is_shown() -> None:
    with (
        Pane([sys.executable, "-c", "print('no such thing')"], environment()) as pane,
        pytest.raises(RuntimeError, match="no such thing"),
    ):
        pane.started("ready", 5)
