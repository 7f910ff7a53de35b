"""Reads sums and the numbers of invoices out of a captured line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from store.capture.marks import Marks
from store.docket import Docket, Invoice
from store.docket.allocation import bill_then
from store.errors import UsageError
from store.money import CURRENCIES, parse_amount
from store.text import Verbatim

_DOLLARS = ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "BRL")
_POUNDS = ("GBP", "EGP", "LBP", "GIP", "FKP", "SHP")
_CROWNS = ("SEK", "NOK", "DKK", "ISK", "CZK")
_FRANCS = ("CHF", "XOF", "XAF", "XPF", "RWF", "KMF", "DJF", "GNF", "BIF", "CDF")
_RUPEES = ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")
_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("€", "euro", "euros"), ("EUR",)),
    **dict.fromkeys(("£", "pound", "pounds", "quid"), _POUNDS),
    **dict.fromkeys(("$", "dollar", "dollars"), _DOLLARS),
    **dict.fromkeys(("¥", "yen"), ("JPY", "CNY")),
    **dict.fromkeys(("yuan", "rmb"), ("CNY",)),
    **dict.fromkeys(("₹", "rupee", "rupees"), _RUPEES),
    **dict.fromkeys(("៛", "riel", "riels"), ("KHR",)),
    **dict.fromkeys(("franc", "francs"), _FRANCS),
    **dict.fromkeys(("kr", "krone", "kroner", "krona", "kronor", "krónur"), _CROWNS),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "zł": ("PLN",),
    **{f"{land}$": (f"{code}D",) for land, code in (("us", "US"), ("a", "AU"), ("au", "AU"))},
    **{f"{land}$": (f"{code}D",) for land, code in (("c", "CA"), ("ca", "CA"), ("nz", "NZ"))},
    **{f"{land}$": (f"{code}D",) for land, code in (("s", "SG"), ("hk", "HK"))},
}
"""Signs and names of money: the first currency is meant, or the agreed one if it is among them."""
_ASKED = frozenset(_CROWNS[:1] + _FRANCS[:1] + _RUPEES[:1])  # where the name alone tells too little
# Codes that are words too: in small letters they are words, but at the end of a line.
_ALSO_WORDS = frozenset(
    "all amd bam bob cup dop gel lak mad mop pen php ron sos sar top try wst nad".split()
)

SIGN = r"[A-Za-z]{0,3}[€£$¥₹៛₩₪₺₴]|zł|kr|[A-Za-z]{3}"
_AMOUNT = re.compile(rf"[-−–]?({SIGN})?([-−–]?\d[\d.,'’]*(?:[.,][-–—]{{1,2}})?)({SIGN})?")
_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
_NUMBERED = re.compile(r"(?=.*\d)(?:[A-Za-z]{1,8}[-_/#.]\d[\w/-]*|[A-Z]{2,8}\d[\w/-]*)")
_PART = frozenset("half part partly partial partially some deposit instalment installment".split())
_ENDS = ".,;:()"


def take_amount(
    words: list[str], data: dict[str, Any], assumed: str, marks: Marks, *, skip_first: bool
) -> Decimal | None:
    """Take an amount and its currency out of `words` into `data`; None where there is none.

    `assumed` is the currency where none is said. With `skip_first` an invoice's number may come
    first. Raises UsageError for what could be two sums, or has two currencies.
    """
    likely = [n for n, word in enumerate(words[:4]) if _is_amount(word)]
    if skip_first and likely[:1] == [0] and (len(likely) > 1 or len(words) == 1):
        likely.pop(0)
    if not likely:
        return None
    position = next((one for one in likely if _signed(words, one)), likely[0])
    found = _AMOUNT.fullmatch(words[position].rstrip(",;:)"))
    assert found
    minus = "-" if words[position][0] in "-−–" else ""
    digits = minus + found[2] + _groups(words, position, found)
    count = 1 + digits.count(" ")
    said = [sign for sign in (found[1], found[3]) if sign]
    taken = [position, *range(position + 1, position + count)]
    for near in (position + count, position - 1):
        if 0 <= near < len(words) and _is_money_word(words[near], last=near == len(words) - 1):
            said.append(words[near])
            taken.append(near)
    data["currency"] = currency_meant(said, assumed)
    amount = parse_amount(digits, data["currency"])
    data["amount"] = amount
    marks.taken += [words[one] for one in taken]
    words[:] = [word for one, word in enumerate(words) if one not in taken]
    return amount


def take_invoices(words: list[str], docket: Docket, marks: Marks) -> list[Invoice]:
    """Take the numbers of invoices out of `words`, and return the invoices.

    Raises UsageError for a word that looks like a number of theirs and is none.
    """
    found: list[Invoice] = []
    left: list[str] = []
    for word in words:
        bare = word.strip(_ENDS)
        if isinstance(word, Verbatim):
            left.append(word)
        elif invoice := docket.ledger.find(bare):
            if left and left[-1].lower() in ("for", "on"):
                marks.taken.append(left.pop())
            marks.taken.append(word)
            found.append(invoice)
        elif is_number(bare, docket):
            raise UsageError(
                f"{no_invoice(bare, docket)}; {marks.aside}{bare} keeps it as text", "", ""
            )
        else:
            left.append(word)
    words[:] = left
    return found


def invoices_then(words: list[str], docket: Docket, marks: Marks) -> list[Invoice]:
    """Take them out of `words` too, and return them as they stood on the day of the line."""
    found = take_invoices(words, docket, marks)
    day = marks.when.day if marks.when else docket.today
    return [bill_then(docket, one, day) for one in found]


def is_number(word: str, docket: Docket) -> bool:
    """Whether `word` is written as the number of an invoice is: theirs, or anybody's."""
    return bool(_NUMBERED.fullmatch(word)) or like_theirs(word, docket)


