"""Exhibits: copied whole, named by their bytes, read-only, and told from what they are not."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import Exhibit
from store.errors import DocketError, UsageError
from store.evidence.exhibits import CHANGED, MISSING, ExhibitError, Exhibits
from tests.store.faults.disks import frozen

REPO = Path(__file__).parents[2]
MEASURE = """
import resource, sys
from pathlib import Path
from store.evidence.exhibits import Exhibits
exhibits, folder = Exhibits(Path(sys.argv[1]) / "kept"), Path(sys.argv[1])
exhibits.keep(folder / "small")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept = exhibits.keep(folder / "large")
exhibits.copy_out(kept, folder / "copy")
assert kept.size == 200 * 2**20 and exhibits.problem(kept) == "", kept
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


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

    with pytest.raises(ExhibitError, match="x cannot be read to its end: the disk"):
        exhibits.keep_stream(Broken(b"abcdef"), "x")
    assert list(exhibits.folder.iterdir()) == []


@given(st.binary(max_size=200))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    exhibits = Exhibits(tmp_path_factory.getbasetemp() / "any")
    exhibit = exhibits.keep_stream(io.BytesIO(content), "x")
    assert exhibits.path(exhibit.sha256).read_bytes() == content


def test_what_the_file_and_the_user_say_of_it_is_kept(exhibits: Exhibits, tmp_path: Path) -> None:
    source = tmp_path / "order.pdf"
    source.write_bytes(b"%PDF")
    moment = datetime(2026, 3, 2, 9, 14, 5, tzinfo=UTC)
    os.utime(source, (0, moment.timestamp() + 0.75))
    original = exhibits.keep(source, obtained="mail \x1b[2J from\n Jo")
    assert (original.modified, original.obtained) == (moment, "mail from Jo")
    text = exhibits.keep_stream(io.BytesIO(b"text"), "order.txt")
    assert (text.modified, text.obtained, text.derived_from) == (None, "", None)
    source.write_bytes(b"text")
    assert exhibits.keep(source, derived_from=original.sha256).derived_from == original.sha256


def test_an_exhibit_from_before_these_fields_is_spelled_as_it_was() -> None:
    old = {"sha256": "a" * 64, "name": "x", "size": 0}
    assert Exhibit.model_validate(old).model_dump(mode="json") == old
    told = {**old, "modified": "2026-03-02T09:14:05Z", "obtained": "mail", "derived_from": "b" * 64}
    assert Exhibit.model_validate(told).model_dump(mode="json") == told


def test_a_link_is_followed_and_keeps_the_name_it_was_called_by(
    exhibits: Exhibits, tmp_path: Path
) -> None:
    (tmp_path / "there.txt").write_text("the bytes")
    (tmp_path / "here.txt").symlink_to(tmp_path / "there.txt")
    kept = exhibits.keep(tmp_path / "here.txt")
    assert kept.name == "here.txt"
    path = exhibits.path(kept.sha256)
    assert not path.is_symlink()
    assert path.read_text() == "the bytes"


def test_the_hash_is_of_what_was_copied_of_a_file_that_grows(
    exhibits: Exhibits, tmp_path: Path
) -> None:
    source = tmp_path / "log"
    source.write_bytes(b"a" * (2 << 20))

    def grow(count: int) -> None:
        if source.stat().st_size < 4 << 20:
            with source.open("ab") as file:
                file.write(b"b" * count)

    kept = exhibits.keep(source, on_bytes=grow)
    assert kept.size == exhibits.path(kept.sha256).stat().st_size == 4 << 20
    assert exhibits.problem(kept) == ""


def test_every_byte_is_told_as_it_is_handled(exhibits: Exhibits, tmp_path: Path) -> None:
    content = os.urandom((3 << 20) + 5)
    told: list[int] = []
    kept = exhibits.keep_stream(io.BytesIO(content), "x", on_bytes=told.append)
    assert (sum(told), len(told)) == (len(content), 4)
    exhibits.problem(kept, told.append)
    exhibits.copy_out(kept, tmp_path / "out", told.append)
    assert sum(told) == 3 * len(content)


def test_a_copy_taken_out_is_never_over_a_file_nor_of_other_bytes(
    exhibits: Exhibits, tmp_path: Path
) -> None:
    kept = exhibits.keep_stream(io.BytesIO(b"before"), "x")
    target = tmp_path / "out"
    exhibits.copy_out(kept, target)
    assert target.read_bytes() == b"before"
    assert target.stat().st_mode & 0o777 == 0o600
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for there in (target, tmp_path / "dangling"):
        with pytest.raises(UsageError, match="is there already"):
            exhibits.copy_out(kept, there)
    with pytest.raises(ExhibitError, match="was not written"):
        exhibits.copy_out(kept, tmp_path / "no folder" / "out")
    path = exhibits.path(kept.sha256)
    path.chmod(0o600)
    path.write_bytes(b"after!")
    with pytest.raises(ExhibitError, match=CHANGED):
        exhibits.copy_out(kept, tmp_path / "other")
    path.unlink()
    with pytest.raises(ExhibitError, match=MISSING):
        exhibits.copy_out(kept, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_copy_cut_short_leaves_nothing_there(exhibits: Exhibits, tmp_path: Path) -> None:
    kept = exhibits.keep_stream(io.BytesIO(b"before"), "x")

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exhibits.copy_out(kept, tmp_path / "out", stop)
    assert not (tmp_path / "out").exists()


def test_a_glance_sees_a_size_and_no_more(exhibits: Exhibits) -> None:
    kept = exhibits.keep_stream(io.BytesIO(b"before"), "x")
    path = exhibits.path(kept.sha256)
    path.chmod(0o600)
    assert (exhibits.glance(kept), exhibits.size(kept.sha256)) == ("", 6)
    path.write_bytes(b"longer than before")
    assert exhibits.glance(kept) == CHANGED
    path.unlink()
    assert (exhibits.glance(kept), exhibits.size(kept.sha256)) == (MISSING, 0)


def test_a_folder_that_may_not_be_written_is_said(exhibits: Exhibits, tmp_path: Path) -> None:
    exhibits.keep_stream(io.BytesIO(b"first"), "x")
    with (
        frozen(exhibits.folder),
        pytest.raises(ExhibitError, match=r"y was not kept: you may not .* Check who owns"),
    ):
        exhibits.keep_stream(io.BytesIO(b"second"), "y")
    assert len(list(exhibits.folder.iterdir())) == 1


@pytest.mark.slow
def test_memory_is_flat_whatever_the_size(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"x")
    with (tmp_path / "large").open("wb") as sparse:
        sparse.truncate(200 * 2**20)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 8 * 1024  # KiB
