"""An invoice with what was taken off it and the parts of payments that were set against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from store.recheck.entries import Entry
from store.recheck.figures import minor, rounded

ZERO = Fraction(0)
EARLY, LAPSED = "early-discount", "early-lapsed"
"""What is taken off a bill by its own terms, and what of that is owed again."""


@dataclass
class Invoice:
    """One invoice and the parts of payments set against it; `paid` and `less` are their sums."""

    entry: Entry
    parts: list[tuple[Entry, Fraction, date]] = field(default_factory=list)
    off: list[tuple[Entry, Fraction]] = field(default_factory=list)
    paid: Fraction = ZERO
    less: Fraction = ZERO

    @cached_property
    def number(self) -> str:
        """As it is called."""
        return str(self.entry.data["number"])

    @cached_property
    def currency(self) -> str:
        """Its currency."""
        return str(self.entry.data["currency"])

    @cached_property
    def due(self) -> date:
        """The last day to pay it."""
        return date.fromisoformat(self.entry.data["due"])

    @cached_property
    def amount(self) -> Fraction:
        """What it asks for."""
        return self.entry.amount()

    def pay(self, by: Entry, part: Fraction, on: date) -> None:
        """Set a part of a payment against it; below zero it is freed again."""
        self.parts.append((by, part, on))
        self.paid += part

    def take_off(self, by: Entry, part: Fraction) -> None:
        """Ask for less of it."""
        self.off.append((by, part))
        self.less += part

    def off_by(self, *kinds: str) -> Fraction:
        """Return what was taken off it by entries of these kinds."""
        return sum((part for one, part in self.off if one.kind in kinds), ZERO)

    @property
    def offered(self) -> Fraction:
        """What it lets whoever pays early keep, less what they have kept."""
        percent = Fraction(str(self.entry.data.get("discount_percent") or 0))
        whole = rounded((self.amount - self.off_by("credit")) * percent / 100, minor(self.currency))
        return max(ZERO, whole - self.off_by("discount", EARLY, LAPSED)) if percent else ZERO

    @property
    def asked(self) -> Fraction:
        """What it asks for after that."""
        return self.amount - self.less

    @property
    def credited(self) -> bool:
        """Whether nothing was paid of it, and nothing is asked for, since it was credited."""
        return bool(self.off) and not self.owed and not self.paid and not self.let_go

    @property
    def let_go(self) -> bool:
        """Whether the last that was taken off it was let go."""
        return bool(self.off) and self.off[-1][0].kind == "write-off"

    @property
    def owed(self) -> Fraction:
        """What is left."""
        return self.asked - self.paid

    def open_on(self, day: date) -> Fraction:
        """What was left at the end of a day."""
        return self.asked - sum((part for _, part, on in self.parts if on <= day), ZERO)

    def last(self, as_of: date, *, paid_only: bool = False) -> date:
        """The day it was paid in full, `as_of`, or the due day if it never was owed.

        What was let go was owed until it was; `paid_only` leaves that out.
        """
        if self.owed:
            return as_of
        gone = [] if paid_only else [one for one in self.off if one[0].kind == "write-off"]
        moves = [(on, part) for _, part, on in self.parts]
        moves += [(max(one.day, self.entry.day), part) for one, part in gone]
        come = whole = self.asked + sum((part for _, part in gone), ZERO)
        held = self.due
        for day, part in reversed(by_day(moves)) if whole else ():
            if come < whole:
                break
            held, come = day, come - part
        return held

    def late(self, as_of: date) -> int:
        """Days from the due date to `last`; negative where that was before."""
        return (self.last(as_of) - self.due).days

    @property
    def numbers(self) -> list[int]:
        """The entries that show it."""
        shown = [*(paid.seq for paid, _, _ in self.parts), *(one.seq for one, _ in self.off)]
        return sorted({self.entry.seq, *shown})


class Purse:
    """What of payments is set against nothing, and what invoices are owed, up to one day.

    A day looks at those alone, so that a long account costs a day no more than a short one.
    """

    def __init__(self, payments: Iterable[Entry]) -> None:
        self.left = {one.seq: one.counts() for one in payments}
        self.settled: dict[int, list[tuple[Invoice, Fraction]]] = {}
        self.spent: dict[int, list[Invoice | str]] = {seq: [] for seq in self.left}
        self.here: set[int] = set()
        self._rest: dict[int, Entry] = {}
        self._owed: dict[str, dict[int, Invoice]] = {}

    def come(self, new: Iterable[Entry | Invoice]) -> None:
        """Take in what has come: payments, or invoices."""
        for one in new:
            if isinstance(one, Invoice):
                self.look_at(one)
            else:
                self.here.add(one.seq)
                self.move(one, ZERO)

    def move(self, paid: Entry, part: Fraction) -> None:
        """Add to what is left of a payment, or take from it."""
        self.left[paid.seq] += part
        if self.left[paid.seq]:
            self._rest[paid.seq] = paid
        else:
            self._rest.pop(paid.seq, None)

    def look_at(self, bill: Invoice) -> None:
        """Keep an invoice among those that are owed, or not."""
        owed = self._owed.setdefault(bill.currency, {})
        if bill.owed > 0:
            owed[bill.entry.seq] = bill
        else:
            owed.pop(bill.entry.seq, None)

    def settle(self, bill: Invoice, paid: Entry, part: Fraction, on: date) -> None:
        """Set a part of a payment against an invoice; below zero it is freed again."""
        bill.pay(paid, part, on)
        self.settled.setdefault(paid.seq, []).append((bill, part))
        self.spent[paid.seq] += [bill] if part > 0 else []
        self.move(paid, -part)
        self.look_at(bill)

    def with_rest(self) -> list[Entry]:
        """Return the payments of which something is left, the earlier before the later."""
        return sorted(self._rest.values(), key=lambda one: (one.day, one.seq))

    def owed(self, currency: str) -> list[Invoice]:
        """Return the invoices that are owed, what is due first before the rest."""
        owed = self._owed.get(currency, {}).values()
        return sorted(owed, key=lambda one: (one.due, one.entry.seq))


def by_day(moves: Iterable[tuple[date, Fraction]]) -> list[tuple[date, Fraction]]:
    """Return what came on each day, in order."""
    days: dict[date, Fraction] = {}
    for day, part in moves:
        days[day] = days.get(day, ZERO) + part
    return sorted(days.items())


def taxes(paper: Entry) -> list[tuple[Fraction, ...]]:
    """Return net, VAT and both, as an invoice or a credit note states them; else nothing."""
    net, vat = paper.data.get("net"), paper.data.get("vat")
    if net is None and vat is None:
        return []
    whole = paper.amount()
    first = whole - Fraction(str(vat)) if net is None else Fraction(str(net))
    return [(first, whole - first, whole)]


def rates_of(bills: Iterable[Invoice]) -> list[list[Fraction]]:
    """Return net, VAT and both of each rate of VAT, less what credit notes took off."""
    found: dict[str, list[Fraction]] = {}
    for bill in bills:
        off = ((one, -1) for one, _ in bill.off if one.kind not in (EARLY, LAPSED))
        for paper, sign in ((bill.entry, 1), *off):
            for tax in taxes(paper):
                sums = found.setdefault(str(paper.data.get("vat_percent", "")), [ZERO] * 3)
                sums[:] = [one + sign * part for one, part in zip(sums, tax, strict=True)]
    return list(found.values())
