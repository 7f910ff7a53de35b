"""Whole-file writes that either happen or do not, and the lock that orders them."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from store.errors import DocketError
from store.journal.errors import plain_words

WAIT: Final = 5.0
"""Seconds a session waits for another one before it gives up."""

_POLL = 0.01


class WriteError(DocketError):
    """A file could not be written; what was there before is still there."""


def write_atomic(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, mode 0600: temporary file, fsync, rename, directory fsync.

    Raises WriteError with the reason; the old file stands untouched then, unless the error says
    that the new one is there but may not outlast a power cut.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    replaced = False
    try:
        try:
            with os.fdopen(_new_private(temporary), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            replaced = True
        finally:
            if not replaced:
                with suppress(OSError):  # the reason why it is there says more
                    temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _not_saved(path, error) from error
    try:
        sync_folder(path.parent)
    except OSError as error:
        why, remedy = plain_words(error)
        raise WriteError(
            f"{path.name} was saved, but a power cut may still undo that", why, remedy
        ) from error


def make_folder(folder: Path) -> None:
    """Make `folder` and the parents it lacks, mode 0700 and durable; OSError if it cannot be."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):  # one may be allowed to add to a folder and not to read it
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold an exclusive lock beside `path` while a file is read, changed and replaced.

    `wait` is in seconds; WriteError after it, and where the file system gives no locks. What a
    killed session left of a new `path` is removed: nobody else can be writing it now.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise _not_saved(path, error) from error
    try:
        _take(handle, path, wait)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in path.parent.glob(f".{path.name}.*.tmp"):
                left.unlink(missing_ok=True)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WriteError(
                    f"{path.name} was not saved",
                    f"another session has held its lock for {wait:g} seconds",
                    "Try again; if it stays so, look for a stopped docket (`lsof` names it) and "
                    "end it",
                ) from None
            time.sleep(_POLL)
        except OSError as error:
            raise _not_saved(path, error) from error
        else:
            return


def _not_saved(path: Path, error: OSError) -> WriteError:
    if error.errno == errno.ENOENT:
        return WriteError(f"{path.name} was not saved", f"{path.parent} is gone", "Put it back")
    return WriteError(f"{path.name} was not saved", *plain_words(error))


def _new_private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
