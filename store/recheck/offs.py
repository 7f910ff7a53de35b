"""What was taken off invoices and what went back, reckoned day by day beside `account`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Protocol

from store.recheck.bills import ZERO, Invoice
from store.recheck.entries import Entry

OFF = ("credit", "discount", "write-off")
BACK = ("refund", "payment-returned")
NAMES = {
    "credit": "Credit note",
    "discount": "Discount",
    "write-off": "Let go of",
    "refund": "Sent back",
    "payment-returned": "Payment returned",
}


class Books(Protocol):
    """What is known of the account while it is reckoned."""

    payments: list[Entry]
    left: dict[int, Fraction]
    settled: dict[int, list[tuple[Invoice, Fraction]]]
    charged: dict[int, dict[str, Fraction]]
    history: dict[int, list[tuple[Invoice | str, Fraction]]]

    def bills(self, currency: str) -> list[Invoice]:
        """Return the invoices in one currency."""
        ...


class Offs:
    """The credits and the money that went back, of one account."""

    def __init__(self, account: Books, known: list[Entry]) -> None:
        self.account = account
        found = [one for one in known if one.data]
        self.credits = [one for one in found if one.kind in OFF and self._bill(one)]
        paid = {(one.seq, one.data["currency"]) for one in account.payments}
        self.backs = [
            one
            for one in found
            if one.kind == "refund"
            or (one.kind == "payment-returned" and (self.of(one), one.data["currency"]) in paid)
        ]
        self.open: dict[int, Fraction] = {}

    def of(self, one: Entry) -> int:
        """Return the payment that was returned, or 0 for a refund."""
        return one.target("about") if one.kind == "payment-returned" else 0

    def _bill(self, one: Entry) -> Invoice | None:
        wanted = str(one.data["of_invoice"]).casefold()
        bills = self.account.bills(str(one.data["currency"]))
        return next((bill for bill in bills if bill.number.casefold() == wanted), None)

    def day(self, one: Entry) -> date:
        """Return the day on which it takes effect."""
        if one.kind in OFF:
            bill = self._bill(one)
            assert bill
            return max(one.day, bill.entry.day)
        days = [paid.day for paid in self.account.payments if paid.seq == self.of(one)]
        return max([one.day, *days])

    @property
    def days(self) -> set[date]:
        """All days on which one takes effect."""
        return {self.day(one) for one in (*self.credits, *self.backs)}

    def credit(self, day: date) -> None:
        """Take off what is taken off on a day; what was paid on it too much is free again."""
        for one in sorted(self.credits, key=lambda one: one.seq):
            bill = self._bill(one)
            if self.day(one) != day or bill is None:
                continue
            part = min(one.amount(), bill.asked)
            if part <= 0:
                continue
            bill.off.append((one, part))
            for paid in [paid for paid, _, _ in reversed(bill.parts)]:
                self._free(bill, paid, -bill.owed, day)

    def _free(self, bill: Invoice, paid: Entry, most: Fraction, day: date) -> None:
        had = sum((part for by, part, _ in bill.parts if by.seq == paid.seq), ZERO)
        part = min(most, had)
        if part > 0:
            bill.parts.append((paid, -part, day))
            self.account.settled[paid.seq].append((bill, -part))
            self.account.left[paid.seq] += part

    def go_back(self, day: date, *, all_in: bool) -> None:
        """Take what went back, as far as there is something to take it from."""
        amounts = {one.seq: one.amount() for one in self.backs}
        for paid in self.account.payments:
            for one in self.backs:
                if self.of(one) == paid.seq:
                    amounts[one.seq] = min(amounts[one.seq], paid.amount())
        due = [one for one in self.backs if self.day(one) <= day]
        for one in sorted(due, key=lambda one: (self.day(one), one.seq)):
            left = self.open.setdefault(one.seq, amounts[one.seq])
            there = [
                paid
                for paid in self.account.payments
                if (paid.day <= day if all_in else paid.day < day)
                and paid.data["currency"] == one.data["currency"]
                and self.of(one) in (0, paid.seq)
            ]
            for paid in sorted(there, key=lambda paid: (paid.day, paid.seq), reverse=True):
                if self.of(one):
                    self._unsettle(paid, left - self.account.left[paid.seq], day)
                part = min(left, self.account.left[paid.seq])
                self.account.left[paid.seq] -= part
                left -= part
            self.open[one.seq] = left

    def _unsettle(self, paid: Entry, missing: Fraction, day: date) -> None:
        """Free what a payment settled, the last first, until `missing` is free."""
        account = self.account
        for what, _ in list(reversed(account.history[paid.seq])):
            if missing <= 0:
                return
            before = account.left[paid.seq]
            if isinstance(what, str):
                part = min(missing, account.charged[paid.seq].get(what, ZERO))
                account.charged[paid.seq][what] = account.charged[paid.seq].get(what, ZERO) - part
                account.left[paid.seq] += part
            else:
                self._free(what, paid, missing, day)
            missing -= account.left[paid.seq] - before

    def amount(self, one: Entry) -> Fraction:
        """Return what it came to in the account."""
        if one.kind in OFF:
            bill = self._bill(one)
            parts = [part for by, part in bill.off if by.seq == one.seq] if bill else []
            return sum(parts, ZERO)
        of = [paid.amount() for paid in self.account.payments if paid.seq == self.of(one)]
        return min([one.amount(), *of])

    def moves(self, currency: str) -> list[Entry]:
        """Return what took effect in a currency, by day."""
        found = [*self.credits, *self.backs]
        mine = [one for one in found if one.data["currency"] == currency and self.amount(one)]
        return sorted(mine, key=lambda one: (self.day(one), one.seq))

    def beyond(self, currency: str) -> Fraction:
        """Return what went back beyond all there was."""
        mine = [one.seq for one in self.backs if one.data["currency"] == currency]
        return sum((self.open.get(seq, ZERO) for seq in mine), ZERO)
