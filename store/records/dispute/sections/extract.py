"""The short documents: an extract of some kinds of entry, and the facts sheet for the public."""

from __future__ import annotations

from store.docket import Standing
from store.entries import KINDS
from store.journal import LIMITS
from store.records.dispute.material import Material
from store.records.dispute.sections.keeping import anchored, not_read, noted_when, signed_with
from store.records.dispute.words import kind_words, occurred, recorded
from store.records.markdown import Md, bullets, gfm_table, inline, paragraphs
from store.text import plural


def what(material: Material) -> Md:
    """Return what an extract holds, of how much, and that nothing else was changed (advice 26)."""
    shown = len(material.entries)
    kinds = ", ".join(KINDS[kind].label for kind in material.options.kinds)
    return paragraphs(
        f"This is an extract from the record of the work of {inline(material.options.prepared_by)} "
        f"for {inline(material.name)}. It shows entries of these kinds, by date: {kinds}; with "
        "them what corrects or answers one of them.",
        f"The docket has {plural(len(material.digests), 'entry', 'entries')}; "
        f"{plural(shown, 'is', 'are')} shown here, each as it was recorded. An extract says "
        "nothing about what it leaves out.",
    )


def facts(material: Material) -> Md:
    """Return what a facts sheet is: dates and documents, and nobody's opinion (advice 3)."""
    return paragraphs(
        f"Dates and documents of the work of {inline(material.options.prepared_by)} for "
        f"{inline(material.name)}. {noted_when(material.as_they_stand)} There is no opinion in "
        "this sheet, no sum, and no word of either side. The documents beside it have their own: "
        "they are given as they are.",
        "It lists these kinds only: the agreement, work handed over and accepted, questions and "
        "answers, invoices, payments, and what was said in public. What was withdrawn is left out, "
        "and so is what was moved to another day by a correction that says more than the day.",
    )


def dates(material: Material) -> Md:
    """Return every fact with its day and the labels of its documents."""
    rows = [
        [
            Md(str(one.seq)),
            occurred(material, one.entry),
            Md(_event(material, one)),
            recorded(material, one.entry),
            Md(", ".join(material.labels([one.seq])) or "-"),
        ]
        for one in material.chronology
    ]
    if not rows:
        return Md(f"No such entry is {material.where}.")
    return gfm_table(["No.", "Date", "What", "Recorded (lag)", "Document"], rows)


def documents(material: Material) -> Md:
    """Return each document with its size and SHA-256."""
    rows = [
        [
            Md(one.label),
            Md(f"{one.exhibit.size:,}"),
            Md(one.exhibit.sha256),
            inline(one.exhibit.name),
        ]
        for one in material.exhibits.values()
    ]
    if not rows:
        return Md("No document belongs to these entries.")
    return gfm_table(["Label", "Bytes", "SHA-256", "File"], rows)


def checking(material: Material) -> Md:
    """Return how the sheet hangs together with the docket, and what that does not show."""
    hidden = len(material.digests) - len(material.entries)
    return paragraphs(
        bullets(
            [
                Md(
                    f"The docket has {plural(len(material.digests), 'entry', 'entries')}; "
                    f"{hidden} of them are not shown here, and keep their number and hash."
                ),
                Md(
                    "Of those shown, the words, the sums and who wrote them are withheld. Each "
                    "keeps its digest in `chain.jsonl`, so the sheet verifies to the same head."
                ),
                Md(
                    "`chain.jsonl` also says how a document was obtained and why a day was "
                    "corrected, where that was noted."
                ),
                Md("`VERIFY.md` says how anybody can check that without Docket."),
            ]
        ),
        not_read(material),
        anchored(material),
        signed_with(material),
        LIMITS,
        "This is not legal advice.",
    )


def _event(material: Material, one: Standing) -> str:
    moved = one.entry.occurred_at != one.original.occurred_at
    return kind_words(material, one.entry.kind) + (" (day corrected)" if moved else "")
