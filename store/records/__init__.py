"""The documents: the dispute record, the folder it is handed over in, and the check of both."""

from __future__ import annotations

from store.records.desk import Preview as Preview
from store.records.desk import RecordRequest as RecordRequest
from store.records.desk import Written as Written
from store.records.dispute.document import Record as Record
from store.records.dispute.document import dispute_record as dispute_record
from store.records.document import Document as Document
from store.records.document import Section as Section
from store.records.folder.findings import Part as Part
from store.records.folder.findings import RecordReport as RecordReport
from store.records.folder.verify import verify_record as verify_record
from store.records.folder.write import Signing as Signing
from store.records.folder.write import WrittenRecord as WrittenRecord
from store.records.folder.write import write_record as write_record
from store.records.options import PURPOSES as PURPOSES
from store.records.options import LeftOut as LeftOut
from store.records.options import Purpose as Purpose
from store.records.options import RecordError as RecordError
from store.records.options import RecordOptions as RecordOptions
from store.records.review.before import before_written as before_written
from store.records.review.before import open_in_case as open_in_case
