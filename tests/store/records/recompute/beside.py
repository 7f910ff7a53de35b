"""What goes beside a record: `platform.txt`, its counts and its sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .compare import Findings
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
    for wanted in _lines(record):
        found.same(f"{where}: {wanted!r} is there", wanted in text, True)


def number(text: str) -> int:
    """Return `1,234` as a number."""
    return int(text.replace(",", ""))


def _lines(record: Record) -> Iterator[str]:
    """Yield the sums of each invoice, as its line begins and ends with them."""
    account = record.account
    for bill in account.invoices:
        yield f"Invoice {bill.number}: {record.money(bill.amount, bill.currency)}, sent "
        if bill.paid:
            yield f"; paid {record.money(bill.paid, bill.currency)}"
        if bill.owed:
            yield f"; owed {record.money(bill.owed, bill.currency)}"
        said = account.dispute(bill)
        if said and said[1]:
            yield f", of which the client disputes {record.money(said[1], bill.currency)}"
            if bill.owed != said[1]:
                yield f"; {record.money(bill.owed - said[1], bill.currency)} is not disputed."
