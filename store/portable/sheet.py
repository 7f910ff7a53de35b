"""Dockets as a table (CSV), an entry a row, corrections applied and named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Final

from store.docket import Docket, Standing

_COLUMNS: Final = (
    *("Client", "Number", "Kind", "Date", "Time", "Recorded at", "Description", "Quotes"),
    *("Amount", "Currency", "Hours", "Invoice", "Due date", "Project", "Channel", "Known from"),
    *("Author", "Visibility", "Exhibits", "Amended by", "Voided by", "Data"),
)
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def as_table(dockets: Iterable[Docket]) -> str:
    """Return every entry as it stands, by client and number, as CSV with heads.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for docket in dockets:
        writer.writerows(map(_inert, _row(docket, one)) for one in docket.standing)
    return out.getvalue()


def _row(docket: Docket, one: Standing) -> Iterator[str]:
    entry = one.entry
    data = entry.data.model_dump(mode="json", exclude_none=True)
    exact = entry.precision != "day"
    yield from (docket.name, str(one.seq), entry.kind, entry.day.isoformat())
    yield from (f"{entry.occurred_at:%H:%M}" if exact else "", entry.recorded_at.isoformat())
    yield entry.statement
    yield "\n".join(f"{quote.by}: {quote.text}" for quote in entry.quotes)
    yield from (str(data.get(name, "")) for name in ("amount", "currency", "hours", "number"))
    yield str(data.get("due", ""))
    yield from (entry.refs.project or "", entry.channel or "", entry.source, entry.author)
    yield from (entry.visibility, ", ".join(exhibit.name for exhibit in entry.exhibits))
    yield ", ".join(str(amendment.seq) for amendment in one.amendments)
    yield str(one.void.seq) if one.void else ""
    yield json.dumps(data, ensure_ascii=False, sort_keys=True) if data else ""


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell
