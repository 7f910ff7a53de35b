"""What is written to a name that stands for something else than a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from store.files import WriteError, write_atomic


def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link"
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(WriteError, match="it is no plain file"):
            write_atomic(path, b"all of it")
    assert stat.S_ISFIFO(pipe.stat().st_mode) and link.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_link_to_a_file_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").read_bytes() == b"new"
