"""Backups: one file that holds a workspace as it stood, taken while other sessions go on."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from store.errors import DocketError, UsageError, plain_words
from store.evidence.at_hand import bring_exhibits
from store.evidence.exhibits import OnBytes
from store.files import NotPlainError, create, making_folder, open_plain, place, typed_path
from store.journal import JournalMissingError, Report
from store.journal.copy import copy_journal
from store.places import CUSTODY, DOCKET, Places
from store.upkeep.archive import (
    BACKUP_MANIFEST,
    CHUNK,
    BackupFile,
    Damage,
    HeldDocket,
    Manifest,
    is_member,
    open_archive,
    readable,
)
from store.workspace import Workspace
from store.workspace.exports import clear, noted

_DEEP = ("anchors", "letters")
"""The folders of a workspace with folders in them."""
_KNOWN = {path.name for path in vars(Places(Path())).values()}


@dataclass(frozen=True)
class WrittenBackup:
    """A backup that was written and read back: its file, the hash of it, what it holds.

    `left_out` names what it does not hold, in words.
    """

    path: Path
    sha256: str
    size: int
    manifest: Manifest
    left_out: tuple[str, ...]


def write_backup(
    workspace: Workspace,
    target: Path,
    *,
    with_private: bool = False,
    on_bytes: OnBytes = lambda count: None,
) -> WrittenBackup:
    """Write the new file `target`, 0600, and return what it holds once it was read back whole.

    `on_bytes` is told of every byte twice: when it is copied and when it is read back. Every
    docket is copied under its shared lock, up to its last whole line. Private things and drafts
    are left out unless asked for. A docket that is damaged is copied as it is, and named in the
    manifest. Raises UsageError where `target` cannot be, DocketError where it fails; nothing is
    left at `target` then.
    """
    target = typed_path(target).absolute()
    workspace.finish_import()
    bring_exhibits(workspace, workspace.client_ids())
    try:
        clear(workspace.root)
        _check_target(target)
        with noted(workspace.root, target), making_folder(target) as scratch:
            return _Backup(workspace, scratch, with_private, on_bytes).write(target)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        raise DocketError(f"{target} was not written", *plain_words(error)) from error


def backup_bytes(workspace: Workspace) -> int:
    """Return about how many bytes `write_backup` will tell of."""
    total = 0
    for path in workspace.root.rglob("*"):
        with suppress(OSError):  # gone since it was listed
            total += path.lstat().st_size
    return 2 * total


class _Backup:
    """One backup while it is made, in a folder that is thrown away."""

    def __init__(
        self, workspace: Workspace, scratch: Path, with_private: bool, on_bytes: OnBytes
    ) -> None:
        self.workspace = workspace
        self.root = workspace.root
        self.scratch = scratch
        self.with_private = with_private
        self.on_bytes = on_bytes
        self.members: list[BackupFile] = []
        self.dockets: list[HeldDocket] = []
        self.damaged: list[Damage] = []
        self.left_out: list[str] = []

    def write(self, target: Path) -> WrittenBackup:
        """Write everything, read it back, and only then let it appear at `target`."""
        made = self.scratch / "backup.zip"
        os.close(create(made))
        with made.open("r+b") as stream:
            with ZipFile(stream, "w", ZIP_DEFLATED) as zipped:
                self._fill(zipped)
                manifest = Manifest(
                    made_at=self.workspace.clock(),
                    private=self.with_private,
                    members=tuple(self.members),
                    dockets=tuple(self.dockets),
                    damaged=tuple(self.damaged),
                )
                zipped.writestr(_info(BACKUP_MANIFEST), manifest.model_dump_json(indent=1))
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = os.fstat(stream.fileno()).st_size
        _read_back(made, manifest, self.on_bytes)
        place(made, target)
        return WrittenBackup(target, digest, size, manifest, tuple(self.left_out))

    def _fill(self, zipped: ZipFile) -> None:
        """Add every file. Exhibits come after the dockets that name them, so none is missing."""
        for client in self.workspace.client_ids():
            with suppress(JournalMissingError):  # erased by another session since it was listed
                self._add_docket(zipped, client)
        names = ["workspace.json", "config.toml", "ladder.toml", "columns.toml"]
        names += self._listed("clients")
        names += [one for name in ("anchors", "exhibits", "letters") for one in self._listed(name)]
        private = ["private.json", *self._listed("drafts")]
        for name in names + private * self.with_private:
            self._add_file(zipped, name)
        if not self.with_private and (kept := [n for n in private if (self.root / n).exists()]):
            self.left_out.append(f"what is private ({', '.join(kept)})")
        if strange := self._strange():
            self.left_out.append(f"what is not Docket's ({', '.join(strange)})")

    def _add_docket(self, zipped: ZipFile, client: str) -> None:
        path = self.workspace.path(client)
        report = self._add_journal(zipped, path, f"an unfinished entry of {client}")
        self.dockets.append(HeldDocket(client=client, entries=report.count, head=report.head))
        with suppress(JournalMissingError):  # nothing was handled yet
            custody = path.with_suffix(CUSTODY)
            self._add_journal(zipped, custody, f"an unfinished custody line of {client}")

    def _add_journal(self, zipped: ZipFile, path: Path, unfinished: str) -> Report:
        """Add a journal up to its last whole line, under its lock; return what its chain is."""
        name, copied = f"clients/{path.name}", self.scratch / path.name
        report, left = copy_journal(path, copied)
        if left:
            self.left_out.append(f"{left} bytes of {unfinished}")
        if report.first:
            what = f"line {report.first.line_no}: {report.first.what}"
            self.damaged.append(Damage(name=name, what=what))
        with copied.open("rb") as stream:
            self._add(zipped, name, stream)
        copied.unlink()
        return report

    def _add_file(self, zipped: ZipFile, name: str) -> None:
        path = self.root / name
        try:
            fd = open_plain(path, os.O_NOFOLLOW)
        except FileNotFoundError:  # never there, or gone since it was listed
            return
        except OSError as error:
            if isinstance(error, NotPlainError) or path.is_symlink():
                raise _no_file(path) from error
            raise DocketError(f"{path} cannot be read", *plain_words(error)) from error
        with os.fdopen(fd, "rb") as stream:
            sha256 = self._add(zipped, name, stream)
        if name.startswith("exhibits/") and path.name != sha256:
            self.damaged.append(Damage(name=name, what="its bytes were changed"))
        if name == "private.json" and not readable(self.workspace.private):
            self.damaged.append(Damage(name=name, what="this Docket cannot read it"))

    def _add(self, zipped: ZipFile, name: str, stream: BinaryIO) -> str:
        digest, size = hashlib.sha256(), 0
        info = _info(name)
        info.file_size = os.fstat(stream.fileno()).st_size
        with zipped.open(info, "w") as member:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
                self.on_bytes(len(chunk))
        self.members.append(BackupFile(name=name, size=size, sha256=digest.hexdigest()))
        return digest.hexdigest()

    def _listed(self, folder: str) -> list[str]:
        """Return the files of a folder that a backup holds, without the journals."""
        inside = _files(self.root / folder, deep=folder in _DEEP)
        names = (str(path.relative_to(self.root)) for path in inside)
        journals = (DOCKET, CUSTODY) if folder == "clients" else ()
        return sorted(name for name in names if is_member(name) and not name.endswith(journals))

    def _strange(self) -> list[str]:
        names = (path.name for path in self.root.iterdir())
        return sorted(name for name in names if name not in _KNOWN and not name.startswith("."))


def _files(folder: Path, *, deep: bool) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if deep and path.is_dir() and not path.is_symlink():
            yield from _files(path, deep=False)
        else:
            yield path


def _read_back(path: Path, manifest: Manifest, on_bytes: OnBytes) -> None:
    """Read every byte again; the dockets' chains were checked on the bytes of these hashes."""
    with open_archive(path) as archive:
        if archive.manifest != manifest:
            raise archive.broken("its manifest did not come back as it was written")
        for member in archive.manifest.members:
            archive.copy(member, on_bytes=on_bytes)


def _check_target(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise _taken(target)
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}", "", "Make it first")


def _taken(target: Path) -> UsageError:
    return UsageError(f"{target} is there already", "nothing is overwritten", "Name a new file")


def _no_file(path: Path) -> DocketError:
    why = "a backup holds files, not what they point to"
    return DocketError(f"{path} is not a regular file", why, "Put the file itself there")


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # Unix, so that the mode counts
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info
