"""Append-only, hash-chained journals: one file per docket (FORMAT.md has every byte)."""

from __future__ import annotations

from .chain import LIMITS, Head, Header, Line
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
from .file import RESERVED, Clock, JournalFile
from .query import Journal, JournalStorage, JournalTable

__all__ = [
    "LIMITS",
    "RESERVED",
    "AppendOnlyError",
    "Clock",
    "DamagedJournalError",
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
    "WriteFailedError",
]
