"""Somebody else holds the lock, or there are none: waited for, not for ever, said, nothing lost."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from store import files
from store.errors import DocketError
from store.journal import verify_file
from store.private.model import CheckIn
from tests.store.building import NOON, workspace
from tests.store.faults.disks import docket, holding, started
from tests.store.faults.test_disk import contents, one_line

LIMIT = 30.0


@pytest.mark.slow
def test_a_stopped_session_is_waited_for_and_named_and_the_text_kept(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    before = contents(made.root)
    with holding(made.root) as holder:
        holder.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        waiting = [
            started(made.root, "log", "acme", "pay-later", "kept one"),
            started(made.root, "log", "acme", "no-reply", "kept two"),
            started(made.root, "checkin", "acme", "--dread", "8", "--note", "kept three"),
        ]
        for process in waiting:
            out, err = process.communicate(timeout=LIMIT)
            assert (process.returncode, out) == (1, "")
            one_line(err, "5 seconds", "stopped docket (`lsof` names it)", "unsent.acme.")
        assert time.monotonic() - begun < LIMIT
        assert "Acme" in docket(made.root, "show", "acme")[1]
        assert docket(made.root, "clients")[0] == 0
    kept = made.drafts.kept("unsent", "acme")
    assert sorted(one.text for one in kept) == ["kept one", "kept three", "kept two"]
    for one in kept:
        made.drafts.discard(one)
    assert contents(made.root) == before


def test_texts_kept_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    drafts = workspace(tmp_path).drafts
    texts = [f"text {number}" for number in range(40)]
    threads = [threading.Thread(target=drafts.add, args=("unsent", text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert sorted(one.text for one in drafts.kept("unsent")) == sorted(texts)


def test_a_dead_sessions_lock_is_in_nobodys_way(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with holding(made.root) as holder:
        holder.send_signal(signal.SIGSTOP)
        waiting = started(made.root, "log", "acme", "pay-later", "after all")
        checking = started(made.root, "checkin", "acme", "--dread", "8")
        holder.kill()
        for process in (waiting, checking):
            _, err = process.communicate(timeout=LIMIT)
            assert (process.returncode, err) == (0, "")
    assert made.entries("acme")[-1].statement == "after all"
    assert made.private.of("acme").checkins[0].dread == 8
    assert verify_file(made.path("acme")).ok


def test_a_session_that_goes_on_lets_the_next_one_in(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with holding(made.root) as holder:
        waiting = started(made.root, "log", "acme", "pay-later", "in the end")
        holder.communicate("", timeout=LIMIT)
        assert waiting.wait(LIMIT) == 0
        waiting.communicate()
    assert made.entries("acme")[-1].statement == "in the end"


def test_the_private_file_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with (
        files.locked(made.root / "private.json"),
        pytest.raises(files.WriteError, match=r"held its lock for 0\.05 seconds"),
        files.locked(made.root / "private.json", wait=0.05),
    ):
        raise AssertionError("two hold one lock")


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_said_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    made = workspace(tmp_path)
    before = contents(made.root)

    def flock(fd: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", flock)
        for write in (
            lambda: made.log(made.draft("acme", "note", "a word")),
            lambda: made.private.add("acme", CheckIn(at=NOON, dread=3)),
        ):
            with pytest.raises(DocketError) as caught:
                write()
            one_line(str(caught.value), "this file system gives no locks", "local disk")
        assert made.docket("acme").name == "Acme Média"
        assert contents(made.root) == before


def test_an_unlock_that_fails_does_not_unsay_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    real = fcntl.flock

    def flock(fd: int, operation: int) -> None:
        if operation == fcntl.LOCK_UN:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        real(fd, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    for seq in (3, 4):
        assert made.log(made.draft("acme", "note", "a word")).seq == seq
    assert verify_file(made.path("acme")).count == 4
