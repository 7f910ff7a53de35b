"""The errors a person may meet: each says in one line what happened, why, and what to do."""

from __future__ import annotations


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
    """The words of a command are wrong; nothing was touched."""

    exit_status = 2


class VerificationError(DocketError):
    """Something that should be whole is not."""

    exit_status = 3
