"""What is meant, as a draft: the moment, the zone and who may see it filled in, then checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.dates import zone_name
from store.entries.words import WRITTEN
from store.errors import UsageError
from store.tone.settlement import begins_as

if TYPE_CHECKING:  # the models load when a draft is checked
    from store.entries import Draft


def filled(told: Mapping[str, Any], fields: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the fields of a draft, not checked yet: what is `told` and what is said of it."""
    if fields.get("occurred_at") is None:
        fields |= {"occurred_at": now, "precision": "minute"}
    if fields.get("source") is None and fields.get("channel") in WRITTEN:
        fields["source"] = "message"
    if fields.get("visibility") is None:
        said = _said(told["statement"], fields.get("quotes"))
        fields["visibility"] = begins_as(told["kind"], said)
    given = {name: value for name, value in fields.items() if value is not None}
    return {**told, "zone": zone_name(), **given}


def parse_draft(fields: Mapping[str, Any]) -> Draft:
    """Return the draft in `fields`, or raise UsageError saying what is wrong with it."""
    from pydantic import ValidationError

    from store.entries import Draft, draft_problems

    if fields.get("visibility") is None:
        kind, said = str(fields.get("kind")), _said(fields.get("statement"), fields.get("quotes"))
        fields = {**fields, "visibility": begins_as(kind, said)}
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        raise UsageError("That entry is not right", draft_problems(error), "") from None


def _said(statement: object, quotes: object) -> list[str]:
    """Return the texts of an entry that is not checked yet, whatever stands in their place."""
    told = [statement]
    if isinstance(quotes, list | tuple):
        told += [one.get("text") if isinstance(one, Mapping) else None for one in quotes]
    return [text for text in told if isinstance(text, str)]
