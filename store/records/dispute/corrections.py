"""What amendments changed, field by field, so that the struck text stays readable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, get_args

from pydantic import ValidationError

from store.dates import Precision
from store.docket import Standing, amended
from store.entries import KINDS, AmendmentData, Entry
from store.entries.data import Form, HoursClass, Landed, RatePolicy, Seeks, Side
from store.entries.words import Channel, Source, Visibility
from store.records.markdown import Md, inline
from store.records.texts import Texts

FieldValue: TypeAlias = "str | bool | tuple[int, ...] | None"
"""What a field says: a text, yes or no, the entries it is about, or nothing."""

NOT_APPLIED: Final = "(not applied)"
"""The field of an amendment that this version cannot apply."""
_CHOICES: Final = {
    "by": get_args(Side),
    "channel": get_args(Channel),
    "form": get_args(Form),
    "kind": tuple(KINDS),
    "landed": get_args(Landed),
    "policy": get_args(RatePolicy),
    "precision": get_args(Precision),
    "seeks": get_args(Seeks),
    "source": get_args(Source),
    "spent": get_args(HoursClass),
    "visibility": get_args(Visibility),
    "worked": get_args(Landed),
}
"""What a field is chosen from, by its name: a document has words of its own for each."""
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
    """One field of an entry before and after one amendment."""

    amendment: Entry
    field: str
    old: FieldValue
    new: FieldValue

    def name(self, texts: Texts) -> Md:
        """Return what the field is called."""
        if self.field == NOT_APPLIED:
            return texts.say("keeping.not-applied")
        english = _NAMES.get(self.field, self.field.replace("_", " "))
        return texts.named(f"fields.{self.field}", english)

    def before(self, texts: Texts) -> Md:
        """Return what it said before."""
        return self._in_words(texts, self.old)

    def after(self, texts: Texts) -> Md:
        """Return what it says now."""
        return self._in_words(texts, self.new)

    def _in_words(self, texts: Texts, told: FieldValue) -> Md:
        if self.field == NOT_APPLIED:
            return Md("")
        if told is None or told == ():
            return texts.say("keeping.value.none")
        if isinstance(told, bool):
            return texts.say(f"keeping.value.{'yes' if told else 'no'}")
        if isinstance(told, tuple):
            return texts.entries(told)
        if told in _CHOICES.get(self.field, ()):
            return _chosen(texts, self.field, told)
        return inline(told) or texts.say("keeping.value.empty")


def _chosen(texts: Texts, field: str, told: str) -> Md:
    """Return the words for a choice of a field."""
    if field == "kind":
        return texts.named(f"kinds.{told}", KINDS[told].neutral or KINDS[told].label)
    if field == "source":
        return texts.say(f"words.source.{told}")
    if field == "channel":
        return texts.say(f"words.channel.{told}")
    if field == "form":
        return texts.say(f"agreement.form.{told}")
    return texts.say(f"keeping.value.{told}")


def amended_fields(one: Standing) -> Iterator[Amended]:
    """Yield what each amendment in force changed, in the order they were recorded.

    An amendment that this version cannot apply gives one of the field NOT_APPLIED.
    """
    entry = one.original
    for amendment in one.amendments:
        assert isinstance(amendment.data, AmendmentData)
        try:
            after = amended(entry, amendment.data.changes)
        except ValidationError:
            yield Amended(amendment, NOT_APPLIED, None, None)
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


def _value(entry: Entry, field: str) -> FieldValue:
    fields: dict[str, Any] = entry.whole.model_dump(mode="json", exclude_none=True)
    own = field in type(entry.data).model_fields
    if field == "links" and not own:
        return tuple(link.seq for link in entry.links)
    if field == "quotes" and not own:
        return "; ".join(quote.text for quote in entry.quotes) or None
    beside = {**fields.get("refs", {}), **fields}
    value = fields["data"].get(field) if own else beside.get(field)
    if field == "occurred_at":
        exact = "%Y-%m-%d %H:%M" if entry.precision in ("minute", "hour") else "%Y-%m-%d"
        return entry.occurred_at.strftime(exact)
    if value is None or isinstance(value, str | bool):
        return value
    return json.dumps(value, ensure_ascii=False)
