"""A verb that is told to go: it cleans up as for Ctrl-C, keeps what was typed, and says so once."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

import pytest

from store.files import making, uninterrupted
from tests.store.building import workspace
from tests.store.faults.disks import holding, started
from tui.cli.signals import Ended, ending

WAIT = 30


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_log_that_waits_and_is_ended_keeps_the_words(
    tmp_path: Path, number: signal.Signals
) -> None:
    made = workspace(tmp_path)
    with holding(made.root):
        waiting = started(made.root, "log", "acme", "note", "-")
        assert waiting.stdin
        waiting.stdin.write("typed and not logged")
        waiting.stdin.close()
        waiting.stdin = None
        # It has read all of its input, and waits for the lock, once the file is open.
        _until_open(waiting, made.path("acme"))
        waiting.send_signal(number)
        out, err = waiting.communicate(timeout=WAIT)
    assert (waiting.returncode, out) == (128 + number, "")
    first, last = err.strip().split("\n")
    assert first.startswith("What you typed is kept in ")
    assert last.startswith("docket stopped: ")
    assert number.name in last
    kept = "\n".join(path.read_text() for path in made.drafts.folder.glob("[!.]*"))
    assert "typed and not logged" in kept


def _until_open(process: subprocess.Popen[str], path: Path) -> None:
    links = Path(f"/proc/{process.pid}/fd")
    if not links.exists():
        pytest.skip("no /proc here to see what a process has open")
    while process.poll() is None:
        try:
            if any(one.readlink() == path for one in links.iterdir()):
                return
        except OSError:
            continue
    raise AssertionError("it ended by itself")


def test_under_nohup_a_hang_up_is_still_passed_over(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ending():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_second_signal_does_not_cut_the_clean_up_short(tmp_path: Path) -> None:
    cleaned = False
    with pytest.raises(Ended) as caught, ending():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGHUP)
            cleaned = True
    assert cleaned
    assert caught.value.exit_status == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_last_steps_are_finished_before_it_goes(tmp_path: Path) -> None:
    done = False
    with pytest.raises(Ended), ending(), uninterrupted():
        signal.raise_signal(signal.SIGTERM)
        done = True
    assert done


def test_what_is_being_made_goes_with_it(tmp_path: Path) -> None:
    with pytest.raises(Ended), ending(), making(tmp_path / "one"):
        signal.raise_signal(signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def test_outside_the_main_thread_nothing_changes() -> None:
    seen = []

    def other() -> None:
        with ending():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=other)
    thread.start()
    thread.join(WAIT)
    assert seen == [signal.SIG_DFL]
