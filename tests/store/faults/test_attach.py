"""Attaching where the disk is full or the process is killed: no half exhibit, nothing untold."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.evidence.custody import Custody
from store.journal import verify_file
from store.upkeep.doctor import examine
from tests.drafted import drafted
from tests.store.building import FixedClock, workspace
from tests.store.faults.disks import docket, fill, python, small_disk

COPYING = """
import sys
from pathlib import Path
from store.evidence.exhibits import Exhibits
with open(sys.argv[2], "rb", buffering=0) as pipe:
    def told(count):
        print("copying", flush=True)
    Exhibits(Path(sys.argv[1])).keep_stream(pipe, "slow", on_bytes=told)
"""


def test_a_full_disk_keeps_no_part_of_a_file_and_the_note_is_not_lost(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        made = workspace(disk)
        source = tmp_path / "large.bin"
        source.write_bytes(os.urandom(2 << 20))
        before = made.path("acme").read_bytes()
        words = ("attach", "acme#1", str(source), "--note", "what they showed me")
        status, _, err = docket(made.root, *words)
        assert (status, err.strip().count("\n")) == (1, 0)
        assert "large.bin was not kept: the disk is full. Free some space" in err
        assert "What you typed is kept" in err
        assert drafted(made, "unsent", "acme") == ["what they showed me"]
        assert list((made.root / "exhibits").iterdir()) == []
        assert made.path("acme").read_bytes() == before


@pytest.mark.slow
def test_whatever_room_is_left_the_entry_and_its_exhibit_belong_together(tmp_path: Path) -> None:
    source = tmp_path / "small.txt"
    source.write_text("small")
    told = set()
    with small_disk(tmp_path / "disk", "256k") as disk:
        made = workspace(disk)
        for room in range(0, 40_960, 4096):
            ballast = fill(disk, leave=room)
            source.write_text(f"small, with {room} bytes left")
            count = verify_file(made.path("acme")).count
            status, _, err = docket(made.root, "attach", "acme#1", str(source))
            ballast.unlink()
            report = verify_file(made.path("acme"))
            assert report.ok
            assert report.count == count + (status == 0)
            told.add((status, "is logged with its exhibits, but" in err))
            if Custody(made, "acme").path.exists():
                assert verify_file(Custody(made, "acme").path).ok
        assert docket(made.root, "verify")[0] == 0
    assert {(1, False), (0, False)} <= told


def test_doctor_names_the_part_that_a_kill_left(tmp_path: Path) -> None:
    made = workspace(tmp_path, FixedClock(datetime.now(UTC)))
    os.mkfifo(tmp_path / "pipe")
    process = python(COPYING, made.root / "exhibits", tmp_path / "pipe")
    with (tmp_path / "pipe").open("wb", buffering=0) as pipe:
        pipe.write(b"x" * 1000)
        assert process.stdout
        assert process.stdout.readline() == "copying\n"
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=20)
    (part,) = (made.root / "exhibits").iterdir()
    assert part.suffix == ".tmp"
    (trouble,) = examine(made.root, made.clock, low_disk=0)
    assert trouble == (
        f"{part} was left half-written by a session cut short",
        "Delete it",
        *[None] * 2,
    )
