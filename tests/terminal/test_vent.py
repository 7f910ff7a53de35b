"""What is typed on the vent pad is nowhere, whenever and however the session is ended."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.examples import swept
from tests.terminal.driver import APP, Terminal

MARK = "zqx77ventmark"
ENDS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGABRT, signal.SIGSEGV)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made


def holding(root: Path, mark: str) -> Iterator[Path]:
    """Yield the files under `root` that hold `mark`, or are named after it."""
    for path in root.rglob("*"):
        if mark in path.name or (path.is_file() and mark.encode() in path.read_bytes()):
            yield path


def ended_at_random(folder: Path, seed: int, *, alone: bool, root: Path | None = None) -> None:
    """Type the mark on the pad, end the session at a random moment, and look for it everywhere."""
    chance, root = random.Random(seed), root or folder / "w"
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    env = {"TMPDIR": str(temporary), "HOME": str(folder), "TEXTUAL_LOG": str(folder / "log")}
    args = (*APP, "vent") if alone else APP
    with Terminal(root, env=env, args=args, cwd=Path(__file__).parents[2]) as terminal:
        if not alone:
            terminal.wait_for("Acme Media")
            terminal.settle()
            terminal.send("V\r")
        terminal.wait_for("memory only")
        terminal.settle()
        terminal.send(f"{MARK} and more\r" * chance.randint(1, 5))
        if chance.random() < 0.7:
            terminal.wait_for(MARK)
        left = chance.random() < 0.4
        if left:
            terminal.settle()
            before = len(terminal.raw)
            terminal.send("\x1b")
            if alone:
                terminal.wait()
            else:
                terminal.wait_for("It is gone")
            assert MARK.encode() not in terminal.raw[before:]
        if terminal.process.poll() is None:
            terminal.signal(chance.choice(ENDS))
    assert not list(holding(folder, MARK))
    assert not list(Path.cwd().glob("core*"))


@pytest.mark.parametrize("seed", swept(range(4), 2))
def test_the_vent_is_nowhere(workspace: Workspace, seed: int) -> None:
    ended_at_random(workspace.root.parent, seed, alone=seed % 2 == 0)


def test_the_process_leaves_no_image_of_its_memory(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=(*APP, "vent")) as terminal:
        terminal.wait_for("memory only")
        limits = Path(f"/proc/{terminal.process.pid}/limits")
        if not os.access(limits, os.R_OK):
            pytest.skip("this system does not tell the limits of a process")
        said = next(line for line in limits.read_text().splitlines() if "core file" in line)
        assert said.split()[4:6] == ["0", "0"]
