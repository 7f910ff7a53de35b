"""The sections of a facts sheet and of an extract."""

from __future__ import annotations

from store.recheck.figures import numbered
from store.recheck.journal import sha

from . import keeping
from .chronology import recorded
from .compare import Cell, Reckoned, Words
from .record import Record


def facts_only(_: Record) -> Reckoned:
    """Return nothing: a section without a figure of ours."""
    return Reckoned()


def what_a_sheet_is(record: Record) -> Reckoned:
    """Section 1 of a facts sheet."""
    mine = Reckoned()
    shown = sorted(record.docket.all.values(), key=lambda one: one.seq)
    about = f"Dates and documents of the work of {record.by} for {record.name}."
    mine.line(f"{about} {keeping.noted(shown)}")
    return mine


def what_this_is(record: Record) -> Reckoned:
    """Section 1 of an extract."""
    mine = Reckoned()
    shown = numbered(len(record.docket.all), "is", "are")
    mine.line(f"{keeping.docket_has(record)} {shown} shown here, each as it was recorded.")
    return mine


def dates(record: Record) -> Reckoned:
    """Section 2 of a facts sheet."""
    mine = Reckoned()
    rows: list[list[Cell]] = [
        [str(one.seq), one.occurred, None, recorded(one), record.exhibit_names(one)]
        for one in record.docket.facts
    ]
    mine.table("No.|Date|What|Recorded (lag)|Document", rows)
    return mine


def documents(record: Record) -> Reckoned:
    """Section 3 of a facts sheet."""
    mine = Reckoned()
    rows: list[list[Cell]] = []
    for _, told in keeping.files(record):
        data = record.exhibits.get(told["sha256"], b"")
        label = record.files[told["sha256"]]
        rows.append([label, str(len(data)), sha(data), Words(told["name"])])
    mine.table("Label|Bytes|SHA-256|File", rows, 1)
    mine.line(keeping.files_left_out(record))
    return mine


def sheet(record: Record) -> Reckoned:
    """Section 4 of a facts sheet."""
    mine = Reckoned()
    hidden = len(record.journal.lines) - len(record.docket.all)
    several = numbered(hidden, "of them is not shown here", "of them are not shown here")
    mine.line(f"{keeping.docket_has(record)} {several}, and keep their number and hash.")
    rows: list[list[Cell]] = [
        [str(one["count"]), str(one["at"]), str(one["head"])] for one in record.anchors
    ]
    mine.table("Entries|Noted at (UTC)|Hash of the last", rows)
    return mine
