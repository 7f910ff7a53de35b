"""Corrections: which fields of an entry can be put right, how they are typed, and what changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, get_args

from store.dates import parse_day, parse_days, parse_when
from store.docket.docket import Docket
from store.docket.stated import parse_instalments
from store.docket.subject import Named, add_typed, tie
from store.entries import (
    KINDS,
    Channel,
    Entry,
    HoursClass,
    Kind,
    Landed,
    RatePolicy,
    Side,
    Source,
    Visibility,
)
from store.entries.data import ChargeHead, Data, Form, PaidAs
from store.entries.words import HELD_BACK, field_words
from store.errors import UsageError, about_field
from store.money import (
    Money,
    parse_amount,
    parse_bands,
    parse_currency,
    parse_part,
    parse_sum,
)
from store.quantities import (
    parse_hours,
    parse_of_ten,
    parse_payment_terms,
    parse_percent,
    parse_rate,
    parse_rounds,
    parse_share,
)
from store.text import clean, clean_line

Mode = Literal["amend", "add", "void"]
_KINDS: Final[Mapping[Mode, str]] = {"amend": "amendment", "add": "addendum", "void": "void"}
_CARRIED: Final = frozenset("amount currency hours number due severity effective".split())
"""What one kind may take over from another of other data: it means the same in both."""
_YES_NO: Final = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: its name, what to call it, and its value as a person types it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _Typed:
    """What a field is read with: the entry it is of, its docket, the moment, its currency."""

    entry: Entry
    docket: Docket
    now: datetime
    currency: str

    def choice(self, text: str, choices: tuple[str, ...]) -> str:
        """Return the one of `choices` that `text` is or begins."""
        found = [one for one in choices if one.startswith(text.lower())]
        exact = [one for one in found if one == text.lower()]
        if len(exact or found) != 1:
            raise UsageError(f"'{text[:24]}' is none of {', '.join(choices)}", "", "Type one")
        return (exact or found)[0]

    def day(self, text: str) -> str:
        """Return the day that `text` means."""
        return parse_day(text, self.now.date()).isoformat()

    def amount(self, text: str) -> str:
        """Return the sum in `text`, in the currency of the entry."""
        return str(parse_amount(text, self.currency))

    def part(self, text: str) -> str:
        """Return the part of a sum in `text`, which may be nothing."""
        return str(parse_part(text, self.currency))

    def paid_as(self, text: str) -> dict[str, str]:
        """Return what was paid in another currency: `1300 USD`."""
        found = parse_sum(text)
        return {"amount": str(found.amount), "currency": found.currency}

    def instalments(self, text: str) -> list[dict[str, str]]:
        """Return the parts of a plan in `1 Mar=300, 1 Apr=300`."""
        return [
            {"due": due.isoformat(), "amount": str(amount)}
            for due, amount in parse_instalments(
                [part.strip() for part in text.split(",")], self.currency, self.now.date()
            )
        ]

    def yes(self, text: str) -> bool:
        """Return whether `text` says yes."""
        if text.lower() not in _YES_NO:
            raise UsageError(f"'{text[:24]}' is neither yes nor no", "", "Type one of them")
        return _YES_NO[text.lower()]

    def severity(self, text: str) -> int:
        """Return how bad it was, 1 to 3."""
        bare = text.removeprefix("s:").lstrip("!")
        if bare not in ("1", "2", "3"):
            raise UsageError(
                f"'{bare[:12]}' is not a severity", "it goes from 1 to 3", "Type 1, 2 or 3"
            )
        return int(bare)

    def parts(self, text: str, what: str = "invoice") -> list[dict[str, str]]:
        """Return what a payment pays for in `INV-42 300, INV-43 50`."""
        parts = []
        for part in text.split(","):
            named, _, amount = part.strip().rpartition(" ")
            if not named:
                raise UsageError(
                    f"'{part.strip()[:24]}' does not say what it pays",
                    "",
                    f"Write {'INV-42 300, INV-43 50' if what == 'invoice' else 'interest 12.50'}",
                )
            parts.append({what: named.strip(), "amount": self.amount(amount)})
        return parts

    def charges(self, text: str) -> list[dict[str, str]]:
        """Return what of interest, fixed sums and costs a payment pays: `interest 12.50`."""
        parts = self.parts(text, "head")
        return [part | {"head": self.choice(part["head"], get_args(ChargeHead))} for part in parts]

    def bands(self, text: str) -> list[dict[str, str]]:
        """Return fixed sums in `40,1000:70`."""
        found = parse_bands(text, self.currency)
        return [{name: str(amount) for name, amount in band.items()} for band in found]


_Parse = Callable[[_Typed, str], Any]


def _any_of(choices: Any) -> _Parse:
    return lambda typed, text: typed.choice(text, get_args(choices))


def _plain(parse: Callable[[str], Any]) -> _Parse:
    return lambda typed, text: parse(text)


_PARSE: Final[Mapping[str, _Parse]] = {
    **dict.fromkeys(
        "due needed_by access_ends renews effective until starts discount_until".split(), _Typed.day
    ),
    **dict.fromkeys(("amount", "rate", "price", "fee"), _Typed.amount),
    **dict.fromkeys(("net", "vat"), _Typed.part),
    "vat_percent": _plain(lambda text: str(parse_share(text))),
    "fee_by": _any_of(Side),
    "paid_as": _Typed.paid_as,
    "paid_rate": _plain(lambda text: str(parse_rate(text))),
    "parts": _Typed.instalments,
    **dict.fromkeys(("my_share", "in_writing", "despite_debt"), _Typed.yes),
    "currency": _plain(parse_currency),
    "hours": _plain(lambda text: str(parse_hours(text))),
    "severity": _Typed.severity,
    "spent": _any_of(HoursClass),
    "form": _any_of(Form),
    "policy": _any_of(RatePolicy),
    "reply_within_days": _plain(parse_days),
    "likely": _plain(parse_of_ten),
    **dict.fromkeys(
        ("suspension_notice_days", "ending_notice_days"),
        _plain(lambda text: 0 if text == "0" else parse_days(text)),
    ),
    **dict.fromkeys(("revisions", "rounds"), _plain(parse_rounds)),
    **dict.fromkeys(("percent", "discount_percent"), _plain(lambda text: str(parse_percent(text)))),
    "payment": _plain(parse_payment_terms),
    "for_invoices": _Typed.parts,
    "for_charges": _Typed.charges,
    "bands": _Typed.bands,
    "rule": _plain(lambda text: text.upper()),
}
_OF_KIND: Final[Mapping[tuple[str, str], _Parse]] = {
    ("PromiseData", "by"): _any_of(Side),
    ("StepData", "worked"): _Typed.yes,
    ("OutcomeData", "worked"): _any_of(Landed),
}


def fields_of(entry: Entry, docket: Docket) -> list[Field]:
    """Return every field of `entry` that can be corrected, the words and the moment first."""
    data = [
        Field(name, field_words(name), _shown(getattr(entry.data, name)))
        for name in type(entry.data).model_fields
    ]
    names = {one.name for one in data}
    beside = [
        ("about", _about(entry, docket)),
        ("project", entry.refs.project or ""),
        ("channel", entry.channel or ""),
        ("source", entry.source),
        *([("quote", entry.quotes[0].text if entry.quotes else "")] if _one_quote(entry) else []),
        ("visibility", entry.visibility),
    ]
    return [
        Field("text", "what", str(entry.statement)),
        Field("when", "when", when_typed(entry)),
        *data,
        *(Field(name, field_words(name), value) for name, value in beside if name not in names),
    ]


def when_typed(entry: Entry) -> str:
    """Return when `entry` occurred, as a person would type it."""
    shape = "%Y-%m-%d %H:%M" if entry.precision in ("minute", "hour") else "%Y-%m-%d"
    at = entry.occurred_at.strftime(shape)
    return f"about {at}" if entry.precision == "about" else at


def changes(
    entry: Entry, typed: Mapping[str, str], docket: Docket, now: datetime, currency: str
) -> dict[str, Any]:
    """Return what `typed` changes of `entry`, as an amendment says it.

    `typed` is some of the fields by name; what stands there already changes nothing. `currency`
    is the one to assume. Raises UsageError for a field it has not, or a value that cannot be read.
    """
    known = {one.name: one.value for one in fields_of(entry, docket)}
    for name in typed:
        if name not in known:
            has = f"it has {', '.join(known)}"
            raise UsageError(f"{entry.kind} has no {name}", has, "Leave that out")
    said = {name: text.strip() for name, text in typed.items() if text.strip() != known[name]}
    if "text" in typed and clean(typed["text"]) == entry.statement:
        said.pop("text", None)
    own = said.get("currency") or getattr(entry.data, "currency", None) or currency
    reader = _Typed(entry, docket, now, parse_currency(own))
    changed: dict[str, Any] = {}
    for name, text in said.items():
        with about_field(name):
            changed |= _changed(name, text, typed[name], reader)
    return changed


def _changed(name: str, text: str, whole: str, reader: _Typed) -> dict[str, Any]:
    entry = reader.entry
    if name == "text":
        return {"statement": clean(whole)}
    if name == "when":
        when = parse_when(text, reader.now)
        return {
            "occurred_at": when.at.isoformat(timespec="seconds"),
            "precision": when.precision,
        }
    if name in type(entry.data).model_fields:
        value = _value(name, text, reader)
        return {} if value == _as_kept(getattr(entry.data, name)) else {name: value}
    if name == "about":
        return _changed_about(text, reader)
    if name == "quote":
        by = entry.quotes[0].by if entry.quotes else "client"
        return {"quotes": [{"text": clean(text), "by": by}] if text else []}
    if name == "visibility":
        return {name: _stricter(entry, reader.choice(text, get_args(Visibility)))}
    if name == "project":
        return {name: clean_line(text) or None}
    if not text:
        return {name: None}
    return {name: reader.choice(text, get_args(Channel if name == "channel" else Source))}


def _value(name: str, text: str, reader: _Typed) -> Any:
    model = type(reader.entry.data).model_fields[name]
    if not text:
        if model.is_required():
            raise UsageError(
                f"{field_words(name).capitalize()} cannot be left empty", "", "Fill it in"
            )
        return _as_kept(model.default)
    parse = _OF_KIND.get((type(reader.entry.data).__name__, name)) or _PARSE.get(name)
    return parse(reader, text) if parse else clean_line(text)


def _changed_about(text: str, reader: _Typed) -> dict[str, Any]:
    """Return the links and the invoice that `3, INV-42` makes; a link kept keeps its reason."""
    entry, named = reader.entry, Named()
    for one in filter(None, (part.strip() for part in text.split(","))):
        add_typed(named, one, KINDS[entry.kind], reader.docket)
    reasons = {link.seq: link.reason for link in entry.links}
    links = []
    for relation, seq in named.links:
        found = reader.docket.find(seq)
        link = {"rel": relation, "seq": seq, "id": found.original.id if found else ""}
        links.append(link | ({"reason": reasons[seq]} if reasons.get(seq) else {}))
    return {"links": links, "invoice": named.invoice or None}


def _stricter(entry: Entry, wanted: str) -> str:
    """Return `wanted`; UsageError where it would show what was held back."""
    if HELD_BACK[wanted] < HELD_BACK[entry.visibility]:
        raise UsageError(
            f"It was logged as {entry.visibility}, and a correction cannot show it",
            "",
            f"Log it anew: docket move {entry.client}#{entry.seq} --visibility {wanted}",
        )
    return wanted


def data_for(
    kind: Kind,
    entry: Entry,
    typed: Mapping[str, str],
    docket: Docket,
    now: datetime,
    currency: str,
) -> dict[str, Any]:
    """Return the data of `entry` as one of `kind` would have it, with `typed` in its place.

    What does not fit is left out. UsageError for a field that the kind has not, or lacks.
    """
    fields = kind.data.model_fields
    same = kind.shape == KINDS[entry.kind].shape
    kept = {
        name: _as_kept(value)
        for name, value in entry.data
        if name in fields and value is not None and (same or name in _CARRIED)
    }
    own = typed.get("currency") or kept.get("currency") or currency
    blank = entry.changed(data=kind.data.model_construct())
    reader = _Typed(blank, docket, now, parse_currency(own))
    for name, text in typed.items():
        if name not in fields:
            has = f"it has {', '.join(fields)}" if fields else "it has a text only"
            raise UsageError(f"{kind.id} has no {name}", has, "Leave that out")
        kept[name] = _value(name, text.strip(), reader)
    if "amount" in kept and "currency" in fields:
        kept.setdefault("currency", reader.currency)
    needed = [name for name, field in fields.items() if field.is_required()]
    if lacking := [name for name in needed if name not in kept]:
        raise UsageError(
            f"This {kind.label} needs its {' and '.join(map(field_words, lacking))}",
            "",
            f"Say it with --set {lacking[0]}=VALUE",
        )
    return kept


def correction(
    entry: Entry, mode: Mode, reason: str, *, text: str = "", changed: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """Return the fields of the entry that corrects `entry`, for Workspace.draft.

    UsageError says in one line what is missing.
    """
    if mode == "amend" and not changed:
        raise UsageError("Nothing is changed yet", "", "Change a field, or press esc to leave")
    if mode == "add" and not text.strip():
        remedy = "Type the fact that was missing"
        raise UsageError("There is nothing to add yet", "", remedy, field="text")
    if mode != "add" and not reason.strip():
        remedy = "Say in a few words why, for whoever reads it"
        raise UsageError("The reason is missing", "", remedy, field="reason")
    kind = KINDS[_KINDS[mode]]
    return {
        "client": entry.client,
        "kind": kind.id,
        "statement": text,
        "data": {"changes": dict(changed)} if mode == "amend" else {},
        **tie(kind, entry, reason),
    }


def redirected(seq: int, before: Docket, now: Docket) -> list[str]:
    """Return where the payments of invoice `seq` go, now that it is void; none where it is none."""
    voided = next((bill for bill in before.ledger.invoices if bill.seq == seq), None)
    if voided is None:
        return []
    told = []
    for paid in sorted({part.seq for part in voided.settlements}):
        parts = [
            f"{Money(part.amount, invoice.amount.currency)} for {invoice.number}"
            for invoice in now.ledger.invoices
            for part in invoice.settlements
            if part.seq == paid
        ]
        parts += [
            f"{payment.unallocated} for no invoice"
            for payment in now.ledger.payments
            if payment.seq == paid and payment.unallocated.amount > 0
        ]
        told.append(
            f"Payment {now.client}#{paid} paid for {voided.number}; now {', '.join(parts)}."
        )
    return told


def _one_quote(entry: Entry) -> bool:
    return len(entry.quotes) < 2


def _about(entry: Entry, docket: Docket) -> str:
    """Return what `entry` is about, as it is typed: `#3, INV-42`."""
    named = [f"#{link.seq}" for link in entry.links]
    return ", ".join([*named, *([entry.refs.invoice] if entry.refs.invoice else [])])


def _as_kept(value: Any) -> Any:
    """Return a value as an amendment keeps it."""
    if isinstance(value, Decimal | date):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, tuple):
        return [_as_kept(item) for item in value]
    if isinstance(value, Data):
        return {name: _as_kept(one) for name, one in value}
    return value


def _shown(value: Any) -> str:
    """Return a value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_part(item) for item in value)
    if isinstance(value, PaidAs):
        return f"{value.amount:f} {value.currency}"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _part(item: Any) -> str:
    if named := getattr(item, "invoice", getattr(item, "head", "")):
        return f"{named} {item.amount}"
    if due := getattr(item, "due", None):
        return f"{due.isoformat()}={item.amount:f}"
    return f"{item.at_least}:{item.amount}" if item.at_least else str(item.amount)
