"""The file that a backup is: a zip of plain files with a manifest, and a reader that trusts none.

What a reader takes for granted is checked first: names, kinds and sizes of the members, and that
they are exactly those of the manifest. Bytes are checked against the manifest as they are read.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from store.errors import DocketError, UsageError, plain_words
from store.evidence.exhibits import OnBytes
from store.files import NotPlainError, create, open_plain, write_all
from store.private.file import PrivateFile

_FORMAT: Final = 1
BACKUP_MANIFEST: Final = "docket-backup.json"
CHUNK: Final = 1 << 20
_MANIFEST_LIMIT = 64 * 2**20
_PART = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}"
_NAME = re.compile(
    r"workspace\.json|config\.toml|ladder\.toml|columns\.toml|private\.json"
    r"|clients/[a-z0-9][a-z0-9-]{0,39}\.[A-Za-z0-9._-]{1,80}"
    r"|exhibits/[0-9a-f]{64}|drafts/[a-z0-9][a-z0-9.-]{0,119}\.txt"
    r"|letters/[a-z]{2,3}/[a-z][a-z0-9-]{0,59}\.txt"
    rf"|anchors/{_PART}(/{_PART})?"
)
# What zipfile raises on bytes that are no whole zip file, or an encrypted one (RuntimeError).
_BROKEN = (
    *(BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError),
    *(RuntimeError, ValueError, OverflowError),
)


class BackupError(DocketError):
    """A backup cannot be used as it is; nothing was restored from it."""


class _Part(BaseModel):
    """Base of what a manifest holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class BackupFile(_Part):
    """One file in a backup; `size` in bytes."""

    name: str
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class HeldDocket(_Part):
    """Where the chain of one docket stood when it was backed up."""

    client: str
    entries: int
    head: str


class Damage(_Part):
    """A member that was not whole already when it was backed up, and why."""

    name: str
    what: str


class Manifest(_Part):
    """What a backup holds."""

    format: int = _FORMAT
    made_at: AwareDatetime
    private: bool
    members: tuple[BackupFile, ...]
    dockets: tuple[HeldDocket, ...]
    damaged: tuple[Damage, ...] = ()

    @property
    def exhibits(self) -> int:
        """How many exhibits it holds."""
        return sum(member.name.startswith("exhibits/") for member in self.members)


class _Numbered(BaseModel):
    format: int


class Archive:
    """An open backup whose names and sizes fit its manifest."""

    def __init__(self, path: Path, zipped: ZipFile) -> None:
        self.path = path
        self._zip = zipped
        infos = {info.filename: info for info in zipped.infolist()}
        if len({name.casefold() for name in infos}) != len(zipped.infolist()):
            raise self.broken("it holds a name twice")
        for info in infos.values():
            self._check_kind(info)
        if BACKUP_MANIFEST not in infos:
            raise self.broken(f"it has no {BACKUP_MANIFEST}")
        if infos[BACKUP_MANIFEST].file_size > _MANIFEST_LIMIT:
            raise self.broken("its manifest is larger than any")
        self.manifest = self._read_manifest(b"".join(self._chunks(BACKUP_MANIFEST)))
        self._compare({name: info for name, info in infos.items() if name != BACKUP_MANIFEST})

    def broken(self, why: str) -> BackupError:
        """Return the error that says why this file is no backup to rely on."""
        return BackupError(f"{self.path} is not a whole backup", why, "Use another copy of it")

    def copy(
        self, member: BackupFile, to: Path | None = None, on_bytes: OnBytes = lambda count: None
    ) -> None:
        """Read a member to its end and check it; write it to the new file `to`, 0600 and durable.

        `on_bytes` is told how many more bytes were read, as they are. Raises BackupError where the
        bytes are not those of the manifest, OSError where they cannot be written.
        """
        digest = hashlib.sha256()
        fd = -1 if to is None else create(to)
        try:
            for chunk in self._chunks(member.name):
                digest.update(chunk)
                on_bytes(len(chunk))
                if fd >= 0:
                    write_all(fd, chunk)
            if fd >= 0:
                os.fsync(fd)
        finally:
            if fd >= 0:
                os.close(fd)
        if digest.hexdigest() != member.sha256:
            raise self.broken(f"the bytes of {member.name} are not those of its manifest")

    def _chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member; zipfile never gives more than the size it states."""
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except (*_BROKEN, OSError) as error:
            raise self.broken(f"{name} cannot be read to its end") from error

    def _check_kind(self, info: ZipInfo) -> None:
        name = info.filename
        if name != info.orig_filename or not (name == BACKUP_MANIFEST or is_member(name)):
            raise self.broken(f"it holds {info.orig_filename[:80]!r}, which no backup has")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise self.broken(f"{name} is a link or a device, not a file")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise self.broken(f"{name} is packed in a way that no backup is")

    def _read_manifest(self, raw: bytes) -> Manifest:
        try:
            number = _Numbered.model_validate_json(raw).format
            if number > _FORMAT:
                raise BackupError(
                    f"{self.path} cannot be read",
                    f"it is a backup of format {number}, and this Docket reads up to {_FORMAT}",
                    "Update Docket, then try again",
                )
            return Manifest.model_validate_json(raw)
        except ValidationError:
            raise self.broken("its manifest does not say what a manifest says") from None

    def _compare(self, infos: dict[str, ZipInfo]) -> None:
        listed = {member.name: member for member in self.manifest.members}
        if len(listed) != len(self.manifest.members):
            raise self.broken("its manifest lists a file twice")
        for name in sorted(infos.keys() - listed.keys()):
            raise self.broken(f"{name} is not in its manifest")
        for name in sorted(listed.keys() - infos.keys()):
            raise self.broken(f"{name[:80]!r} of its manifest is missing")
        for name, info in infos.items():
            if info.file_size != listed[name].size:
                raise self.broken(f"{name} has not the size that its manifest states")
        dockets = {f"clients/{docket.client}.jsonl" for docket in self.manifest.dockets}
        if dockets != {name for name in infos if re.fullmatch(r"clients/.*\.jsonl", name)}:
            raise self.broken("its manifest does not say where each docket stands")
        if "workspace.json" not in infos:
            raise self.broken("it has no workspace.json")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open the backup at `path`; UsageError without a file there, BackupError if it is none."""
    try:
        fd = open_plain(path)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}", "", "Check its name") from None
    except NotPlainError:
        raise UsageError(f"{path} is not a file", "", "Name a backup") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be read", *plain_words(error)) from error
    with os.fdopen(fd, "rb") as stream:
        try:
            zipped = ZipFile(stream)
        except _BROKEN as error:
            raise BackupError(
                f"{path} is not a whole backup", "it does not end as one", "Use another copy of it"
            ) from error
        with zipped:
            yield Archive(path, zipped)


def is_member(name: str) -> bool:
    """Tell whether a file of a workspace, named from its root, is one that a backup may hold."""
    return _NAME.fullmatch(name) is not None


def readable(private: PrivateFile) -> bool:
    """Tell whether a private file is one that this Docket can read."""
    try:
        private.of("")
    except DocketError:
        return False
    return True
