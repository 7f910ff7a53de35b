"""A record in lines: its purposes, period, sections, and what was written; pure functions."""

from __future__ import annotations

from datetime import date, datetime

from textual.content import Content

from store.dates import parse_when
from store.errors import UsageError
from store.records import (
    PURPOSES,
    LeftOut,
    Purpose,
    Record,
    RecordReport,
    Section,
    WrittenRecord,
)
from tui.safe_text import fit, wrap
from tui.screens.correct_fields import day_in_full
from tui.screens.lines import BLANK, bullet, paragraph
from tui.screens.rows import Row

WORDS: dict[Purpose, str] = {
    "court": "court",
    "platform": "platform",
    "mediator": "mediator",
    "own": "own files",
}
WRITE = "Write the record"


def purposes(chosen: Purpose) -> Content:
    """Return the purposes with their keys, the chosen one marked and reversed."""
    pieces: list[str | tuple[str, str]] = ["for          "]
    for number, purpose in enumerate(PURPOSES, start=1):
        mine = purpose == chosen
        words = f"{'▸' if mine else ' '}{number} {WORDS[purpose]}"
        pieces += [(words, "bold reverse" if mine else ""), "  "]
    return Content.assemble(*pieces)


def past_day(typed: str, now: datetime) -> date | None:
    """Return the day typed for one end of the period, None for none; UsageError if unreadable."""
    if not typed.strip():
        return None
    try:
        return parse_when(typed, now).day
    except UsageError:
        raise UsageError(
            f"'{typed.strip()[:24]}' is not a past day", "", "Write 2026-10-01, 1 Oct or 3m ago"
        ) from None


def period_in_full(since: date | None, until: date | None) -> str:
    """Return the days a record covers, such as `from Thu 1 Oct 2026 until today`."""
    if since is None and until is None:
        return "the whole docket"
    start = f"from {day_in_full(since)}" if since else "from the start"
    return f"{start} until {day_in_full(until) if until else 'today'}"


def counted(left: LeftOut, entries: int) -> str:
    """Return how many entries are in a record, and how many are left out for which reason."""
    reasons = (
        (left.internal, "internal"),
        (left.settlement, "settlement talk"),
        (left.outside, "outside these days"),
    )
    out = ", ".join(f"{number} {why}" for number, why in reasons if number)
    return f"{entries - left.total} of {entries} entries; left out: {out or 'none'}"


def section_rows(record: Record, width: int) -> list[Row]:
    """Return one line for each section, and the last to write it all."""
    rows = [Row.of(fit(section.title, width), opens=True) for section in record.sections]
    return [*rows, Row.of((fit(f"▸ {WRITE}", width), "bold"), opens=True)]


def preview_rows(section: Section, width: int) -> list[Row]:
    """Return the Markdown text of one section as plain text."""
    return [Row.of(line) for line in wrap(section.body, width)]


def written_rows(written: WrittenRecord, report: RecordReport, width: int) -> list[Row]:
    """Return where the record went, what was checked, and what no check can show."""
    verdict = "Verified: it is whole." if report.ok else "NOT VERIFIED: something is wrong with it."
    rows = [Row.of(("Written to", "bold"))]
    rows += paragraph(str(written.document), width, indent=2)
    rows += [BLANK, Row.of((verdict, "bold"))]
    for line in report.findings or report.checked:
        rows += bullet(line, width)
    rows += [BLANK, *paragraph(report.limits, width)]
    others = len(written.files) - 1
    also = f"Beside it: {others} other files. VERIFY.md says how anyone can check them without us."
    return [*rows, BLANK, *paragraph(also, width, style="dim")]
