"""What amendments changed, field by field, so that the struck text stays readable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from store.docket import Standing, amended
from store.entries import AmendmentData, Entry

_NAMES = {
    "occurred_at": "date",
    "precision": "exact to",
    "my_share": "partly my own doing",
    "in_writing": "in writing",
    "needed_by": "needed by",
    "for_invoices": "paid on",
    "links": "about",
    "quotes": "words of the client",
    "for_charges": "paid on charges",
}


@dataclass(frozen=True, slots=True)
class Amended:
    """One field of an entry before and after one amendment, as text."""

    amendment: Entry
    field: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """What the field is called in words."""
        return _NAMES.get(self.field, self.field.replace("_", " "))


def amended_fields(one: Standing) -> Iterator[Amended]:
    """Yield what each amendment in force changed, in the order they were recorded.

    An amendment that this version cannot apply gives one Change of the field `(not applied)`.
    """
    entry = one.original
    for amendment in one.amendments:
        assert isinstance(amendment.data, AmendmentData)
        try:
            after = amended(entry, amendment.data.changes)
        except ValidationError:
            yield Amended(amendment, "(not applied)", "", "")
            continue
        for field in amendment.data.changes:
            old, new = _value(entry, field), _value(after, field)
            if old != new:
                yield Amended(amendment, field, old, new)
        entry = after


def given_reason(correction: Entry) -> str:
    """Return why an entry was corrected: the reason of its link, else its statement, or nothing."""
    link = correction.link("amends", "voids", "adds-to", "late-of")
    return (link.reason if link else "") or correction.statement


def _value(entry: Entry, field: str) -> str:
    fields: dict[str, Any] = entry.whole.model_dump(mode="json", exclude_none=True)
    own = field in type(entry.data).model_fields
    if field == "links" and not own:
        return ", ".join(f"entry {link.seq}" for link in entry.links) or "(none)"
    if field == "quotes" and not own:
        return "; ".join(quote.text for quote in entry.quotes) or "(none)"
    beside = {**fields.get("refs", {}), **fields}
    value = fields["data"].get(field) if own else beside.get(field)
    if field == "occurred_at":
        exact = "%Y-%m-%d %H:%M" if entry.precision in ("minute", "hour") else "%Y-%m-%d"
        return entry.occurred_at.strftime(exact)
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
