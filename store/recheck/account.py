"""The account reckoned from entries: what each invoice is, what was paid on it, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from store.recheck.bills import ZERO, Invoice
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, rounded
from store.recheck.offs import Offs

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A stretch of days at one sum and one rate."""

    invoice: Invoice
    first: date
    last: date
    owed: Fraction
    percent: str

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def exact(self) -> Fraction:
        """sum x yearly rate x days / 365."""
        return self.owed * Fraction(self.percent or 0) / 100 * self.days / 365


class Account:
    """All invoices and payments of a docket, as of a day."""

    def __init__(self, docket: Docket, as_of: date) -> None:
        self.as_of = as_of
        self.docket = docket
        known = [one for one in docket.standing if one.day <= as_of]
        bills = [one for one in known if one.kind == "invoice" and one.data]
        self.invoices = [Invoice(one) for one in bills]
        self.payments = [one for one in known if one.kind == "payment" and one.data]
        self.costs = [one for one in known if one.kind == "cost" and one.data]
        self._interest: dict[int, list[Row]] = {}
        self.settled: dict[int, list[tuple[Invoice, Fraction]]] = {}
        self.charged: dict[int, dict[str, Fraction]] = {one.seq: {} for one in self.payments}
        self.rates = [one for one in docket.of("interest") if one.data]
        self._fixed = {one.data["currency"]: one for one in docket.of("fixed-sum") if one.data}
        self.left = {one.seq: one.amount() for one in self.payments}
        self.history: dict[int, list[tuple[Invoice | str, Fraction]]] = {
            one.seq: [] for one in self.payments
        }
        self.offs = Offs(self, known)
        billed, came = {one.entry.day for one in self.invoices}, {p.day for p in self.payments}
        for day in sorted(billed | came | self.offs.days):
            self._settle(day)
        said = [one for one in known if one.kind == "disputed" and one.data]
        self._disputed = {(one.data["number"], one.data["currency"]): one for one in said}

    def _settle(self, day: date) -> None:
        """Set off what is there at the end of `day`, the earlier payment before the later."""
        self.offs.credit(day)
        self.offs.go_back(day, all_in=False)
        there = sorted(self.payments, key=lambda one: (one.day, one.seq))
        self._set_off([one for one in there if one.day < day], day)
        self._set_off([one for one in there if one.day == day], day)
        self.offs.go_back(day, all_in=True)
        if any(self.offs.day(one) == day for one in self.offs.backs):
            self._set_off([one for one in there if one.day <= day], day, again=True)

    def _set_off(self, there: list[Entry], day: date, *, again: bool = False) -> None:
        for paid in [] if again else there:
            self._settle_named(paid, day)
        for paid in there:
            bills = self._billed(paid, day)
            held = self._held(paid, day)
            for one in sorted(bills, key=lambda bill: (bill.due, bill.entry.seq)):
                self._add(one, paid, self.left[paid.seq] - held, day)
            if paid.day == day and not again:
                for head in ("cost", "interest", "fixed-sum"):
                    self._charge(paid, head, min(self.left[paid.seq] - held, self._unnamed(paid)))

    def _settle_named(self, paid: Entry, day: date) -> None:
        """Set a payment against what it names, on the day both are there."""
        for named in paid.data.get("for_invoices", []):
            part = Fraction(str(named["amount"]))
            for one in self._billed(paid, day):
                if one.number == named["invoice"] and max(one.entry.day, paid.day) == day:
                    self._add(one, paid, part, day)
        for named in paid.data.get("for_charges") or []:
            if paid.day == day:
                self._charge(paid, named["head"], Fraction(str(named["amount"])))

    def _unnamed(self, paid: Entry) -> Fraction:
        """Return what of a payment no invoice was named for, and no charge has had."""
        named = (Fraction(str(one["amount"])) for one in paid.data.get("for_invoices", []))
        return paid.amount() - sum(named, ZERO) - sum(self.charged[paid.seq].values(), ZERO)

    def _held(self, paid: Entry, day: date) -> Fraction:
        """Return what of a payment is for invoices that it names and that come later."""
        later = {
            str(one.data["number"])
            for one in self.docket.standing
            if one.kind == "invoice" and one.data and one.day > day
            if one.data["currency"] == paid.data["currency"]
        }
        named = [one for one in paid.data.get("for_invoices", []) if one["invoice"] in later]
        return sum((Fraction(str(one["amount"])) for one in named), ZERO)

    def _billed(self, paid: Entry, day: date) -> list[Invoice]:
        return [one for one in self.bills(str(paid.data["currency"])) if one.entry.day <= day]

    def _charge(self, paid: Entry, head: str, most: Fraction) -> None:
        """Set a payment against what one head of charges came to by its day."""
        code = str(paid.data["currency"])
        part = min(most, self.left[paid.seq], self._accrued(head, code, paid.day))
        if part > 0:
            charged = self.charged[paid.seq]
            charged[head] = charged.get(head, ZERO) + part
            self.history[paid.seq].append((head, part))
            self.left[paid.seq] -= part

    def _accrued(self, head: str, code: str, day: date) -> Fraction:
        """Return what one head of charges came to by a day, less what was paid on it."""
        then = Account.__new__(Account)
        then.as_of, then.docket, then.rates, then._fixed = day, self.docket, self.rates, self._fixed
        then.invoices = [one for one in self.invoices if one.entry.day <= day]
        then.costs = [one for one in self.costs if one.day <= day]
        then._interest = {}
        _, interest, fixed, costs = then.claim(code)
        whole = {"interest": interest, "fixed-sum": fixed, "cost": costs}[head]
        return whole - self.charges_paid(code, head)

    def charges_paid(self, code: str, head: str = "") -> Fraction:
        """Return what was paid on one head of charges, or on all."""
        mine = [self.charged[one.seq] for one in self.payments if one.data["currency"] == code]
        parts = [part for one in mine for name, part in one.items() if head in ("", name)]
        return sum(parts, ZERO)

    def parts_of(self, paid: Entry) -> list[tuple[Invoice, Fraction]]:
        """Return what a payment was set against, by when that was due."""
        all_of = self.settled.get(paid.seq, [])
        bills = list({id(one): one for one, _ in all_of}.values())
        summed = [(bill, sum((p for b, p in all_of if b is bill), ZERO)) for bill in bills]
        parts = [one for one in summed if one[1]]
        return sorted(parts, key=lambda one: (one[0].due, one[0].entry.at, one[0].entry.seq))

    def _add(self, bill: Invoice, paid: Entry, most: Fraction, day: date) -> None:
        """Set off on `day`; a bill that came after the payment was paid by it beforehand."""
        part = max(ZERO, min(most, bill.owed, self.left[paid.seq]))
        if part:
            bill.parts.append((paid, part, paid.day if bill.entry.day == day else day))
            self.settled.setdefault(paid.seq, []).append((bill, part))
            self.history[paid.seq].append((bill, part))
            self.left[paid.seq] -= part

    @property
    def currencies(self) -> list[str]:
        """Every currency of the account."""
        found = [*(one.entry for one in self.invoices), *self.payments, *self.costs]
        found += self.offs.backs
        return sorted({str(one.data["currency"]) for one in found})

    def bills(self, currency: str) -> list[Invoice]:
        """Return the invoices in one currency."""
        return [one for one in self.invoices if one.currency == currency]

    def overdue(self, currency: str = "") -> list[Invoice]:
        """Return what is owed past its due date."""
        found = [one for one in self.invoices if one.owed and one.due < self.as_of]
        return [one for one in found if currency in ("", one.currency)]

    def was_late(self) -> list[Invoice]:
        """Return the invoices owed or paid past the due date."""
        return [one for one in self.invoices if one.late(self.as_of) > 0]

    def dispute(self, bill: Invoice) -> tuple[Entry, Fraction] | None:
        """Return who said so and how much of what is owed is in dispute."""
        said = self._disputed.get((bill.number, bill.currency))
        return (said, min(said.amount(), bill.owed)) if said else None

    def disputes(self) -> list[Entry]:
        """Return what was said last of each invoice of which something is owed."""
        return [said[0] for one in self.invoices if (said := self.dispute(one))]

    def rate(self, day: date) -> str | None:
        """Return the yearly rate in force on a day."""
        held = [one for one in self.rates if date.fromisoformat(one.data["starts"]) <= day]
        best = max(held, key=lambda one: (one.data["starts"], one.at, one.seq), default=None)
        return str(best.data["percent"]) if best else None

    def frozen(self) -> bool:
        """Whether the rate of the first late day holds on."""
        latest = max(self.rates, key=lambda one: (one.at, one.seq), default=None)
        return latest is not None and latest.data.get("policy") == "frozen"

    def interest(self, bill: Invoice) -> list[Row]:
        """Return the rows of one invoice."""
        if bill.entry.seq not in self._interest:
            self._interest[bill.entry.seq] = self._reckoned(bill)
        return self._interest[bill.entry.seq]

    def _reckoned(self, bill: Invoice) -> list[Row]:
        """Reckon day by day, and put together what is alike."""
        rows: list[Row] = []
        last = min(self.as_of, bill.last(self.as_of, paid_only=True)) if bill.asked else bill.due
        for day in days_between(bill.due + DAY, last) if self.rates else []:
            owed = bill.open_on(day - DAY)
            if owed > 0:
                _extend(rows, Row(bill, day, day, owed, self.rate_for(bill, day) or ""))
        return rows

    def interest_of(self, bill: Invoice) -> Fraction:
        """Return the interest of one invoice, rounded once."""
        exact = sum((row.exact for row in self.interest(bill)), ZERO)
        return rounded(exact, minor(bill.currency))

    def daily(self, currency: str) -> Fraction:
        """Return what interest runs on at."""
        owing = [one for one in self.bills(currency) if one.owed and one.due <= self.as_of]
        rates = [(one.owed, self.rate_for(one, self.as_of)) for one in owing]
        return sum((owed * Fraction(rate) / 36500 for owed, rate in rates if rate), ZERO)

    def rate_for(self, bill: Invoice, day: date) -> str | None:
        """Return the rate at which an invoice bears interest on a day."""
        return self.rate(bill.due + DAY if self.frozen() else day)

    def fixed(self, bill: Invoice) -> Fraction:
        """Return the fixed sum of an invoice, if it is late."""
        said = self._fixed.get(bill.currency)
        late = bill.asked and bill.last(self.as_of, paid_only=True) > bill.due
        if said is None or not late:
            return ZERO
        bands = [(Fraction(one["at_least"]), Fraction(one["amount"])) for one in said.data["bands"]]
        return max((band for band in bands if band[0] <= bill.asked), default=(ZERO, ZERO))[1]

    def fixed_rule(self, currency: str) -> Entry | None:
        """Return the entry of the fixed sums."""
        return self._fixed.get(currency)

    def claim(self, currency: str) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """Return what is owed late, the interest, the fixed sums and the costs."""
        bills = self.bills(currency)
        owed = sum((one.owed for one in self.overdue(currency)), ZERO)
        interest = sum((self.interest_of(one) for one in bills), ZERO)
        fixed = sum((self.fixed(one) for one in bills), ZERO)
        costs = [one.amount() for one in self.costs if one.data["currency"] == currency]
        return owed, interest, fixed, sum(costs, ZERO)

    def claimed(self, currency: str) -> Fraction:
        """Return all that is claimed, less what was paid on interest, fixed sums and costs."""
        return sum(self.claim(currency), ZERO) - self.charges_paid(currency)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from `first` to `last`, both inside."""
    return [first + DAY * place for place in range((last - first).days + 1)]


def _extend(rows: list[Row], day: Row) -> None:
    last = rows[-1] if rows else None
    same = last and (last.owed, last.percent, last.last + DAY) == (day.owed, day.percent, day.first)
    if last and same:
        rows[-1] = Row(last.invoice, last.first, day.last, day.owed, day.percent)
    else:
        rows.append(day)
