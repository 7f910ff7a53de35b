"""How the rows about money stand, in a record and in a statement."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from store.recheck.account import Account, Row
from store.recheck.bills import Invoice
from store.recheck.entries import Entry
from store.recheck.figures import joined, long_day, minor, spelled

from .compare import Cell

INTEREST = "Invoice|First day|Last day|Days|Owed|Yearly rate|Unrounded|Interest"
FIXED = "Invoice|{}|Fixed compensation"
CHARGES = {"cost": "costs", "interest": "interest", "fixed-sum": "fixed compensation"}
DISPUTE = "Invoice|Since|Entry|Owed|In dispute|No dispute noted"


FORMULA = (
    "Simple interest: sum × yearly rate × days / 365, from the day after the due date to the day "
    "a payment came in, both included. It is rounded once, on the last row of each invoice. "
    "Invoices that were paid late carry it until they were paid."
)


class Written:
    """How sums stand in a document: with their currency, or without in a statement of one."""

    def __init__(self, account: Account, *, bare: bool = False, codes: list[str] | None = None):
        self.account = account
        self.bare = bare
        self.codes = account.currencies if codes is None else codes

    def day(self, day: date) -> str:
        """Return `2026-11-30`, or `30 Nov 2026` in a statement."""
        return short_day(day) if self.bare else day.isoformat()

    def sum(self, value: Fraction, currency: str) -> str:
        """Return `EUR 1,234.50`, or `1,234.50`."""
        text = spelled(value, minor(currency))
        return text if self.bare else f"{currency} {text}"

    @property
    def bills(self) -> list[Invoice]:
        """The invoices in the currencies of the document, by when they are due."""
        found = [one for one in self.account.invoices if one.currency in self.codes]
        return sorted(found, key=lambda one: (one.due, one.entry.seq))

    def interest(self) -> list[list[Cell]]:
        """Return the rows of interest."""
        rows: list[list[Cell]] = []
        for bill in self.bills:
            mine = self.account.interest(bill)
            for row in mine:
                total = self.sum(self.account.interest_of(bill), bill.currency)
                rows.append([*self._row(row), total if row is mine[-1] else ""])
        return rows

    def _row(self, row: Row) -> list[Cell]:
        bill = row.invoice
        days = [self.day(row.first), self.day(row.last), f"{row.days:,}"]
        owed = self.sum(row.owed, bill.currency)
        if not row.percent:
            return [bill.number, *days, owed, "none", "-"]
        return [bill.number, *days, owed, f"{row.percent} %", _exactly(row.exact, bill.currency)]

    def fixed_heads(self) -> str:
        """Return the headers of the fixed sums: after credit, where one of the bills has some."""
        credited = any(bill.off for bill in self.bills if self.account.fixed(bill))
        return FIXED.format(
            "Amount less what was taken off" if credited else "Amount of the invoice"
        )

    def fixed(self) -> list[list[Cell]]:
        """Return the rows of fixed sums."""
        return [
            [one.number, self.sum(one.asked, one.currency), self.sum(value, one.currency)]
            for one in self.bills
            if (value := self.account.fixed(one))
        ]

    def disputed(self) -> list[list[Cell]]:
        """Return what of each invoice is in dispute."""
        rows: list[list[Cell]] = []
        for one in self.bills:
            said = self.account.dispute(one)
            if said and said[1]:
                sums = [one.owed, said[1], one.owed - said[1]]
                cells = [self.sum(value, one.currency) for value in sums]
                rows.append([one.number, self.day(said[0].day), str(said[0].seq), *cells])
        return rows

    def rates(self) -> list[str]:
        """Return a line for each rate."""
        latest = {
            one.data["starts"]: one
            for one in sorted(self.account.rates, key=lambda one: (one.at, one.seq))
        }
        return [
            f"{one.data['percent']} % from {long_day(date.fromisoformat(starts))}: "
            f"{one.data['source']} (entry {one.seq})"
            for starts, one in sorted(latest.items())
        ]

    def rules(self) -> list[str]:
        """Return a line for each fixed sum."""
        lines = []
        for code in self.codes:
            said = self.account.fixed_rule(code)
            if said and any(self.account.fixed(one) for one in self.account.bills(code)):
                source = f"Source, as stated by the contractor: {said.data['source']}"
                lines.append(f"{_bands(said, code)}. {source} (entry {said.seq}).")
        return lines

    def total(self, part: int) -> list[str]:
        """Return the sums of one part of the claim, by currency."""
        claims = [(self.account.claim(code)[part], code) for code in self.codes]
        bearing = {one.currency for one in self.bills if part == 1 and self.account.interest(one)}
        return [
            f"{code} {spelled(value, minor(code))}"
            for value, code in claims
            if value or code in bearing
        ]


def _bands(said: Entry, code: str) -> str:
    parts = []
    for band in sorted(said.data["bands"], key=lambda one: Fraction(one["at_least"])):
        amount = f"{code} {spelled(Fraction(band['amount']), minor(code))}"
        at_least = Fraction(band["at_least"])
        more = f" from {code} {spelled(at_least, minor(code))}" if at_least else ""
        parts.append(amount + more)
    return f"For each late invoice, by its amount: {joined(parts)}"


def runs_on(account: Account, code: str) -> str:
    """Return what interest runs on at, in a sentence."""
    daily, day = account.daily(code), long_day(account.as_of + timedelta(days=1))
    coins = spelled(daily, minor(code))
    shown = coins if coins.strip("0.") else _exactly(daily, code)
    rate = "as long as the rate does not change"
    return f"Interest continues at {code} {shown} a day from {day}, {rate}."


def short_day(day: date) -> str:
    """Return `30 Nov 2026`."""
    number, name, year = long_day(day).split()
    return f"{number} {name[:3]} {year}"


def _exactly(value: Fraction, code: str) -> str:
    """Return a sum with two digits more than the currency has."""
    return spelled(value, minor(code) + 2)
