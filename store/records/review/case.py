"""What a record leaves open that the other side, a clerk or a form will point at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, Final, Literal, NamedTuple

from store.anchors import Anchor
from store.dates import day_words
from store.docket.acceptances import acceptances
from store.docket.claims import Claims, claims, currencies
from store.entries import Entry
from store.entries.data import ClientData
from store.errors import UsageError
from store.money import Money, parse_amount
from store.records.dispute.material import Material
from store.records.review.contradictions import contradicted
from store.records.review.loose_ends import LooseSort, loose_ends
from store.records.review.pictures import picture_size
from store.records.review.sides import WAS_MISSING, lacking_words, side_gaps
from store.tone.settlement import settlement_words

PointSort = Literal[
    "asked", "invoice", "notice", "agreement", "delivery", "address", "offer", "anchor", "link",
    "clause", "contradiction", "form", "picture", LooseSort,
]  # fmt: skip
_AGAINST_ME: Final = frozenset(
    {
        *("asked", "link", "clause", "contradiction", "offer"),
        *("hours", "credit", "quote", "other-client"),
    }
)
_FORM_TAKES: Final = frozenset({".pdf", ".jpg", ".jpeg", ".png"})
_FORM_LIMIT: Final = 5 << 20
"""What card issuers' forms take: these kinds of files, up to so many bytes each."""


class OpenPoint(NamedTuple):
    """One finding about the case: what is open, and the command that mends it, if one does.

    `seq` is the entry it is about, None for the record itself. FILE, WHO, AMOUNT, DAY and TEXT in
    `mend` are the user's to give.
    """

    client: str
    seq: int | None
    what: PointSort
    said: str
    mend: str = ""

    @property
    def against_me(self) -> bool:
        """Whether it can be turned against whoever wrote it; the others are only missing."""
        return self.what in _AGAINST_ME

    @property
    def entry(self) -> str:
        """The entry as the command line names it; empty for the record itself."""
        return f"{self.client}#{self.seq}" if self.seq else ""

    def as_json(self) -> dict[str, Any]:
        """Return the stable keys of `--json`."""
        return {
            "entry": self.entry or None,
            "seq": self.seq,
            "what": self.what,
            "said": self.said,
            "mend": self.mend or None,
        }


def open_points(material: Material, anchors: Sequence[Anchor] = ()) -> tuple[OpenPoint, ...]:
    """Return what is open in the case of a record, the weightiest first.

    `anchors` are those of the docket. A facts sheet and an extract make no case, so nothing is
    open in them.
    """
    if material.options.purpose == "public" or material.options.kinds:
        return ()
    return (
        *_asked(material),
        *_copies(material),
        *_agreement(material),
        *_accepted(material),
        *_contradictions(material),
        *(_point(material, *one[:4]) for one in loose_ends(material)),
        *_offers(material),
        *_sides(material),
        *_anchored(material, anchors),
        *_refused(material),
    )


def too_small_pictures(material: Material, kept: Path) -> Iterator[OpenPoint]:
    """Yield, once, that pictures are too small to be read; `kept` is where the exhibits are."""
    if material.options.purpose == "public" or material.options.kinds:
        return
    sizes = [(one, picture_size(kept / sha256)) for sha256, one in material.exhibits.items()]
    small = [(one, size) for one, size in sizes if size and size.too_small]
    if small:
        each = ", ".join(f"{one.label} {size.wide} by {size.high}" for one, size in small)
        said = f"too small to read, in pixels: {each}"
        seq = small[0][0].entry.seq
        yield _point(material, seq, "picture", said, "docket attach {entry} FILE")


def _point(material: Material, seq: int | None, what: PointSort, said: str, mend: str) -> OpenPoint:
    client = material.client
    return OpenPoint(client, seq, what, said, mend.format(client=client, entry=f"{client}#{seq}"))


def _asked(material: Material) -> Iterator[OpenPoint]:
    """Yield where the sum asked for is not the one that is claimed."""
    options, docket = material.options, material.docket
    for code in currencies(docket):
        asked = _sums_in(options.remedy, code)
        claimed = _claimed(claims(docket, code), options.purpose)
        if asked and claimed.amount and claimed.amount not in asked:
            named = " and ".join(str(Money(one, code)) for one in asked)
            said = f"{named} is asked for, and {claimed} is claimed: one does not explain the other"
            mend = "docket record {client} --for " + options.purpose
            yield _point(
                material, None, "asked", said, f'{mend} --remedy "payment of {claimed}" --check'
            )


def _claimed(claim: Claims, purpose: str) -> Money:
    return claim.principal if purpose == "platform" else claim.total


def _sums_in(text: str, code: str) -> list[Decimal]:
    """Return the sums of one currency that a text names."""
    found = re.findall(rf"\b{code}\s?(\d[\d.,'’]*)|(\d[\d.,'’]*)\s?{code}\b", text)
    said = []
    for before, after in found:
        try:
            said.append(parse_amount((before or after).rstrip(".,'’"), code))
        except UsageError:
            continue
    return said


def _copies(material: Material) -> Iterator[OpenPoint]:
    """Yield the invoices claimed of which no copy goes along, and the notices without proof."""
    attach = "docket attach {entry} FILE"
    for invoice in material.docket.overdue:
        if not material.labels([invoice.seq]):
            said = (
                f"{invoice.balance} is claimed on {invoice.number}, and no copy of it is attached"
            )
            yield _point(material, invoice.seq, "invoice", said, attach)
    for entry in material.docket.kind("notice", "end-notice"):
        if not material.labels([entry.seq]):
            said = f"the notice of {day_words(entry.day)} has no proof that it was sent"
            yield _point(material, entry.seq, "notice", said, attach)


