"""What is taken off an invoice, and money that goes back: credit, discount, writeoff, refund."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from store.docket.money_checks import all_open
from store.errors import UsageError
from store.money import Money, parse_amount
from tui.cli.output import tell
from tui.cli.parsing import (
    Parser,
    Verb,
    add_attach,
    add_client,
    add_entry,
    add_json,
    add_on,
    add_text,
)
from tui.cli.tax import add_tax, tax_typed
from tui.cli.warnings import known_bill, refuse_currency_word, tell_favour

if TYPE_CHECKING:
    from store.docket import Docket, Invoice
    from tui.cli.context import Context


def _off_arguments(whole: bool) -> Callable[[Parser], None]:
    """Return what sets up a verb that takes something off an invoice; `whole` of what is open."""

    def arguments(parser: Parser) -> None:
        add_client(parser)
        parser.add_argument("invoice", metavar="INVOICE", help="the number of the invoice")
        how = "default all that is open of it" if whole else "such as 120 or 120.50"
        parser.add_argument(
            "amount", metavar="AMOUNT", nargs="?" if whole else None, help=f"how much; {how}"
        )
        add_text(parser, "why", needed=False)
        if not whole:
            _add_number(parser)
            add_tax(parser)
        add_on(parser)
        add_attach(parser)
        add_json(parser)

    return arguments


def _add_number(parser: Parser) -> None:
    parser.add_argument("--number", metavar="N", help="as printed on the paper, such as CN-1")


def _off(kind: str) -> Callable[[Namespace, Context], int]:
    """Return what logs an entry of `kind`, which takes something off an invoice."""

    def run(args: Namespace, context: Context) -> int:
        client = context.client(args.client)
        docket = context.workspace.docket(client)
        invoice = docket.ledger.find(known_bill(args.invoice, docket))
        assert invoice  # known_bill has just found it
        amount, words = _amount(args, invoice, kind)
        refuse_currency_word(words, None)
        currency = invoice.amount.currency
        data: dict[str, object] = {"of_invoice": invoice.number, "amount": amount}
        data |= {"currency": currency, "number": getattr(args, "number", None)}
        if kind == "credit":
            data |= tax_typed(args, Money(amount, currency))
        context.log(args, client, kind, words, data=data)
        if not args.json:
            _tell_rest(context.workspace.docket(client), invoice.number)
        return 0

    return run


def _amount(args: Namespace, invoice: Invoice, kind: str) -> tuple[Decimal, list[str]]:
    """Return how much is taken off an invoice, and the words: all that is open if none is told."""
    words, currency = list(args.words), invoice.amount.currency
    if args.amount is not None and any(map(str.isdecimal, args.amount)):
        return parse_amount(args.amount, currency), words
    if args.amount is not None:
        words.insert(0, args.amount)
    return all_open(invoice, kind), words


def _tell_rest(docket: Docket, number: str) -> None:
    invoice = docket.ledger.find(number)
    if invoice is None:
        return
    left = f"{invoice.balance} is still open" if invoice.balance.amount > 0 else "nothing is left"
    tell(f"{number}: {left} of {invoice.amount}.")
    tell_favour(docket, invoice.amount.currency)


def _refund_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument("amount", metavar="AMOUNT", help="what you sent back")
    add_text(parser, "what for", needed=False)
    _add_number(parser)
    add_on(parser, "when you sent it")
    parser.add_argument("--currency", metavar="C", help="default as agreed")
    add_attach(parser)
    add_json(parser)


def _refund(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    refuse_currency_word(args.words, args.currency)
    currency = context.currency(client, args.currency)
    amount = parse_amount(args.amount, currency)
    data = {"amount": amount, "currency": currency, "number": args.number}
    context.log(args, client, "refund", args.words, data=data)
    if not args.json:
        tell_favour(context.workspace.docket(client), currency)
    return 0


def _returned_arguments(parser: Parser) -> None:
    add_entry(parser, "what happened")
    parser.add_argument("--amount", metavar="A", help="how much of it; default all")
    add_on(parser, "when it was taken back")
    add_attach(parser)
    add_json(parser)


def _returned(args: Namespace, context: Context) -> int:
    from store.entries import PaymentData

    entry, words = context.target(args.words)
    if not isinstance(entry.data, PaymentData):
        raise UsageError(
            f"{entry.client}#{entry.seq} is not a payment",
            f"it is {entry.kind}",
            f"See `docket show {entry.client} --kind payment`",
        )
    paid = Money(entry.data.settles, entry.data.currency)
    amount = parse_amount(args.amount, paid.currency) if args.amount else paid.amount
    data = {"amount": amount, "currency": paid.currency}
    context.log(args, entry.client, "payment-returned", words, after=entry, data=data)
    if not args.json:
        docket = context.workspace.docket(entry.client)
        for invoice in docket.ledger.open()[:3]:
            tell(f"{invoice.number}: {invoice.balance} is open.")
    return 0


VERBS = {
    "credit": Verb(
        _off_arguments(whole=False),
        _off("credit"),
        """\
docket credit acme INV-42 340 Two hours not needed --number CN-1
docket credit acme INV-42 1200 "Sent twice by mistake" --number CN-2 --attach CN-2.pdf""",
        notes="The invoice asks for less, as if it always had: no interest is claimed on what was\n"
        "credited. What was paid beyond that is in the client's favour: refund it, or it\n"
        "goes to the next invoice.",
    ),
    "discount": Verb(
        _off_arguments(whole=True),
        _off("discount"),
        "docket discount acme INV-42 24 2 % for paying within 10 days",
        notes="Log what they paid with `docket pay`; this is what they did not have to pay.\n"
        "Without AMOUNT it is what is open, where the invoice itself offers so much.",
    ),
    "writeoff": Verb(
        _off_arguments(whole=True),
        _off("write-off"),
        """\
docket writeoff acme INV-42 Cents that their bank kept
docket writeoff acme INV-42 600 "Half of it, to be done with it\"""",
        notes="You let go of it: it is claimed no more, nor any interest on it. That they did not\n"
        "pay it in time still counts in the verdict.",
    ),
    "refund": Verb(
        _refund_arguments,
        _refund,
        """\
docket refund acme 340 For CN-1
docket refund acme 20 Paid twice --on today""",
        notes="What is in the client's favour is sent back: what they paid beyond their invoices,\n"
        "or what a credit note left. For money back on an invoice, log the credit note first.",
    ),
    "returned": Verb(
        _returned_arguments,
        _returned,
        """\
docket returned acme#15 "Direct debit came back"
docket returned acme#15 Chargeback --amount 300 --on today""",
        notes="What the payment had settled is owed again, from the day it was taken back. What\n"
        "your bank took for it is a cost: docket log acme cost 7.50 Fee for the return.",
    ),
}
