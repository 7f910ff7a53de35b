"""`docket invoice` and `docket pay`: what was billed, and what came in for it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from store.dates import day_words
from store.docket.allocation import allocated
from store.docket.stated import parse_instalments
from store.errors import UsageError
from store.money import Money, parse_amount, parse_sum
from store.overview.standing import asked_to_leave
from store.playbook.guards import after_payment
from store.quantities import (
    check_due,
    due_date,
    due_day,
    parse_discount,
    parse_rate,
)
from store.text import clean_line
from tui.cli.context import quoting
from tui.cli.output import tell
from tui.cli.parsing import Parser, Verb, add_attach, add_client, add_json, add_on, add_text
from tui.cli.tax import add_tax, tax_typed
from tui.cli.warnings import (
    known_bill,
    refuse_bill_word,
    refuse_currency_word,
    refuse_terms_words,
    tell_from_favour,
    tell_other_currency,
    tell_stated,
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
    parser.add_argument(
        "--due", metavar="D", help="when it is due, or by which terms, as net14; default as agreed"
    )
    parser.add_argument("--currency", metavar="C", help="default as agreed")
    parser.add_argument(
        "--discount", metavar="TERM", help='for paying early: 2%%/10d, or "2%% by 11 May"'
    )
    add_tax(parser)
    add_attach(parser)
    add_json(parser)


def _invoice(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    if not clean_line(args.number):
        raise UsageError("The invoice has no number", "", "Give the one printed on it")
    refuse_currency_word(args.words, args.currency)
    refuse_terms_words(args.words, args.due)
    currency = context.currency(client, args.currency)
    amount = parse_amount(args.amount, currency)
    issued = context.when(args.on).day
    due = _due(args, context, client, issued)
    check_due(args.number, due, issued)
    data = {"number": args.number, "amount": amount, "currency": currency, "due": due}
    data |= tax_typed(args, Money(amount, currency))
    if args.discount:
        percent, until = quoting(
            lambda: parse_discount(args.discount, issued, context.today), args.discount
        )
        data |= {"discount_percent": percent, "discount_until": until}
    agreed = context.workspace.docket(client).terms.currency
    seq = context.log(args, client, "invoice", args.words, data=data)
    tell_other_currency(args.number, currency, agreed)
    if not args.json:
        tell_from_favour(context.workspace.docket(client), seq)
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
    parser.add_argument("--fee", metavar="A", help="what a bank or card kept on the way")
    parser.add_argument(
        "--fee-by",
        choices=("me", "client"),
        help="who bears it: where it is you, it counts as paid",
    )
    parser.add_argument(
        "--paid-as", metavar="SUM", help='what they paid in another currency, such as "1300 USD"'
    )
    parser.add_argument(
        "--rate", metavar="R", help="at which rate: so much of the account's currency for 1 of it"
    )
    parser.add_argument("--rate-source", metavar="TEXT", help="where the rate is from")
    add_json(parser)


def _pay(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    refuse_currency_word(args.words, args.currency)
    docket = context.workspace.docket(client)
    if not args.bills:
        refuse_bill_word(args.words, docket)
    currency = context.currency(client, args.currency)
    amount = parse_amount(args.amount, currency)
    data: dict[str, object] = {"amount": amount, "currency": currency, **_beside(args, currency)}
    settles = amount + (parse_amount(args.fee, currency) if args.fee_by == "me" else 0)
    data |= allocated(args.bills, docket, context.when(args.on).day, Money(settles, currency))
    seq = context.log(args, client, "payment", args.words, data=data)
    docket = context.workspace.docket(client)
    tell_unclaimed(docket, seq)
    tell_stated(docket, seq)
    if not args.json:
        _tell_rest(docket, currency)
        leaving = asked_to_leave(docket, context.workspace)
        if asked := after_payment(docket, leaving):
            how = f"docket decide {client}" if leaving else f"docket log {client} resume TEXT"
            tell(f"{asked} {how}")
    return 0


def _beside(args: Namespace, currency: str) -> dict[str, object]:
    """Return what a payment states beside its sum: a fee and who bears it, an exchange."""
    said: dict[str, object] = {}
    if (args.fee is None) != (args.fee_by is None):
        raise UsageError(
            "Who bears the fee" if args.fee else "How much is the fee",
            "what you bear counts as paid, what they bear stays open" if args.fee else "",
            "Give --fee-by me or --fee-by client" if args.fee else "Give --fee AMOUNT",
        )
    if args.fee:
        said = {"fee": parse_amount(args.fee, currency), "fee_by": args.fee_by}
    exchange = {"--paid-as": args.paid_as, "--rate": args.rate, "--rate-source": args.rate_source}
    missing = [name for name, value in exchange.items() if not value]
    if len(missing) == len(exchange):
        return said
    if missing:
        raise UsageError(
            "What was paid in another currency needs sum, rate and source",
            "Docket knows no rate",
            f"Give {' and '.join(missing)}",
        )
    paid = parse_sum(args.paid_as)
    as_kept = {"amount": paid.amount, "currency": paid.currency}
    rate = parse_rate(args.rate)
    return said | {"paid_as": as_kept, "paid_rate": rate, "rate_source": args.rate_source}


def _instalments_arguments(parser: Parser) -> None:
    add_client(parser)
    parser.add_argument(
        "parts", metavar="[INVOICE] DAY=AMOUNT", nargs="+", help="each part by its day"
    )
    parser.add_argument("--text", metavar="TEXT", default="", help="anything about it")
    parser.add_argument("--currency", metavar="C", help="default as agreed")
    add_on(parser, "when it was agreed on")
    add_attach(parser)
    add_json(parser)


def _instalments(args: Namespace, context: Context) -> int:
    client = context.client(args.client)
    docket = context.workspace.docket(client)
    typed = list(args.parts)
    bill = docket.ledger.find(known_bill(typed.pop(0), docket)) if "=" not in typed[0] else None
    if not typed:
        raise UsageError(
            "When is how much to be paid", "", "Write day and sum of each part: 2027-03-01=300"
        )
    currency = bill.amount.currency if bill else context.currency(client, args.currency)
    agreed = context.when(args.on).day
    parts = [
        {"due": due, "amount": amount} for due, amount in parse_instalments(typed, currency, agreed)
    ]
    data: dict[str, object] = {"currency": currency, "parts": parts}
    data |= {"of_invoice": bill.number} if bill else {}
    context.log(args, client, "instalments", [args.text] if args.text else [], data=data)
    if not args.json:
        _tell_plan(context.workspace.docket(client), bill.number if bill else "", currency)
    return 0


def _tell_plan(docket: Docket, number: str, currency: str) -> None:
    """Tell what of what is open no part is for, or what of the parts is more than that."""
    from store.docket.instalments import instalment_plans

    plan = next(
        one for one in instalment_plans(docket) if (one.invoice, one.currency) == (number, currency)
    )
    bills = [one for one in docket.ledger.open() if one.amount.currency == currency]
    open_ = sum((one.balance.amount for one in bills if number in ("", one.number)), Decimal(0))
    rest = Money(open_ - (plan.whole - plan.came).amount, currency)
    if rest.amount > 0:
        tell(f"{rest} that is open is in no part.")
    elif rest.amount < 0:
        tell(f"The parts come to {Money(-rest.amount, currency)} more than is open now.")


def _tell_rest(docket: Docket, currency: str) -> None:
    open_bills = [
        invoice for invoice in docket.ledger.open() if invoice.amount.currency == currency
    ]
    for invoice in open_bills[:3]:
        ended = ""
        over = invoice.early and invoice.early.until < docket.today
        if invoice.early and over and invoice.discount >= invoice.balance.amount:
            ended = f" The discount ended on {day_words(invoice.early.until)}."
        due = day_words(invoice.due)
        tell(f"{invoice.number}: {invoice.balance} is still open, due {due}.{ended}")


VERBS = {
    "instalments": Verb(
        _instalments_arguments,
        _instalments,
        """\
