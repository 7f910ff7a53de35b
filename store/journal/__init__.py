"""Append-only, hash-chained journals: one file per docket (FORMAT.md has every byte)."""

from __future__ import annotations

from .chain import LIMITS, Head, Header, Line
from .disclosure import (
    check_disclosed,
    disclose,
    disclose_leaf,
    dump_disclosed,
    verify_disclosed,
)
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
from .query import Journal, JournalStorage, JournalTable
from .verify import Finding, Report, verify_file

__all__ = [
    "LIMITS",
    "RESERVED",
    "AppendOnlyError",
    "Clock",
    "DamagedJournalError",
    "Finding",
    "Head",
    "Header",
    "Journal",
    "JournalError",
    "JournalExistsError",
    "JournalFile",
    "JournalMissingError",
    "JournalStorage",
    "JournalTable",
    "Line",
    "LockTimeoutError",
    "NewerFormatError",
    "NotAJournalError",
    "NotCanonicalError",
    "ReadFailedError",
    "RefusedEntryError",
    "Report",
    "WriteFailedError",
    "check_disclosed",
    "disclose",
    "disclose_leaf",
    "dump_disclosed",
    "random_id",
    "verify_disclosed",
    "verify_file",
]