def _agreement(material: Material) -> Iterator[OpenPoint]:
    """Yield that no file shows what was agreed, or that nothing is on record as agreed."""
    docket = material.docket
    agreed = docket.kind("terms")
    if not agreed:
        said = "nothing is on record of what was agreed"
        yield _point(material, None, "agreement", said, 'docket log {client} terms "TEXT"')
    elif docket.terms.form != "oral" and not material.labels(one.seq for one in agreed):
        said = "what was agreed has no file: neither the paper nor the mail it is in"
        yield _point(material, agreed[0].seq, "agreement", said, "docket attach {entry} FILE")


def _accepted(material: Material) -> Iterator[OpenPoint]:
    """Yield what was handed over and is on record as accepted nowhere."""
    known = acceptances(material.docket)
    for entry in material.docket.kind("delivery"):
        if entry.seq in known.noted:
            one = known.noted[entry.seq][0]
            said = f"entry {one.seq} notes that it was approved, and names no delivery"
            mend = 'docket accept {entry} "As entry ' + f'{one.seq} says" --by WHO --on {one.day}'
            yield _point(material, entry.seq, "delivery", said, mend)
        elif entry.seq not in known.named:
            said = f"what was delivered on {day_words(entry.day)} is on record as accepted nowhere"
            yield _point(
                material, entry.seq, "delivery", said, 'docket accept {entry} "TEXT" --by WHO'
            )


def _contradictions(material: Material) -> Iterator[OpenPoint]:
    """Yield where one section says what another does not know of."""
    docket = material.docket
    known = acceptances(docket)
    for entry in known.loose:
        before = [one for one in docket.kind("delivery") if one.day <= entry.day]
        free = [one for one in before if one.seq not in known.named]
        if free:
            said = "an acceptance that names no delivery, so the work is told as not accepted"
            mend = f'docket amend {{entry}} --about {free[-1].seq} --reason "It is about that"'
            yield _point(material, entry.seq, "link", said, mend)
    if not docket.terms.suspension_clause:
        for entry in docket.kind("stop"):
            said = "work was stopped, and no clause among the terms allows it"
            mend = 'docket log {client} terms "TEXT" --set suspension_clause="CLAUSE"'
            yield _point(material, entry.seq, "clause", said, mend)
    for one in contradicted(docket):
        yield _point(material, one.seq, "contradiction", one.said, one.mend)


def _offers(material: Material) -> Iterator[OpenPoint]:
    """Yield the offers that a court or a platform would read; words of settlement are noticed."""
    for entry in material.docket.kind("offer") if material.options.purpose != "mediator" else ():
        if entry.visibility == "record" and not settlement_words(entry.statement):
            said = "an offer is shown, and may be held against you"
            mend = 'docket amend {entry} --visibility settlement --reason "An offer"'
            yield _point(material, entry.seq, "offer", said, mend)


def _sides(material: Material) -> Iterator[OpenPoint]:
    """Yield what the table of parties lacks of either side; no letter goes to one without it."""
    found = list(side_gaps(material.options, material.docket))
    if mine := [one for one in found if not one.whose]:
        said = f"no {lacking_words(mine)} of yours stands in it"
        options = " ".join(f'--{one.field.replace("_", "-")} "TEXT"' for one in mine)
        yield _point(material, None, "address", said, f"docket me {options}")
    if theirs := [one for one in found if one.whose]:
        said = f"no {lacking_words(theirs)} of theirs stands in it"
        fields = " ".join(f'--set {one.field}="TEXT"' for one in theirs)
        mend = f'docket amend {{entry}} {fields} --reason "{WAS_MISSING}"'
        seq = next((one.seq for one in reversed(material.docket.shaped(ClientData))), None)
        yield _point(material, seq, "address", said, mend if seq else "")


def _anchored(material: Material, anchors: Sequence[Anchor]) -> Iterator[OpenPoint]:
    """Yield that nobody outside has seen the docket as it was before it came to trouble."""
    if not anchors:
        said = "nobody outside was given the state of the docket"
        yield _point(material, None, "anchor", said, "docket anchor {client}")
        return
    first, trouble = min(one.at[:10] for one in anchors), _trouble(material)
    if trouble and first > trouble.isoformat():
        said = f"the first anchor is of {day_words(date.fromisoformat(first))}, later than the "
        said += f"first trouble, {day_words(trouble)}"
        yield _point(material, None, "anchor", said, "")


def _trouble(material: Material) -> date | None:
    """Return the first day on which something was late, disputed or warned of."""
    docket = material.docket
    told: list[Entry] = docket.kind("disputed", "late-payment", "non-payment", "notice", "reminder")
    late = [one.due for one in docket.overdue]
    return min([*(one.day for one in told), *late], default=None)


def _refused(material: Material) -> Iterator[OpenPoint]:
    """Yield the entries of which a platform's form takes no exhibit."""
    if material.options.purpose != "platform":
        return
    for standing in material.docket.standing:
        entry = standing.entry
        together = (entry, *standing.addenda)
        files = [(one.name, one.size) for part in together for one in part.exhibits]
        if files and not any(_form_takes(*one) for one in files):
            said = f"forms take PDF, JPEG or PNG up to 5 MB: {_named(files)} is refused"
            yield _point(material, entry.seq, "form", said, "docket attach {entry} FILE.pdf")


def _form_takes(name: str, size: int) -> bool:
    return PurePath(name).suffix.lower() in _FORM_TAKES and size <= _FORM_LIMIT


def _named(files: Iterable[tuple[str, int]]) -> str:
    return ", ".join(name for name, _ in files)
