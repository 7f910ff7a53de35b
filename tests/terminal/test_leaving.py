"""Leaving takes no longer for what runs beside the screen, however it is asked for."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from store.drafts import Drafts
from store.workspace import Workspace
from tests.terminal.driver import Terminal

ENDLESS = """
import sys, {module}
def endless(*args, **options):
    open({mark!r}, "w").close()
    while True:
        pass
{module}.{name} = endless
from tui.__main__ import main
sys.exit(main([]))
"""
"""The app, in which one thing that it does aside takes for ever, and all the time there is."""

SOON = 30.0
"""Seconds: alone on a machine it takes a tenth of that, and what is waited for here never ends."""

WORK = {
    "assessing": ("store.decision", "assess", ""),
    "verifying": ("store.anchors", "damage", ""),
    "the trend": ("tui.screens.decision", "trend", "d0"),
    "all clients": ("tui.screens.portfolio", "side_by_side", "p"),
    "next steps": ("tui.screens.steps", "all_standing", "N"),
    "a record": ("store.records.desk", "RecordRequest.write", "xww"),
    "a record read again": ("store.records.desk", "Written.verified", "xww"),
    "a screen's program": ("tui.screens.loading", "screen_module", "p"),
}
"""What is endless, and the keys that begin it."""

OF_LONG = {
    "the answer": ("tui.shell.at_hand", "work_through", "d0"),
    "the card": ("tui.shell.at_hand", "work_through", "c"),
    "find": ("store.overview.finding", "Finder.look", "F"),
}
"""The same, where a docket is long."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = Workspace.create(tmp_path / "w")
    # So many that they are not assessed before the first picture.
    notes = [made.draft("acme", "note", f"Note {number}") for number in range(600)]
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"}), *notes])
    return made.root


@pytest.fixture
def long(root: Path) -> Path:
    """The same, the docket so long that a screen has it read and worked out beside it."""
    made = Workspace.open(root)
    made.append("acme", [made.draft("acme", "note", "long " * 400) for _ in range(150)])
    return root


def _begun(root: Path, what: str) -> Terminal:
    """Return a terminal on which that work is under way."""
    module, name, keys = (WORK | OF_LONG)[what]
    mark = root.parent / "begun"
    args = ("-c", ENDLESS.format(module=module, name=name, mark=str(mark)))
    terminal = Terminal(root, args=args, cwd=root.parent)
    terminal.wait_for("Acme Media")
    for key in keys:
        terminal.settle()
        terminal.send(key)
    end = time.monotonic() + 60
    while not mark.exists():
        terminal.collect(0.02)
        assert time.monotonic() < end, f"{what} does not begin:\n{terminal.screen}"
    return terminal


@pytest.mark.parametrize(
    "what", [pytest.param(one, marks=pytest.mark.slow) for one in WORK if one != "assessing"]
)
def test_q_ends_it_whatever_runs(root: Path, what: str) -> None:
    with _begun(root, what) as terminal:
        terminal.send("q")
        assert terminal.wait(SOON) == 0
        assert terminal.restored()


@pytest.mark.slow
@pytest.mark.parametrize("what", OF_LONG)
def test_q_ends_it_where_a_docket_is_long(long: Path, what: str) -> None:
    with _begun(long, what) as terminal:
        if what == "find":  # there it is a letter like any other
            terminal.send("\x1b")
            terminal.wait_for("1 Clients")
        terminal.send("q")
        assert terminal.wait(SOON) == 0
        assert terminal.restored()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.slow
def test_a_signal_ends_it_and_what_was_typed_is_kept(root: Path, number: signal.Signals) -> None:
    with _begun(root, "assessing") as terminal:
        terminal.send("nblame half a thou")
        terminal.wait_for("half a thou")
        terminal.process.send_signal(number)
        assert terminal.wait(SOON) == 0
        assert terminal.restored()
    assert [kept.line for kept in Drafts(root / "drafts").kept()] == ["blame half a thou"]


def test_what_was_logged_stays_and_q_ends_it(root: Path) -> None:
    with _begun(root, "assessing") as terminal:
        terminal.send("nacme note so\r")
        terminal.wait_for("acme#602 logged")
        terminal.send("q")
        assert terminal.wait(SOON) == 0
        assert terminal.restored()
    assert Workspace.open(root).entries("acme")[-1].statement == "so"


@pytest.mark.slow
def test_a_line_that_drops_ends_it(root: Path) -> None:
    with _begun(root, "assessing") as terminal:
        terminal.send("nblame half a thou")
        terminal.wait_for("half a thou")
        for handle in (terminal.master, terminal.slave):
            os.close(handle)
        terminal.process.wait(SOON)
    assert [kept.line for kept in Drafts(root / "drafts").kept()] == ["blame half a thou"]


INTERRUPTED = """
import os, signal, sys
class Loading:
    def find_spec(self, name, *rest):
        if name == {at!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.argv[0] = "docket"
sys.meta_path.insert(0, Loading())
from tui.__main__ import main
import tui.screens.main
def fail(*rest):
    raise RuntimeError("for a test")
tui.screens.main.MainScreen.on_mount = fail
import tui.app.app
def interrupted(*rest):
    os.kill(os.getpid(), signal.SIGINT)
tui.app.app._print_lost = interrupted
sys.exit(main([]))
"""
"""The app, which fails as it starts; ctrl+c comes while a module is loaded, and as it leaves."""


@pytest.mark.slow
def test_ctrl_c_as_it_starts_or_ends_leaves_no_traceback(root: Path) -> None:
    for at, status, said in (("store.text", -signal.SIGINT, ""), ("", 1, "had to stop: Runtime")):
        with Terminal(root, args=("-c", INTERRUPTED.format(at=at)), cwd=root.parent) as terminal:
            assert terminal.wait() == status
            assert said in terminal.screen
            assert b"Traceback" not in terminal.raw
            assert terminal.restored()
