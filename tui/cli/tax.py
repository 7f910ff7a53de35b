"""The options of an invoice and a credit note that say what the paper states of its tax."""

from __future__ import annotations

from argparse import Namespace

from store.docket.stated import parse_vat
from store.errors import UsageError
from store.money import Money, parse_part
from store.quantities import parse_share
from tui.cli.parsing import Parser


def add_tax(parser: Parser) -> None:
    """Add what a paper may state of its VAT: the sum that is owed stays the AMOUNT."""
    parser.add_argument(
        "--vat",
        metavar="V",
        action="append",
        help="VAT in the amount: 250, 25%%=250, or 25%% to work it out",
    )
    parser.add_argument("--net", metavar="A", help="the amount without VAT")
    parser.add_argument("--vat-percent", metavar="P", help="the rate of VAT")
    parser.add_argument("--vat-number", metavar="N", help="the VAT number on the paper")
    parser.add_argument("--vat-note", metavar="TEXT", help='such as "Reverse charge"')


def tax_typed(args: Namespace, whole: Money) -> dict[str, object]:
    """Return what the options of `add_tax` say, as an entry has it; nothing for none."""
    typed = args.vat or []
    if len(typed) > 1:
        raise UsageError("--vat is there twice", "one paper has one here", "Give the VAT in all")
    said: dict[str, object] = dict(parse_vat(typed[0], whole)) if typed else {}
    if args.net is not None:
        said["net"] = parse_part(args.net, whole.currency)
    if args.vat_percent is not None:
        said["vat_percent"] = parse_share(args.vat_percent)
    words = {"vat_number": args.vat_number, "vat_note": args.vat_note}
    return said | {name: text for name, text in words.items() if text}
