"""An invoice with what was taken off it and the parts of payments that were set against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from store.recheck.entries import Entry

ZERO = Fraction(0)


@dataclass
class Invoice:
    """One invoice and the parts of payments set against it."""

    entry: Entry
    parts: list[tuple[Entry, Fraction, date]] = field(default_factory=list)
    off: list[tuple[Entry, Fraction]] = field(default_factory=list)

    @property
    def number(self) -> str:
        """As it is called."""
        return str(self.entry.data["number"])

    @property
    def currency(self) -> str:
        """Its currency."""
        return str(self.entry.data["currency"])

    @property
    def due(self) -> date:
        """The last day to pay it."""
        return date.fromisoformat(self.entry.data["due"])

    @property
    def amount(self) -> Fraction:
        """What it asks for."""
        return self.entry.amount()

    @property
    def less(self) -> Fraction:
        """What was taken off it."""
        return sum((part for _, part in self.off), ZERO)

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
    def paid(self) -> Fraction:
        """What was set against it."""
        return sum((part for _, part, _ in self.parts), ZERO)

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
        whole = self.asked + sum((part for _, part in gone), ZERO)
        days = sorted({on for on, _ in moves})

        def short(day: date) -> bool:
            return sum((part for on, part in moves if on <= day), ZERO) < whole

        held = [day for day in days if not any(short(later) for later in days if later >= day)]
        return min(held) if held and whole else self.due

    def late(self, as_of: date) -> int:
        """Days from the due date to `last`; negative where that was before."""
        return (self.last(as_of) - self.due).days

    @property
    def numbers(self) -> list[int]:
        """The entries that show it."""
        shown = [*(paid.seq for paid, _, _ in self.parts), *(one.seq for one, _ in self.off)]
        return sorted({self.entry.seq, *shown})
