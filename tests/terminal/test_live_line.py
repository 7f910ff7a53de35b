"""`docket log` alone: a line under the prompt, which leaves the terminal as it was."""

from __future__ import annotations

import fcntl
import re
import signal
import struct
import termios
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.drafted import drafted
from tests.terminal.driver import Terminal

LOG = ("-m", "tui", "log")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    for client, name in (("acme", "Acme Media"), ("mizuhata", "水端茶舗")):
        made.new_client(client, [made.draft(client, "client", data={"name": name})])
    return made


def said(workspace: Workspace, client: str = "acme") -> list[str]:
    return [one.statement for one in Workspace.open(workspace.root).entries(client)[1:]]


def kept(workspace: Workspace) -> list[str]:
    return drafted(Workspace.open(workspace.root), "capture")


def clean(terminal: Terminal) -> None:
    """See that nothing but the line itself was ever drawn over, and that it is gone."""
    assert b"\x1b[?1049h" not in terminal.raw
    assert b"\x1b[2J" not in terminal.raw
    assert terminal.restored()
    assert "enter save" not in terminal.screen
    assert "Log: " not in terminal.screen


def test_a_line_is_logged_and_the_bar_is_gone(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("enter save")
        terminal.send("acme blame he shouted !2")
        terminal.wait_for("✓ Acme Media: blame, severity 2, now: he shouted")
        terminal.send("\r")
        assert terminal.wait() == 0
        clean(terminal)
        assert terminal.screen.startswith("acme#2 blame, occurred ")
    assert said(workspace) == ["he shouted"]
    assert kept(workspace) == []


def test_keys_in_one_write_before_it_is_there_all_count(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=LOG, columns=40) as terminal:
        terminal.send("ac\tbla\the shoutex\x7fd\r")
        assert terminal.wait() == 0
        clean(terminal)
    assert said(workspace) == ["he shouted"]


@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x1b", 0)])
def test_what_is_left_is_a_draft_that_comes_back(
    workspace: Workspace, key: str, status: int
) -> None:
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("enter save")
        terminal.send(f"acme blame half{key}")
        assert terminal.wait() == status
        clean(terminal)
    assert kept(workspace) == ["acme blame half"]
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("acme blame half   tab takes it")
        terminal.send("\t of it\r")
        assert terminal.wait() == 0
    assert said(workspace) == ["half of it"]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_dropped_line_keeps_what_was_typed(workspace: Workspace, number: signal.Signals) -> None:
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("enter save")
        terminal.send("acme blame lost?")
        terminal.wait_for("lost?")
        assert terminal.signal(number) == 128 + number
        assert terminal.restored()
    assert kept(workspace) == ["acme blame lost?"]


def test_kill_costs_nothing_that_was_typed_a_moment_ago(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("enter save")
        terminal.send("acme blame killed")
        terminal.wait_for("now: killed")
        while not any((workspace.root / "drafts").glob("capture.*")):
            terminal.collect(0.05)
        terminal.signal(signal.SIGKILL)
    assert kept(workspace) == ["acme blame killed"]


def test_pasted_lines_long_lines_and_wide_scripts_fit_forty_columns(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=(*LOG, "mizuhata"), columns=40) as terminal:
        terminal.wait_for("水")
        terminal.send("note " + "水端茶舗" * 12)
        terminal.send("\x1b[200~ one\r\ntwo\rthree\x1b[201~!")
        terminal.wait_for("three!")
        shown = [line.rstrip() for line in terminal.screen.splitlines()]
        assert sum(line.startswith("━ Log") for line in shown) == 1
        terminal.send("\r")
        assert terminal.wait() == 0
        clean(terminal)
    [text] = said(workspace, "mizuhata")
    assert text.endswith("one\ntwo\nthree!")


def test_it_is_drawn_anew_for_another_size_and_nothing_is_sent_while_idle(
    workspace: Workspace,
) -> None:
    with Terminal(workspace.root, args=LOG) as terminal:
        terminal.wait_for("enter save")
        terminal.send("acme blame a rather long line")
        terminal.wait_for("now: a rather long line")
        terminal.settle()
        assert terminal.collect(0.8) == b""
        fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
        sent = terminal.settle()
        rows = re.sub(rb"\x1b\[[0-9;]*[A-Za-z]", b"", sent).decode().split("\r\n")
        assert len(rows) > 3
        assert all(len(row) <= 30 for row in rows)
        terminal.send("\r")
        assert terminal.wait() == 0
    assert said(workspace) == ["a rather long line"]


def test_two_sessions_do_not_share_a_line(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=LOG) as one, Terminal(workspace.root, args=LOG) as other:
        one.wait_for("enter save")
        one.send("acme blame mine")
        one.wait_for("now: mine")
        other.wait_for("enter save")
        assert "mine" not in other.screen
        other.send("acme blame theirs\r")
        assert other.wait() == 0
        one.send("\r")
        assert one.wait() == 0
    assert sorted(said(workspace)) == ["mine", "theirs"]


def test_an_option_without_words_is_refused_as_ever(workspace: Workspace) -> None:
    with Terminal(workspace.root, args=(*LOG, "acme", "--severity", "2")) as terminal:
        terminal.wait_for("[KIND] TEXT is required")
        assert terminal.wait() == 2
