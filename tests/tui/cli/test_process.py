"""The command as a process: what it imports, how it dies, and two of them at once."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from store.journal import verify_file
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli, command, environment
from tui.cli.verbs import VERBS

HEAVY = {
    *("textual", "rich", "markdown_it", "platformdirs", "pydantic", "pydantic_core", "tinydb"),
    *("dataclasses", "inspect", "shutil", "difflib", "calendar", "decimal", "tomllib", "email"),
    *("store.docket", "store.entries.model", "store.journal.query", "store.private.model"),
    *("store.decision", "store.records", "store.sample", "store.capture", "store.intake"),
    *("store.evidence.exhibits", "tui.app", "tui.commands", "tui.keys", "tui.screens"),
}

_MODULES = """
import sys
from tui.__main__ import main
status = main(sys.argv[1:])
print("modules", *sorted(sys.modules))
sys.exit(status)
"""

_HELPS = """
import sys
from tui.__main__ import main
for verb in sys.argv[1:]:
    assert main([verb, "--help"]) == 0
    print("modules", verb, *sorted(sys.modules))
"""

_LOOP = """
import sys
from tui.__main__ import main
for number in range(200):
    status = main(["--workspace", sys.argv[1], "log", "acme", "note", f"{sys.argv[2]} {number}"])
    if status:
        sys.exit(status)
"""


def _modules(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _MODULES, *words],
        capture_output=True,
        env=environment(),
        check=True,
        timeout=60,
    )
    return set(done.stdout.decode().splitlines()[-1].split()[1:])


def test_log_imports_nothing_it_does_not_need(acme: Cli) -> None:
    loaded = _modules("--workspace", str(acme.root), "log", "acme", "thanks", "a lot")
    assert loaded & HEAVY == set()
    assert {module for module in loaded if module.startswith("tui.cli.")} == {
        f"tui.cli.{name}"
        for name in (
            *("run", "signals", "context", "output", "parsing"),
            *("verbs", "log", "fields"),
        )
    }


def test_no_verb_imports_textual() -> None:
    """One process for all of them: what one of them imports, it keeps."""
    done = subprocess.run(
        [sys.executable, "-c", _HELPS, *sorted(VERBS)],
        capture_output=True,
        env=environment(),
        check=True,
        timeout=60,
    )
    told = [
        line.split()[1:] for line in done.stdout.decode().splitlines() if line[:8] == "modules "
    ]
    assert [verb for verb, *_ in told] == sorted(VERBS)
    for verb, *loaded in told:
        assert not {module.split(".")[0] for module in loaded} & {"textual", "rich"}, verb
        assert f"tui.cli.{VERBS[verb].module}" in loaded


def test_two_processes_log_two_hundred_entries_each(acme: Cli) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _LOOP, str(acme.root), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        for name in ("first", "second")
    ]
    for run in runs:
        _, err = run.communicate(timeout=120)
        assert run.returncode == 0, err.decode()
    entries = Workspace.open(acme.root).entries("acme")
    statements = [entry.statement for entry in entries if entry.kind == "note"]
    assert len(statements) == 400
    assert {f"{name} {n}" for name in ("first", "second") for n in range(200)} == set(statements)
    assert [entry.seq for entry in entries] == list(range(1, 403))
    assert verify_file(Workspace.open(acme.root).path("acme")).ok


def test_ctrl_c_is_quiet(acme: Cli) -> None:
    read, write = os.pipe()
    os.write(write, b"half a sentence")
    with subprocess.Popen(
        command(acme.root, ["log", "acme", "note", "-"]),
        stdin=read,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as run:
        while run.poll() is None and not (_unread(read) == 0 and _asleep(run.pid)):
            os.sched_yield()
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    os.close(read)
    os.close(write)
    assert (run.returncode, out, err) == (130, b"", b"")


def _unread(pipe: int) -> int:
    """Return how many bytes nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def _asleep(pid: int) -> bool:
    """Whether a process waits for something, as far as this system tells.

    A signal between two reads is dealt with once the second has read something.
    """
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "S"


def test_a_reader_that_leaves_is_no_error(acme: Cli) -> None:
    for number in range(20):
        acme.ok("log", "acme", "note", f"{number} " + "word " * 2000)
    shell = f"{sys.executable} -m tui --workspace {acme.root} show acme | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell}"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stderr) == (141, b"")
    assert done.stdout.startswith(b"acme#1 client")


