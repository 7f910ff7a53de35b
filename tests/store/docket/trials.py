"""Drafts judged in one batch, and one by one against a docket that is read anew for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from store.docket import Docket, read_entry
from store.docket.checks import check_against, check_alone
from store.docket.trial import Trial
from store.entries import Draft
from store.errors import UsageError
from store.journal import Line
from tests.kept.dockets import TODAY
from tests.store.building import NOON


def of_money(kind: str, data: Mapping[str, Any], day: date | str, **more: Any) -> Draft:
    """Return a draft about money in EUR."""
    alone = kind in ("amendment", "void", "interest")
    told = {**data} if alone else {**data, "currency": "EUR"}
    fields = {"client": "acme", "kind": kind, "statement": "x", "data": told}
    return Draft.model_validate({**fields, "occurred_at": str(day), **more})


def in_a_batch(base: Docket, drafts: list[Draft]) -> dict[int, str]:
    """Return why drafts of a batch are refused, by their places."""
    found: dict[int, str] = {}
    made: list[Line] = []
    trial = Trial(base).judged(
        drafts, made, NOON, lambda place, why: found.update({place: str(why)})
    )
    for fields in trial:
        made.append(_line(len(base.entries) + len(made) + 1, fields))
    return found


def one_by_one(base: Docket, drafts: list[Draft]) -> dict[int, str]:
    """Return the same, each told by the whole docket as it is by then."""
    found: dict[int, str] = {}
    entries = list(base.entries)
    for place, draft in enumerate(drafts):
        try:
            check_alone(draft, NOON)
            checked = check_against(draft, Docket.of(base.client, tuple(entries), TODAY), NOON)
        except UsageError as error:
            found[place] = str(error)
        else:
            entries.append(read_entry(_line(len(entries) + 1, checked.fields())))
    return found


def _line(seq: int, fields: dict[str, Any]) -> Line:
    more = {"id": f"{seq:032x}", "recorded_at": NOON.isoformat()}
    return Line(seq, {**fields, **more}, "", "", f"{seq:064x}")
