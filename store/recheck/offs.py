"""What was taken off invoices and what went back, reckoned beside `account`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Protocol

from store.recheck.bills import EARLY, LAPSED, ZERO, Invoice, Purse
from store.recheck.entries import Entry

OFF = ("credit", "discount", "write-off")
BACK = ("refund", "payment-returned")
NAMES = {
    "credit": "Credit note",
    "discount": "Discount",
    "write-off": "Write-off",
    "refund": "Sent back",
    "payment-returned": "Payment returned",
    EARLY: "Discount for early payment",
    LAPSED: "Discount for early payment, lapsed",
}
OF_BILL = (*OFF, EARLY, LAPSED)
ADDS = (*BACK, LAPSED)
"""What adds to what is owed."""


class Books(Protocol):
    """What is known of the account while it is reckoned."""

    invoices: list[Invoice]
    payments: list[Entry]
    purse: Purse
    charged: dict[int, dict[str, Fraction]]


class Offs:
    """The credits and the money that went back, of one account."""

    def __init__(self, account: Books, known: list[Entry]) -> None:
        self.account = account
        self._bills: dict[tuple[str, str], Invoice] = {}
        for bill in account.invoices:
            self._bills.setdefault((bill.number.casefold(), bill.currency), bill)
        self._payments = {one.seq: one for one in account.payments}
        found = [one for one in known if one.data]
        self.credits = [one for one in found if one.kind in OFF and self._bill(one)]
        self.backs = [one for one in found if one.kind == "refund" or self._returned(one)]
        self.open: dict[int, Fraction] = {}
        self.drawn: defaultdict[str, list[tuple[Entry, Invoice, Fraction]]] = defaultdict(list)
        self.early: list[Entry] = []
        untils = ((one.entry.data.get("discount_until"), one) for one in account.invoices)
        self._offers = [(date.fromisoformat(day), one) for day, one in untils if day]
        self._waiting: list[Entry] = []
        self._by_day: dict[date, list[Entry]] = {}
        for one in sorted([*self.credits, *self.backs], key=lambda one: one.seq):
            self._by_day.setdefault(self.day(one), []).append(one)

    def of(self, one: Entry) -> int:
        """Return the payment that was returned, or 0 for a refund."""
        return one.target("about") if one.kind == "payment-returned" else 0

    def _returned(self, one: Entry) -> bool:
        """Whether it says of a payment that is there that it was returned."""
        paid = self._payments.get(self.of(one))
        return paid is not None and paid.data["currency"] == one.data["currency"]

    def _bill(self, one: Entry) -> Invoice | None:
        number = str(one.data["of_invoice"]).casefold()
        return self._bills.get((number, str(one.data["currency"])))

    def day(self, one: Entry) -> date:
        """Return the day on which it takes effect."""
        if one.kind in (EARLY, LAPSED):
            return one.day
        if one.kind in OFF:
            bill = self._bill(one)
            assert bill
            return max(one.day, bill.entry.day)
        paid = self._payments.get(self.of(one))
        return max(one.day, paid.day) if paid else one.day

    @property
    def days(self) -> set[date]:
        """All days on which one takes effect."""
        return set(self._by_day)

    def went_back(self, day: date) -> bool:
        """Whether money went back on a day."""
        return any(one.kind in BACK for one in self._by_day.get(day, []))

    def credit(self, day: date) -> None:
        """Take off what is taken off on a day; what was paid on it too much is free again."""
        for one in self._by_day.get(day, []):
            bill = self._bill(one) if one.kind in OFF else None
            part = min(one.amount(), bill.asked) if bill else ZERO
            if bill and one.kind == "discount":
                part = min(one.amount() - bill.off_by(EARLY, LAPSED), part)
            if bill is None or part <= 0:
                continue
            bill.take_off(one, part)
            self.account.purse.look_at(bill)
            for paid in [paid for paid, _, _ in reversed(bill.parts)]:
                self._free(bill, paid, -bill.owed, day, one)

    def pay_early(self, day: date) -> None:
        """Take off what bills let whoever pays by a day keep, once all the rest has come."""
        self._offers = [one for one in self._offers if one[0] >= day]
        for _, bill in self._offers:
            if bill.entry.day <= day and bill.paid > 0 and 0 < bill.owed <= bill.offered:
                last = max(bill.parts, key=lambda part: (part[2], part[0].seq))[0]
                self._note_early(bill, last, day, bill.owed)

    def _note_early(self, bill: Invoice, by: Entry, day: date, part: Fraction) -> None:
        amount = f"{abs(part).numerator}/{abs(part).denominator}"
        data = {"of_invoice": bill.number, "amount": amount, "currency": bill.currency}
        raw = {**by.raw, "kind": EARLY if part > 0 else LAPSED, "data": data}
        at = datetime.combine(day, time(), by.at.tzinfo)
        made = replace(by, raw=raw, at=at, data=data, statement="", corrected_by=[])
        self.early.append(made)
        bill.take_off(made, part)
        self.account.purse.look_at(bill)

    def _free(self, bill: Invoice, paid: Entry, most: Fraction, day: date, by: Entry) -> Fraction:
        """Take off a bill what it had of a payment, up to `most`, and return how much.

        The discount for paying early lapses with what is owed again.
        """
        had = sum((part for one, part, _ in bill.parts if one.seq == paid.seq), ZERO)
        part = max(ZERO, min(most, had))
        if part:
            self.account.purse.settle(bill, paid, -part, day)
        if bill.owed > 0 and (early := bill.off_by(EARLY, LAPSED)):
            self._note_early(bill, by, day, -early)
        return part

    def go_back(self, day: date, *, came: bool) -> None:
        """Take what went back by a day, as far as there is something to take it from.

        Once the day's money `came`, a refund is taken from bills too that credit has settled.
        """
        new = [one for one in self._by_day.get(day, []) if one.kind in BACK]
        for one in new:
            if one.seq not in self.open:
                self.open[one.seq] = self.amount(one)
                self._waiting.append(one)
        for one in self._waiting:
            self._take(one, day)
            if came and one.kind == "refund":
                self._take_drawn(one, day)
        self._waiting = [one for one in self._waiting if self.open[one.seq]]

    def _take(self, one: Entry, day: date) -> None:
        """Take it from the payment that was returned, or from what is left of the latest."""
        purse, returned = self.account.purse, self._payments.get(self.of(one))
        there = [returned] if returned else reversed(purse.with_rest())
        for paid in there:
            if paid.seq not in purse.here or paid.data["currency"] != one.data["currency"]:
                continue
            if returned:
                self._unsettle(paid, self.open[one.seq] - purse.left[paid.seq], day, one)
            part = min(self.open[one.seq], purse.left[paid.seq])
            purse.move(paid, -part)
            self.open[one.seq] -= part

    def _take_drawn(self, one: Entry, day: date) -> None:
        """Take a refund from what credit was set against after it came, the last of that first."""
        drawn = self.drawn[str(one.data["currency"])]
        while self.open[one.seq] and drawn:
            paid, bill, amount = drawn.pop()
            freed = self._free(bill, paid, min(amount, self.open[one.seq]), day, one)
            if freed < amount and freed == self.open[one.seq]:
                drawn.append((paid, bill, amount - freed))
            self.account.purse.move(paid, -freed)
            self.open[one.seq] -= freed

    def _unsettle(self, paid: Entry, missing: Fraction, day: date, by: Entry) -> None:
        """Free what a payment settled, the last first, until `missing` is free."""
        purse, charged = self.account.purse, self.account.charged[paid.seq]
        for what in list(reversed(purse.spent[paid.seq])):
            if missing <= 0:
                return
            before = purse.left[paid.seq]
            if isinstance(what, str):
                part = min(missing, charged.get(what, ZERO))
                charged[what] = charged.get(what, ZERO) - part
                purse.move(paid, part)
            else:
                self._free(what, paid, missing, day, by)
            missing -= purse.left[paid.seq] - before

    def amount(self, one: Entry) -> Fraction:
        """Return what it came to in the account."""
        if one.kind in (EARLY, LAPSED):
            return one.amount()
        if one.kind in OFF:
            bill = self._bill(one)
            parts = [part for by, part in bill.off if by.seq == one.seq] if bill else []
            return sum(parts, ZERO)
        paid = self._payments.get(self.of(one))
        return min(one.amount(), paid.counts()) if paid else one.amount()

    def moves(self, currency: str) -> list[Entry]:
        """Return what took effect in a currency, by day."""
        found = [*self.credits, *self.backs, *self.early]
        mine = [one for one in found if one.data["currency"] == currency and self.amount(one)]
        return sorted(mine, key=lambda one: (self.day(one), one.seq))

    def beyond(self, currency: str) -> Fraction:
        """Return what went back beyond all there was."""
        mine = [one.seq for one in self.backs if one.data["currency"] == currency]
        return sum((self.open.get(seq, ZERO) for seq in mine), ZERO)

    def spare(self, currency: str) -> Fraction:
        """Return what was received and set against nothing; below zero what went back beyond it."""
        paid = [one.seq for one in self.account.payments if one.data["currency"] == currency]
        left = self.account.purse.left
        return sum((left[seq] for seq in paid), ZERO) - self.beyond(currency)
