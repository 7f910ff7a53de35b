"""Journals of hledger and ledger: what was billed and paid, by the account of who owes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, NamedTuple

from store.errors import UsageError
from store.intake.sources.row import FileSort, ForeignFile, ForeignRow, HowRead, moment_fields
from store.intake.sources.table import read_sum
from store.money import parse_currency

_HEAD: Final = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:=\S+)?"
    r"\s+(?:[*!]\s+)?(?:\((?P<code>[^)]*)\)\s*)?(?P<said>[^;]*?)\s*(?:;\s*(?P<note>.*))?$"
)
_POSTING: Final = re.compile(
    r"[ \t]+(?:[*!]\s+)?(?P<account>[^\s;](?:[^;\t]|(?<! ) )*?)(?:(?:\t|  )\s*(?P<sum>[^;@={]+?))?"
    r"\s*(?:[@={].*?)?(?:;\s*(?P<note>.*))?$"
)
_OWED: Final = re.compile(
    r"(?:^|:)(?:accounts? ?receivable|receivables?|debtors)(?::|$)", re.IGNORECASE
)
_EARNED: Final = re.compile(r"^(?:income|revenues?|sales)(?::|$)", re.IGNORECASE)
_CHARGES: Final = ("income:interest", "income:fixed-compensation", "income:recovery-costs")
"""What of a payment was earned beside the bills, as Docket writes it itself."""
_TAG: Final = re.compile(r"(?:^|[\s,])(due|invoice|docket):\s*([^,]+)")
_SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_COMMODITY: Final = re.compile(r"[A-Z]{3}|[€$£¥]")
_OTHER: Final = "a transaction in which no client owes or pays"
_NO_SUM: Final = "a sum that cannot be read"
_NO_NUMBER: Final = "no number of an invoice"


class Posting(NamedTuple):
    """One line of a transaction: its account, and its sum; none where it is left to the others."""

    account: str
    amount: Decimal | None
    currency: str


class Transaction(NamedTuple):
    """A transaction: its line, its day, its code, what it says, its tags, and its postings."""

    number: int
    day: date
    code: str
    said: str
    tags: dict[str, str]
    postings: list[Posting]


def _fits(opened: ForeignFile) -> bool:
    lines = opened.text[:20_000].splitlines()
    heads = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    below = [lines[number + 1] for number in heads if number + 1 < len(lines)]
    return bool(below) and all(line[:1] in (" ", "\t") for line in below[:3])


def _rows(opened: ForeignFile, asked: HowRead) -> Iterator[ForeignRow]:
    head, lines, at = None, list[str](), 0
    for number, line in enumerate([*opened.text.splitlines(), ""], 1):
        if head is not None and line[:1] in (" ", "\t") and line.strip():
            lines.append(line)
            continue
        if head is not None:
            yield from _transaction(at, head, lines, asked)
        head, lines, at = _HEAD.match(line), [], number


def _transaction(
    number: int, head: re.Match[str], lines: list[str], asked: HowRead
) -> Iterator[ForeignRow]:
    notes = [head["note"] or ""]
    try:
        day = date(int(head["year"]), int(head["month"]), int(head["day"]))
        postings = list[Posting]()
        for line in lines:
            found = _POSTING.match(line)
            if line.strip().startswith(";") or found is None:
                notes.append(line.strip().lstrip("; "))
                continue
            notes.append(found["note"] or "")
            postings.append(_posting(found, asked))
    except ValueError:
        yield ForeignRow(number, passed="no day that can be read")
        return
    except UsageError:
        yield ForeignRow(number, passed=_NO_SUM)
        return
    tags = {name: text.strip() for note in notes for name, text in _TAG.findall(note)}
    said = head["said"].strip()
    whole = Transaction(number, day, (head["code"] or "").strip(), said, tags, _balanced(postings))
    yield from _of(whole, asked)


def _posting(found: re.Match[str], asked: HowRead) -> Posting:
    typed = (found["sum"] or "").strip()
    account = found["account"].strip("()[] ")
    if not typed:
        return Posting(account, None, "")
    signs = _COMMODITY.findall(typed)
    currency = _SIGNS.get(signs[0], signs[0]) if signs else asked.currency
    return Posting(account, read_sum(typed, parse_currency(currency)), currency)


def _balanced(postings: list[Posting]) -> list[Posting]:
    """Return the postings, the one sum that is left out filled in where it can be."""
    open_ = [one for one in postings if one.amount is None]
    currencies = {one.currency for one in postings if one.amount is not None}
    if len(open_) != 1 or len(currencies) != 1:
        return [one for one in postings if one.amount is not None]
    rest = -sum((one.amount for one in postings if one.amount is not None), Decimal(0))
    return [
        one if one.amount is not None else Posting(one.account, rest, *currencies)
        for one in postings
    ]


def _of(whole: Transaction, asked: HowRead) -> Iterator[ForeignRow]:
    """Yield what was billed or paid; without an account of who owes, what was earned is paid."""
    owed = _with_charges(whole.postings)
    payee, _, said = whole.said.partition("|")
    if owed:
        for one in owed:
            rest = _OWED.split(one.account, maxsplit=1)[-1]
            yield _row(whole, one, rest or payee.strip(), said.strip() or payee.strip(), asked)
        return
    earned = [one for one in whole.postings if _EARNED.match(one.account) and one.amount]
    if not earned:
        yield ForeignRow(whole.number, whose=payee.strip(), passed=_OTHER)
        return
    amount = sum((one.amount or Decimal(0) for one in earned), Decimal(0))
    paid = Posting("", amount, earned[0].currency)
    yield _row(whole, paid, payee.strip(), said.strip() or payee.strip(), asked)


def _with_charges(postings: list[Posting]) -> list[Posting]:
    """Return what moved on accounts of who owes; with it what one payment was for charges."""
    owed = [one for one in postings if _OWED.search(one.account) and one.amount is not None]
    paid = [one for one in postings if one.account in _CHARGES and one.amount]
    if len(owed) == 1 and (owed[0].amount or 0) <= 0:
        amount = sum((one.amount or Decimal(0) for one in paid), owed[0].amount or Decimal(0))
        owed = [Posting(owed[0].account, amount, owed[0].currency)]
    return [one for one in owed if one.amount]


def _row(whole: Transaction, one: Posting, whose: str, said: str, asked: HowRead) -> ForeignRow:
    amount, own = one.amount or Decimal(0), whole.tags.get("docket", "")
    data: dict[str, Any] = {"amount": str(abs(amount)), "currency": one.currency}
    when = moment_fields(asked, datetime.combine(whole.day, time()), exact=False)
    fields = {**when, "statement": said, "source": "document"}
    if amount < 0:
        return ForeignRow(whole.number, {**fields, "kind": "payment", "data": data}, whose, own=own)
    number = whole.tags.get("invoice") or whole.code
    if not number:
        return ForeignRow(whole.number, whose=whose, passed=_NO_NUMBER)
    data["number"] = number
    if due := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", whole.tags.get("due", "")):
        data["due"] = f"{due[1]}-{int(due[2]):02}-{int(due[3]):02}"
    return ForeignRow(whole.number, {**fields, "kind": "invoice", "data": data}, whose, own=own)


LEDGERS: Final = (FileSort("a journal of hledger or ledger", _fits, _rows),)
