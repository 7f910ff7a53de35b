"""Entries in words and in JSON, the same for every verb that prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.entries import KINDS
from store.entries.describe import short
from store.money import Money

if TYPE_CHECKING:
    from store.entries import Entry, Link


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return the entry as JSON values: every field of it, and `lag_days`; amounts are strings."""
    return {**entry.model_dump(mode="json"), "lag_days": entry.lag_days}


def money_json(money: Money) -> dict[str, str]:
    """Return `{"amount": "1200.00", "currency": "EUR"}`."""
    return {"amount": str(money.rounded()), "currency": money.currency}


def about_words(entry: Entry) -> str:
    """Return what an entry says beside its text: what it is linked to, amounts and days.

    Of what `docket log` can log without the models, nothing, as it reads that back without them.
    """
    plain = KINDS[entry.kind].shape in ("NoData", "StepData", "IncidentData")
    amount = getattr(entry.data, "amount", None)
    links = [
        f"{link_words(entry, link)} #{link.seq}" + (f": {link.reason}" if link.reason else "")
        for link in entry.links
    ]
    return ", ".join(filter(None, [*links, "" if plain and not amount else short(entry.data)]))


def link_words(entry: Entry, link: Link) -> str:
    """Return what a link says, in the words of the entry's kind: `outcome of`, `about`."""
    follows = KINDS[entry.kind].follows
    return follows.says if link.rel == follows.relation else link.rel.replace("-", " ")
