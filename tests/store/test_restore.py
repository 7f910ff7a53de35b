"""Restoring: only into nothing, and nothing at all unless every byte is what was backed up."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import DocketError
from store.upkeep.archive import BACKUP_MANIFEST
from store.upkeep.backup import write_backup
from store.upkeep.restore import restore_backup
from store.workspace import Workspace
from tests.examples import examples
from tests.store.keeping import Files, attach, files, full, python, relisted, unzipped, zipped

ACME = "clients/acme.jsonl"

_RESTORE = """
import sys
from pathlib import Path
from store.errors import DocketError
from store.upkeep.restore import restore_backup
try:
    restore_backup(Path(sys.argv[1]), Path(sys.argv[2]))
except DocketError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good backup."""
    folder = tmp_path_factory.mktemp("good")
    return write_backup(full(folder), folder / "b.zip").path


def _refused(path: Path, root: Path) -> str:
    """Restore what must be refused; return the one line that says why."""
    before = sorted(root.parent.iterdir())
    with pytest.raises(DocketError) as caught:
        restore_backup(path, root)
    assert sorted(root.parent.iterdir()) == before
    said = str(caught.value)
    assert "\n" not in said
    assert caught.value.remedy
    return said


def _listed(name: str, data: bytes) -> Callable[[Files], Files]:
    """Add or replace a member, and its line in the manifest, as a forger would."""

    def change(members: Files) -> Files:
        line = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}

        def relist(manifest: dict[str, Any]) -> None:
            others = [one for one in manifest["members"] if one["name"] != name]
            manifest["members"] = [*others, line]

        return relisted({**members, name: data}, relist)

    return change


def _set(**fields: Any) -> Callable[[Files], Files]:
    return lambda members: relisted(members, lambda manifest: manifest.update(fields))


def _without(name: str) -> Callable[[Files], Files]:
    return lambda members: {one: data for one, data in members.items() if one != name}


def _changed(members: Files) -> Files:
    return {**members, ACME: members[ACME].replace(b"Acme", b"Zcme", 1)}


def _broken_chain(members: Files) -> Files:
    return _listed(ACME, _changed(members)[ACME])(members)


def _cut_chain(members: Files) -> Files:
    return _listed(ACME, members[ACME][: members[ACME][:-1].rindex(b"\n") + 1])(members)


def _exhibit(members: Files) -> Files:
    name = next(name for name in members if name.startswith("exhibits/"))
    return _listed(name, b"another picture")(members)


def _size(members: Files) -> Files:
    def lie(manifest: dict[str, Any]) -> None:
        manifest["members"][0]["size"] += 1

    return relisted(members, lie)


def _twice(members: Files) -> Files:
    return relisted(members, lambda m: m["members"].append(m["members"][0]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_listed("../evil", b"x"), "which no backup has"),
        (_listed("clients/../../evil", b"x"), "which no backup has"),
        (_listed("/tmp/evil", b"x"), "which no backup has"),
        (_listed("clients\\acme.jsonl", b"x"), "which no backup has"),
        (_listed("C:/evil", b"x"), "which no backup has"),
        (_listed("clients/", b""), "which no backup has"),
        (_listed("clients/.hidden.jsonl", b"x"), "which no backup has"),
        (_listed("clients/x\n.jsonl", b"x"), "which no backup has"),
        (_listed("exhibits/picture.png", b"x"), "which no backup has"),
        (_listed("anchors/a/b/c", b"x"), "which no backup has"),
        (lambda members: {**members, "anchors/extra": b"x"}, "not in its manifest"),
        (_without(ACME), "of its manifest is missing"),
        (_without(BACKUP_MANIFEST), f"has no {BACKUP_MANIFEST}"),
        (_listed("clients/new.jsonl", b"x"), "where each docket stands"),
        (_set(members=[]), "is not in its manifest"),
        (_set(dockets=[]), "where each docket stands"),
        (_set(dockets=[{"client": "a", "entries": 0, "head": ""}]), "where each docket stands"),
        (_set(format=2), "format 2, and this Docket reads up to 1"),
        (_set(format="1.5"), "does not say what a manifest says"),
        (_set(surprise=1), "does not say what a manifest says"),
        (lambda members: {**members, BACKUP_MANIFEST: b"[" * 100_000}, "does not say what"),
        (_size, "not the size that its manifest states"),
        (_twice, "lists a file twice"),
        (_changed, "not those of its manifest"),
        (_broken_chain, "entry 1 was changed"),
        (_cut_chain, "does not stand where its manifest says"),
        (_exhibit, "its bytes were changed"),
        (_listed("private.json", b"{"), "private.json"),
        (_listed("workspace.json", b'{"format": 99}'), "Update Docket"),
        (_listed("workspace.json", b"{"), "damaged"),
    ],
)
def test_hostile_and_newer_archives(
    backup: Path, tmp_path: Path, change: Callable[[Files], Files], said: str
) -> None:
    path = zipped(tmp_path / "hostile.zip", change(unzipped(backup)))
    assert said in _refused(path, tmp_path / "again")


def _link(archive: ZipFile) -> None:
    info = ZipInfo("clients/link.note")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, b"/etc/passwd")


def _device(archive: ZipFile) -> None:
    info = ZipInfo("clients/null.note")
    info.external_attr = (stat.S_IFCHR | 0o600) << 16
    archive.writestr(info, b"")


def _doubled(archive: ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(ACME, b"another")


def _otherwise_packed(archive: ZipFile) -> None:
    archive.writestr("clients/acme.note", b"x", ZIP_BZIP2)


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (_link, "is a link or a device"),
        (_device, "is a link or a device"),
        (_doubled, "holds a name twice"),
        (_otherwise_packed, "packed in a way that no backup is"),
        (lambda archive: archive.writestr("CLIENTS/ACME.jsonl", b"x"), "holds a name twice"),
    ],
)
def test_members_that_are_no_plain_files(
    backup: Path, tmp_path: Path, also: Callable[[ZipFile], Any], said: str
) -> None:
    path = zipped(tmp_path / "hostile.zip", unzipped(backup), also=also)
    assert said in _refused(path, tmp_path / "again")


def test_a_name_cut_short_by_a_zero_byte(backup: Path, tmp_path: Path) -> None:
    members = _listed("clients/evil.noteX.sh", b"x")(unzipped(backup))
    path = zipped(tmp_path / "hostile.zip", members)
    path.write_bytes(path.read_bytes().replace(b"evil.noteX.sh", b"evil.note\0.sh"))
    assert "which no backup has" in _refused(path, tmp_path / "again")


def test_an_encrypted_member(backup: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "hostile.zip", unzipped(backup))
    raw = bytearray(path.read_bytes())
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(start) + at] |= 1
    path.write_bytes(raw)
    assert "cannot be read to its end" in _refused(path, tmp_path / "again")


def test_damage_since_the_backup_is_refused_even_where_older_is_taken(
    backup: Path, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "hostile.zip", _broken_chain(unzipped(backup)))
    with pytest.raises(DocketError, match="entry 1 was changed"):
        restore_backup(path, tmp_path / "again", with_damaged=True)
    assert not (tmp_path / "again").exists()


def test_a_member_that_unpacks_to_more_than_it_states(backup: Path, tmp_path: Path) -> None:
    bomb, stated = b"\0" * 50_000_000, (1000).to_bytes(4, "little")
    members = _listed("anchors/bomb", bomb)(unzipped(backup))
    members = relisted(members, lambda m: m["members"][-1].update(size=1000))
    path = zipped(tmp_path / "hostile.zip", members)
    # Zip64 and plain sizes alike: wherever the true size stands, a smaller one is put.
    path.write_bytes(path.read_bytes().replace(len(bomb).to_bytes(4, "little"), stated))
    assert "anchors/bomb" in _refused(path, tmp_path / "again")


def test_what_does_not_fit_is_refused_before_it_is_unpacked(backup: Path, tmp_path: Path) -> None:
    members = relisted(
        {**unzipped(backup), "anchors/big": b"x"},
        lambda m: m["members"].append({"name": "anchors/big", "size": 2**60, "sha256": "0" * 64}),
    )
    path = zipped(tmp_path / "hostile.zip", members)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"anchors/big") - 46  # the central directory's record of it
    name_end = at + 46 + len("anchors/big")
    raw[at + 24 : at + 28] = b"\xff" * 4  # the size stands in a Zip64 field
    extra = b"\x01\x00\x08\x00" + (2**60).to_bytes(8, "little")
    raw[at + 30 : at + 32] = len(extra).to_bytes(2, "little")
    raw[name_end:name_end] = extra
    end = raw.rindex(b"PK\x05\x06")
    size = int.from_bytes(raw[end + 12 : end + 16], "little") + len(extra)
    raw[end + 12 : end + 16] = size.to_bytes(4, "little")
    path.write_bytes(raw)
    assert "does not fit into" in _refused(path, tmp_path / "again")


def test_half_files_and_things_that_are_no_backup(backup: Path, tmp_path: Path) -> None:
    raw = backup.read_bytes()
    bad = tmp_path / "bad.zip"
    for data in (b"", b"PK", raw[: len(raw) // 2], raw[:-1], raw[10:], b"\0" * 10_000):
        bad.write_bytes(data)
        assert "bad.zip is not a whole backup" in _refused(bad, tmp_path / "again")
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "gone"):
        assert str(tmp_path / name) in _refused(tmp_path / name, tmp_path / "again")
    assert str(tmp_path) in _refused(tmp_path, tmp_path / "again")


@examples(150)
@given(data=st.data())
def test_a_changed_byte_is_found_or_changes_nothing(backup: Path, data: st.DataObject) -> None:
    raw = bytearray(backup.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1) | st.integers(len(raw) - 1500, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path, root = Path(folder) / "b.zip", Path(folder) / "again"
        path.write_bytes(raw)
        try:
            restore_backup(path, root)
        except DocketError as error:
            assert not root.exists()
            assert "\n" not in str(error)
        else:
            whole = unzipped(backup)
            assert json.loads(whole.pop(BACKUP_MANIFEST))["format"] == 1
            assert files(root) == whole
        assert len(list(Path(folder).iterdir())) == 1 + root.exists()


def test_only_into_an_empty_or_missing_folder(backup: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    assert "is not empty" in _refused(backup, taken)
    assert "is not empty" in _refused(backup, tmp_path / "file")
    assert files(tmp_path) == {"taken/mine.txt": b"mine", "file": b"mine"}
    empty, link = tmp_path / "empty", tmp_path / "link"
    empty.mkdir(mode=0o755)
    link.symlink_to(empty)
    for root in (link, tmp_path / "deep" / "er"):
        assert restore_backup(backup, root).manifest.dockets
        assert Workspace.open(root).client_ids() == ["acme", "bolt"]
        assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert link.is_symlink()


def test_a_restore_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    made = full(tmp_path)
    attach(made, "acme", b"x" * 300_000)
    path = write_backup(made, tmp_path / "b.zip").path
    with python(_RESTORE, path, tmp_path / "again", limit=100_000) as run:
        out, err = run.communicate(timeout=60)
    assert err == b""
    assert b"again: the file may not grow any further" in out
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.zip", "work"]
