"""What the words and options of `docket log` say of an entry: its kind, and its fields."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from store.entries import Kind, Own, kind_named, not_a_kind, split_kind
from store.entries.kinds import kinds_that
from store.entries.plain import PLAIN_FIELDS
from store.entries.words import field_words
from store.errors import UsageError
from tui.cli.parsing import values_set

if TYPE_CHECKING:
    from tui.cli.context import Context

_SHAPES = ("RequestData", "TermsData", "AdviceData")
_DAYS = frozenset({"effective", "due", "needed_by", "until", "starts"})
"""Fields that hold a day, which may be typed as any day is."""
SHAPED = kinds_that(lambda kind: kind.how_much or kind.shape in _SHAPES)
"""Kinds whose words say more than marks do: `by:fri`, `EUR 85/h`, a sum."""


def kind_meant(words: list[str], own: Own) -> tuple[Kind, list[str]]:
    """Split as `split_kind` does; before one quoted text, a word can only be meant as a kind.

    Raises UsageError for a kind that has a verb of its own.
    """
    first, rest = words[0], words[1:]
    quoted = len(rest) == 1 and (rest[0] == "-" or " " in rest[0])
    if quoted and " " not in first and not kind_named(first, own):
        raise not_a_kind(first, own)
    kind, text = split_kind(words, own)
    if kind.verb:
        raise UsageError(
            f"{kind.label.capitalize()} has a verb of its own",
            "it needs more than a text",
            f"Use `docket {kind.verb}`, or begin the text with another kind, such as note",
        )
    return kind, text


def said_beside(args: Namespace, kind: Kind, context: Context, client: str) -> dict[str, Any]:
    """Return the fields of the entry that options give; UsageError for what `kind` has not."""
    data = _data(args, kind, context, client)
    if args.invoice is not None:
        from tui.cli.warnings import known_bill

        args.invoice = known_bill(args.invoice, context.workspace.docket(client))
    called = kind.called or None  # what is None is not said, and built-in kinds need no models
    for name, value in getattr(args, "read", {}).items():
        if str(data.setdefault(name, value)) != str(value):
            raise UsageError(
                f"The words say {field_words(name)} {value}, and an option {data[name]}",
                "",
                "Leave one of them out",
            )
    moment = getattr(args, "moment", None)
    when = {"occurred_at": moment.at, "precision": moment.precision} if moment else {}
    links = {"links": tuple(args.links)} if getattr(args, "links", ()) else {}
    return {"data": data, "called": called, **_fields(args), **links, **when}


def set_fields(pairs: list[str], kind: Kind) -> dict[str, str]:
    """Return the data fields in `NAME=VALUE` pairs; UsageError for a field `kind` has not."""
    return {known_field(name, kind): value for name, value in values_set(pairs).items()}


def known_field(name: str, kind: Kind, remedy: str = "") -> str:
    """Return `name` if entries of `kind` have a field of that name, or raise UsageError."""
    if name in PLAIN_FIELDS.get(kind.shape, ()):
        return name
    fields = kind.data.model_fields
    if name not in fields:
        has = f"it has {', '.join(fields)}" if fields else "it has a text only"
        remedy = remedy or "Leave that out, or use another kind"
        raise UsageError(f"{kind.id} has no {name}", has, remedy)
    return name


def _said_by_name(pairs: list[str], kind: Kind, context: Context) -> dict[str, Any]:
    """Return the data in `NAME=VALUE` pairs, a day as it is kept however it was typed."""
    data: dict[str, Any] = dict(set_fields(pairs, kind))
    for name in _DAYS & data.keys():
        if day := context.day(data[name]):
            data[name] = day.isoformat()
    return data


def _data(args: Namespace, kind: Kind, context: Context, client: str) -> dict[str, Any]:
    data = _said_by_name(args.set, kind, context)
    for name in ("my_share", "in_writing", "worked"):
        if (said := getattr(args, name)) is not None:
            data[known_field(name, kind)] = said in (True, "yes")
    for name in ("advised", "decided", "risk"):
        if (told := getattr(args, name)) is not None:
            data[known_field(name, kind)] = told
    if args.severity is not None:
        data[known_field("severity", kind)] = args.severity
    if args.hours is not None:
        from store.quantities import parse_hours

        hours = parse_hours(args.hours)
        alone = f"Log the time with `docket hours {client} {args.hours} --class rework`"
        data[known_field("hours", kind, f"{alone}, or another class")] = hours
    if args.amount is not None:
        from store.money import parse_amount

        currency = context.currency(client, args.currency)
        data[known_field("amount", kind)] = parse_amount(args.amount, currency)
        data["currency"] = currency
    elif kind.how_much and "amount" not in {**data, **getattr(args, "read", {})}:
        what = kind.how_much.partition("?")[0]
        raise UsageError(what[:1].upper() + what[1:], "", "Give the sum with --amount")
    elif args.currency is not None:
        from store.money import parse_currency

        data[known_field("currency", kind)] = parse_currency(args.currency)
    return data


def _fields(args: Namespace) -> dict[str, Any]:
    return {
        "source": args.source,
        "channel": args.channel,
        "visibility": args.visibility,
        "quotes": tuple({"text": quote} for quote in args.quote),
        "refs": {
            name: value
            for name, value in (("project", args.project), ("invoice", args.invoice))
            if value
        },
    }
