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
    given = {name: value for name, value in fields.items() if value is not None}
    meant = {**told, "zone": zone_name(), **given}
    return meant | {"visibility": _seen(meant)}


def parse_draft(fields: Mapping[str, Any]) -> Draft:
    """Return the draft in `fields`, or raise UsageError saying what is wrong with it."""
    from pydantic import ValidationError

    from store.entries import Draft, draft_problems

    try:
        return Draft.model_validate({**fields, "visibility": _seen(fields)})
    except ValidationError as error:
        raise UsageError("That entry is not right", draft_problems(error), "") from None


def _seen(fields: Mapping[str, Any]) -> Any:
    """Return who may see what is not checked yet: as it says, else as kind and words begin."""
    if (told := fields.get("visibility")) is not None:
        return told
    said, quotes = [fields.get("statement")], fields.get("quotes")
    if isinstance(quotes, list | tuple):
        said += [one.get("text") if isinstance(one, Mapping) else None for one in quotes]
    return begins_as(str(fields.get("kind")), [text for text in said if isinstance(text, str)])
