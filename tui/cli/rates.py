"""`docket rate` and `docket dispute`: what lateness costs by what source, and what is disputed."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.money import parse_amount, parse_bands
from store.quantities import parse_percent
from tui.cli.output import tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_attach,
    add_client,
    add_json,
    add_many,
    add_on,
    add_text,
)
from tui.cli.warnings import known_bill, refuse_currency_word

if TYPE_CHECKING:
    from store.docket.lateness import LateTerms
    from tui.cli.context import Context


def _rate_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("percent", metavar="PERCENT", nargs="?", help="a year, such as 10.15")
    parser.add_argument("--from", metavar="D", dest="starts", help="the day it is in force from")
    parser.add_argument(
        "--policy",
        choices=("split", "frozen"),
        help="where it changes: each day at its rate, or all at the one when it became late",
    )
    parser.add_argument(
        "--fixed", metavar="SUMS", help="instead: a sum per late invoice, 40 or 40,1000:70"
    )
    parser.add_argument("--currency", metavar="C", help="of the fixed sums; default as agreed")
    parser.add_argument(
        "--source", metavar="TEXT", help="where it says so: the clause, the law, a web page"
    )
    add_on(parser, "when you looked it up or agreed on it")
    add_attach(parser)
    add_json(parser)


def _rate(args: Namespace, context: Context) -> int:
    if (args.percent is None) == (args.fixed is None):
        raise UsageError(
            "What does lateness cost",
            "a yearly rate or fixed sums, each an entry of its own",
            "Give PERCENT, or --fixed SUMS",
        )
    if not (args.source or "").strip():
        raise UsageError(
            "Where does it say so",
            "Docket knows no law and guesses no rate",
            "Name the clause, the law or the page with --source TEXT",
        )
    client = context.client(args.client)
    if args.fixed is not None:
        return _fixed(args, context, client)
    if args.currency is not None:
        raise UsageError("A rate has no currency", "it holds for all", "Leave out --currency")
    starts = context.past_day(args.starts)
    if starts is None:
        raise UsageError("From which day is that rate in force", "", "Give --from DAY")
    percent = parse_percent(args.percent)
    policy = args.policy or _terms(context, client).rates.policy
    data = {"percent": percent, "starts": starts, "source": args.source, "policy": policy}
    context.log(args, client, "interest", (), typed=args.source, data=data)
    return 0


def _terms(context: Context, client: str) -> LateTerms:
    return context.workspace.docket(client).late_terms


def _fixed(args: Namespace, context: Context, client: str) -> int:
    for name, given in (("--from", args.starts), ("--policy", args.policy)):
        if given is not None:
            raise UsageError(f"Fixed sums have no {name}", "", "Leave it out")
    currency = context.currency(client, args.currency)
    data = {
        "currency": currency,
        "bands": parse_bands(args.fixed, currency),
        "source": args.source,
    }
    replaced = currency in _terms(context, client).fixed
    context.log(args, client, "fixed-sum", (), typed=args.source, data=data)
    if replaced and not args.json:
        tell(f"They replace the fixed sums in {currency} from before.")
    return 0


def _dispute_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("number", metavar="NUMBER", help="of the invoice")
    parser.add_argument("amount", metavar="AMOUNT", help="how much of it they dispute, in all")
    add_text(parser, "what they say about it")
    add_on(parser, "when they said so")
    add_many(parser, "--quote", "their words", "TEXT")
    add_attach(parser)
    add_json(parser)


def _dispute(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    refuse_currency_word(args.words, None)
    docket = context.workspace.docket(client)
    number = known_bill(args.number, docket)
    invoice = docket.ledger.find(number)
    assert invoice  # known_bill has just found it
    currency = invoice.amount.currency
    data = {"number": number, "amount": parse_amount(args.amount, currency), "currency": currency}
    quotes = tuple({"text": quote} for quote in args.quote)
    context.log(args, client, "disputed", args.words, data=data, quotes=quotes)
    if not args.json:
        _tell_disputed(context, client, number)
    return 0


def _tell_disputed(context: Context, client: str, number: str) -> None:
    from store.docket.claims import disputes

    docket = context.workspace.docket(client)
    invoice = docket.ledger.find(number)
    dispute = disputes(docket).get(invoice.seq) if invoice else None
    if invoice and dispute:
        part = dispute.of(invoice)
        tell(f"{number}: {invoice.balance} is owed, {invoice.balance - part} of it undisputed.")


VERBS = {
    "rate": Verb(
        _rate_arguments,
        _rate,
        """\
docket rate acme 10.15 --from 2026-01-01 --source "Directive 2011/7, first half of 2026"
docket rate acme 8 --from 2026-03-02 --source "Contract, clause 6" --policy frozen
docket rate acme --fixed 40,1000:70,10000:100 --currency GBP --source "1998 Act, s. 5A\"""",
        notes="Statements and records work out simple interest by it, from the day after an\n"
        "invoice was due. Without a rate none is claimed. The last --policy holds for all rates.\n"
        "Fixed sums go by the amount of each late invoice: 40, from 1000 on 70.",
    ),
    "dispute": Verb(
        _dispute_arguments,
        _dispute,
        """\
docket dispute acme INV-42 200 They say the second round was not ordered
docket dispute acme INV-42 150 "Only the pictures" --quote "we never asked for pictures\"""",
        notes="A later one for the same invoice replaces it; to withdraw it, `docket void` it.\n"
        "The amount is in the currency of the invoice.",
    ),
}
