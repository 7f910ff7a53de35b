"""What was agreed to be paid in parts, reckoned from entries beside the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from store.recheck.account import Account
from store.recheck.bills import ZERO, Invoice
from store.recheck.entries import Entry


@dataclass(frozen=True)
class Part:
    """One part of a plan: what of it has come, what is open, and when all of it had come."""

    due: date
    amount: Fraction
    came: Fraction
    open: Fraction
    paid_on: date | None


@dataclass(frozen=True)
class Plan:
    """A plan in force, and the number of its bill; none where it is about all that was open."""

    entry: Entry
    number: str
    parts: list[Part]

    @property
    def whole(self) -> Fraction:
        """What all parts come to."""
        return sum((one.amount for one in self.parts), ZERO)

    def due(self, day: date) -> Fraction:
        """What was due of it by a day."""
        return sum((one.amount for one in self.parts if one.due <= day), ZERO)

    def missed(self, day: date) -> Fraction:
        """What is open of the parts of an earlier day."""
        return sum((one.open for one in self.parts if one.due < day), ZERO)


def plans(account: Account) -> list[Plan]:
    """Return the last plan for each bill, and the last one for all in a currency."""
    last: dict[tuple[str, str], tuple[Entry, Invoice | None]] = {}
    for one in account.docket.of("instalments"):
        named = str(one.data.get("of_invoice") or "").casefold()
        code = str(one.data.get("currency"))
        bills = [bill for bill in account.bills(code) if bill.number.casefold() == named]
        if one.day <= account.as_of and one.data and (bills or not named):
            last.pop((named, code), None)
            last[named, code] = one, bills[0] if bills else None
    return [_plan(account, *told) for told in last.values()]


def _plan(account: Account, entry: Entry, bill: Invoice | None) -> Plan:
    moved = list(_moved(account, entry, bill))
    days = sorted({day for day, _ in moved})

    def by(day: date) -> Fraction:
        return sum((part for on, part in moved if on <= day), ZERO)

    parts: list[Part] = []
    before, came = ZERO, by(date.max)
    for said in entry.data["parts"]:
        amount = Fraction(str(said["amount"]))
        full = before + amount
        held = [day for day in days if all(by(on) >= full for on in days if on >= day)]
        had = min(amount, max(ZERO, came - before))
        due = date.fromisoformat(said["due"])
        parts.append(Part(due, amount, had, amount - had, min(held) if held else None))
        before = full
    over = sum((one.open for one in parts), ZERO) - _owed(account, entry, bill)
    for at, one in reversed(list(enumerate(parts))):
        cut = max(ZERO, min(one.open, over))
        parts[at] = replace(one, open=one.open - cut)
        over -= cut
    return Plan(entry, bill.number if bill else "", parts)


def _owed(account: Account, plan: Entry, bill: Invoice | None) -> Fraction:
    """Return what is owed of what a plan is about; of all, with what lateness has added."""
    if bill:
        return bill.owed
    code = str(plan.data["currency"])
    told = [one for one in account.bills(code) if _before(one, plan)]
    _, *beside = account.claim(code)
    beside.append(-account.charges_paid(code))
    return max(ZERO, sum((one.owed for one in told), ZERO) + sum(beside, ZERO))


def _before(bill: Invoice, plan: Entry) -> bool:
    return (bill.entry.day, bill.entry.seq) < (plan.day, plan.seq)


def _moved(account: Account, plan: Entry, bill: Invoice | None) -> Iterator[tuple[date, Fraction]]:
    """Yield what came after the plan for its bill, or for all bills that were sent before it."""
    since = plan.day, plan.seq
    code = str(plan.data["currency"])
    for one in [bill] if bill else account.bills(code):
        if bill or _before(one, plan):
            for paid, part, on in one.parts:
                if (paid.day, paid.seq) > since:
                    yield on, part
            for by, part in one.off:
                if (account.offs.day(by), by.seq) > since:
                    yield account.offs.day(by), part
    for paid in [] if bill else account.payments:
        if (paid.day, paid.seq) > since and paid.data["currency"] == code:
            yield paid.day, sum(account.charged[paid.seq].values(), ZERO)
