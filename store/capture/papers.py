"""What a captured line says of a bill or a payment beside its sum: VAT, discount, fee, exchange."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from store.capture.marks import Marks
from store.docket import Invoice
from store.docket.stated import parse_instalments, parse_vat
from store.errors import UsageError
from store.money import Money, parse_amount, parse_part, parse_sum
from store.quantities import (
    WORDS_OF_TERMS,
    due_date,
    due_day,
    parse_discount,
    parse_rate,
    spoken_terms,
)
from store.text import Verbatim

_TAX_WORDS: Final = {"vatno": "vat_number", "vatnote": "vat_note"}
TAX_OPTIONS: Final = frozenset({"vat", "net", *_TAX_WORDS})
DISCOUNT_OPTIONS: Final = frozenset({"discount"})
PAYMENT_OPTIONS: Final = frozenset({"fee", "as", "rate", "source"})
_VAT: Final = r"(?:vat|mwst|ust|tva|iva|btw|moms|alv|vsk|mva|dph|pdv|ddv|pvm|kdv|[áa]fa|gst)\.?"
"""What VAT is called on bills in the languages that the right words are in, and around them."""
_RATE: Final = r"(\d{1,2}(?:[.,]\d{1,2})?) ?%"
_TAX_SAID: Final = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (rf"{_VAT} {_RATE}", rf"{_VAT}(\d{{1,2}})%?", rf"{_RATE} ?{_VAT}")
)
_ON_TOP: Final = frozenset("plus + excl excluding ex zzgl without".split())
_MOST_WORDS: Final = 3
_SIDES: Final = {"me": "me", "i": "me", "client": "client", "them": "client"}


def take_vat(marks: Marks, options: Collection[str]) -> None:
    """Take VAT as people write it, such as `vat 20%`, into the options, where `options` has it.

    A bill whose VAT comes on top is asked for its whole sum: that is what is owed.
    """
    if "vat" not in options:
        return
    words, marks.words = marks.words, []
    place = 0
    while place < len(words):
        rate, count = _vat_at(words[place:])
        if not rate or "vat" in marks.options:
            marks.words.append(words[place])
            place += 1
            continue
        if marks.words and marks.words[-1].lower().strip("(.,;") in _ON_TOP:
            marks.problems.append(f"give the whole sum, with the VAT in it: vat:{rate}")
        marks.options["vat"] = rate
        marks.taken += words[place : place + count]
        place += count


def _vat_at(words: Sequence[str]) -> tuple[str, int]:
    """Return the rate of VAT that the first `words` say, and of how many words; none is 0."""
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        if any(isinstance(word, Verbatim) for word in words[:count]):
            continue
        text = " ".join(words[:count]).strip("(),;")
        for pattern in _TAX_SAID:
            if found := pattern.fullmatch(text):
                return f"{found[1]}%", count
    return "", 0


def tax_said(options: Mapping[str, str], whole: Money) -> dict[str, Any]:
    """Return what `vat:25%`, `net:1000`, `vatno:` and `vatnote:` say of a paper over `whole`."""
    said: dict[str, Any] = dict(parse_vat(options["vat"], whole)) if "vat" in options else {}
    if "net" in options:
        said["net"] = parse_part(options["net"], whole.currency)
    return said | {field: options[name] for name, field in _TAX_WORDS.items() if name in options}


def due_said(
    words: list[str], marks: Marks, issued: date, today: date, agreed: str | None
) -> date | None:
    """Return the due day of a bill by `due:`, by terms such as `net14` in `words`, or as `agreed`.

    What says it is taken out of `words`.
    """
    typed = marks.options.get("due")
    due = due_day(typed, issued, today) if typed else None
    for place, count in _spans(words):
        some = words[place : place + count]
        whole = count == len(words)
        terms = spoken_terms(" ".join(some).rstrip(",;."), sure=not whole)
        if not terms or any(isinstance(one, Verbatim) for one in some):
            continue
        told = due_date(terms, issued)
        if due and due != told:
            raise UsageError(f"due:{typed} or {' '.join(some)}? leave one of them", "", "")
        words[place : place + count] = []
        words[place - 1 : place] = [one.rstrip(",;") for one in words[place - 1 : place]]
        marks.taken += some
        return told
    return due or (due_date(agreed, issued) if agreed else None)


def _spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield place and length of all runs of words that may be terms, the longest first."""
    for count in range(min(len(words), WORDS_OF_TERMS), 0, -1):
        yield from ((place, count) for place in range(len(words) - count + 1))


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
