"""The documents: the dispute record, the folder it is handed over in, and the check of both."""

from __future__ import annotations

from store.records.dispute import Record, dispute_record
from store.records.document import Document, Section
from store.records.options import PURPOSES, LeftOut, Purpose, RecordError, RecordOptions
from store.records.package import WrittenRecord, write_record
from store.records.verify import RecordReport, verify_record

__all__ = [
    "PURPOSES",
    "Document",
    "LeftOut",
    "Purpose",
    "Record",
    "RecordError",
    "RecordOptions",
    "RecordReport",
    "Section",
    "WrittenRecord",
    "dispute_record",
    "verify_record",
    "write_record",
]
