"""What to look at again before a document is written, in rows that lead to their entries."""

from __future__ import annotations

from collections.abc import Sequence

from store.records.review.look_over import Noticed
from store.text import plural
from tui.safe_text import wrap
from tui.screens.lines import BLANK, bullet, paragraph
from tui.screens.rows import Row
from tui.words.record import noticed_head, noticed_words

_MOST = 400
"""Findings shown; nobody reads more at once, and wrapping thousands would be felt."""


def look_again(noticed: Sequence[Noticed], notes: Sequence[str]) -> str:
    """Return the line that stands above the sections."""
    found = [plural(len(noticed), "place")] if noticed else []
    found += [plural(len(notes), "hint")] if notes else []
    return f"Look again: {', '.join(found)}" if found else "Nothing to look at again"


def finding_rows(noticed: Sequence[Noticed], notes: Sequence[str], width: int) -> list[Row]:
    """Return the findings, each opening its entry, then the notes on what the document lacks."""
    rows = paragraph(noticed_head(noticed), width)
    if noticed:
        rows += paragraph("enter on one goes to its entry, where a amends it.", width, style="dim")
    shown = [_on_screen(one) for one in noticed[:_MOST]]
    for one, words in zip(shown, noticed_words(shown), strict=True):
        first, *rest = wrap(words, width)
        evidence = () if one.seq is None else (one.seq,)
        rows += [BLANK, Row.of(first, opens=bool(evidence), evidence=evidence)]
        rows += [Row.of(line) for line in rest]
    if len(noticed) > _MOST:
        rest_words = f"{len(noticed) - _MOST:,} more: `docket record --check` lists them all."
        rows += [BLANK, *paragraph(rest_words, width)]
    for note in notes:
        rows += [BLANK, *bullet(note, width)]
    return rows


def _on_screen(one: Noticed) -> Noticed:
    """Return a finding whose advice names no option of the command line."""
    return one._replace(why=one.why.replace(" with --redact", ""))
