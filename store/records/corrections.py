"""What amendments changed, field by field, so that the struck text stays readable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from store.docket import Standing, amended
from store.entries import AmendmentData, Entry


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry before and after one amendment, as text."""

    amendment: Entry
    field: str
    old: str
    new: str


def changes(one: Standing) -> Iterator[Change]:
    """Yield what each amendment in force changed, in the order they were recorded.

    An amendment that this version cannot apply gives one Change of the field `(not applied)`.
    """
    entry = one.original
    for amendment in one.amendments:
        assert isinstance(amendment.data, AmendmentData)
        try:
            after = amended(entry, amendment.data.changes)
        except ValidationError:
            yield Change(amendment, "(not applied)", "", "")
            continue
        for field in amendment.data.changes:
            yield Change(amendment, field, _value(entry, field), _value(after, field))
        entry = after


def reason(correction: Entry) -> str:
    """Return why an entry was corrected: the reason of its link, else its statement."""
    link = correction.link("amends", "voids", "adds-to", "late-of")
    given = [link.reason if link else "", correction.statement]
    return next((text for text in given if text), "no reason given")


def _value(entry: Entry, field: str) -> str:
    fields: dict[str, Any] = entry.model_dump(mode="json", exclude_none=True)
    value = fields[field] if field in fields and field != "data" else fields["data"].get(field)
    if value is None:
        return "(none)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
