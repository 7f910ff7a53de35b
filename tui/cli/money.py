"""`docket invoice` and `docket pay`: what was billed, and what came in for it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from store.dates import day_words
from store.docket.allocation import allocated
from store.errors import UsageError
from store.money import Money, parse_amount
from store.overview.standing import asked_to_leave
from store.playbook.guards import after_payment
from store.quantities import check_due, due_date, due_day
from store.text import clean_line
from tui.cli.context import quoting
from tui.cli.output import tell
from tui.cli.parsing import Parser, Verb, add_attach, add_client, add_json, add_on, add_text
from tui.cli.warnings import (
    refuse_bill_word,
    refuse_currency_word,
    tell_other_currency,
    tell_unclaimed,
)

if TYPE_CHECKING:
    from store.docket import Docket
    from tui.cli.context import Context


def _invoice_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("number", metavar="NUMBER", help="as printed on the invoice")
    parser.add_argument("amount", metavar="AMOUNT", help="such as 1200 or 1200.50")
    add_text(parser, "what it is for", needed=False)
    parser.add_argument("--issued", metavar="D", dest="on", help="when you sent it; default now")
    parser.add_argument("--due", metavar="D", help="when it is due; default by the agreed terms")
    parser.add_argument("--currency", metavar="C", help="default as agreed")
    add_attach(parser)
    add_json(parser)


def _invoice(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    if not clean_line(args.number):
        raise UsageError("The invoice has no number", "", "Give the one printed on it")
    refuse_currency_word(args.words, args.currency)
    currency = context.currency(client, args.currency)
    amount = parse_amount(args.amount, currency)
    issued = context.when(args.on).day
    due = _due(args, context, client, issued)
    check_due(args.number, due, issued)
    data = {"number": args.number, "amount": amount, "currency": currency, "due": due}
    agreed = context.workspace.docket(client).terms.currency
    context.log(args, client, "invoice", args.words, data=data)
    tell_other_currency(args.number, currency, agreed)
    return 0


def _due(args: Namespace, context: Context, client: str, issued: date) -> date:
    if args.due:
        return quoting(lambda: due_day(args.due, issued, context.today), args.due)
    agreed = context.workspace.docket(client).terms.payment
    if agreed is None:
        raise UsageError(
            f"When is {args.number} due",
            f"no payment terms are agreed with {client}",
            "Give --due, or log what was agreed: "
            f"docket log {client} terms TEXT --set payment=net14",
        )
    return due_date(agreed, issued)


def _pay_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("amount", metavar="AMOUNT", help="what came in, such as 1200 or 1200.50")
    add_text(parser, "anything about it", needed=False)
    add_on(parser, "when it came in")
    parser.add_argument(
        "--for",
        action="append",
        default=[],
        dest="bills",
        metavar="NUMBER[=AMOUNT]",
        help="the invoice it is for, or interest, fee or costs, and how much of it; default the "
        "oldest open invoice, then costs, interest and fixed sums",
    )
    parser.add_argument("--currency", metavar="C", help="default as agreed")
    add_json(parser)


def _pay(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    refuse_currency_word(args.words, args.currency)
    docket = context.workspace.docket(client)
    if not args.bills:
        refuse_bill_word(args.words, docket)
    currency = context.currency(client, args.currency)
    amount = parse_amount(args.amount, currency)
    data: dict[str, object] = {"amount": amount, "currency": currency}
    data |= allocated(args.bills, docket.ledger, Money(amount, currency))
    seq = context.log(args, client, "payment", args.words, data=data)
    docket = context.workspace.docket(client)
    tell_unclaimed(docket, seq)
    if not args.json:
        _tell_rest(docket, currency)
        leaving = asked_to_leave(docket, context.workspace)
        if asked := after_payment(docket, leaving):
            how = f"docket decide {client}" if leaving else f"docket log {client} resume TEXT"
            tell(f"{asked} {how}")
    return 0


def _tell_rest(docket: Docket, currency: str) -> None:
    open_bills = [
        invoice for invoice in docket.ledger.open() if invoice.amount.currency == currency
    ]
    for invoice in open_bills[:3]:
        tell(f"{invoice.number}: {invoice.balance} is still open, due {day_words(invoice.due)}.")


VERBS = {
    "invoice": Verb(
        _invoice_arguments,
        _invoice,
        """\
docket invoice acme INV-42 1200 --issued 2026-10-20 --due +14d
docket invoice acme INV-43 350.50 Landing page --attach INV-43.pdf""",
        notes="By the terms net14 an invoice is due 14 days after it was issued, by day1 on the\n"
        "next 1st of a month, by receipt at once. Without agreed terms, --due is needed.",
    ),
    "pay": Verb(
        _pay_arguments,
        _pay,
        """\
docket pay acme 1200 --on yesterday --for INV-42
docket pay acme 1500 --for INV-42=1200 --for INV-43=300""",
    ),
}
