"""A docket handed over as a file: what was added comes back, a fork is named, nothing is half."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from store.errors import DocketError, UsageError
from store.evidence.attach import attach
from store.journal import verify_file
from store.journal.copy import go_on
from store.journal.errors import ForkedError
from store.upkeep.archive import BackupError
from store.upkeep.backup import write_backup
from store.upkeep.pack import Unpacked, pack, unpack
from store.workspace import Workspace
from tests.store.building import FixedClock


def made(root: Path, *names: str) -> Workspace:
    """Return a workspace with clients of these ids."""
    workspace = Workspace.create(root, clock=FixedClock())
    for name in names:
        workspace.new_client(name, [workspace.draft(name, "client", data={"name": name})])
    return workspace


def with_file(workspace: Workspace, path: Path, text: str) -> None:
    """Log a note with an exhibit."""
    path.write_text(text, "utf-8")
    attach(workspace, workspace.draft("acme", "note", text), [path])


def same(one: Workspace, other: Workspace) -> bool:
    return one.path("acme").read_bytes() == other.path("acme").read_bytes()


def test_there_and_back_again(tmp_path: Path) -> None:
    mine, yours = made(tmp_path / "mine", "acme", "bolt"), made(tmp_path / "yours")
    with_file(mine, tmp_path / "a.txt", "the first")
    pack(mine, "acme", tmp_path / "there.zip")
    assert unpack(yours, tmp_path / "there.zip") == Unpacked("acme", 2, True, 1)
    assert yours.client_ids() == ["acme"]
    with_file(yours, tmp_path / "b.txt", "the second")
    yours.enter("acme", "note", "and a third")
    pack(yours, "acme", tmp_path / "back.zip")
    assert unpack(mine, tmp_path / "back.zip") == Unpacked("acme", 2, False, 1)
    assert same(mine, yours)
    assert verify_file(mine.path("acme")).ok
    exhibits = [one for entry in mine.entries("acme") for one in entry.exhibits]
    assert all((mine.places.exhibits / one.sha256).exists() for one in exhibits)
    assert unpack(mine, tmp_path / "back.zip")[1] == 0
    assert unpack(mine, tmp_path / "there.zip")[1] == -2
    assert same(mine, yours)


def test_a_fork_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    mine, yours = made(tmp_path / "mine", "acme"), made(tmp_path / "yours")
    pack(mine, "acme", tmp_path / "there.zip")
    unpack(yours, tmp_path / "there.zip")
    mine.enter("acme", "note", "here")
    with_file(yours, tmp_path / "b.txt", "there")
    pack(yours, "acme", tmp_path / "back.zip")
    before = mine.path("acme").read_bytes()
    with pytest.raises(ForkedError, match="part at entry 2"):
        unpack(mine, tmp_path / "back.zip")
    assert mine.path("acme").read_bytes() == before
    assert not list(mine.places.exhibits.glob("[!.]*"))


def test_another_docket_of_that_name_is_left_alone(tmp_path: Path) -> None:
    mine, yours = made(tmp_path / "mine", "acme"), made(tmp_path / "yours", "acme")
    pack(yours, "acme", tmp_path / "yours.zip")
    with pytest.raises(ForkedError, match="Another docket is called acme here"):
        unpack(mine, tmp_path / "yours.zip")


def test_one_docket_comes_out_of_a_backup(tmp_path: Path) -> None:
    mine, fresh = made(tmp_path / "mine", "acme", "bolt"), made(tmp_path / "fresh")
    write_backup(mine, tmp_path / "all.zip")
    with pytest.raises(UsageError, match="acme, bolt"):
        unpack(fresh, tmp_path / "all.zip")
    assert unpack(fresh, tmp_path / "all.zip", "acme")[:3] == ("acme", 1, True)
    assert fresh.client_ids() == ["acme"]


def test_what_was_changed_on_the_way_is_refused(tmp_path: Path) -> None:
    mine, fresh = made(tmp_path / "mine", "acme"), made(tmp_path / "fresh")
    pack(mine, "acme", tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as given, ZipFile(tmp_path / "b.zip", "w") as forged:
        for name in given.namelist():
            forged.writestr(name, given.read(name).replace(b"acme", b"acne"))
    with pytest.raises(BackupError):
        unpack(fresh, tmp_path / "b.zip")
    assert fresh.client_ids() == []
    with pytest.raises(UsageError):
        pack(mine, "acme", tmp_path / "a.zip")


def test_a_docket_that_is_not_whole_is_not_handed_over(tmp_path: Path) -> None:
    mine = made(tmp_path / "mine", "acme")
    mine.enter("acme", "note", "truly")
    path = mine.path("acme")
    path.write_bytes(path.read_bytes().replace(b"truly", b"never"))
    with pytest.raises(DocketError, match="is not whole"):
        pack(mine, "acme", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_a_journal_goes_on_from_any_line_of_its_own(tmp_path: Path) -> None:
    mine = made(tmp_path / "mine", "acme")
    for number in range(5):
        mine.enter("acme", "note", f"{number}")
    whole = mine.path("acme").read_bytes()
    lines = whole.splitlines(keepends=True)
    for kept in range(1, len(lines) + 1):
        short = tmp_path / "acme.jsonl"
        short.write_bytes(b"".join(lines[:kept]))
        assert go_on(short, mine.path("acme")) == len(lines) - kept
        assert short.read_bytes() == whole
        short.write_bytes(b"".join(lines[:kept]))
        assert go_on(mine.path("acme"), short) == kept - len(lines)
        assert mine.path("acme").read_bytes() == whole
