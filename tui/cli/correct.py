"""`docket amend`, `add` and `void`: corrections, which leave what they correct readable."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from store.entries import KINDS, Entry
from store.errors import UsageError
from store.money import parse_amount
from store.quantities import parse_hours
from tui.cli.log import currency_for, known_field, set_fields
from tui.cli.parsing import Parser, Verb, add_entry, add_json, add_on, severity
from tui.cli.slips import tell_where_it_goes

if TYPE_CHECKING:
    from tui.cli.context import Context


def target_of(context: Context, client: str, seq: int) -> Entry:
    """Return entry `seq` of `client` as it stands, or raise UsageError."""
    docket = context.workspace.docket(client)
    found = docket.find(seq)
    if found is None:
        raise UsageError(
            f"There is no entry {client}#{seq}",
            f"the docket has {len(docket.entries)}",
            f"See `docket show {client}`",
        )
    return found.entry


def related(target: Entry, relation: str, reason: str = "") -> dict[str, Any]:
    """Return the fields of an entry that follows `target`: its link, and who may see it.

    A correction is seen by those who see what it corrects, so it gives away nothing more.
    """
    link = {"rel": relation, "seq": target.seq, "reason": reason}
    return {"links": (link,), "visibility": target.visibility}


def _amend_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT replaces its text; `-` reads stdin")
    parser.add_argument("--reason", required=True, metavar="R", help="why it is corrected")
    add_on(parser, "when it really happened")
    parser.add_argument("--severity", type=severity, metavar="1|2|3", help="how bad it really was")
    parser.add_argument("--amount", metavar="A", help="the right amount")
    parser.add_argument("--currency", metavar="C", help="the right currency")
    parser.add_argument("--due", metavar="D", help="the right due date")
    parser.add_argument("--hours", metavar="H", help="the right hours")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="any other field of it"
    )
    add_json(parser)


def _amend(args: Namespace, context: Context) -> int:
    client, seq, words = context.entry(args.words)
    target = target_of(context, client, seq)
    text = context.text(words)
    changes = _changes(args, context, target)
    if text:
        changes["statement"] = text
    if not changes:
        raise UsageError("Nothing to amend", "", "Give a new text, --on, --amount or another field")
    args.on = None  # the amendment itself happens now
    data = {"changes": changes}
    context.log(
        args, client, "amendment", typed=text, data=data, **related(target, "amends", args.reason)
    )
    return 0


def _changes(args: Namespace, context: Context, target: Entry) -> dict[str, Any]:
    kind = KINDS[target.kind]
    changes: dict[str, Any] = dict(set_fields(args.set, kind))
    if args.on:
        when = context.when(args.on)
        changes["occurred_at"] = when.at.isoformat(timespec="seconds")
        changes["precision"] = when.precision
    if args.severity:
        changes[known_field("severity", kind)] = args.severity
    if args.hours:
        changes[known_field("hours", kind)] = str(parse_hours(args.hours))
    if args.due:
        changes[known_field("due", kind)] = str(context.day(args.due))
    if args.amount or args.currency:
        known_field("amount" if args.amount else "currency", kind)
        known = getattr(target.data, "currency", None)
        currency = currency_for(context, target.client, args.currency or known)
        if args.amount:
            changes["amount"] = str(parse_amount(args.amount, currency))
        if currency != known:
            changes["currency"] = currency
    return changes


def _add_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT is the fact to add; `-` reads stdin")
    parser.add_argument("--reason", default="", metavar="R", help="why it is added")
    add_on(parser, "when what you add happened")
    add_json(parser)


def _add(args: Namespace, context: Context) -> int:
    client, seq, words = context.entry(args.words)
    target = target_of(context, client, seq)
    if not words:
        raise UsageError("Nothing to add", "", f"Write docket add {client}#{seq} TEXT")
    context.log(args, client, "addendum", words, **related(target, "adds-to", args.reason))
    return 0


def _void_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT says more, if the reason is not enough")
    parser.add_argument("--reason", required=True, metavar="R", help="why it is withdrawn")
    add_json(parser)


def _void(args: Namespace, context: Context) -> int:
    client, seq, words = context.entry(args.words)
    target = target_of(context, client, seq)
    args.on = None
    bills = {bill.seq: bill for bill in context.workspace.docket(client).ledger.invoices}
    context.log(args, client, "void", words, **related(target, "voids", args.reason))
    if seq in bills:
        tell_where_it_goes(bills[seq], context.workspace.docket(client))
    return 0


VERBS = {
    "amend": Verb(
        _amend_arguments,
        _amend,
        """\
docket amend acme#12 "The call was on Monday" --on "16 Nov" --reason "wrong day"
docket amend acme#7 --amount 1250 --reason "typed it wrong\"""",
    ),
    "add": Verb(
        _add_arguments, _add, 'docket add acme#12 "Bo was in the room and heard it" --on "16 Nov"'
    ),
    "void": Verb(_void_arguments, _void, 'docket void acme#12 --reason "logged it twice"'),
}
