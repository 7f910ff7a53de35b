"""The sections of a facts sheet and of an extract."""

from __future__ import annotations

from store.recheck.figures import days
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
    lags = sorted(one.lag for one in record.docket.all.values())
    late = [one for one in lags if one]
    if late:
        about = f"Dates and documents of the work of {record.by} for {record.name}."
        noted = f"Of {len(lags)} entries shown, {lags.count(0)} were noted on the day"
        mine.line(f"{about} {noted}; {len(late)} later, by up to {days(late[-1])}.")
    return mine


def what_this_is(record: Record) -> Reckoned:
    """Section 1 of an extract."""
    mine = Reckoned()
    total, shown = len(record.journal.lines), len(record.docket.all)
    mine.line(
        f"The docket has {total} entries; {shown} are shown here, each as it was recorded. "
        "An extract says nothing about what it leaves out."
    )
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
    return mine


def sheet(record: Record) -> Reckoned:
    """Section 4 of a facts sheet."""
    mine = Reckoned()
    total, shown = len(record.journal.lines), len(record.docket.all)
    mine.line(
        f"The docket has {total} entries; {total - shown} of them are not shown here, "
        "and keep their number and hash."
    )
    rows: list[list[Cell]] = [
        [str(one["count"]), str(one["at"]), str(one["head"])] for one in record.anchors
    ]
    mine.table("Entries|Noted at (UTC)|Hash of the last", rows)
    return mine
