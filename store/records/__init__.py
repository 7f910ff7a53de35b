"""The documents: the dispute record, the folder it is handed over in, and the check of both."""

from __future__ import annotations

from store.records.desk import Preview, Request, Written
from store.records.dispute.document import Record, dispute_record
from store.records.document import Document, Section
from store.records.folder.findings import Part, RecordReport
from store.records.folder.verify import verify_record
from store.records.folder.write import Signing, WrittenRecord, write_record
from store.records.options import PURPOSES, LeftOut, Purpose, RecordError, RecordOptions
from store.records.review.before import author_first, before_written, searched

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
    "author_first",
    "before_written",
    "dispute_record",
    "searched",
    "verify_record",
    "write_record",
]
