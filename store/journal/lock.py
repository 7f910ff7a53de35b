"""Opening and locking the journal file itself, so that sessions take turns."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from .errors import (
    JournalMissingError,
    LockTimeoutError,
    NotAJournalError,
    ReadFailedError,
    WriteFailedError,
)

WAIT: Final = 5.0
"""Seconds a session waits for another one before it gives up."""

_POLL = 0.005


def open_regular(path: Path, flags: int) -> int:
    """Return a descriptor of the regular file at `path`; links and devices are refused.

    O_NONBLOCK keeps a named pipe put in its place from hanging the program.
    """
    try:
        fd = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise JournalMissingError(path) from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotAJournalError(
                path,
                "it is a symbolic link, and entries could end up in a file you did not mean",
                "Name the file itself",
            ) from error
        if error.errno in (errno.EISDIR, errno.ENXIO, errno.ENODEV):
            raise NotAJournalError(path, "it is not a regular file") from error
        if flags & os.O_RDWR:
            raise WriteFailedError(path, error) from error
        raise ReadFailedError(path, error) from error
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NotAJournalError(path, "it is not a regular file")
    return fd


@contextmanager
def reading(path: Path) -> Iterator[int]:
    """Hold a descriptor to read from, without a lock."""
    fd = open_regular(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def locked_journal(path: Path, wait: float = WAIT, *, shared: bool = False) -> Iterator[int]:
    """Hold the journal's lock, and the descriptor that carries it, for the length of the block.

    `wait` is in seconds; LockTimeoutError after it. The kernel drops the lock of a dead
    process, so nobody has to clear anything away. A file replaced while we waited is opened anew.
    """
    flags = os.O_RDONLY if shared else os.O_RDWR | os.O_APPEND
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + wait
    while True:
        fd = open_regular(path, flags)
        try:
            while not _try(fd, kind, path):
                if time.monotonic() >= deadline:
                    raise LockTimeoutError(path, wait)
                time.sleep(_POLL)
            if _still_there(fd, path):
                try:
                    yield fd
                finally:
                    # What was written is written: an unlock that fails, as on a network disk
                    # gone away, must not say otherwise, and closing drops the lock as well.
                    with suppress(OSError):
                        fcntl.flock(fd, fcntl.LOCK_UN)
                return
            if time.monotonic() >= deadline:
                raise LockTimeoutError(path, wait)
        finally:
            os.close(fd)


def _try(fd: int, kind: int, path: Path) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        failed = WriteFailedError if kind == fcntl.LOCK_EX else ReadFailedError
        raise failed(path, error) from error
    return True


def _still_there(fd: int, path: Path) -> bool:
    held = os.fstat(fd)
    try:
        named = path.lstat()
    except FileNotFoundError as error:
        raise JournalMissingError(path) from error
    except OSError as error:
        raise ReadFailedError(path, error) from error
    return (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino)
