"""Backups: whole while others write, silent on what is private, and never half there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import DocketError, UsageError
from store.evidence.citations import read_cited
from store.journal import verify_file
from store.upkeep.archive import BACKUP_MANIFEST
from store.upkeep.backup import backup_bytes, write_backup
from store.upkeep.restore import restore_backup
from store.workspace import Workspace
from tests.store.building import FixedClock
from tests.store.keeping import PRIVATE_MARKS, attach, files, full, mode, python, unzipped, write

_WRITER = """
import sys
from pathlib import Path
from store.workspace import Workspace
from tests.store.keeping import attach
made = Workspace.open(Path(sys.argv[1]))
for number in range(10_000):
    made.log(made.draft("acme", "note", f"note {number} " + "x" * 3000))
    attach(made, "acme", f"file {number}".encode())
    print(number, flush=True)
"""

_BACKUP = """
import sys
from pathlib import Path
from store.upkeep.backup import write_backup
from store.errors import DocketError
from store.workspace import Workspace
try:
    write_backup(Workspace.open(Path(sys.argv[1])), Path(sys.argv[2]))
except DocketError as error:
    print(error)
"""


def test_a_restored_workspace_has_the_same_bytes(tmp_path: Path) -> None:
    made = full(tmp_path)
    before = files(made.root)
    written = write_backup(made, tmp_path / "b.zip", with_private=True)
    restored = restore_backup(tmp_path / "b.zip", tmp_path / "again")
    assert files(restored.root) == before == files(made.root)
    assert restored.manifest == written.manifest
    assert len([name for name in before if name.startswith("anchors/acme/")]) == 2
    again = Workspace.open(restored.root, clock=FixedClock())
    assert again.private.of("acme").checkins[0].note == "dread-mark"
    assert again.docket("acme").name == "Acme Média"


def test_what_is_restored_is_private_to_its_owner(tmp_path: Path) -> None:
    write_backup(full(tmp_path), tmp_path / "b.zip", with_private=True)
    old = os.umask(0)
    try:
        root = restore_backup(tmp_path / "b.zip", tmp_path / "a" / "b").root
        second = write_backup(Workspace.open(root), tmp_path / "c.zip").path
    finally:
        os.umask(old)
    for path in (root, *root.rglob("*")):
        wanted = 0o400 if path.parent.name == "exhibits" else 0o600
        assert mode(path) == (0o700 if path.is_dir() else wanted), path
    assert mode(second) == 0o600


def test_the_manifest_tells_every_member_and_where_each_docket_stands(tmp_path: Path) -> None:
    made = full(tmp_path)
    written = write_backup(made, tmp_path / "b.zip")
    members = unzipped(written.path)
    manifest = json.loads(members.pop(BACKUP_MANIFEST))
    assert {one["name"]: one["sha256"] for one in manifest["members"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items()
    }
    assert {one["name"]: one["size"] for one in manifest["members"]} == {
        name: len(data) for name, data in members.items()
    }
    for docket in manifest["dockets"]:
        head = made.file(docket["client"]).head
        assert (docket["entries"], docket["head"]) == (head.count, head.hash)
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()
    assert (written.size, mode(written.path)) == (written.path.stat().st_size, 0o600)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "work"]


def test_nothing_private_is_in_a_backup_unless_asked_for(tmp_path: Path) -> None:
    made = full(tmp_path)
    written = write_backup(made, tmp_path / "b.zip")
    asked = write_backup(made, tmp_path / "c.zip", with_private=True)
    plain = b"".join([written.path.read_bytes(), *unzipped(written.path).values()])
    whole = b"".join(unzipped(asked.path).values())
    for mark in PRIVATE_MARKS:
        assert mark not in plain
        assert mark in whole
    assert not {name for name in unzipped(written.path) if name.startswith(("private", "drafts"))}
    assert "drafts/acme--checkin.txt" in written.left_out[0]
    assert asked.left_out == ()
    assert (written.manifest.private, asked.manifest.private) == (False, True)


@pytest.mark.slow
def test_backups_taken_while_another_process_writes_are_whole(tmp_path: Path) -> None:
    made = full(tmp_path)
    counts = []
    with python(_WRITER, made.root) as writer:
        assert writer.stdout is not None
        for number in range(12):
            writer.stdout.readline()
            written = write_backup(made, tmp_path / f"{number}.zip")
            assert not written.manifest.damaged
            assert not [what for what in written.left_out if "unfinished" in what]
            root = restore_backup(written.path, tmp_path / f"r{number}").root
            report = verify_file(root / "clients" / "acme.jsonl")
            assert report.ok
            kept = {path.name for path in (root / "exhibits").iterdir()}
            assert read_cited(root / "clients" / "acme.jsonl").hashes <= kept
            counts.append(report.count)
            copy = (root / "clients" / "acme.jsonl").read_bytes()
            assert made.path("acme").read_bytes().startswith(copy)
        assert writer.poll() is None
        writer.kill()
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] + 11


def test_a_torn_end_stays_out_and_a_lost_last_newline_is_put_back(tmp_path: Path) -> None:
    made = full(tmp_path)
    whole = {client: made.path(client).read_bytes() for client in ("acme", "bolt")}
    write(made.path("acme"), whole["acme"] + b'{"fields":{"torn-mark')
    write(made.path("bolt"), whole["bolt"][:-1])
    written = write_backup(made, tmp_path / "b.zip")
    assert not written.manifest.damaged
    assert "21 bytes of an unfinished entry of acme" in written.left_out
    root = restore_backup(written.path, tmp_path / "again").root
    assert (root / "clients" / "acme.jsonl").read_bytes() == whole["acme"]
    assert (root / "clients" / "bolt.jsonl").read_bytes() == whole["bolt"]


def test_a_backup_is_never_written_over_anything(tmp_path: Path) -> None:
    made = full(tmp_path)
    (tmp_path / "taken").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    inside = tmp_path / "other-way-in"
    inside.symlink_to(made.root)
    for target, said in [
        ("taken", "is there already"),
        ("link", "is there already"),
        ("work", "is there already"),
        ("work/b.zip", "inside the workspace"),
        ("other-way-in/b.zip", "inside the workspace"),
        ("gone/b.zip", "no folder"),
    ]:
        with pytest.raises(UsageError, match=said):
            write_backup(made, tmp_path / target)
    assert (tmp_path / "taken").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("link", "other-way-in", "taken", "work")
    ]


def test_a_backup_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    made = full(tmp_path)
    attach(made, "acme", os.urandom(300_000))
    before = files(made.root)
    for limit in (2_000, 100_000):
        with python(_BACKUP, made.root, tmp_path / "b.zip", limit=limit) as run:
            out, err = run.communicate(timeout=60)
        assert err == b""
        assert b"b.zip was not written: the file may not grow any further" in out
        assert out.count(b"\n") == 1
        assert [path.name for path in tmp_path.iterdir()] == ["work"]
    assert files(made.root) == before


def test_links_are_not_followed_into_a_backup(tmp_path: Path) -> None:
    made = full(tmp_path)
    (tmp_path / "secret").write_bytes(b"elsewhere")
    (made.root / "exhibits" / ("0" * 64)).symlink_to(tmp_path / "secret")
    with pytest.raises(DocketError, match="not a regular file"):
        write_backup(made, tmp_path / "b.zip")
    (made.root / "exhibits" / ("0" * 64)).unlink()
    os.mkfifo(made.root / "exhibits" / ("0" * 64))
    with pytest.raises(DocketError, match="not a regular file"):
        write_backup(made, tmp_path / "b.zip")
    (made.root / "exhibits" / ("0" * 64)).unlink()
    (made.root / "exhibits" / ("0" * 64)).mkdir()
    with pytest.raises(DocketError, match="not a regular file"):
        write_backup(made, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_what_is_not_dockets_is_named_and_left_out(tmp_path: Path) -> None:
    made = full(tmp_path)
    write(made.root / "holiday" / "photo.jpg", b"beach")
    write(made.root / "clients" / "acme.old.jsonl", b"a copy")
    written = write_backup(made, tmp_path / "b.zip")
    assert "what is not Docket's (holiday)" in written.left_out
    assert "clients/acme.old.jsonl" not in unzipped(written.path)


def test_what_is_damaged_is_copied_as_it_is_and_told(tmp_path: Path) -> None:
    made = full(tmp_path)
    acme = made.path("acme")
    write(acme, acme.read_bytes().replace(b"Acme", b"Zcme", 1))
    changed = next((made.root / "exhibits").iterdir())
    changed.chmod(0o600)
    changed.write_bytes(b"something else")
    write(made.root / "private.json", b"{")
    write(made.path("bolt"), b"")
    written = write_backup(made, tmp_path / "b.zip", with_private=True)
    assert {damage.name for damage in written.manifest.damaged} == {
        *("clients/acme.jsonl", "clients/bolt.jsonl", "private.json"),
        f"exhibits/{changed.name}",
    }
    with pytest.raises(DocketError, match="damaged already when it was backed up"):
        restore_backup(written.path, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    restored = restore_backup(written.path, tmp_path / "again", with_damaged=True)
    assert set(restored.damaged) == set(written.manifest.damaged)
    assert files(restored.root) == files(made.root)


def test_every_byte_is_told_when_it_is_copied_and_read_back(tmp_path: Path) -> None:
    made = full(tmp_path)
    told: list[int] = []
    written = write_backup(made, tmp_path / "b.zip", on_bytes=told.append)
    held = sum(member.size for member in written.manifest.members)
    assert sum(told) == 2 * held
    assert held <= backup_bytes(made) // 2
    begun: list[int] = []
    restored: list[int] = []

    def copying(total: int) -> Callable[[int], object]:
        begun.append(total)
        return restored.append

    restore_backup(tmp_path / "b.zip", tmp_path / "again", copying=copying, clock=made.clock)
    assert (begun, sum(restored)) == ([held], held)
