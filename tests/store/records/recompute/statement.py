"""A statement of account being checked: what its figures are reckoned from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from store.recheck.account import Account
from store.recheck.bills import EARLY, LAPSED, ZERO, Invoice
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, spelled
from store.recheck.journal import Journal
from store.recheck.offs import ADDS, NAMES

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
        moves = [*bills, *paid, *self.account.offs.moves(self.code)]
        self.moves = sorted(moves, key=lambda one: (self.day(one), one.seq))
        self.balance = sum(map(self.move, self.moves), ZERO)
        self.owed, self.interest, self.fixed, self.costs = self.account.claim(self.code)
        self.later = sum((one.owed for one in self.written.bills if one.due > self.to), ZERO)
        self.total = self.balance - self.later + self.interest + self.fixed + self.costs
        self.disputed = sum(
            (said[1] for one in self.written.bills if (said := self.account.dispute(one))), ZERO
        )

    def on(self, day: date) -> str:
        """Return a day as a table has it."""
        return self.written.day(day)

    def sum(self, value: Fraction) -> str:
        """Return a sum as the statement has it."""
        return spelled(value, minor(self.code))

    def balanced(self, value: Fraction) -> str:
        """Return a sum of which what is below nothing stands in brackets."""
        return f"({self.sum(-value)})" if value < 0 else self.sum(value)

    @property
    def opened(self) -> bool:
        """Whether something was billed or paid before the period, or the table begins so."""
        account = self.document.section("Account")
        first = account.tables[0].rows[0] if account and account.tables else [""]
        return first[-1] == "Opening balance" or any(
            self.day(one) < self.since for one in self.moves
        )

    @property
    def bills(self) -> list[Invoice]:
        """What was issued in the period, or was open when it began."""
        before = self.since - timedelta(days=1)
        return [
            one
            for one in self.written.bills
            if one.entry.day >= self.since
            or one.open_on(before) > 0
            or one.owed
            or any(on >= self.since for _, _, on in one.parts)
            or any(self.day(by) >= self.since for by, _ in one.off)
        ]

    def remark(self, one: Entry) -> str:
        """Return the figures of what an entry said first, and the day of its correction."""
        if one.kind in (EARLY, LAPSED):
            return ""
        said = []
        by = [self.docket.all[seq] for seq in one.corrected_by]
        by = [other for other in by if other.kind == "amendment"]
        if by:
            said = [str(value) for value in self._first(one)]
            said.append(max(other.recorded.date() for other in by).isoformat())
        noted = one.recorded.date()
        if noted > max(self.to, one.day):
            said.append(noted.isoformat())
        return " ".join(["", *said])

    def _first(self, one: Entry) -> list[str]:
        was = one.raw.get("data", {})
        found = [str(was[n]) for n in ("number", "of_invoice") if was.get(n) != one.data.get(n)]
        if Fraction(str(was["amount"])) != one.amount():
            found.append(spelled(Fraction(str(was["amount"])), minor(was["currency"])))
        found += [
            spelled(Fraction(str(was[name])), minor(was["currency"]))
            for name in ("vat", "fee")
            if was.get(name) is not None and was[name] != one.data.get(name)
        ]
        if was.get("due") != one.data.get("due"):
            found.append(str(was["due"]))
        first = datetime.fromisoformat(one.raw["occurred_at"]).date()
        return found + ([first.isoformat()] if first != one.day else [])

    def day(self, one: Entry) -> date:
        """Return the day on which something moves the balance."""
        return self.account.offs.day(one) if one.kind in NAMES else one.day

    def moved(self, one: Entry) -> Fraction:
        """Return the sum of a line of the account."""
        if one.kind in NAMES:
            return self.account.offs.amount(one)
        return one.counts() if one.kind == "payment" else one.amount()

    def move(self, one: Entry) -> Fraction:
        """Return by how much something moves the balance."""
        return self.moved(one) * (1 if one.kind in ("invoice", *ADDS) else -1)
