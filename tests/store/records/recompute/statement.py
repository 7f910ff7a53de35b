"""A statement of account being checked: what its figures are reckoned from."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from store.recheck.account import ZERO, Account, Invoice
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, spelled
from store.recheck.journal import Journal

from .markdown import Document
from .written import Written


class Statement:
    """A statement being checked."""

    def __init__(self, document: Document, journal: Journal) -> None:
        self.document, front = document, document.front
        self.code = front["currency"]
        self.since, self.to = date.fromisoformat(front["from"]), date.fromisoformat(front["to"])
        shown = {
            line.seq
            for line in journal.lines
            if line.fields.get("visibility", "record") == "record"
        }
        self.docket = Docket(journal.lines, shown.__contains__)
        self.account = Account(self.docket, self.to)
        self.written = Written(self.account, bare=True, codes=[self.code])
        paid = [one for one in self.account.payments if one.data["currency"] == self.code]
        bills = [one.entry for one in self.written.bills]
        self.moves = sorted([*bills, *paid], key=lambda one: (one.day, one.at, one.seq))
        self.balance = sum((move(one) for one in self.moves), ZERO)
        self.owed, self.interest, self.fixed, self.costs = self.account.claim(self.code)
        self.later = sum((one.owed for one in self.written.bills if one.due > self.to), ZERO)
        self.total = self.balance - self.later + self.interest + self.fixed + self.costs
        self.disputed = sum(
            (said[1] for one in self.written.bills if (said := self.account.dispute(one))), ZERO
        )

    def sum(self, value: Fraction) -> str:
        """Return a sum as the statement has it."""
        return spelled(value, minor(self.code))

    @property
    def opened(self) -> bool:
        """Whether something was billed or paid before the period, or the table begins so."""
        account = self.document.section("Account")
        first = account.tables[0].rows[0] if account and account.tables else [""]
        return first[-1] == "Opening balance" or any(one.day < self.since for one in self.moves)

    @property
    def bills(self) -> list[Invoice]:
        """What was issued in the period, or was open when it began."""
        before = self.since - timedelta(days=1)
        return [
            one
            for one in self.written.bills
            if one.entry.day >= self.since or one.open_on(before) > 0
        ]


def move(one: Entry) -> Fraction:
    """Return by how much an invoice or a payment moves the balance."""
    return one.amount() if one.kind == "invoice" else -one.amount()
