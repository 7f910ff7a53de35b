"""Reads what an entry is about: `#12`, `12` or the number of an invoice, typed or in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from store.docket.checks import standing_entry
from store.docket.docket import Docket
from store.docket.ledger import Invoice
from store.entries import Entry, Group, Kind, Relation
from store.entries.words import number_typed
from store.errors import UsageError
from store.journal.chain import NOT_YET
from store.text import Verbatim

_ENTRY = re.compile(r"(?:[a-z0-9][a-z0-9-]*)?#(\d{1,7})")
_NUMBER = re.compile(r"#?(\d{1,7})")
_WAITS = re.compile(r"(?:([a-z0-9][a-z0-9-]*)|#)?~(\d{1,7})")
_ENDS = ".,;:!?()[]"
_NO_SUBJECT: frozenset[Group] = frozenset({"agreement", "correction", "hours"})
"""Entries that `#1` in a text does not mean: "we are their #1"."""


@dataclass(slots=True)
class Named:
    """What an entry names: its links, and the number of one invoice."""

    links: list[tuple[Relation, int]] = field(default_factory=list)
    invoice: str = ""

    def add_entry(self, kind: Kind, seq: int) -> None:
        """Take in entry `seq`: by the link of `kind` if it has one to give, else as a subject."""
        follows = kind.follows
        free = follows.own and not any(rel == follows.relation for rel, _ in self.links)
        link: tuple[Relation, int] = (follows.relation if free else "about", seq)
        if seq not in [other for _, other in self.links]:
            self.links.append(link)

    def add_invoice(self, number: str, seq: int) -> None:
        """Take in an invoice: the first by its number, more of them as subjects."""
        if not self.invoice:
            self.invoice = number
        elif number != self.invoice and ("about", seq) not in self.links:
            self.links.append(("about", seq))

    @property
    def nothing(self) -> bool:
        """Whether nothing is named."""
        return not self.links and not self.invoice


def tie(kind: Kind, target: Entry, reason: str = "") -> dict[str, Any]:
    """Return the fields by which an entry of `kind` follows `target`: its link, and who may see it.

    It is as visible as that one, so that nothing tells what that one kept back. UsageError where
    nobody could accept it.
    """
    check_acceptable(kind, target)
    link = {"rel": kind.follows.relation, "seq": target.seq, "id": target.id}
    return {"links": ({**link, "reason": reason.strip()},), "visibility": target.visibility}


def check_acceptable(kind: Kind, target: Entry) -> None:
    """Refuse to accept what is nothing to accept, though an older Docket let it through."""
    if kind.follows.relation == "accepts" and target.kind not in kind.follows.of:
        raise UsageError(
            f"{target.client}#{target.seq} is nothing to accept",
            f"it is {target.kind}",
            "Name what was handed over, offered, asked or agreed, or log a note",
        )


def add_typed(named: Named, typed: str, kind: Kind, docket: Docket) -> None:
    """Add what a person says that an entry is about; UsageError where there is no such thing."""
    meant = typed_subject(typed, docket)
    if isinstance(meant, int):
        named.add_entry(kind, meant)
    else:
        named.add_invoice(meant.number, meant.seq)


def typed_subject(typed: str, docket: Docket) -> int | Invoice:
    """Return the entry's number or the invoice that a person names; UsageError where it is none."""
    bare = typed.strip()
    waits = _WAITS.fullmatch(bare)
    if waits and waits[1] in (None, docket.client):  # whether it does is seen as it is logged
        return NOT_YET + int(waits[2])
    invoice = docket.ledger.find(bare)
    match = _ENTRY.fullmatch(bare) or _NUMBER.fullmatch(bare)
    if match and (docket.find(int(match[1])) or invoice is None):
        return standing_entry(docket, int(match[1])).seq
    if invoice:
        return invoice
    known = ", ".join(one.number for one in docket.ledger.invoices[-3:])
    raise UsageError(
        f"'{bare[:40]}' is neither an entry nor an invoice of {docket.client}",
        f"it has the invoices {known}" if known else "",
        "Give a number, such as 12, or an invoice's",
    )


def take_names(named: Named, words: Iterable[str], kind: Kind, docket: Docket) -> list[str]:
    """Add what `words` name, and return those that stay text.

    `#12` is taken out where it is the first word, or all that the kind needs; an invoice's number
    stays, as does all that stands inside a quoted word. A number that names nothing that such an
    entry could be about is text.
    """
    left: list[str] = []
    for word in words:
        if isinstance(word, Verbatim):
            left.append(word)
            continue
        seq = _entry(word.strip(_ENDS), kind, docket)
        if seq is not None and (kind.follows.own or not left):
            named.add_entry(kind, seq)
            continue
        for piece in word.split():
            _add_piece(named, piece.strip(_ENDS), kind, docket)
        left.append(word)
    return left


def _add_piece(named: Named, piece: str, kind: Kind, docket: Docket) -> None:
    if (seq := _entry(piece, kind, docket)) is not None:
        named.add_entry(kind, seq)
    elif any(map(str.isdigit, piece)) and (invoice := docket.ledger.find(piece)):
        named.add_invoice(invoice.number, invoice.seq)


def _entry(piece: str, kind: Kind, docket: Docket) -> int | None:
    """Return the entry that `#12` means, None where an entry of `kind` could not be about it."""
    number = number_typed(piece)
    if number is not None and number >= NOT_YET:  # whether it fits is seen as it is logged
        return number
    found = docket.find(number) if number is not None else None
    if found is None or not found.counts:
        return None
    of = kind.follows.of
    fits = found.entry.kind in of if of else found.entry.group not in _NO_SUBJECT
    return found.seq if fits else None