def test_text_in_any_script_survives_a_plain_c_locale(acme: Cli) -> None:
    acme.env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    text = "قالوا غدا, មិនទាន់បង់, Þau lofuðu"
    assert acme.real("log", "acme", "complaint", "-", stdin=text.encode()).status == 0
    assert Workspace.open(acme.root).entries("acme")[-1].statement == text
    shown = acme.real("show", "acme#3")
    assert (shown.status, shown.err) == (0, "")
    assert "\\u0642" in shown.out


def test_a_bug_is_one_line_and_shows_itself_only_when_asked(
    acme: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise ZeroDivisionError("in\nhere")

    monkeypatch.setattr(Workspace, "find", broken)
    result = acme("log", "acme", "x")
    assert result.status == 1
    assert result.err.startswith("This is a bug in Docket: ZeroDivisionError: in here; nothing was")
    assert result.err.count("\n") == 1
    monkeypatch.setenv("DOCKET_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        acme("log", "acme", "x")


def test_an_unreadable_folder_is_named(acme: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> str:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.setattr(Workspace, "find", refused)
    result = acme("log", "acme", "x")
    assert result.err == "/somewhere: Permission denied. Put that right and try again.\n"


def test_the_workspace_is_found_by_option_then_environment(
    acme: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.__main__ import main

    monkeypatch.setenv("DOCKET_WORKSPACE", str(acme.root))
    acme.capsys.readouterr()
    assert main(["clients", "--ids"]) == 0
    assert acme.capsys.readouterr().out == "acme\n"
    assert main(["clients", "--ids", "--workspace", str(tmp_path / "none")]) == 1
    monkeypatch.delenv("DOCKET_WORKSPACE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    acme.root.rename(tmp_path / "docket")
    assert main(["clients", "--ids"]) == 0


def _completed(script: str, *words: str, path: str) -> list[str]:
    asked = " ".join(f"'{word}'" for word in words)
    done = subprocess.run(
        [
            *("bash", "--norc", "-c"),
            f"source {script}; COMP_WORDS=({asked}); COMP_CWORD={len(words) - 1}; "
            'COMPREPLY=(); _docket; printf "%s\\n" "${COMPREPLY[@]}"',
        ],
        capture_output=True,
        env=environment() | {"PATH": f"{path}:{os.environ['PATH']}"},
        check=True,
        timeout=60,
    )
    assert done.stderr == b""
    return done.stdout.decode().split()


def test_bash_completes_verbs_clients_kinds_and_options(acme: Cli, tmp_path: Path) -> None:
    script = tmp_path / "docket.bash"
    script.write_text(acme.ok("completion", "bash"))
    subprocess.run(["bash", "-n", str(script)], check=True)
    docket = tmp_path / "docket"
    docket.write_text(
        f'#!/bin/sh\nexec {sys.executable} -m tui --workspace "{acme.root}" "$@"\n', "utf-8"
    )
    docket.chmod(0o700)
    for words, found in [
        (["docket", "cl"], ["clients"]),
        (["docket", "log", "a"], ["acme"]),
        (["docket", "log", "acme", "late-p"], ["late-payment"]),
        (["docket", "log", "acme", "--chan"], ["--channel"]),
        (["docket", "log", "acme", "--channel", "ph"], ["phone"]),
        (["docket", "record", "acme", "--for", "c"], ["court"]),
        (["docket", "log", "acme", "--attach", ""], []),
        (["docket", "find", "logo", "--client", "a"], ["acme"]),
        (["docket", "find", "logo", "--kind", "late-p"], ["late-payment"]),
        (["docket", "find", "ki"], ["kind:"]),
        (["docket", "show", "acme", "ha"], ["has:"]),
        (["docket", "find", "kind", ":", "late-p"], ["late-payment"]),
        (["docket", "find", "logo", "client", ":", "a"], ["acme"]),
        (["docket", "find", "has", ":"], ["file", "quote"]),
        (["docket", "find", "is:am"], ["is:amended"]),
    ]:
        assert _completed(str(script), *words, path=str(tmp_path)) == found, words


def test_every_shell_gets_every_verb(cli: Cli) -> None:
    for shell in ("bash", "zsh", "fish"):
        script = cli.ok("completion", shell)
        assert all(verb in script for verb in VERBS)
