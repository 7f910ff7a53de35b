"""`docket hours` and `docket deliver`: time spent, and work handed over."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, get_args

from store.entries import HoursClass
from store.quantities import parse_hours, parse_rounds
from store.text import Verbatim
from tui.cli.about import named_beside
from tui.cli.parsing import (
    Parser,
    Verb,
    add_about,
    add_attach,
    add_client,
    add_json,
    add_on,
    add_project,
    add_text,
)
from tui.cli.warnings import tell_long

if TYPE_CHECKING:
    from tui.cli.context import Context


def _hours_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("hours", metavar="H", help="0.5, 1:30 or 45m")
    add_text(parser, "what you did", needed=False)
    parser.add_argument(
        "--class",
        dest="spent",
        choices=get_args(HoursClass),
        help="on the work (default), or chasing, waiting, redoing, quarrelling; it may also be the "
        "first word of TEXT",
    )
    add_on(parser)
    add_about(parser)
    add_project(parser)
    add_json(parser)


def _hours(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    hours = parse_hours(args.hours)
    words, spent = args.words, args.spent
    classes = get_args(HoursClass)
    if spent is None and words and words[0] in classes and not isinstance(words[0], Verbatim):
        spent, *words = words
    data = {"hours": hours, "spent": spent or "work"}
    said = named_beside(args, "hours", context, client)
    context.log(args, client, "hours", words, data=data, **said)
    tell_long(hours)
    return 0


def _deliver_arguments(parser: Parser) -> None:
    add_client(parser)
    add_text(parser, "what you handed over")
    add_on(parser)
    parser.add_argument("--where", metavar="PLACE", help="where it was handed over")
    parser.add_argument(
        "--rounds",
        metavar="N",
        help="rounds of changes agreed for it alone",
    )
    add_about(parser)
    add_project(parser)
    add_attach(parser)
    add_json(parser)


def _deliver(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    rounds = parse_rounds(args.rounds) if args.rounds is not None else None
    data = {"where": args.where, "rounds": rounds}
    said = named_beside(args, "delivery", context, client)
    context.log(args, client, "delivery", args.words, data=data, **said)
    return 0


VERBS = {
    "hours": Verb(
        _hours_arguments, _hours, "docket hours acme 1:30 Calls about INV-42 --class chase"
    ),
    "deliver": Verb(
        _deliver_arguments, _deliver, "docket deliver acme First draft --where mail --attach d.pdf"
    ),
}
