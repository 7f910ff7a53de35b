"""Exhibits: files kept as evidence, copied once into the workspace under their own SHA-256."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from pathlib import Path
from typing import BinaryIO

from store.atomic import make_folder, sync_folder
from store.entries import Exhibit
from store.errors import DocketError, UsageError
from store.text import clean_line

_CHUNK = 1 << 20
_NAME_LIMIT = 255


class ExhibitError(DocketError):
    """A file could not be kept as an exhibit, or one that was kept is not what it was."""


class Exhibits:
    """The workspace's `exhibits/` folder: read-only files, each named by the hash of its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, source: Path) -> Exhibit:
        """Copy the file at `source` and return what names the copy.

        Keeping the same bytes twice keeps one copy. Raises UsageError where `source` is no
        regular file, ExhibitError where it cannot be read or the copy cannot be written.
        """
        try:
            # O_NONBLOCK keeps a named pipe from hanging the program before it is refused.
            handle = os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            raise UsageError(f"There is no file {source}", "", "Check its name") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise ExhibitError(f"{source} cannot be read", why, "Check the file") from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise UsageError(f"{source} is not a file", "", "Attach files one by one")
        with os.fdopen(handle, "rb") as stream:
            return self.keep_stream(stream, source.name)

    def keep_stream(self, stream: BinaryIO, name: str) -> Exhibit:
        """Copy what `stream` still holds, under the file name `name`; see `keep`."""
        label = clean_line(name, limit=_NAME_LIMIT, what="the file name") or "unnamed"
        part = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            make_folder(self.folder)
            try:
                digest, size = _copy(stream, part)
                part.replace(self.path(digest))
                sync_folder(self.folder)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise ExhibitError(
                f"{label} was not kept", error.strerror or str(error), "Free space, then try again"
            ) from error
        return Exhibit(sha256=digest, name=label, size=size)

    def path(self, sha256: str) -> Path:
        """Return where the exhibit with that hash lies."""
        return self.folder / sha256

    def problem(self, exhibit: Exhibit) -> str:
        """Return what is wrong with the kept copy, read to its end; empty if it is whole."""
        try:
            with self.path(exhibit.sha256).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return "it is missing"
        except OSError as error:
            return f"it cannot be read: {error.strerror or error}"
        return "" if found == exhibit.sha256 else "its bytes were changed"


def _copy(stream: BinaryIO, part: Path) -> tuple[str, int]:
    """Copy `stream` into the new file `part`, durable and read-only; return its hash and size."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    with os.fdopen(handle, "wb") as copy:
        while block := stream.read(_CHUNK):
            digest.update(block)
            size += len(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size
