"""Eyes on the screen, on a real terminal: the bytes after the key have nothing private in them."""

from __future__ import annotations

import fcntl
import signal
import struct
import subprocess
import sys
import termios
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.private.model import CheckIn
from store.workspace import Workspace
from tests.examples import swept
from tests.terminal.driver import APP, ROOT, Terminal

MARK = "zqx"
HIDDEN = tuple(one.encode() for one in (MARK, "Bolt", "bolt", "walk", "stop work"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    made.set_texts({"author": "Jo Ek"})
    for client, name in (("acme", "Acme Media"), ("bolt", "Bolt & Co")):
        made.new_client(client, [made.draft(client, "client", data={"name": name})])
        made.log(made.draft(client, "note", f"{MARK} of {client}"))
        made.log(made.draft(client, "abuse", f"{MARK} he shouted", data={"severity": 3}))
    due = (datetime.now(UTC) - timedelta(days=40)).date()
    bill = {"number": "INV-1", "amount": "500", "currency": "EUR", "due": due}
    made.log(made.draft("acme", "invoice", "the logo", data=bill))
    made.private.add("acme", CheckIn(at=datetime.now(UTC), stress_client=9, note=f"{MARK} felt"))
    return made


def nothing_private(raw: bytes) -> None:
    found = [one for one in HIDDEN if one in raw]
    assert not found, f"{found} in {raw!r}"


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    terminal.process.send_signal(signal.SIGWINCH)
    terminal.settle()


@pytest.mark.parametrize("size", swept([((80, 24),), ((60, 20),), ((120, 40),)], 1))
def test_from_the_first_byte_after_the_key_nothing_private_is_sent(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    with Terminal(workspace.root, columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        assert MARK.encode() in terminal.raw or size[0] < 80
        before = len(terminal.raw)
        terminal.send("H")
        terminal.wait_for("H on")
        terminal.settle()
        assert MARK not in terminal.screen and "Bolt" not in terminal.screen
        for keys in ("2", "j", "\r", "\x1b", "c", "\x1b", "?", "\x1b", "d", "N", "p", ":", "\x1b"):
            terminal.send(keys)
            terminal.settle()
        workspace.log(workspace.draft("acme", "note", f"{MARK} logged elsewhere"))
        workspace.log(workspace.draft("bolt", "note", f"{MARK} logged elsewhere"))
        workspace.log(workspace.draft("acme", "delivery", "four files"))
        terminal.send("2")
        terminal.wait_for("four files")
        resize(terminal, 100, 30)
        resize(terminal, *size)
        nothing_private(terminal.raw[before:])
        shown = len(terminal.raw)
        terminal.send("H")
        terminal.wait_for(MARK)
        assert MARK.encode() in terminal.raw[shown:]


@pytest.mark.parametrize("keys", swept(["d0", "p", "N", "x", "nzqx bolt half a line"], 2))
def test_a_screen_that_cannot_show_less_is_covered(workspace: Workspace, keys: str) -> None:
    with Terminal(workspace.root) as terminal:
        terminal.wait_for("Acme Media")
        terminal.settle()
        terminal.send(keys)
        terminal.settle()
        before = len(terminal.raw)
        terminal.send("\x1b[19~")  # f8: where letters are text as well
        terminal.wait_for("H on")
        terminal.settle()
        terminal.send("\x1b")
        terminal.settle()
        resize(terminal, 90, 26)
        nothing_private(terminal.raw[before:])


def test_the_app_may_begin_so_and_sends_nothing_private_at_all(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=[*APP, "--discreet"]) as terminal:
        terminal.wait_for("Nobody is shown")
        terminal.settle()
        terminal.send("/acme\r")
        terminal.wait_for("the logo")
        terminal.settle()
        nothing_private(terminal.raw)


def docket(workspace: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *APP, "--workspace", str(workspace.root), "--discreet", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.parametrize(
    "words", [("show", "acme"), ("card", "acme"), ("show", "acme", "--json"), ("keys",)]
)
def test_a_verb_prints_what_both_sides_know(workspace: Workspace, words: tuple[str, ...]) -> None:
    done = docket(workspace, *words)
    assert done.returncode == 0, done.stderr
    assert MARK not in done.stdout + done.stderr and "Bolt" not in done.stdout
    assert words == ("keys",) or "500" in done.stdout


@pytest.mark.parametrize("verb", ["clients", "decide", "next", "log", "checkin", "find"])
def test_a_verb_of_which_nothing_is_left_refuses(workspace: Workspace, verb: str) -> None:
    done = docket(workspace, verb, "acme")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"`docket {verb}`" in done.stderr and "is not for all eyes" in done.stderr
