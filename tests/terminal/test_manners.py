"""Manners of a program on a terminal: it stops and comes back, and is as large as the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.terminal.driver import Terminal

SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if not child:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-m", "tui"])
while True:
    _, status = os.waitpid(child, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    os.tcsetpgrp(0, os.getpgrp())
    print("STOPPED", flush=True)
    sys.stdin.readline()
    os.tcsetpgrp(0, child)
    os.killpg(child, signal.SIGCONT)
"""
"""What a shell does for its jobs, and no more."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = Workspace.create(tmp_path / "w")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made.root


def test_ctrl_z_stops_it_and_fg_brings_it_back_as_it_was(root: Path) -> None:
    with Terminal(root, args=("-c", SHELL)) as terminal:
        terminal.wait_for("Acme Media")
        terminal.send("nblame half a thou")
        terminal.wait_for("half a thou")
        terminal.send("\x1a")
        terminal.wait_for("STOPPED")
        assert terminal.restored()
        drafts = [path.read_text() for path in (root / "drafts").rglob("*") if path.is_file()]
        assert any("half a thou" in text for text in drafts), "it is on disk while it is stopped"
        terminal.send("\n")
        terminal.wait_for("half a thou")
        terminal.send("ght\r")
        terminal.wait_for("acme#2 logged")
        assert Workspace.open(root).entries("acme")[-1].statement == "half a thought"
        terminal.send("\x1a")
        terminal.wait_for("STOPPED")
        terminal.send("\n")
        terminal.wait_for("Acme Media")
        terminal.settle()
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.restored()


def test_ctrl_z_with_no_shell_to_come_back_from_says_so(root: Path) -> None:
    with Terminal(root) as terminal:
        terminal.wait_for("Acme Media")
        terminal.send("\x1a")
        terminal.wait_for("No shell is there that could bring Docket back; q leaves it.")
        terminal.send("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("wrong", ["200", "40", "0"])
def test_the_terminal_says_how_large_it_is_and_not_the_environment(root: Path, wrong: str) -> None:
    with Terminal(root, env={"COLUMNS": wrong, "LINES": wrong}) as terminal:
        terminal.wait_for("Acme Media")
        terminal.wait_for("? help")
        assert "? help" in terminal.screen.split("\n")[-1]
        terminal.send("q")
        assert terminal.wait() == 0


@pytest.mark.slow
def test_esc_stops_a_long_record_before_the_keys_that_wait_for_it(
    root: Path, tmp_path: Path
) -> None:
    made = Workspace.open(root)
    notes = [made.draft("long", "note", f"Note {number}") for number in range(8_000)]
    made.new_client("long", [made.draft("long", "client", data={"name": "Long Story"}), *notes])
    out = tmp_path / "out"
    out.mkdir()
    with Terminal(root, cwd=out) as terminal:
        terminal.wait_for("Long Story")
        terminal.settle()
        terminal.send("/long\rx")
        terminal.wait_for("Chronology", 60)
        terminal.settle(60)
        terminal.send("ww")
        terminal.wait_for("esc stops it", 60)
        terminal.send("jj\x1b")
        terminal.wait_for("Stopped: nothing was written.", 60)
        assert list(out.rglob("*.md")) == []
        terminal.settle()
        terminal.send("\x1bq")
        assert terminal.wait() == 0