docket instalments acme INV-42 2027-02-01=400 2027-03-01=400 2027-04-01=400
docket instalments acme 1feb=500 1mar=500 --text "For all that is open, by phone\"""",
        notes="What comes from then on goes to the part due first; the statement says which were\n"
        "missed. The due date of the bill, and interest on it, stay what they are. A later\n"
        "plan for the same takes its place.",
    ),
    "invoice": Verb(
        _invoice_arguments,
        _invoice,
        """\
docket invoice acme INV-42 1200 --issued 2026-10-20 --due +14d
docket invoice acme INV-43 350.50 Landing page --attach INV-43.pdf
docket invoice acme INV-44 1250 --vat 25% --discount 2%/10d""",
        notes="By the terms net14 an invoice is due 14 days after it was issued, by day1 on the\n"
        "next 1st of a month, by receipt at once. Without agreed terms, --due is needed.",
    ),
    "pay": Verb(
        _pay_arguments,
        _pay,
        """\
docket pay acme 1200 --on yesterday --for INV-42
docket pay acme 1500 --for INV-42=1200 --for INV-43=300
docket pay acme 1187.50 --for INV-42 --fee 12.50 --fee-by me
docket pay acme 1200 --paid-as "1304 USD" --rate 0.9202 --rate-source "ECB, 1 Feb 2027\"""",
        notes="A fee that you bear counts as paid, so the bill is settled; one that they bear\n"
        "stays open. The bill is settled by the sum in its own currency; what they paid in\n"
        "another one stands beside it, with the rate.",
    ),
}
