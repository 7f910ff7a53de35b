"""`docket accept` and `docket outcome`: what they approved, and what came of a step."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.text import clean_line
from tui.cli.parsing import Parser, Verb, add_attach, add_entry, add_json, add_on

if TYPE_CHECKING:
    from tui.cli.context import Context

_LANDED = ("yes", "partly", "no")


def _accept_arguments(parser: Parser) -> None:
    add_entry(parser, "TEXT is what they said")
    parser.add_argument("--by", required=True, metavar="WHO", help="who accepted it")
    add_on(parser, "when they accepted it")
    add_attach(parser)
    add_json(parser)


def _accept(args: Namespace, context: Context) -> int:
    target, words = context.target(args.words)
    if not clean_line(args.by):
        raise UsageError("Who accepted it", "no name was given", "Write --by WHO")
    context.log(args, target.client, "acceptance", words, data={"by": args.by}, after=target)
    return 0


def _outcome_arguments(parser: Parser) -> None:
    parser.add_argument(
        "words",
        metavar="CLIENT#N yes|partly|no [TEXT]",
        nargs="+",
        help="a step, such as acme#10; whether it helped; TEXT says more, `-` reads stdin",
    )
    add_on(parser, "when that was known")
    add_json(parser)


def _outcome(args: Namespace, context: Context) -> int:
    target, words = context.target(args.words)
    client, seq = target.client, target.seq
    worked = words[0].lower() if words else ""
    if worked not in _LANDED:
        raise UsageError(
            f"Did {client}#{seq} help",
            f"'{words[0][:20]}' is no answer" if words else "it does not say",
            f"Write docket outcome {client}#{seq} yes, partly or no",
        )
    context.log(args, client, "outcome", words[1:], data={"worked": worked}, after=target)
    return 0


VERBS = {
    "accept": Verb(
        _accept_arguments, _accept, 'docket accept acme#11 "Fine, go live" --by "Ann Lee"'
    ),
    "outcome": Verb(
        _outcome_arguments,
        _outcome,
        """\
docket outcome acme#10 yes "They thanked me for it"
docket outcome acme#10 partly Half of it was paid""",
        notes="Of a reminder, a talk, an apology, a repair: whatever you did about it. The last\n"
        "word on a step is the one that counts; the earlier ones stay readable.",
    ),
}
