"""A disk that refuses: nothing is acknowledged, the file is as it was, and the user is told why."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import plain_words
from store.journal import JournalFile, ReadFailedError, WriteFailedError, verify_file
from tests.store.journal.support import names, small

BATCH = [{"kind": "note", "text": "x" * 300}, {"kind": "note"}]


def failing_write(number: int, after: int) -> Callable[[int, bytes], int]:
    """Return an os.write that takes `after` bytes in all, then fails."""
    real, left = os.write, after

    def write(fd: int, data: bytes) -> int:
        nonlocal left
        if left <= 0:
            raise OSError(number, os.strerror(number))
        done = real(fd, bytes(data)[: min(left, 97)])
        left -= done
        return done

    return write


def failing(number: int) -> Callable[..., None]:
    def call(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("after", [0, 1, 200, 600])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG])
def test_a_write_that_fails_anywhere_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, after: int, loaded: bool
) -> None:
    journal = small(tmp_path)
    if loaded:
        assert len(journal.lines) == 5
    before = journal.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing_write(number, after))
        with pytest.raises(WriteFailedError) as caught:
            journal.append_many(BATCH)
    assert caught.value.restored
    assert plain_words(OSError(number, ""))[0] in str(caught.value)
    assert journal.path.read_bytes() == before
    assert len(journal.lines) == 5
    assert [line.seq for line in journal.append_many(BATCH)] == [6, 7]
    assert verify_file(journal.path).ok
    assert (journal.notices, journal.generation) == ([], 0)


def test_a_write_that_takes_little_at_a_time_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing_write(errno.EIO, 10_000))
        journal.append_many(BATCH)
    assert verify_file(journal.path).count == 7


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_what_could_not_be_made_durable_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    journal = small(tmp_path)
    before = journal.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(number))
        with pytest.raises(WriteFailedError):
            journal.append({"kind": "note"})
    assert journal.path.read_bytes() == before


def test_a_file_that_cannot_be_put_back_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing_write(errno.EIO, 20))
        patch.setattr(os, "ftruncate", failing(errno.EIO))
        with pytest.raises(WriteFailedError) as caught:
            journal.append({"kind": "note"})
    assert not caught.value.restored
    assert "could not be put back" in str(caught.value)
    assert journal.append({"kind": "note"}).seq == 6
    assert "set aside" in journal.notices[0]
    assert verify_file(journal.path).ok


def test_ctrl_c_in_the_middle_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    before = journal.path.read_bytes()

    def interrupted(fd: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            journal.append({"kind": "note"})
    assert journal.path.read_bytes() == before
    assert journal.append({"kind": "note"}).seq == 6


def test_a_torn_end_that_cannot_be_set_aside_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    with journal.path.open("ab") as file:
        file.write(b'{"fields"')
    before = journal.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing_write(errno.ENOSPC, 4))
        with pytest.raises(WriteFailedError):
            journal.append({"kind": "note"})
    assert journal.path.read_bytes() == before
    assert names(tmp_path) == ["acme.jsonl"]
    assert journal.append({"kind": "note"}).seq == 6


def test_a_journal_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, fails in (
        ("write", failing_write(errno.ENOSPC, 40)),
        ("fsync", failing(errno.ENOSPC)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, fails)
            with pytest.raises(WriteFailedError) as caught:
                JournalFile.create(tmp_path / "acme.jsonl")
        assert "disk is full" in str(caught.value)
        assert names(tmp_path) == []
    assert JournalFile.create(tmp_path / "acme.jsonl").append({"kind": "note"}).seq == 1


def test_a_disk_that_cannot_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pread", failing(errno.EIO))
        for use in (lambda: journal.lines, lambda: journal.append({"kind": "note"})):
            with pytest.raises(ReadFailedError):
                use()


def test_a_file_system_without_locks_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = small(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", failing(errno.ENOLCK))
        with pytest.raises(WriteFailedError, match="gives no locks"):
            journal.append({"kind": "note"})
        assert len(journal.lines) == 5


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EMFILE, errno.ENOLCK])
def test_what_may_not_be_written_can_still_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    journal = small(tmp_path)
    real = os.open

    def read_only(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise OSError(number, os.strerror(number))
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", read_only)
        with pytest.raises(WriteFailedError) as caught:
            journal.append({"kind": "note"})
        assert len(journal.lines) == 5
        assert verify_file(journal.path).ok
    assert "Nothing was saved" in str(caught.value)
    assert "\n" not in str(caught.value)
