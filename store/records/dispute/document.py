"""The dispute record: the sections in order for its purpose, as one Markdown document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from string import ascii_uppercase
from typing import NamedTuple

from store.docket import Docket
from store.journal import Line
from store.records.dispute.material import Material, gather
from store.records.dispute.sections import (
    agreement,
    chronology,
    claimed,
    elapsed,
    exchange,
    exhibits,
    extract,
    keeping,
    payments,
    sides,
    summary,
    work,
)
from store.records.document import Document, Section
from store.records.markdown import Md, front_matter
from store.records.options import LeftOut, RecordOptions

LAYOUT = 7
"""Goes up whenever the same material gives another document, or a record shows other entries."""


class _Part(NamedTuple):
    """A section: the name by which others refer to it, its heading, and what writes it."""

    name: str
    heading: str
    write: Callable[[Material], Md]


_ANNEXES = (
    _Part("corrections", "Corrections", keeping.amendments),
    _Part("redactions", "Redactions", keeping.redactions),
    _Part("digests", "Entry digests", keeping.entry_hashes),
)
"""Each keeps its letter in every record, so that two of one docket can be read side by side."""
_FULL = (
    _Part("summary", "Summary", summary.summary),
    _Part("agreement", "The agreement", agreement.agreement),
    _Part("expectations", "Expectations set", agreement.expectations),
    _Part("work", "Work done", work.work),
    _Part("chronology", "Chronology", chronology.chronology),
    _Part("requests", "Requests and answers", exchange.asked_and_answered),
    _Part("approvals", "Approvals and instructions", exchange.approvals),
    _Part("elapsed", "Where the time went", elapsed.elapsed),
    _Part("pattern", "Pattern", exchange.problem_pattern),
    _Part("payments", "Payments", payments.payments),
    _Part("put-right", "What I did to put it right", sides.put_right),
    _Part("claims", "Sums claimed", claimed.claimed),
    _Part("position", "The other side's position", sides.position),
    _Part("exhibits", "Exhibits", exhibits.exhibits),
    _Part("keeping", "How this record is kept", keeping.keeping),
    _Part("truth", "Statement of truth", keeping.truth),
    *_ANNEXES,
)
_SHORT = (
    _Part("summary", "Summary", summary.summary),
    _Part("agreement", "The agreement", agreement.agreement),
    _Part("work", "Work done", work.work),
    _Part("payments", "Payments", payments.payments),
    _Part("requests", "Requests and answers", exchange.asked_and_answered),
    _Part("chronology", "What happened", chronology.timeline),
    _Part("exhibits", "Exhibits", exhibits.exhibits),
    _Part("keeping", "How this record is kept", keeping.keeping),
    _ANNEXES[1],
)
_EXTRACT = (
    _Part("what", "What this is", extract.what),
    _Part("chronology", "Entries", chronology.chronology),
    _Part("pattern", "Pattern", exchange.problem_pattern),
    _Part("exhibits", "Exhibits", exhibits.exhibits),
    _Part("keeping", "How this record is kept", keeping.keeping),
    *_ANNEXES,
)
_SHEET = (
    _Part("what", "What this is", extract.facts),
    _Part("chronology", "Dates and documents", extract.dates),
    _Part("exhibits", "Documents", extract.documents),
    _Part("keeping", "How this sheet can be checked", extract.checking),
)
_FOR = {
    "court": "for a court",
    "platform": "for a platform or card issuer",
    "mediator": "for a mediator",
    "own": "for my own file",
    "public": "to be shown to anybody",
}


@dataclass(frozen=True, slots=True)
class Record(Document):
    """A document and what it was made from; `left_out` counts the entries that are not in it."""

    left_out: LeftOut
    material: Material


def dispute_record(
    docket: Docket, lines: Sequence[Line], options: RecordOptions, now: datetime
) -> Record:
    """Return the dispute record of `docket`, whose whole journal is `lines`.

    Pure: the same arguments give the same bytes. `now` must be aware; the record is as of its
    day. Raises RecordError where leaving entries out would make the rest untrue.
    """
    return write(gather(docket, lines, options, now, numbering(options)))


def write(material: Material) -> Record:
    """Return the document of `material`."""
    return Record(
        front=_front(material),
        title=_title(material),
        sections=tuple(_section(part, material) for part in _layout(material.options)),
        left_out=material.left_out,
        material=material,
    )


def _section(part: _Part, material: Material) -> Section:
    number = material.numbering[part.name].removeprefix("section ")
    return Section(f"{number}. {part.heading}", part.write(material))


def numbering(options: RecordOptions) -> dict[str, str]:
    """Return where each section stands in a record: `section 5`, `Annex B`, empty if left out."""
    numbers, letters = count(1), dict(zip(_ANNEXES, ascii_uppercase, strict=False))
    found = {part.name: "" for layout in (_FULL, _SHORT, _EXTRACT, _SHEET) for part in layout}
    for part in _layout(options):
        annex = letters.get(part)
        found[part.name] = f"Annex {annex}" if annex else f"section {next(numbers)}"
    return found


def _layout(options: RecordOptions) -> tuple[_Part, ...]:
    if options.purpose == "public":
        return _SHEET
    if options.kinds:
        return _EXTRACT
    return _SHORT if options.purpose == "platform" else _FULL


def _title(material: Material) -> str:
    options = material.options
    what = "Facts sheet" if options.purpose == "public" else "Dispute record"
    return f"{what}{', extract' if options.kinds else ''}: {material.name}"


def _front(material: Material) -> Md:
    options = material.options
    first, last = summary.period(material)
    head = material.digests[-1]
    answer_by = {"answer_by": options.answer_by.isoformat()} if options.answer_by else {}
    return front_matter(
        {
            "title": _title(material),
            "record": f"{material.client} {material.now:%Y-%m-%d} {options.purpose}",
            "client": material.docket.profile.contract_name or material.name,
            "prepared_by": options.prepared_by,
            "prepared_at": material.now.isoformat(timespec="seconds"),
            "from": first,
            "to": last,
            "purpose": _FOR[options.purpose],
            **answer_by,
            "layout": LAYOUT,
            "entries": head.seq,
            "entries_left_out": material.left_out.total,
            "head": head.hash,
            "anchors": len(material.anchors),
            "note": "Not legal advice. The hashes are tamper-evident; see how this record is kept.",
        }
    )
