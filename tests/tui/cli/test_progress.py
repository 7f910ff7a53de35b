"""The progress bar: after a second and not before, where somebody looks, and gone at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from tui.cli.progress import Progress


class Screen(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        """What stands on its line now, blanks at the end aside."""
        shown = ""
        for part in self.getvalue().split("\r"):
            shown = part + shown[len(part) :]
        return shown.rstrip()


def ticking(seconds: float) -> Iterator[float]:
    """Yield a clock's readings, each so much later."""
    now = 100.0
    while True:
        yield now
        now += seconds


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")


def test_it_appears_after_a_second_and_is_cleared() -> None:
    screen = Screen()
    with Progress(4_000_000, "Copying", stream=screen, monotonic=ticking(0.6).__next__) as done:
        done(1_000_000)
        assert screen.getvalue() == ""
        done(1_000_000)
        assert screen.line == "Copying [##########          ]  50% of 4.0 MB"
        done(1_900_000)
        assert screen.line == "Copying [################### ]  98% of 4.0 MB"
    assert screen.line == ""
    assert screen.getvalue().endswith("\r")
    assert "\n" not in screen.getvalue()


def test_what_is_fast_shows_nothing() -> None:
    screen = Screen()
    with Progress(10, "Copying", stream=screen, monotonic=ticking(0.01).__next__) as done:
        for _ in range(50):
            done(1)
    assert screen.getvalue() == ""


def test_it_is_drawn_ten_times_a_second_at_most() -> None:
    screen = Screen()
    with Progress(10_000, "Copying", stream=screen, monotonic=ticking(0.001).__next__) as done:
        for _ in range(10_000):  # ten seconds
            done(1)
    assert 80 <= screen.getvalue().count("Copying") <= 92


@pytest.mark.parametrize("how", ["quiet", "no terminal", "dumb"])
def test_nobody_looks_nothing_is_drawn(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO() if how == "no terminal" else Screen()
    if how == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    clock = ticking(5).__next__
    with Progress(9, "Copying", quiet=how == "quiet", stream=screen, monotonic=clock) as done:
        done(9)
    assert screen.getvalue() == ""


def test_a_narrow_terminal_and_a_file_that_grew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    screen = Screen()
    with Progress(2_000, "Copying", stream=screen, monotonic=ticking(2).__next__) as done:
        done(1_000)
        assert screen.line == "Copying [##########"
        done(1_500)
        assert screen.line == "Copying 2.5 kB"
    assert screen.line == ""


def test_a_failure_clears_it_too() -> None:
    screen = Screen()
    with (
        pytest.raises(KeyboardInterrupt),
        Progress(9, "Copying", stream=screen, monotonic=ticking(2).__next__) as done,
    ):
        done(3)
        raise KeyboardInterrupt
    assert screen.getvalue().endswith("\r")
    assert screen.line == ""


def test_a_terminal_that_went_away_stops_the_bar_and_not_the_work() -> None:
    class Gone(Screen):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    with Progress(9, "Copying", stream=Gone(), monotonic=ticking(2).__next__) as done:
        done(3)
        done(6)
