"""The private file and what may stand in its way: a newer Docket, a killed one, a sick folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from store.errors import DocketError
from store.files import WriteError
from store.private.model import CheckIn
from tests.store.building import NOON, workspace

DREAD = CheckIn(at=NOON, dread=3)


@pytest.mark.parametrize("content", ['{"format": 4}', '{"format":7,"moods":{}}', '{"format": 4'])
def test_a_newer_private_file_is_left_alone_and_named_as_such(tmp_path: Path, content: str) -> None:
    made = workspace(tmp_path)
    path = made.root / "private.json"
    path.write_text(content)
    for use in (
        lambda: made.private.of("acme"),
        lambda: made.private.add("acme", DREAD),
    ):
        with pytest.raises(DocketError, match=r"newer Docket\. Update Docket"):
            use()
    assert path.read_text() == content


def test_what_a_killed_session_left_of_it_is_removed(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    left = made.root / ".private.json.0badcafe.tmp"
    left.write_text('{"clients":{"acme":{"checkins":[{"note":"private wor')
    made.private.add("acme", DREAD)
    assert not left.exists()
    assert made.private.of("acme").checkins == (DREAD,)


def test_a_folder_that_cannot_be_made_durable_is_told_apart_from_a_failed_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    real = os.fsync

    def fsync(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(WriteError, match=r"was saved, but a power cut .* another disk"):
            made.private.add("acme", DREAD)
    assert made.private.of("acme").checkins == (DREAD,)
