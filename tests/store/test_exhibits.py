"""Exhibits: copied whole, named by their bytes, read-only, and told from what they are not."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DocketError, UsageError
from store.exhibits import ExhibitError, Exhibits


@pytest.fixture
def exhibits(tmp_path: Path) -> Exhibits:
    """An exhibits folder that is not there yet."""
    return Exhibits(tmp_path / "exhibits")


def test_a_copy_is_named_by_its_bytes_and_read_only(exhibits: Exhibits, tmp_path: Path) -> None:
    source = tmp_path / "វិក្កយបត្រ INV-42.pdf"
    content = os.urandom(3 * 2**20 + 7)
    source.write_bytes(content)
    exhibit = exhibits.keep(source)
    kept = exhibits.path(exhibit.sha256)
    assert exhibit.sha256 == hashlib.sha256(content).hexdigest()
    assert (exhibit.name, exhibit.size) == (source.name, len(content))
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o777 == 0o400
    assert exhibits.folder.stat().st_mode & 0o777 == 0o700
    assert exhibits.problem(exhibit) == ""


def test_the_same_bytes_are_kept_once(exhibits: Exhibits, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    first, second = exhibits.keep(tmp_path / "a.txt"), exhibits.keep(tmp_path / "b.txt")
    assert first.sha256 == second.sha256
    assert (first.name, second.name) == ("a.txt", "b.txt")
    assert [path.name for path in exhibits.folder.iterdir()] == [first.sha256]


def test_changed_and_missing_copies_are_told(exhibits: Exhibits) -> None:
    exhibit = exhibits.keep_stream(io.BytesIO(b"before"), "x")
    kept = exhibits.path(exhibit.sha256)
    kept.chmod(0o600)
    kept.write_bytes(b"after!")
    assert exhibits.problem(exhibit) == "its bytes were changed"
    kept.unlink()
    assert exhibits.problem(exhibit) == "it is missing"


def test_a_name_from_outside_cannot_drive_a_terminal(exhibits: Exhibits) -> None:
    assert (
        exhibits.keep_stream(io.BytesIO(b""), "\x1b[2Ja\n/b\u202e.txt").name == "a /b<U+202E>.txt"
    )
    assert exhibits.keep_stream(io.BytesIO(b""), "\x00").name == "unnamed"


def test_only_regular_files_are_kept(exhibits: Exhibits, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for wrong in (tmp_path, pipe, Path("/dev/zero"), tmp_path / "none"):
        with pytest.raises(UsageError):
            exhibits.keep(wrong)
    with pytest.raises(DocketError):
        exhibits.keep(Path("nul\0byte"))
    assert not exhibits.folder.exists()


def test_a_copy_that_fails_leaves_nothing(exhibits: Exhibits) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(3)

    with pytest.raises(ExhibitError, match="Input/output error"):
        exhibits.keep_stream(Broken(b"abcdef"), "x")
    assert list(exhibits.folder.iterdir()) == []


@given(st.binary(max_size=200))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    exhibits = Exhibits(tmp_path_factory.getbasetemp() / "any")
    exhibit = exhibits.keep_stream(io.BytesIO(content), "x")
    assert exhibits.path(exhibit.sha256).read_bytes() == content
