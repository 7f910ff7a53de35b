"""The dispute record: the sections in order for its purpose, as one Markdown document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from string import ascii_uppercase
from typing import Final, NamedTuple

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
from store.records.document import Document, Section, finished, told_document
from store.records.markdown import Flow, Md, front_matter
from store.records.options import LeftOut, RecordOptions

LAYOUT = 7
"""Goes up whenever the same material gives another document, or a record shows other entries."""


class _Part(NamedTuple):
    """A section: the name by which others refer to it, what writes it, and its heading's name."""

    name: str
    write: Callable[[Material], Md | Flow]
    heading: str = ""


_ANNEXES = (
    _Part("corrections", keeping.amendments),
    _Part("redactions", keeping.redactions),
    _Part("digests", keeping.entry_hashes),
)
"""Each keeps its letter in every record, so that two of one docket can be read side by side."""
_FULL = (
    _Part("summary", summary.summary),
    _Part("agreement", agreement.agreement),
    _Part("payments", payments.payments),
    _Part("claims", claimed.claimed),
    _Part("position", sides.position),
    _Part("expectations", agreement.expectations),
    _Part("work", work.work),
    _Part("chronology", chronology.row_by_row),
    _Part("requests", exchange.asked_and_answered),
    _Part("approvals", exchange.approvals),
    _Part("elapsed", elapsed.elapsed),
    _Part("pattern", exchange.problem_pattern),
    _Part("put-right", sides.put_right),
    _Part("exhibits", exhibits.exhibits),
    _Part("keeping", keeping.keeping),
    *_ANNEXES,
    _Part("truth", keeping.truth),
)
"""What is asked for and what the other side says come before the days they rest on; what is signed
comes last."""
_NO_COUNTS: Final = ("court", "mediator")
"""Whose record does not count kinds of entry: there that reads as a verdict on somebody."""
_SHORT = (
    _Part("summary", summary.summary),
    _Part("agreement", agreement.agreement),
    _Part("work", work.work),
    _Part("payments", payments.payments),
    _Part("requests", exchange.asked_and_answered),
    _Part("chronology", chronology.timeline, "what-happened"),
    _Part("exhibits", exhibits.exhibits),
    _Part("keeping", keeping.keeping),
    _ANNEXES[1],
)
_EXTRACT = (
    _Part("what", extract.what),
    _Part("chronology", chronology.row_by_row, "entries"),
    _Part("pattern", exchange.problem_pattern),
    _Part("exhibits", exhibits.exhibits),
    _Part("keeping", keeping.keeping),
    *_ANNEXES,
)
_SHEET = (
    _Part("what", extract.facts),
    _Part("chronology", extract.dates, "dates"),
    _Part("exhibits", extract.documents, "documents"),
    _Part("keeping", extract.checking, "checking"),
)


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
        sections=finished(
            (_section(part, material) for part in _layout(material.options)), material.texts
        ),
        left_out=material.left_out,
        material=material,
    )


def in_pieces(material: Material) -> Iterator[str]:
    """Yield, piece by piece, the Markdown of what `write` returns, which is not held meanwhile."""
    front, title = _front(material), _title(material)
    parts = ((_heading(part, material), part.write(material)) for part in _layout(material.options))
    return told_document(front, title, parts, material.texts)


def _section(part: _Part, material: Material) -> Section:
    title, body = _heading(part, material), part.write(material)
    return Section(title, body.whole() if isinstance(body, Flow) else body)


def _heading(part: _Part, material: Material) -> str:
    number = material.numbering[part.name]
    if not number.isdigit():
        number = material.place(part.name)
    return f"{number}. {material.texts.say(f'record.heading.{part.heading or part.name}')}"


def numbering(options: RecordOptions) -> dict[str, str]:
    """Return the number of each section in a record, the letter of an annex, empty if left out."""
    numbers, letters = count(1), dict(zip(_ANNEXES, ascii_uppercase, strict=False))
    found = {part.name: "" for layout in (_FULL, _SHORT, _EXTRACT, _SHEET) for part in layout}
    for part in _layout(options):
        found[part.name] = letters.get(part) or str(next(numbers))
    return found


def _layout(options: RecordOptions) -> tuple[_Part, ...]:
    if options.purpose == "public":
        return _SHEET
    if options.kinds:
        return _EXTRACT
    if options.purpose in _NO_COUNTS:
        return tuple(part for part in _FULL if part.name != "pattern")
    return _SHORT if options.purpose == "platform" else _FULL


def _title(material: Material) -> str:
    options = material.options
    what = "sheet" if options.purpose == "public" else "extract" if options.kinds else "record"
    named = material.name if options.purpose == "public" else _contract_name(material)
    return material.texts.plain_text(f"record.title.{what}", client=named)


def _contract_name(material: Material) -> str:
    """Return what the client is called in the contract, or else at all."""
    return material.docket.profile.contract_name or material.name


def _front(material: Material) -> Md:
    options = material.options
    first, last = summary.period(material)
    head = material.digests[-1]
    answer_by = {"answer_by": options.answer_by.isoformat()} if options.answer_by else {}
    return front_matter(
        {
            "title": _title(material),
            "record": f"{material.client} {material.now:%Y-%m-%d} {options.purpose}",
            "client": _contract_name(material),
            "prepared_by": options.prepared_by,
            "prepared_at": material.now.isoformat(timespec="seconds"),
            "from": first.isoformat(),
            "to": last.isoformat(),
            "purpose": material.texts.plain_text(f"record.for.{options.purpose}"),
            **answer_by,
            "layout": LAYOUT,
            "entries": head.seq,
            "entries_left_out": material.left_out.total,
            "head": head.hash,
            "anchors": len(material.anchors),
            "note": material.texts.plain_text("record.note"),
            **material.texts.front,
        }
    )
