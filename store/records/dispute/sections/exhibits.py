"""The list of exhibits: each with what it is, where it came from, and who has handled it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from store.entries import Entry
from store.evidence.custody import CustodyLine
from store.records.dispute.custody import CUSTODY_FILE, ShownCustody
from store.records.dispute.material import Labelled, Material
from store.records.dispute.words import kind_words, occurred, recorded_day
from store.records.markdown import Md, cell, gfm_table, inline, paragraphs
from store.text import plural, top_line

_HEADERS = (
    *("Label", "Date", "Bytes", "Last changed", "File", "Description", "How obtained"),
    *("SHA-256", "Custody"),
)
_COUNTED = {
    "looked": "looked at",
    "exported": "exported",
    "recalled": "of these exports not completed",
}
_FOUND = ("missing", "changed", "whole")


def exhibits(material: Material) -> Md:
    """Return each exhibit with label, date, size, origin, SHA-256 and custody."""
    found, custody = material.exhibits, material.custody
    if not found:
        return Md("No exhibit belongs to the entries shown.")
    labels = {sha256: one.label for sha256, one in found.items()}
    rows = [_row(material, one, labels, custody.of(sha256)) for sha256, one in found.items()]
    return paragraphs(
        gfm_table(_HEADERS, rows),
        "The files stand in the folder `exhibits`, named by their labels; `manifest.json` says "
        "which of them are not in it. The SHA-256 was taken when the file was added. The date is "
        "that of the entry; when a file was last changed is what the file itself said then.",
        *_journal(custody),
    )


def custody_words(entry: Entry, lines: Sequence[CustodyLine]) -> Md:
    """Return who added an exhibit and when, and how often it was looked at and exported since.

    `entry` is the one it was added with; days are on the calendar of the place where it occurred.
    """
    zone = entry.occurred_at.tzinfo
    counts = Counter(line.act for line in lines)
    handled = [line.at for line in lines if line.act in _COUNTED]
    done = [
        f"{words} {plural(counts[act], 'time')}" for act, words in _COUNTED.items() if counts[act]
    ]
    last = f", last {max(handled).astimezone(zone).date()}" if handled else ""
    found = [
        f"found {line.act} {line.at.astimezone(zone).date()}"
        for line in lines
        if line.act in _FOUND
    ]
    parts = [
        f"added {recorded_day(entry)} by {inline(entry.author) or 'nobody named'}",
        f"{', '.join(done)}{last}" if done else "no look or export noted",
        ", ".join(found),
    ]
    return Md("; ".join(filter(None, parts)))


def _row(
    material: Material, one: Labelled, labels: dict[str, str], lines: Sequence[CustodyLine]
) -> list[Md]:
    exhibit = one.exhibit
    return [
        Md(one.label),
        occurred(material, one.entry),
        Md(f"{exhibit.size:,}"),
        Md(f"{exhibit.modified:%Y-%m-%d %H:%M} UTC" if exhibit.modified else "-"),
        cell(exhibit.name),
        _description(material, one, labels),
        cell(exhibit.obtained),
        Md(exhibit.sha256),
        custody_words(one.entry, lines),
    ]


def _description(material: Material, one: Labelled, labels: dict[str, str]) -> Md:
    """Return what an exhibit shows: the words of the entry it came with, and of what that adds to.

    Words of the program's own, as an addendum has by default, would tell a reader little.
    """
    entry, origin = one.entry, one.exhibit.derived_from
    said = _first_words(entry)
    link = entry.link("adds-to")
    added_to = material.standing.get(link.seq) if link else None
    to = f" to entry {link.seq}" if link else ""
    to += f": {words}" if added_to and (words := inline(_first_words(added_to.entry))) else ""
    made = ""
    if origin:
        named = f"exhibit {labels[origin]}" if origin in labels else f"a file of SHA-256 {origin}"
        made = f"; made from {named}"
    return Md(
        f"{inline(said)} (entry {entry.seq}, {kind_words(material, entry.kind)}{to}){made}".strip()
    )


def _first_words(entry: Entry) -> str:
    return top_line(entry.statement)[:120].rstrip()


def _journal(custody: ShownCustody) -> list[Md]:
    if not custody.head:
        return []
    return [
        Md(
            "Custody is counted from a journal that only grows, this record's own export with it: "
            f"`{CUSTODY_FILE}`, {plural(custody.count, 'line')} to the head {custody.head}. Paths "
            "and folders are withheld there by their digests."
        )
    ]
