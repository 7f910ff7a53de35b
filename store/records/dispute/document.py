"""The dispute record: the sections in order for its purpose, as one Markdown document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.docket import Docket
from store.journal import Line
from store.records.dispute.material import Material, gather
from store.records.dispute.sections import (
    agreement,
    chronology,
    claimed,
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

LAYOUT = 6
"""Goes up whenever the same material gives another document, or a record shows other entries."""

_Writer = Callable[[Material], Md]
_FULL: tuple[tuple[str, _Writer], ...] = (
    ("1. Summary", summary.summary),
    ("2. The agreement", agreement.agreement),
    ("3. Expectations set", agreement.expectations),
    ("4. Work done", work.work),
    ("5. Chronology", chronology.chronology),
    ("6. Requests and answers", exchange.requests),
    ("7. Approvals and instructions", exchange.approvals),
    ("8. Pattern", exchange.pattern),
    ("9. Payments", payments.payments),
    ("10. What I did to put it right", sides.put_right),
    ("11. Sums claimed", claimed.claimed),
    ("12. The other side's position", sides.position),
    ("13. Exhibits", exhibits.exhibits),
    ("14. How this record is kept", keeping.keeping),
    ("15. Statement of truth", keeping.truth),
    ("Annex A. Corrections", keeping.amendments),
    ("Annex B. Redactions", keeping.redactions),
    ("Annex C. Entry digests", keeping.digests),
)
_SHORT: tuple[tuple[str, _Writer], ...] = (
    ("1. Summary", summary.summary),
    ("2. The agreement", agreement.agreement),
    ("3. Work done", work.work),
    ("4. Payments", payments.payments),
    ("5. Requests and answers", exchange.requests),
    ("6. What happened", chronology.timeline),
    ("7. Exhibits", exhibits.exhibits),
    ("8. How this record is kept", keeping.keeping),
    ("Annex B. Redactions", keeping.redactions),
)
_EXTRACT: tuple[tuple[str, _Writer], ...] = (
    ("1. What this is", extract.what),
    ("2. Entries", chronology.chronology),
    ("3. Pattern", exchange.pattern),
    ("4. Exhibits", exhibits.exhibits),
    ("5. How this record is kept", keeping.keeping),
    ("Annex A. Corrections", keeping.amendments),
    ("Annex B. Redactions", keeping.redactions),
    ("Annex C. Entry digests", keeping.digests),
)
_SHEET: tuple[tuple[str, _Writer], ...] = (
    ("1. What this is", extract.facts),
    ("2. Dates and documents", extract.dates),
    ("3. Documents", extract.documents),
    ("4. How this sheet can be checked", extract.checking),
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
    """Return the dispute record of `docket`, whose whole journal is `lines` (RECORDS C10).

    Pure: the same arguments give the same bytes. `now` must be aware; the record is as of its
    day. Raises RecordError where leaving entries out would make the rest untrue.
    """
    return write(gather(docket, lines, options, now))


def write(material: Material) -> Record:
    """Return the document of `material`."""
    return Record(
        front=_front(material),
        title=_title(material),
        sections=tuple(Section(title, make(material)) for title, make in _layout(material)),
        left_out=material.left_out,
        material=material,
    )


def _layout(material: Material) -> tuple[tuple[str, _Writer], ...]:
    options = material.options
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
