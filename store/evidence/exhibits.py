"""Exhibits: files kept as evidence, copied once into the workspace under their own SHA-256."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from store.entries import Exhibit
from store.errors import DocketError, UsageError, plain_words
from store.files import (
    NotPlainError,
    make_folder,
    making,
    open_plain,
    place,
    sweep,
    sync_folder,
    write_all,
)
from store.text import clean_line

OnBytes = Callable[[int], object]
"""Told how many more bytes were copied or read, as they are."""

MISSING: Final = "it is missing"
CHANGED: Final = "its bytes were changed"

_CHUNK = 1 << 20
_NAME_LIMIT = 255


class ExhibitError(DocketError):
    """A file could not be kept as an exhibit, or one that was kept is not what it was."""


class Exhibits:
    """The workspace's `exhibits/` folder: read-only files, each named by the hash of its bytes."""

    def __init__(
        self,
        folder: Path,
        *,
        owner: str = "exhibit",
        claim: Callable[[str], object] = lambda sha256: None,
        fetched: bool = False,
    ) -> None:
        """Take the folder; `owner` is the client that half-made copies are marked with.

        `claim` is told of each file just before it has its name, see store/evidence/claims.py.
        Where they are `fetched` from a server when they are looked at, none is missing till then.
        """
        self.folder = folder
        self._owner = owner
        self._claim = claim
        self._missing = "" if fetched else MISSING

    def keep(
        self,
        source: Path,
        *,
        obtained: str = "",
        derived_from: str | None = None,
        on_bytes: OnBytes | None = None,
    ) -> Exhibit:
        """Copy the file at `source` and return what names the copy; a link is followed.

        It is read once, in pieces, and hashed as it is copied, so that the hash is of what was
        copied even if the file grows meanwhile. Keeping the same bytes twice keeps one copy.
        `obtained` and `derived_from`: see Exhibit. Raises UsageError where `source` is no regular
        file, ExhibitError where it cannot be read or the copy cannot be written.
        """
        with opened(source) as stream:
            kept = self.keep_stream(stream, source.name, on_bytes=on_bytes)
            modified = _modified(os.fstat(stream.fileno()))
        told = {"modified": modified, "obtained": obtained, "derived_from": derived_from}
        return Exhibit.model_validate({**kept.model_dump(), **told})

    def keep_stream(
        self, stream: BinaryIO, name: str, *, on_bytes: OnBytes | None = None
    ) -> Exhibit:
        """Copy what `stream` still holds, under the file name `name`; see `keep`."""
        label = clean_line(name, limit=_NAME_LIMIT, what="the file name") or "unnamed"
        try:
            make_folder(self.folder)
            with making(self.folder / self._owner, 0o400) as (fd, made):
                digest, size = copy_stream(stream, label, fd, on_bytes)
                self._claim(digest)
                made.replace(self.path(digest))
                sync_folder(self.folder)
        except OSError as error:
            raise ExhibitError(f"{label} was not kept", *plain_words(error)) from error
        return Exhibit(sha256=digest, name=label, size=size)

    def path(self, sha256: str) -> Path:
        """Return where the exhibit with that hash lies."""
        return self.folder / sha256

    def size(self, sha256: str) -> int:
        """Return how many bytes the kept copy has, 0 where there is none; it is not read."""
        try:
            return self.path(sha256).stat().st_size
        except OSError:
            return 0

    def glance(self, exhibit: Exhibit) -> str:
        """Return what is wrong with the kept copy as far as its size tells, without reading it."""
        try:
            found = self.path(exhibit.sha256).stat()
        except FileNotFoundError:
            return self._missing
        except OSError as error:
            return f"it cannot be read: {error.strerror or error}"
        return "" if found.st_size == exhibit.size else CHANGED

    def problem(self, exhibit: Exhibit, on_bytes: OnBytes | None = None) -> str:
        """Return what is wrong with the kept copy, read to its end; empty if it is whole."""
        try:
            with self.path(exhibit.sha256).open("rb") as stream:
                digest = hashlib.sha256()
                while block := stream.read(_CHUNK):
                    digest.update(block)
                    if on_bytes:
                        on_bytes(len(block))
        except FileNotFoundError:
            return self._missing
        except OSError as error:
            return f"it cannot be read: {error.strerror or error}"
        return "" if digest.hexdigest() == exhibit.sha256 else CHANGED

    def copy_out(self, exhibit: Exhibit, target: Path, on_bytes: OnBytes | None = None) -> None:
        """Write a copy to the new file `target`, 0600 and durable; nothing is ever overwritten.

        Raises UsageError where something is at `target`, ExhibitError where the kept copy is not
        what it was or the new one cannot be written; nothing is left at `target` then.
        """
        if os.path.lexists(target):
            raise taken(target)
        if not self.path(exhibit.sha256).exists():
            raise _not_copied(exhibit, MISSING)
        try:
            sweep(target)
            with (
                opened(self.path(exhibit.sha256)) as stream,
                making(target) as (fd, made),
            ):
                digest, _ = copy_stream(stream, exhibit.name, fd, on_bytes)
                if digest != exhibit.sha256:
                    raise _not_copied(exhibit, CHANGED)
                place(made, target)
        except FileExistsError as error:  # put there by somebody just now
            raise taken(target) from error
        except OSError as error:
            raise ExhibitError(f"{target} was not written", *plain_words(error)) from error


@contextmanager
def opened(source: Path, remedy: str = "Attach files one by one") -> Iterator[BinaryIO]:
    """Open a regular file to be read; ExhibitError if it cannot be.

    UsageError where it is none, with what to do instead.
    """
    try:
        handle = open_plain(source)
    except FileNotFoundError:
        raise UsageError(f"There is no file {source}", "", "Check its name") from None
    except NotPlainError:
        raise UsageError(f"{source} is not a file", "", remedy) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExhibitError(f"{source} cannot be read", why, "Check the file") from error
    with os.fdopen(handle, "rb") as stream:
        yield stream


def copy_stream(
    stream: BinaryIO, label: str, fd: int, on_bytes: OnBytes | None = None
) -> tuple[str, int]:
    """Copy `stream` into the open file `fd`, durable; return its SHA-256 and size in bytes.

    Raises ExhibitError where `stream`, which is called `label`, cannot be read; OSError where the
    copy cannot be written.
    """
    digest, size = hashlib.sha256(), 0
    while block := _read(stream, label):
        digest.update(block)
        size += len(block)
        write_all(fd, block)
        if on_bytes:
            on_bytes(len(block))
    os.fsync(fd)
    return digest.hexdigest(), size


def taken(target: Path) -> UsageError:
    """Return the error that says why nothing is written to `target`."""
    return UsageError(f"{target} is there already", "nothing is overwritten", "Name a new file")


def _not_copied(exhibit: Exhibit, why: str) -> ExhibitError:
    return ExhibitError(f"{exhibit.name} was not copied", why, "Restore it from a backup")


def _read(stream: BinaryIO, label: str) -> bytes:
    try:
        return stream.read(_CHUNK)
    except OSError as error:
        raise ExhibitError(f"{label} cannot be read to its end", *plain_words(error)) from error


def _modified(info: os.stat_result) -> datetime | None:
    """Return when the file was last changed, to the second; None for a time no calendar has."""
    try:
        return datetime.fromtimestamp(info.st_mtime_ns // 10**9, UTC)
    except (ValueError, OverflowError, OSError):
        return None