def no_invoice(number: str, docket: Docket) -> str:
    """Return the words for a number that no invoice of theirs has."""
    known = ", ".join(one.number for one in docket.ledger.invoices[-3:])
    return f"{number[:40]} is no invoice of theirs" + (f" (they have {known})" if known else "")


def like_theirs(word: str, docket: Docket) -> bool:
    """Whether `word` is written as a number of their invoices is, such as MV-99 beside MV-1."""
    return bool(re.search(r"\d", word)) and any(
        _shape(word) == _shape(invoice.number) for invoice in docket.ledger.invoices
    )


def unread_sum(words: list[str]) -> str:
    """Return the first of `words` that may be a sum or a part of one; empty where none is."""
    for word in words:
        bare = word.strip(_ENDS).lower()
        if not isinstance(word, Verbatim) and (bare in _PART or re.match(r"[-−€£$¥]?\d", bare)):
            return word
    return ""


def _shape(number: str) -> str:
    """Return how a number is written; in one of digits alone, how many there are counts too."""
    letters = "".join("a" if sign.isalpha() else sign for sign in number.casefold())
    if number.isdecimal():
        return "9" * len(number)
    return re.sub(r"a+", "a", re.sub(r"\d+", "9", letters))


def _groups(words: list[str], position: int, found: re.Match[str]) -> str:
    """Return the words after the first that are groups of the same sum, as in `1 000,50`."""
    groups: list[str] = []
    if re.fullmatch(r"\d{1,3}", found[2]) and not found[3]:
        for word in words[position + 1 :]:
            if isinstance(word, Verbatim) or not _GROUP.fullmatch(word.rstrip(",;:)")):
                break
            groups.append(word.rstrip(",;:)"))
            if not word.isdecimal():
                break
    if not groups:
        return ""
    whole = f" {' '.join(groups)}"
    if groups[0].startswith("0") or not groups[-1].isdecimal():
        return whole
    raise UsageError(
        f"'{found[2]}{whole}' could be one sum or two; write it without a blank", "", ""
    )


def _is_amount(word: str) -> bool:
    found = None if isinstance(word, Verbatim) else _AMOUNT.fullmatch(word.rstrip(",;:)"))
    if not found:
        return False
    return is_money([sign for sign in found.group(1, 3) if sign])


def _signed(words: list[str], position: int) -> bool:
    """Whether the number at `position` has a currency, in it or beside it."""
    found = _AMOUNT.fullmatch(words[position].rstrip(",;:)"))
    beside = [words[one] for one in (position - 1, position + 1) if 0 <= one < len(words)]
    return bool(found and (found[1] or found[3])) or any(
        _is_money_word(word, last=False) for word in beside
    )


def is_money(words: Sequence[str]) -> bool:
    """Whether all of `words` that are no numbers are signs, names or codes of currencies."""
    signs = [word.rstrip(",;:)") for word in words if not word[:1].isdecimal()]
    return all(sign.lower() in _SAID or sign.upper() in CURRENCIES for sign in signs)


def _is_money_word(word: str, *, last: bool) -> bool:
    bare = word.rstrip(",;:)")
    if isinstance(word, Verbatim):
        return False
    if bare.lower() in _SAID:
        return True
    small = bare.lower() in _ALSO_WORDS and not bare.isupper()
    return bare.upper() in CURRENCIES and (last or not small)


def currency_meant(said: Sequence[str], assumed: str) -> str:
    """Return the currency that the words for money beside a sum mean."""
    codes = {_one_currency(word.rstrip(",;:)"), assumed) for word in said}
    if len(codes) > 1:
        raise UsageError(f"{' or '.join(sorted(codes))}? the sum has two currencies", "", "")
    return codes.pop() if codes else assumed


def _one_currency(word: str, assumed: str) -> str:
    if word.upper() in CURRENCIES:
        return word.upper()
    meant = _SAID[word.lower()]
    if assumed in meant:
        return assumed
    if meant[0] in _ASKED and word.isalpha():
        raise UsageError(f"which {word}? write its code, such as {meant[0]}", "", "")
    return meant[0]
