"""Restoring: a backup unpacked beside an empty workspace, checked there, and only then put in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from store.dates import system_clock
from store.errors import DocketError, plain_words
from store.evidence.exhibits import OnBytes
from store.files import make_folder, making_folder, sweep, sync_folder, typed_path, uninterrupted
from store.journal import Clock, verify_file
from store.places import Places
from store.upkeep.archive import Archive, BackupError, Damage, Manifest, open_archive, readable
from store.workspace import Workspace

_Copying = Callable[[int], OnBytes]
"""Begins to watch a copy of so many bytes."""

SPARE = 50 * 2**20
"""Bytes that must stay free on the disk after a restore."""


@dataclass(frozen=True)
class Restored:
    """What a restore put into the workspace; `damaged` is what was damaged when backed up."""

    root: Path
    manifest: Manifest
    damaged: tuple[Damage, ...]


def restore_backup(
    path: Path,
    root: Path,
    *,
    with_damaged: bool = False,
    clock: Clock = system_clock,
    copying: _Copying = lambda total: lambda count: None,
) -> Restored:
    """Make the missing or empty folder `root` the workspace that the backup at `path` holds.

    Everything is unpacked into a folder beside `root` (0700, files 0600, exhibits 0400 as they
    are kept), checked, and renamed: nothing is visible before, and nothing stays if it fails.
    What was damaged when it was backed up is refused unless `with_damaged`. `copying` is told how
    many bytes there are, and what it returns how many more are done. Raises BackupError,
    UsageError, or DocketError where the disk refuses.
    """
    root = typed_path(root).absolute()
    root = root.resolve() if root.is_symlink() else root
    sweep(root)
    _check_empty(root)
    with open_archive(path) as archive:
        try:
            make_folder(root.parent)
            _check_room(archive, root.parent)
            with making_folder(root) as made:
                _unpack(archive, made, copying)
                damaged = _check(archive, made, clock, with_damaged)
                with uninterrupted():
                    made.rename(root)
                    sync_folder(root.parent)
        except OSError as error:
            raise DocketError(f"Nothing was restored into {root}", *plain_words(error)) from error
    return Restored(root, archive.manifest, damaged)


def _check_empty(root: Path) -> None:
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise DocketError(
                f"{root} is not empty",
                "a backup is never restored over anything",
                "Name an empty or new folder with --workspace",
            )
    except OSError as error:
        raise DocketError(f"{root} cannot be read", *plain_words(error)) from error


def _check_room(archive: Archive, folder: Path) -> None:
    needed = sum(member.size for member in archive.manifest.members)
    free = shutil.disk_usage(folder).free
    if needed > free - SPARE:
        raise BackupError(
            f"{archive.path} does not fit into {folder}",
            f"it unpacks to {needed // 2**20:,} MB, and {free // 2**20:,} MB are free",
            "Free some space, or name another folder with --workspace",
        )


def _unpack(archive: Archive, made: Path, copying: _Copying) -> None:
    on_bytes = copying(sum(member.size for member in archive.manifest.members))
    Places(made).clients.mkdir(mode=0o700)
    for member in archive.manifest.members:
        to = made / member.name
        for folder in reversed(to.relative_to(made).parents):
            (made / folder).mkdir(mode=0o700, exist_ok=True)
        archive.copy(member, to, on_bytes)
        if member.name.startswith("exhibits/"):
            to.chmod(0o400)
    for folder in (made, *(path for path in made.rglob("*") if path.is_dir())):
        sync_folder(folder)


def _check(archive: Archive, made: Path, clock: Clock, with_damaged: bool) -> tuple[Damage, ...]:
    """Check what was unpacked as a workspace; return what was damaged before the backup."""
    try:
        unpacked = Workspace.open(made, clock=clock)
    except DocketError as error:
        # The error names a folder that is about to go; what it says of it is what matters.
        what = f"{error.what}: {error.why}".replace(str(made), "what it holds")
        remedy = "Update Docket, or use another backup"
        raise BackupError(f"{archive.path} was not restored", what, remedy) from error
    found = tuple(_damage(archive, unpacked))
    known = {damage.name for damage in archive.manifest.damaged}
    for damage in found:
        if damage.name not in known:
            raise archive.broken(f"{damage.name}: {damage.what}")
        if not with_damaged:
            raise BackupError(
                f"{archive.path} was not restored",
                f"{damage.name} was damaged already when it was backed up ({damage.what})",
                "Use an older backup, or add --with-damaged",
            )
    return found


def _damage(archive: Archive, unpacked: Workspace) -> Iterator[Damage]:
    for docket in archive.manifest.dockets:
        name = f"clients/{docket.client}.jsonl"
        report = verify_file(unpacked.path(docket.client))
        if (report.count, report.head) != (docket.entries, docket.head):
            raise archive.broken(f"{name} does not stand where its manifest says")
        if report.first:
            what = f"line {report.first.line_no}: {report.first.what}"
            yield Damage(name=name, what=what)
    for custody in unpacked.places.custodies():
        report = verify_file(custody)
        if report.first:
            what = f"line {report.first.line_no}: {report.first.what}"
            yield Damage(name=f"clients/{custody.name}", what=what)
    if not readable(unpacked.private):
        yield Damage(name="private.json", what="this Docket cannot read it")
    for member in archive.manifest.members:
        if member.name.startswith("exhibits/") and not member.name.endswith(member.sha256):
            yield Damage(name=member.name, what="its bytes were changed")
