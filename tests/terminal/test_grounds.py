"""The terminal's answer about its ground: at once, late, in pieces, never, and as nonsense."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.terminal.driver import Terminal
from tui.app.answers import ASK_GROUND, Answers, answers_kept
from tui.tokens import THEMES

TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
DARK = "\x1b]11;rgb:1515/1717/1c1c\x1b\\"
LIGHT = "\x1b]11;rgb:fafa/f8f8/f3f3\x07"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path / "w")


def workspace(root: Path) -> Path:
    made = Workspace.create(root)
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made.root


def sgr(theme: str, name: str) -> bytes:
    """Return what sends a colour of a theme."""
    hue = THEMES[theme].looks[name].split()[-1]
    return b"38;2;%d;%d;%d" % tuple(int(hue[at : at + 2], 16) for at in (1, 3, 5))


def started(root: Path, **env: str) -> Terminal:
    terminal = Terminal(root, env={**TRUE, **env})
    while ASK_GROUND.encode() not in terminal.raw:
        terminal.collect(0.01)
    return terminal


def test_an_answer_in_time_is_worn_at_once(tmp_path: Path) -> None:
    def worn(root: Path) -> bool:
        with started(root) as terminal:
            terminal.send(LIGHT)
            terminal.wait_for("Acme Media")
            found = sgr("light", "text") in terminal.raw
            assert b"48;2;250;248;243" not in terminal.raw, "the ground stays the terminal's own"
            terminal.send("q")
            assert terminal.wait() == 0
        assert answers_kept(root, TRUE) == Answers("#faf8f3")
        return found

    # A busy machine may paint before it reads the answer.
    assert any(worn(workspace(tmp_path / str(number))) for number in range(5))


def test_an_answer_that_never_comes_is_not_waited_for(root: Path) -> None:
    with started(root) as terminal:
        terminal.wait_for("Acme Media")
        assert b"38;2;" not in terminal.raw and b"48;" not in terminal.raw
        terminal.send("n")
        terminal.wait_for("type its name first")


@pytest.mark.slow
def test_a_late_answer_is_no_key_and_is_worn_at_the_next_start(root: Path) -> None:
    with started(root) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        before = terminal.screen
        for answer in ("\x1b]11;rgb:q/n/+\x07", "\x1b]11;?\x1b\\", "\x1b]11;\x07"):
            terminal.send(answer)
        for answer in (DARK, LIGHT):
            for at in range(3, len(answer)):
                if answer[:at].endswith("\x1b"):
                    continue  # there it cannot be told from the key
                terminal.send(answer[:at])
                terminal.settle()
                terminal.send(answer[at:])
                terminal.settle()
            assert terminal.screen == before
        assert b"38;2;" not in terminal.raw
        terminal.send("q")
        assert terminal.wait() == 0
    assert answers_kept(root, TRUE) == Answers("#15171c")
    with started(root) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()  # the picture it was left with stands until the app has drawn
        assert sgr("dark", "text") in terminal.raw


def test_a_theme_named_for_one_run_is_painted_where_nobody_knows_the_ground(root: Path) -> None:
    with started(root, DOCKET_THEME="dark") as terminal:
        terminal.wait_for("Acme Media")
        assert b"48;2;21;23;28" in terminal.raw and sgr("dark", "text") in terminal.raw


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "linux"}, {"TERM": "vt220"}])
def test_a_terminal_that_need_not_be_asked_is_not(root: Path, env: dict[str, str]) -> None:
    with Terminal(root, env={"TERM": "xterm-256color", **env}) as terminal:
        terminal.wait_for("Acme Media")
        assert b"\x1b]11" not in terminal.raw


def test_a_console_gets_its_own_signs_and_a_terminal_of_old_ascii(root: Path) -> None:
    with Terminal(root, env={"TERM": "linux"}) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        assert "═" in terminal.screen and "━" not in terminal.screen
    with Terminal(root, env={"TERM": "vt220"}) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        assert terminal.screen.isascii() and "= 1 Clients" in terminal.screen
        assert not re.search(rb"\x1b\[(?:\d+;)*[34]\dm", terminal.raw)


def test_signs_that_take_two_cells_are_not_drawn_again(root: Path) -> None:
    with started(root) as terminal:
        assert b"\x1b[6n" in terminal.raw
        terminal.wait_for("Acme Media")
        terminal.send("\x1b[2;3R")
        terminal.settle()
        terminal.send("q")
        assert terminal.wait() == 0
    assert answers_kept(root, TRUE).cells == 2
    with started(root) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        assert terminal.screen.isascii()
        assert b"\x1b[6n" not in terminal.raw, "it is asked once"
