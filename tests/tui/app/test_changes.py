"""What another session logs is seen at once where the system tells, and nothing runs meanwhile."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.tui.app.conftest import Opened
from tests.tui.waiting import until
from tui.app.changes import Watcher, _shared
from tui.screens import elsewhere

MOUNTS = b"""\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:40 / /home/jo/far\\040away rw - nfs4 server:/export rw
24 22 0:41 / /home/jo/near rw shared:7 master:2 - btrfs /dev/sdb rw
25 22 0:42 / /mnt/phone rw - fuse.sshfs phone: rw
"""
tells = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")


@tells
async def test_many_changes_are_told_once_and_a_folder_that_goes_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    folder = tmp_path / "clients"
    folder.mkdir()
    watcher = Watcher([tmp_path, folder], lambda: told.append("new"), lambda: told.append("blind"))
    for number in range(50):
        with (folder / "acme.jsonl").open("a") as file:
            file.write(f"{number}\n")
    while not told:
        await asyncio.sleep(0.01)
    assert told == ["new"]
    (folder / "acme.jsonl").unlink()
    folder.rmdir()
    while "blind" not in told:
        await asyncio.sleep(0.01)
    watcher.close()
    assert told[-1] == "blind"


def test_a_folder_that_other_machines_may_change_is_looked_at(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(MOUNTS)
    shared = {path: _shared(path.encode(), mounts) for path in ("/home/jo/docket", "/home/jo/near")}
    assert shared == {"/home/jo/docket": False, "/home/jo/near": False}
    assert _shared(b"/home/jo/far away/docket", mounts)
    assert _shared(b"/mnt/phone", mounts)


@tells
async def test_what_another_session_logs_comes_without_a_look(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "_OFTEN", 1_000.0)
    async with opened() as (app, pilot):
        other = Workspace.open(workspace.root, clock=workspace.clock)
        other.log(other.draft("acme", "note", "From the other terminal."))
        log = app.main.log_pane
        await until(
            pilot, lambda: any("other terminal" in one.entry.statement for one in log.shown)
        )


async def test_where_the_system_does_not_tell_the_disk_is_looked_at_again_and_again(
    opened: Opened, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_folder: bytes) -> bool:
        return True

    monkeypatch.setattr("tui.app.changes._shared", refuses)
    monkeypatch.setattr(elsewhere, "_OFTEN", 0.02)
    async with opened() as (app, pilot):
        other = Workspace.open(workspace.root, clock=workspace.clock)
        other.log(other.draft("acme", "note", "From the other terminal."))
        log = app.main.log_pane
        await until(
            pilot, lambda: any("other terminal" in one.entry.statement for one in log.shown)
        )
