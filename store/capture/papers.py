"""What a captured line says of a bill or a payment beside its sum: VAT, discount, fee, exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from store.capture.marks import Marks
from store.docket import Invoice
from store.docket.stated import parse_instalments, parse_vat
from store.errors import UsageError
from store.money import Money, parse_amount, parse_part, parse_sum
from store.quantities import parse_discount, parse_rate
from store.text import Verbatim

_TAX_WORDS: Final = {"vatno": "vat_number", "vatnote": "vat_note"}
TAX_OPTIONS: Final = frozenset({"vat", "net", *_TAX_WORDS})
DISCOUNT_OPTIONS: Final = frozenset({"discount"})
PAYMENT_OPTIONS: Final = frozenset({"fee", "as", "rate", "source"})
_SIDES: Final = {"me": "me", "i": "me", "client": "client", "them": "client"}


def tax_said(options: Mapping[str, str], whole: Money) -> dict[str, Any]:
    """Return what `vat:25%`, `net:1000`, `vatno:` and `vatnote:` say of a paper over `whole`."""
    said: dict[str, Any] = dict(parse_vat(options["vat"], whole)) if "vat" in options else {}
    if "net" in options:
        said["net"] = parse_part(options["net"], whole.currency)
    net, vat = said.get("net"), said.get("vat")
    if net is not None and vat is not None and net + vat != whole.amount:
        raise UsageError(f"{net} net and {vat} VAT do not come to {whole.rounded()}", "", "")
    return said | {field: options[name] for name, field in _TAX_WORDS.items() if name in options}


def discount_said(options: Mapping[str, str], issued: date, today: date) -> dict[str, Any]:
    """Return what `discount:2%/10d` says of a bill of a day."""
    if "discount" not in options:
        return {}
    percent, until = parse_discount(options["discount"], issued, today)
    return {"discount_percent": percent, "discount_until": until}


def payment_said(options: Mapping[str, str], currency: str) -> dict[str, Any]:
    """Return what `fee:12.50/me` and `as:1300USD rate:0.94 source:ECB` say of a payment."""
    said: dict[str, Any] = {}
    if "fee" in options:
        amount, _, who = options["fee"].partition("/")
        side = _SIDES.get(who.lower())
        if side is None:
            raise UsageError(f"who bears it? fee:{amount}/me or fee:{amount}/client", "", "")
        said = {"fee": parse_amount(amount, currency), "fee_by": side}
    if {"as", "rate", "source"} & options.keys():
        if not {"as", "rate", "source"} <= options.keys():
            raise UsageError(
                "in which currency, at which rate? as:1300USD rate:0.94 source:ECB", "", ""
            )
        paid = parse_sum(options["as"])
        said |= {
            "paid_as": {"amount": paid.amount, "currency": paid.currency},
            "paid_rate": parse_rate(options["rate"]),
            "rate_source": options["source"],
        }
    return said


def take_parts(words: list[str], marks: Marks) -> list[str]:
    """Take the parts of a plan, `1mar=400`, out of `words`."""
    typed = [one for one in words if "=" in one and not isinstance(one, Verbatim)]
    for one in typed:
        words.remove(one)
        marks.taken.append(one)
    return [one.rstrip(",;") for one in typed]


def parts_said(
    typed: Sequence[str], bill: Invoice | None, currency: str, agreed: date
) -> dict[str, Any]:
    """Return what the parts of a plan say, of a bill or of all that is open in a currency."""
    currency = bill.amount.currency if bill else currency
    parts = parse_instalments(typed, currency, agreed)
    said = {"parts": [{"due": due, "amount": amount} for due, amount in parts]}
    return {"currency": currency, **said, **({"of_invoice": bill.number} if bill else {})}


def counts_for(data: Mapping[str, Any]) -> Decimal:
    """Return what a payment counts for: with a fee that I bear."""
    fee = data.get("fee") if data.get("fee_by") == "me" else None
    amount: Decimal = data["amount"]
    return amount + (fee or 0)
