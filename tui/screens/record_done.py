"""What was written, in lines: where it is, what was checked, and what no check can show."""

from __future__ import annotations

from store.records import RecordReport
from store.text import plural
from tui.cli.verify import part_words
from tui.screens.lines import BLANK, bullet, paragraph
from tui.screens.record_making import Done
from tui.screens.record_view import length
from tui.screens.rows import Row


def done_rows(done: Done, width: int) -> list[Row]:
    """Return where a document went and, of a record, all that is to be known of it."""
    rows = [Row.of(("Written to", "bold")), *paragraph(str(done.path), width, indent=2)]
    if done.record is None or done.report is None:
        for path in done.also:
            rows += paragraph(str(path), width, indent=2)
        return [*rows, BLANK, *paragraph("It is one document to send, not a record.", width)]
    rows += [BLANK, *_verdict(done.report, width)]
    rows += _beside(done, width)
    for part in done.report.parts:
        first, *rest = part_words(part)
        rows += [BLANK, *paragraph(first, width, style="bold")]
        for line in rest:
            rows += paragraph(line.strip(), width, indent=2)
    return [*rows, BLANK, *paragraph(done.report.limits, width)]


def _verdict(report: RecordReport, width: int) -> list[Row]:
    words = "Verified: it is whole." if report.ok else "NOT VERIFIED: something is wrong with it."
    rows = [Row.of((words, "bold"))]
    for line in report.findings:
        rows += bullet(line, width)
    return rows


def _beside(done: Done, width: int) -> list[Row]:
    """Return what there is to know of a record beside what was checked."""
    record = done.record
    if record is None:
        return []
    said = []
    if record.signed:
        said.append(f"Signed with {record.signed}: give the public key to whoever checks it.")
    if record.unsearched:
        told = "; ".join(one.words for one in record.unsearched)
        said.append(f"Handed over though not all could be read for what is withheld: {told}.")
    if record.stayed_behind:
        said.append(record.stayed_behind)
    if record.material.options.purpose == "platform":
        said.append(f"{length(record.characters)}. Evidence can usually be sent only once.")
    others = plural(len(done.also), "other file")
    said.append(f"Beside it: {others}. VERIFY.md says how anyone can check them without us.")
    return [row for text in said for row in bullet(text, width)]
