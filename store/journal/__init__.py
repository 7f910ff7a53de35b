"""Append-only, hash-chained journals: one file per docket (FORMAT.md has every byte)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .canonical import canonical, parse
from .chain import LIMITS, Head, Header, Line, digests, is_hash
from .drafts import RESERVED, Clock, random_id
from .errors import (
    AppendOnlyError,
    DamagedJournalError,
    JournalError,
    JournalExistsError,
    JournalMissingError,
    LockTimeoutError,
    NewerFormatError,
    NotAJournalError,
    NotCanonicalError,
    ReadFailedError,
    RefusedEntryError,
    WriteFailedError,
)
from .file import JournalFile

if TYPE_CHECKING:
    from .checkpoint import Checkpoint, Place, dump_checkpoint, read_checkpoint
    from .disclosure import (
        check_disclosed,
        disclose,
        disclose_leaf,
        dump_disclosed,
        verify_disclosed,
    )
    from .verify import verify_file
    from .walk import Finding, Report

__all__ = [
    "LIMITS",
    "RESERVED",
    "AppendOnlyError",
    "Checkpoint",
    "Clock",
    "DamagedJournalError",
    "Finding",
    "Head",
    "Header",
    "JournalError",
    "JournalExistsError",
    "JournalFile",
    "JournalMissingError",
    "Line",
    "LockTimeoutError",
    "NewerFormatError",
    "NotAJournalError",
    "NotCanonicalError",
    "Place",
    "ReadFailedError",
    "RefusedEntryError",
    "Report",
    "WriteFailedError",
    "canonical",
    "check_disclosed",
    "digests",
    "disclose",
    "disclose_leaf",
    "dump_checkpoint",
    "dump_disclosed",
    "is_hash",
    "parse",
    "random_id",
    "read_checkpoint",
    "verify_disclosed",
    "verify_file",
]

_LATER = ("checkpoint", "walk", "verify", "disclosure")


def __getattr__(name: str) -> Any:
    """Import verification and disclosure when first asked for: appending needs none."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    modules = (import_module(f"{__name__}.{module}") for module in _LATER)
    return next(getattr(module, name) for module in modules if hasattr(module, name))
