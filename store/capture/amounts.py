"""Reads amounts out of a captured line, and what it says of disputed sums and of costs."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from store.docket import Docket
from store.errors import UsageError
from store.money import CURRENCIES, parse_amount

_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "៛": "KHR"}
_AMOUNT = re.compile(r"([A-Za-z]{3}|[€£$¥₹៛])?(\d[\d.,']*)([A-Za-z]{3}|[€£$¥₹៛])?")


def take_amount(
    words: list[str], data: dict[str, Any], assumed: str, *, skip_first: bool
) -> Decimal | None:
    """Take an amount and its currency out of `words` into `data`; None where there is none.

    `assumed` is the currency where none is said. With `skip_first` an invoice's number may come
    first.
    """
    likely = [n for n, word in enumerate(words[:4]) if _is_amount(word)]
    if skip_first and likely[:1] == [0] and (len(likely) > 1 or len(words) == 1):
        likely.pop(0)
    if not likely:
        return None
    position = likely[0]
    found = _AMOUNT.fullmatch(words[position])
    assert found
    symbol = found[1] or found[3] or ""
    currency = _SYMBOLS.get(symbol) or (symbol.upper() if symbol else "")
    del words[position]
    for near in (position, position - 1):
        if not currency and 0 <= near < len(words) and words[near] in CURRENCIES:
            currency = words.pop(near)
    data["currency"] = currency or assumed
    amount = parse_amount(found[2], data["currency"])
    data["amount"] = amount
    return amount


def take_claim(
    kind: str, words: list[str], data: dict[str, Any], docket: Docket | None, assumed: str
) -> None:
    """Take what a `disputed`, `cost`, `interest` or `fixed-sum` needs out of `words`.

    Raises UsageError where it is not all there; a rate needs its source, so its verb takes it.
    """
    if kind in ("interest", "fixed-sum"):
        raise UsageError("what lateness costs needs its source; log it with `docket rate`", "", "")
    if kind == "cost":
        if take_amount(words, data, assumed, skip_first=False) is None:
            raise UsageError("what did it cost? cost 35.50 court fee", "", "")
        return
    number = words.pop(0) if words else ""
    invoice = docket.ledger.find(number) if docket else None
    known = invoice.amount.currency if invoice else assumed
    if take_amount(words, data, known, skip_first=False) is None:
        raise UsageError("how much of which invoice? disputed INV-42 200 not ordered", "", "")
    data["number"] = invoice.number if invoice else number


def _is_amount(word: str) -> bool:
    found = _AMOUNT.fullmatch(word)
    if not found or (found[1] and found[3]):
        return False
    symbol = found[1] or found[3]
    return not symbol or symbol in _SYMBOLS or symbol.upper() in CURRENCIES
