"""The entries behind a number, in lines: number, day, kind, and the words."""

from __future__ import annotations

from collections.abc import Sequence

from store.docket import Docket, Standing
from tui.safe_text import fit, wrap
from tui.screens.rows import BLANK, Row, paragraph
from tui.words.entry import brief, paragraphs_of

_MOST_LINES = 4
_SHOWN = ("text", "quote", "added")


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
    number = f"#{found.seq}"
    line = fit("  " + "  ".join(brief(found)), width - len(number))
    rows = [Row.of((number, "bold"), line)]
    told = [text for role, text in paragraphs_of(found) if role in _SHOWN]
    said = [line for text in told for line in wrap(text, width - 4)]
    if len(said) > _MOST_LINES:
        said = [*said[: _MOST_LINES - 1], "…"]
    return rows + [Row.of("    ", line) for line in said]
