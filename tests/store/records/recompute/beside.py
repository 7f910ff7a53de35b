"""What goes beside a record: the sums of a mediator's brief; counts and sums of `platform.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.recheck.bills import ZERO

from .compare import Findings
from .markdown import read
from .record import Record

HEADING = re.compile(r"^[A-Z ,]+ \((?P<field>[^()]+), (?P<count>[\d,]+) of (?P<limit>[\d,]+)\)$")
ASIDE = "! "


def check_pack(where: str, text: str, record: Record, found: Findings) -> None:
    """Check how full each field is said to be, and every sum of the invoices."""
    blocks = [block.split("\n") for block in text.rstrip("\n").split("\n\n")]
    total = 0
    for head, *lines in blocks:
        heading = HEADING.match(head)
        if heading:
            said = "\n".join(one for one in lines if not one.startswith(ASIDE))
            count = sum(1 + (ord(letter) > 0xFFFF) for letter in said)
            found.same(f"{where}: {heading['field']}", number(heading["count"]), count)
            total += count
    together = next(head for head, *_ in blocks if head.startswith("TOGETHER "))
    found.same(f"{where}: together", number(together.split()[1]), total)
    bills = [one for one in text.split("\n") if one.startswith("Invoice ")]
    for number_, wanted in _lines(record):
        mine = [one for one in bills if re.match(rf"Invoice {re.escape(number_)}[:,]", one)]
        there = any(wanted in one for one in mine)
        found.same(f"{where}: {wanted!r} of {number_} is there", there, True)


def number(text: str) -> int:
    """Return `1,234` as a number."""
    return int(text.replace(",", ""))


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the number of each invoice with what its line has of its sums."""
    account = record.account
    for bill in account.invoices:
        yield bill.number, f": {record.money(bill.amount, bill.currency)}, sent "
        if bill.paid:
            yield bill.number, f"; paid {record.money(bill.paid, bill.currency)}"
        if bill.owed:
            yield bill.number, f"; owed {record.money(bill.owed, bill.currency)}"
        said = account.dispute(bill)
        if said and said[1]:
            part = record.money(said[1], bill.currency)
            yield bill.number, f", of which the client disputes {part}"
            if bill.owed != said[1]:
                rest = record.money(bill.owed - said[1], bill.currency)
                yield bill.number, f"; {rest} is not disputed."


def check_brief(where: str, text: str, record: Record, found: Findings) -> None:
    """Check what of the account is in dispute and what is not, and each point about an invoice."""
    rows = [row for one in read(text).sections for table in one.tables for row in table.rows]
    account = record.account
    for code in account.currencies:
        owed = {bill.number: bill.owed for bill in account.bills(code) if bill.owed > 0}
        told = {bill.number: account.dispute(bill) for bill in account.bills(code)}
        parts = {number: said[1] for number, said in told.items() if said and number in owed}
        whole, part = sum(owed.values(), ZERO), sum(parts.values(), ZERO)
        late, claimed = account.claim(code)[0], account.claimed(code)
        sums = [whole, late, whole - part, part, claimed]
        mine = [[code, *(record.money(one, code) for one in sums)]] if any(sums) else []
        found.same(f"{where}: sums, {code}", [row for row in rows if row[0] == code], mine)
        for number, value in parts.items():
            said = [row[2] for row in rows if row[1] == f"Invoice {number}"]
            wanted = [record.money(value, code)] if value else []
            # of many points the last ones stand in the record alone
            found.same(f"{where}: in dispute of {number}", said or wanted, wanted)
