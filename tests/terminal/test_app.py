"""The app on a real terminal: what is sent, what is left behind, what survives."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from store.capture import read_capture
from store.workspace import Workspace
from tests.drafted import drafted
from tests.terminal.driver import ROOT, Terminal
from tui.app.answers import ASK_GROUND

LEFT_ALT_SCREEN, CURSOR_SHOWN, PIXELS_OFF = b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1016l"
# What a hostile client may write: title, clipboard, clear, 8-bit CSI, hyperlink, right-to-left.
HOSTILE = (
    "\x1b]0;PWNED\x07 \x1b]52;c;UFdORUQ=\x07 \x1b[2J \x9b31m \x1b]8;;http://x\x1b\\y "
    "\u202eevil [/foo] [link=http://x]y [$primary]z[/] [type=x, v={'a[0]'}] \x07\x08"
)
CLEARED = b"\x1b[?1049h\x1b[H\x1b[2J"
POINTER_SHAPE = b"\x1b]22;default\x07"  # textual's own
FORBIDDEN = (
    b"\x1b]",
    b"\x1b[2J",
    b"\xc2\x9b",
    b"\x9b31m",
    b"\x07",
    b"\x08",
    b"\xe2\x80\xae",
    b"\x1bP",
)
COLOUR = re.compile(rb"\x1b\[[0-9;:]*m")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w")
    made.new_client("acme", [made.draft("acme", "client", data={"name": "Acme Media"})])
    made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt & Co"})])
    invoice = {"number": "INV-1", "amount": "500", "currency": "EUR", "due": date(2026, 1, 1)}
    made.log(made.draft("acme", "invoice", data=invoice))
    made.log(made.draft("acme", "late-payment", "INV-1 is late", data={"severity": 3}))
    return made


def start(workspace: Workspace, *, cold: bool = False, **env: str) -> Terminal:
    terminal = Terminal(workspace.root, env=env, cold=cold)
    terminal.wait_for("Acme Media")
    terminal.settle()
    return terminal


def colours(raw: bytes) -> set[bytes]:
    """Return the SGR codes of `raw` that set a colour."""
    codes = {code for run in COLOUR.findall(raw) for code in run[2:-1].split(b";")}
    return {code for code in codes if re.fullmatch(rb"3[0-8]|4[0-8]|9[0-7]|10[0-7]", code)}


def test_the_first_paint_fits_its_budget_and_quitting_restores_the_terminal(
    workspace: Workspace,
) -> None:
    with start(workspace, cold=True) as terminal:
        assert len(terminal.raw) < 20_000
        assert "late-p… !!! INV-1 is late" in terminal.screen
        terminal.send("q")
        assert terminal.wait() == 0
        assert LEFT_ALT_SCREEN in terminal.raw
        assert CURSOR_SHOWN in terminal.raw
        assert terminal.raw.endswith(PIXELS_OFF)
        assert terminal.restored()


def test_a_warm_start_shows_what_a_cold_one_does(workspace: Workspace) -> None:
    with start(workspace) as warm, start(workspace, cold=True) as cold:
        assert warm.cells == cold.cells
        for one in (warm, cold):
            one.send("q")
            assert one.wait() == 0
            assert one.restored()


def test_a_terminal_that_is_not_utf_8_is_drawn_in_ascii_and_told_so(workspace: Workspace) -> None:
    workspace.new_client(
        "khmer", [workspace.draft("khmer", "client", data={"name": "水端茶舗 Ltd"})]
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with Terminal(workspace.root, env=plain) as terminal:
        terminal.wait_for("Names are shown as ? here: the terminal's encoding is not UTF-8.")
        terminal.wait_for("???????? Ltd")
        terminal.send("q")
        assert terminal.wait() == 0
    assert terminal.raw.isascii()


@pytest.mark.slow
def test_an_idle_screen_sends_nothing_and_a_key_little(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        assert terminal.collect(2.5) == b""
        for key in "2jk":  # the first move after a full paint draws the whole pane once more
            terminal.send(key)
            terminal.settle()
        terminal.send("j")
        assert 0 < len(terminal.settle()) < 2_000
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.settle()
        assert terminal.collect(2.5) == b""
        terminal.send("x")
        assert 0 < len(terminal.settle()) < 1_500
        assert terminal.collect(1.5) == b""


def test_from_key_to_saved(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.send("acme no-reply third ask !2")
        terminal.wait_for("Acme Media: no reply, severity 2")
        terminal.send("\r")
        terminal.wait_for("acme#4 logged")
        terminal.wait_for("third ask")
    assert workspace.docket("acme").entries[-1].statement == "third ask"


def test_keys_that_arrive_at_once_end_up_where_they_belong(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        terminal.send("nacme no-reply aveonuqd\rnbolt note second\r/acm")
        terminal.wait_for("bolt#2 logged")
        terminal.wait_for("/ acm")
    assert workspace.docket("acme").entries[-1].statement == "aveonuqd"
    assert workspace.docket("bolt").entries[-1].statement == "second"


def test_nothing_a_client_wrote_drives_the_terminal(workspace: Workspace) -> None:
    workspace.new_client(
        "evil", [workspace.draft("evil", "client", data={"name": f"Acme Media {HOSTILE}"[:110]})]
    )
    workspace.log(workspace.draft("evil", "abuse", HOSTILE, quotes=[{"text": HOSTILE}]))
    workspace.drafts.add("capture", f"evil note {HOSTILE}")
    with start(workspace) as terminal:
        for keys in ("j", "k", "2", "3", "/[/foo]", "\x1b", "n"):
            terminal.send(keys)
            terminal.settle()
        terminal.wait_for("evil note")
        terminal.send(f"\x1b[200~{HOSTILE}\x1b[201~")
        terminal.settle()
        terminal.send("\r")
        terminal.settle()
        terminal.send("\x1b")
        terminal.settle()
        terminal.send("?")
        terminal.settle()
        assert "[/foo]" in terminal.raw.decode()
        sent = terminal.raw.replace(POINTER_SHAPE, b"").replace(ASK_GROUND.encode(), b"")
        sent = sent.replace(CLEARED, b"", 1)  # once, before anything is drawn
        for forbidden in FORBIDDEN:
            assert forbidden not in sent


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_draft_and_restores_the_terminal(
    workspace: Workspace, number: signal.Signals
) -> None:
    with start(workspace) as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.send("acme no-reply half a thou")
        terminal.wait_for("half a thou")
        assert terminal.signal(number) == 0
        assert LEFT_ALT_SCREEN in terminal.raw
        assert CURSOR_SHOWN in terminal.raw
        assert terminal.restored()
    assert drafted(workspace, "capture") == ["acme no-reply half a thou"]
    with start(workspace) as again:
        again.wait_for("press n, and ↑ takes it")
        again.send("n")
        again.wait_for("half a thou")


def test_a_closed_terminal_keeps_the_draft(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.send("acme no-reply half a thou")
        terminal.wait_for("half a thou")
        os.close(terminal.slave)
        os.close(terminal.master)
        terminal.process.wait(60)
    assert drafted(workspace, "capture") == ["acme no-reply half a thou"]


def test_a_killed_app_keeps_what_was_typed(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.send("acme note before the power cut")
        terminal.wait_for("acme note before the power cut")
        while not drafted(workspace, "capture"):
            terminal.collect(0.05)
        terminal.process.kill()
    assert drafted(workspace, "capture") == ["acme note before the power cut"]


def test_no_color_sends_no_colour(workspace: Workspace) -> None:
    with start(workspace, NO_COLOR="1", COLORTERM="truecolor") as terminal:
        terminal.send("2")
        terminal.send("n")
        terminal.wait_for("type its name first")
        assert colours(terminal.raw) == set()


def test_the_sixteen_colours_are_all_that_is_used(workspace: Workspace) -> None:
    with start(workspace, COLORTERM="truecolor") as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        assert colours(terminal.raw)
        assert not colours(terminal.raw) & {b"38", b"48"}


def test_an_entry_of_another_process_shows_without_losing_the_line(workspace: Workspace) -> None:
    with start(workspace) as terminal:
        terminal.send("n")
        terminal.wait_for("type its name first")
        terminal.send("acme abuse half")
        terminal.wait_for("acme abuse half")
        subprocess.run(
            [sys.executable, "-m", "tui", "log", "acme", "no-reply", "from the shell"],
            cwd=ROOT,
            env={**os.environ, "DOCKET_WORKSPACE": str(workspace.root)},
            check=True,
            capture_output=True,
        )
        terminal.wait_for("from the shell", 1.5)
        assert "acme abuse half" in terminal.screen


def test_a_dumb_terminal_gets_one_line(workspace: Workspace) -> None:
    with Terminal(workspace.root, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == 1
        assert b"\x1b" not in terminal.raw
        assert terminal.raw.count(b"\n") == 1
        assert b"docket --help" in terminal.raw


def test_an_unexpected_error_is_one_line_after_the_terminal_is_restored(
    workspace: Workspace,
) -> None:
    code = (
        "import sys; from tui.app import DocketApp\n"
        "def boom(self): raise ZeroDivisionError('a [/foo] \\x1b[2J')\n"
        "DocketApp.action_help = boom\n"
        "from tui.__main__ import main; sys.exit(main([]))"
    )
    with Terminal(workspace.root, args=("-c", code)) as terminal:
        terminal.wait_for("Acme Media")
        terminal.send("?")
        assert terminal.wait() == 1
        after = terminal.raw[terminal.raw.rindex(LEFT_ALT_SCREEN) :]
        assert b"ZeroDivisionError: a [/foo]" in after
        assert b"Traceback" not in terminal.raw
        assert b"\x1b[2J" not in after
        assert terminal.restored()


def test_a_wrong_key_in_the_config_is_one_line(workspace: Workspace) -> None:
    (workspace.root / "config.toml").write_text('[keys]\nlog = "d"\ndecide = "d"\n')
    with Terminal(workspace.root) as terminal:
        assert terminal.wait() == 1
        assert b"given to both log and decide" in terminal.raw
        assert b"\x1b[?1049h" not in terminal.raw


def test_a_key_of_ones_own_that_meets_a_default_stands_and_is_said(workspace: Workspace) -> None:
    (workspace.root / "config.toml").write_text('[keys]\nlog = "d"\n')
    with start(workspace) as terminal:
        terminal.wait_for("and yours stands")
        assert "d log" in terminal.screen
        terminal.send("d")
        terminal.wait_for("type its name first")


def test_a_key_of_ones_own_works(workspace: Workspace) -> None:
    (workspace.root / "config.toml").write_text('[keys]\nlog = "L"\n')
    with start(workspace) as terminal:
        assert "L log" in terminal.screen
        terminal.send("L")
        terminal.wait_for("type its name first")


def test_the_hostile_text_is_hostile() -> None:
    raw = HOSTILE.encode()
    assert all(bad in raw for bad in (b"\x1b]", b"\x1b[2J", b"\xc2\x9b", b"\x07", b"\xe2\x80\xae"))
    assert read_capture("", clients={}, now=Workspace(Path()).clock(), current=None).problems


def test_the_editor_takes_the_terminal_and_gives_it_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "acme no-reply from the editor\\nline two\\n" > "$1"\n')
    script.chmod(0o700)
    with start(workspace, EDITOR=str(script)) as terminal:
        terminal.send("o")
        terminal.wait_for("and 1 more line")
        terminal.send("\r")
        terminal.wait_for("acme#4 logged")
    assert workspace.docket("acme").entries[-1].statement == "from the editor\nline two"


def test_an_editor_that_fails_leaves_the_app_and_the_text(
    workspace: Workspace, tmp_path: Path
) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\necho "acme note precious" > "$1"\nexit 2\n')
    script.chmod(0o700)
    with start(workspace, EDITOR=str(script)) as terminal:
        terminal.send("o")
        terminal.wait_for("ended with status 2")
        terminal.send("q")
        assert terminal.wait() == 0
    (file,) = workspace.drafts.folder.glob("editor.*.txt")
    assert file.read_text() == "acme note precious\n"
