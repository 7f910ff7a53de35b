"""The documents: the dispute record, the folder it is handed over in, and the check of both."""

from __future__ import annotations

from store.records.desk import Preview, Request, Written
from store.records.dispute.document import Record, dispute_record
from store.records.document import Document, Section
from store.records.folder.findings import Part, RecordReport
from store.records.folder.verify import verify_record
from store.records.folder.write import Signing, WrittenRecord, write_record
from store.records.options import PURPOSES, LeftOut, Purpose, RecordError, RecordOptions
from store.records.review.before import before_written

__all__ = [
    "PURPOSES",
    "Document",
    "LeftOut",
    "Part",
    "Preview",
    "Purpose",
    "Record",
    "RecordError",
    "RecordOptions",
    "RecordReport",
    "Request",
    "Section",
    "Signing",
    "Written",
    "WrittenRecord",
    "before_written",
    "dispute_record",
    "verify_record",
    "write_record",
]
