"""The entries behind a number, in lines: number, day, kind, and the words."""

from __future__ import annotations

from collections.abc import Sequence

from store.dates import when_in_full
from store.docket import Docket, Standing
from store.entries import KINDS, IncidentData
from tui.safe_text import fit, wrap
from tui.screens.rows import BLANK, Row, paragraph

_MOST_LINES = 4


def evidence_rows(docket: Docket, about: str, numbers: Sequence[int], width: int) -> list[Row]:
    """Return what a number is about, then the entries it rests on, newest first."""
    rows = paragraph(about, width)
    found = [docket.find(seq) for seq in numbers]
    entries = sorted(
        (one for one in found if one is not None), key=lambda one: one.entry.occurred_at
    )
    for one in reversed(entries):
        rows += [BLANK, *_entry(one, width)]
    if not entries:
        rows += [BLANK, *paragraph("No entry stands behind it.", width, style="dim")]
    return rows


def _entry(found: Standing, width: int) -> list[Row]:
    entry = found.entry
    number = f"#{entry.seq}"
    parts = [when_in_full(entry.occurred_at, entry.precision), KINDS[entry.kind].label]
    if isinstance(entry.data, IncidentData):
        parts.append(f"severity {entry.data.severity}")
    if found.amendments:
        parts.append("amended")
    if not found.counts:
        parts.append("void")
    line = fit("  " + "  ".join(parts), width - len(number))
    rows = [Row.of((number, "bold"), line)]
    said = [line for text in _words(found) for line in wrap(text, width - 4)]
    if len(said) > _MOST_LINES:
        said = [*said[: _MOST_LINES - 1], "…"]
    return rows + [Row.of("    ", line) for line in said]


def _words(found: Standing) -> list[str]:
    entry = found.entry
    words = [str(entry.statement)] if entry.statement else []
    words += [f"“{quote.text}” ({quote.by})" for quote in entry.quotes]
    return words + [f"added: {addendum.statement}" for addendum in found.addenda]
