"""The errors a person may meet: each says in one line what happened, why, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager


class DocketError(Exception):
    """Base of every error Docket raises on purpose; `str()` is the one line shown to the user."""

    exit_status = 1

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        self.what = what
        self.why = why
        self.remedy = remedy
        super().__init__(what, why, remedy)

    def __str__(self) -> str:
        line = f"{self.what}: {self.why}" if self.why else self.what
        line = line.rstrip(".") + "."
        return f"{line} {self.remedy.rstrip('.')}." if self.remedy else line


class UsageError(DocketError):
    """The words of a command, or of the `field` of a form, are wrong; nothing was touched."""

    exit_status = 2

    def __init__(self, what: str, why: str = "", remedy: str = "", *, field: str = "") -> None:
        super().__init__(what, why, remedy)
        self.field = field


@contextmanager
def about_field(name: str) -> Iterator[None]:
    """Let a UsageError that is raised meanwhile say which field of a form it is about."""
    try:
        yield
    except UsageError as error:
        error.field = name
        raise


class VerificationError(DocketError):
    """Something that should be whole is not."""

    exit_status = 3


_PLAIN = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again"),
    errno.EDQUOT: ("your disk quota is used up", "Free some space and try again"),
    errno.EFBIG: (
        "the file may not grow any further (a file-size limit)",
        "Raise the limit (see `ulimit -f`) and try again",
    ),
    errno.EIO: (
        "the disk reported an error",
        "Copy the workspace to another disk now, then try again there",
    ),
    errno.EROFS: ("the disk is read-only", "Make it writable, or use a workspace elsewhere"),
    errno.EACCES: ("you may not do that to this file", "Check who owns it and its permissions"),
    errno.EPERM: ("you may not do that to this file", "Check who owns it and its permissions"),
    errno.EMFILE: ("too many files are open", "Close something and try again"),
    errno.ENOLCK: (
        "this file system gives no locks",
        "Move the workspace to a local disk",
    ),
    errno.EOPNOTSUPP: (
        "this file system gives no locks",
        "Move the workspace to a local disk",
    ),
}


def plain_words(error: OSError) -> tuple[str, str]:
    """Return (why, remedy) for an operating system error, in words a person can act on."""
    number = error.errno or 0
    fallback = (os.strerror(number) if number else str(error), "Put that right and try again")
    return _PLAIN.get(number, fallback)
