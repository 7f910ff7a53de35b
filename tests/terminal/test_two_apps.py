"""Two apps on one workspace, each in a terminal of its own: what one types is never the other's."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from store.journal import verify_file
from store.journal.server.address import ServerAddress
from store.journal.server.schema import init
from store.workspace import Workspace
from store.workspace.folder import begin
from tests.drafted import drafted
from tests.examples import swept
from tests.postgres import Server
from tests.store.faults.disks import fill, small_disk
from tests.terminal.driver import Terminal
from tests.terminal.test_app import start


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return made_in(tmp_path / "w")


def made_in(folder: Path) -> Workspace:
    made = Workspace.create(folder)
    made.set_texts({"author": "Jo Ek"})
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    return made


def type_line(terminal: Terminal, line: str) -> None:
    """Open quick capture, type a line, and wait until it is read."""
    terminal.send("n")
    terminal.wait_for("Reads as")
    terminal.send(line)
    terminal.wait_for(line[-24:])


def wait_for_file(terminal: Terminal, workspace: Workspace, form: str, text: str) -> None:
    """Take in what the app sends until a text is among the drafts."""
    for _ in range(600):
        if any(text in one for one in drafted(workspace, form)):
            return
        terminal.collect(0.1)
    raise AssertionError(f"{text!r} is not in {drafted(workspace, form)}")


@pytest.mark.slow
def test_one_is_killed_while_the_other_types_and_logs(workspace: Workspace) -> None:
    with start(workspace) as first, start(workspace) as second:
        type_line(first, "acme note AAAA by the first")
        type_line(second, "acme note BBBB by the second")
        wait_for_file(first, workspace, "capture", "AAAA")
        wait_for_file(second, workspace, "capture", "BBBB")
        assert "AAAA" not in second.screen
        second.send("\r")
        second.wait_for("acme#2 logged")
        assert drafted(workspace, "capture") == ["acme note AAAA by the first"]
        first.process.kill()
        first.process.wait(60)
        second.send("n")
        second.wait_for("acme note AAAA by the first   tab takes it")
        second.send("\x1b[A, taken up\r")
        second.wait_for("acme#3 logged")
    assert [one.statement for one in workspace.entries("acme")[1:]] == [
        "BBBB by the second",
        "AAAA by the first, taken up",
    ]
    assert workspace.drafts.kept() == []


@pytest.mark.slow
def test_two_machines_on_one_docket_of_a_server(postgres: Server, tmp_path: Path) -> None:
    """Both log at once, again and again; each shows what the other did, and one is killed."""
    url = postgres.url(workspace="two")
    init(ServerAddress.parse(url))
    for name in ("ann", "bea"):
        begin(tmp_path / name, url)
    ann, bea = (Workspace.open(tmp_path / name) for name in ("ann", "bea"))
    ann.add_client("acme", {"name": "Acme Media"}, {})
    bea = Workspace.open(bea.root)
    with start(ann) as first, start(bea) as second:
        for turn in range(4):
            type_line(first, f"acme note by ann in turn {turn}")
            type_line(second, f"acme note by bea in turn {turn}")
            first.send("\r")
            second.send("\r")
            for terminal in (first, second):
                terminal.wait_for(f"by ann in turn {turn}")
                terminal.wait_for(f"by bea in turn {turn}")
        type_line(first, "acme note by ann at the end")
        first.send("\r")
        first.process.kill()
        first.process.wait(60)
        type_line(second, "acme note by bea at the end")
        second.send("\r")
        second.wait_for("logged")
    now = Workspace.open(bea.root)
    said = [one.statement for one in now.entries("acme")[1:]]
    turns = [f"by {name} in turn {turn}" for name in ("ann", "bea") for turn in range(4)]
    assert len(set(said)) == len(said)
    assert {*turns, "by bea at the end"} <= {*said}
    assert verify_file(now.path("acme")).ok
    assert Workspace.open(ann.root).path("acme").read_bytes() == now.path("acme").read_bytes()


@pytest.mark.slow
def test_both_hang_up_and_the_next_is_offered_both_once(workspace: Workspace) -> None:
    with start(workspace) as first, start(workspace) as second:
        type_line(first, "acme note AAAA by the first")
        second.send("M")
        second.wait_for("Log a mail")
        second.send("~/mail/late.eml")
        wait_for_file(second, workspace, "mail", "late.eml")
        assert first.signal(signal.SIGHUP) == 0
        assert second.signal(signal.SIGHUP) == 0
    with start(workspace) as third:
        third.wait_for("2 texts you typed before are kept")
        third.send("D")
        third.wait_for("a line to log: acme note AAAA by the first")
        third.wait_for("the file of a mail: ~/mail/late.eml")
        third.send("\r")  # the newest is the first
        third.wait_for("~/mail/late.eml")
        third.send("\x1b")
        third.settle()
        third.send("DG\x7f")
        third.wait_for("Throw away a line to log")
        third.send("\r")
        third.settle()
    assert [one.text for one in workspace.drafts.kept()] == ["~/mail/late.eml"]


@pytest.mark.slow
def test_a_line_that_drops_with_the_editor_open_is_offered(
    workspace: Workspace, tmp_path: Path
) -> None:
    editor, pipe = tmp_path / "ed.sh", tmp_path / "pipe"
    os.mkfifo(pipe)
    editor.write_text(
        f"#!/bin/sh\ntrap '' HUP\necho 'acme note private words' > \"$1\"\ncat '{pipe}'\n", "utf-8"
    )
    editor.chmod(0o700)
    with start(workspace, EDITOR=str(editor), TMPDIR=str(tmp_path)) as terminal:
        terminal.send("o")
        wait_for_file(terminal, workspace, "editor", "private words")
        (file,) = (workspace.root / "drafts").glob("editor.*")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        os.close(terminal.slave)
        os.close(terminal.master)
        terminal.process.wait(20)
    os.close(os.open(pipe, os.O_WRONLY))
    assert not [one for one in tmp_path.iterdir() if one.name not in ("ed.sh", "pipe", "w")]
    with start(workspace) as again:
        again.send("n")
        again.wait_for("acme note private words   tab takes it")


@pytest.mark.slow
@pytest.mark.parametrize("keys", ["n", "v", "M"])
def test_on_a_full_disk_esc_holds_on_and_leaving_prints_the_text(tmp_path: Path, keys: str) -> None:
    words = "the words that are nowhere else"
    with small_disk(tmp_path / "disk", "2m") as disk:
        workspace = made_in(disk / "w")
        with start(workspace) as terminal:
            ballast = fill(disk)
            terminal.send(keys)
            terminal.settle()
            terminal.send(words)
            terminal.wait_for(words)
            terminal.send("\x1b")
            terminal.wait_for("What you typed is not on disk")
            assert words in terminal.screen
            assert terminal.signal(signal.SIGTERM) == 0
            assert "Not logged, and not kept" in terminal.screen
            assert words in terminal.screen
        ballast.unlink()


def test_what_another_session_logs_is_marked_until_the_next_key(workspace: Workspace) -> None:
    with start(workspace) as first, start(workspace) as second:
        first.send("2")
        first.settle()
        type_line(second, "acme thanks for the logo")
        second.send("\r")
        second.wait_for("acme#2 logged")
        first.wait_for("for the logo")
        first.wait_for("+")
        rows = [row for row in first.screen.split("\n") if "for the logo" in row]
        assert any("+" in row for row in rows), first.screen
        assert first.screen.split("\n")[2].startswith("+"), first.screen
        first.send("j")
        first.settle()
        assert not first.screen.split("\n")[2].startswith("+"), first.screen
        assert not any("│+" in row for row in first.screen.split("\n")), first.screen


@pytest.mark.parametrize(
    ("opens", "words", "saves", "now"),
    swept(
        [
            ("2a", "\x01Mine: ", "\x13", "As it is now:"),
            ("2v", "withdrawn by the first", "\x13", "theirs as well"),
            ("2e", "a fact by the first", "\x13", "theirs as well"),
            ("I", "in two rounds", "\x13", ""),
            ("d0w", "2because of the log", "\x13", "thanks: theirs as well"),
        ],
        2,
    ),
)
def test_a_form_whose_subject_changed_says_so_and_shows_both(
    workspace: Workspace, opens: str, words: str, saves: str, now: str
) -> None:
    workspace.log(workspace.draft("acme", "note", "as it was"))
    with start(workspace) as first, start(workspace) as second:
        first.send(opens)
        first.settle()
        first.send(words)
        first.settle()
        if opens == "I":
            second.send("Itheirs first\x13")
        elif opens == "d0w":
            type_line(second, "acme thanks theirs as well")
            second.send("\r")
        else:
            second.send("2etheirs as well\x13")
        second.settle()
        count = len(workspace.entries("acme"))
        assert count == 3
        first.send(saves)
        first.wait_for("another session changed what this is about")
        first.wait_for(now or "theirs first")
        assert words.strip("\x0112").split()[0] in first.screen
        assert len(workspace.entries("acme")) == count
        if opens == "2a":
            first.send("\t\t\t")
            first.send("why not")
        first.send(saves)
        first.settle()
        assert "another session" not in first.screen
