"""The account reckoned from entries: what each invoice is, what was paid on it, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from store.recheck.bills import ZERO, Invoice, Purse, by_day
from store.recheck.entries import Docket, Entry
from store.recheck.figures import minor, rounded
from store.recheck.offs import Offs
from store.recheck.rates import Rates

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
        self.invoices = [Invoice(one) for one in known if one.kind == "invoice" and one.data]
        self.payments = [one for one in known if one.kind == "payment" and one.data]
        self.costs = [one for one in known if one.kind == "cost" and one.data]
        self._planned = [one for one in known if one.kind == "instalments" and one.data]
        self.rates = [one for one in docket.of("interest") if one.data]
        self._rates = Rates(self.rates)
        self._fixed = {one.data["currency"]: one for one in docket.of("fixed-sum") if one.data}
        self._interest: dict[int, tuple[object, list[Row], Fraction]] = {}
        self._numbered: dict[tuple[str, str], list[Invoice]] = {}
        for bill in self.invoices:
            self._numbered.setdefault((bill.number, bill.currency), []).append(bill)
        self._comes = {
            (str(one.data["number"]), one.data["currency"]): one.day
            for one in sorted(docket.of("invoice"), key=lambda one: one.day)
            if one.data
        }
        self.charged: dict[int, dict[str, Fraction]] = {one.seq: {} for one in self.payments}
        self.purse = Purse(self.payments)
        self.left, self.settled = self.purse.left, self.purse.settled
        self.offs = Offs(self, known)
        self._settle_all()
        said = [one for one in known if one.kind == "disputed" and one.data]
        self._disputed = {(one.data["number"], one.data["currency"]): one for one in said}

    def _settle_all(self) -> None:
        billed: dict[date, list[Invoice]] = {}
        came: dict[date, list[Entry]] = {}
        for bill in self.invoices:
            billed.setdefault(bill.entry.day, []).append(bill)
        for paid in self.payments:
            came.setdefault(paid.day, []).append(paid)
        for day in sorted({*billed, *came, *self.offs.days}):
            self.purse.come(billed.get(day, []))
            self._settle(day, sorted(came.get(day, []), key=lambda one: one.seq))

    def _settle(self, day: date, came: list[Entry]) -> None:
        """Set off what is there at the end of `day`, the earlier payment before the later."""
        self.offs.credit(day)
        self.offs.go_back(day, came=False)
        self._set_off(self.purse.with_rest(), day)
        self.purse.come(came)
        self._set_off(came, day)
        self.offs.go_back(day, came=True)
        if self.offs.went_back(day):
            self._set_off(self.purse.with_rest(), day, again=True)
        self.offs.pay_early(day)

    def _set_off(self, there: list[Entry], day: date, *, again: bool = False) -> None:
        for paid in [] if again else there:
            self._settle_named(paid, day)
        for paid in there:
            held = self._held(paid, day)
            for one in self.purse.owed(str(paid.data["currency"])):
                if self.left[paid.seq] <= held:
                    break
                self._add(one, paid, self.left[paid.seq] - held, day)
            if paid.day == day and not again:
                for head in ("cost", "interest", "fixed-sum"):
                    self._charge(paid, head, min(self.left[paid.seq] - held, self._unnamed(paid)))

    def _settle_named(self, paid: Entry, day: date) -> None:
        """Set a payment against what it names, on the day both are there."""
        for named in paid.data.get("for_invoices", []):
            part = Fraction(str(named["amount"]))
            for one in self._numbered.get((named["invoice"], paid.data["currency"]), []):
                if max(one.entry.day, paid.day) == day:
                    self._add(one, paid, part, day)
        for named in paid.data.get("for_charges") or []:
            if paid.day == day:
                self._charge(paid, named["head"], Fraction(str(named["amount"])))

    def _unnamed(self, paid: Entry) -> Fraction:
        """Return what of a payment no invoice was named for, and no charge has had."""
        named = (Fraction(str(one["amount"])) for one in paid.data.get("for_invoices", []))
        return paid.counts() - sum(named, ZERO) - sum(self.charged[paid.seq].values(), ZERO)

    def _held(self, paid: Entry, day: date) -> Fraction:
        """Return what of a payment is for invoices that it names and that come later."""
        code = paid.data["currency"]
        named = paid.data.get("for_invoices", [])
        later = [one for one in named if self._comes.get((one["invoice"], code), day) > day]
        return sum((Fraction(str(one["amount"])) for one in later), ZERO)

    def _charge(self, paid: Entry, head: str, most: Fraction) -> None:
        """Set a payment against what one head of charges came to by its day."""
        part = min(most, self.left[paid.seq])
        if part > 0:
            part = min(part, self._accrued(head, str(paid.data["currency"]), paid.day))
        if part > 0:
            charged = self.charged[paid.seq]
            charged[head] = charged.get(head, ZERO) + part
            self.purse.spent[paid.seq].append(head)
            self.purse.move(paid, -part)

    def _accrued(self, head: str, code: str, day: date) -> Fraction:
        """Return what one head of charges came to by a day, less what was paid on it."""
        bills = [one for one in self.bills(code) if one.entry.day <= day]
        whole = {
            "interest": lambda: sum((self.interest_of(one, day) for one in bills), ZERO),
            "fixed-sum": lambda: sum((self.fixed(one, day) for one in bills), ZERO),
            "cost": lambda: self._costs(code, day),
        }[head]()
        return whole - self.charges_paid(code, head)

    def _costs(self, code: str, day: date) -> Fraction:
        """Return what getting it has cost by a day."""
        mine = [one for one in self.costs if one.data["currency"] == code and one.day <= day]
        return sum((one.amount() for one in mine), ZERO)

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
        return sorted(parts, key=lambda one: (one[0].due, one[0].entry.seq))

    def _add(self, bill: Invoice, paid: Entry, most: Fraction, day: date) -> None:
        """Set off on `day`; a bill that came after the payment was paid by it beforehand."""
        part = max(ZERO, min(most, bill.owed, self.left[paid.seq]))
        if part:
            self.purse.settle(bill, paid, part, paid.day if bill.entry.day == day else day)
            self.offs.drawn[bill.currency] += [(paid, bill, part)] if day > paid.day else []

    @property
    def currencies(self) -> list[str]:
        """Every currency of the account."""
        found = [*(one.entry for one in self.invoices), *self.payments, *self.costs]
        found += [*self.offs.backs, *self._planned]
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
        return [said[0] for one in self.invoices if (said := self.dispute(one)) and said[1]]

    def interest(self, bill: Invoice, as_of: date | None = None) -> list[Row]:
        """Return the rows of one invoice, until the last day of the account or another."""
        return self._of(bill, as_of or self.as_of)[1]

    def interest_of(self, bill: Invoice, as_of: date | None = None) -> Fraction:
        """Return the interest of one invoice, rounded once."""
        return self._of(bill, as_of or self.as_of)[2]

    def _of(self, bill: Invoice, as_of: date) -> tuple[object, list[Row], Fraction]:
        """Return rows and sum as they were reckoned; what is settled bears no more of it."""
        state = len(bill.parts), len(bill.off), as_of if bill.owed else None
        kept = self._interest.get(bill.entry.seq)
        if kept is None or kept[0] != state:
            rows = self._reckoned(bill, as_of)
            exact = sum((row.exact for row in rows), ZERO)
            kept = state, rows, rounded(exact, minor(bill.currency))
            self._interest[bill.entry.seq] = kept
        return kept

    def _reckoned(self, bill: Invoice, as_of: date) -> list[Row]:
        """Reckon each stretch of days between two payments or two rates, and join what is alike."""
        first = bill.due + DAY
        last = min(as_of, bill.last(as_of, paid_only=True)) if bill.asked else bill.due
        if not self.rates or last < first:
            return []
        paid = dict(by_day((on + DAY, part) for _, part, on in bill.parts))
        owed = bill.asked - sum((part for day, part in paid.items() if day <= first), ZERO)
        turns = {first, *paid, *([] if self.frozen() else self._rates.starts(first, last))}
        days = sorted(day for day in turns if first <= day <= last)
        rows: list[Row] = []
        for day, next_day in zip(days, [*days[1:], last + DAY], strict=True):
            owed -= paid.get(day, ZERO) if day > first else ZERO
            if owed > 0:
                percent = self.rate_for(bill, day) or ""
                _extend(rows, Row(bill, day, next_day - DAY, owed, percent))
        return rows

    def daily(self, currency: str) -> Fraction:
        """Return what interest runs on at, from the next day on."""
        owing = [one for one in self.bills(currency) if one.owed and one.due <= self.as_of]
        rates = [(one.owed, self.rate_for(one, self.as_of + DAY)) for one in owing]
        return sum((owed * Fraction(rate) / 36500 for owed, rate in rates if rate), ZERO)

    def rate(self, day: date) -> str | None:
        """Return the yearly rate in force on a day."""
        return self._rates.on(day)

    def frozen(self) -> bool:
        """Whether the rate of the first late day holds on."""
        return self._rates.frozen

    def rate_for(self, bill: Invoice, day: date) -> str | None:
        """Return the rate at which an invoice bears interest on a day."""
        return self.rate(bill.due + DAY if self.frozen() else day)

    def fixed(self, bill: Invoice, as_of: date | None = None) -> Fraction:
        """Return the fixed sum of an invoice, if it is late."""
        said = self._fixed.get(bill.currency)
        late = bill.asked and bill.last(as_of or self.as_of, paid_only=True) > bill.due
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
        return owed, interest, fixed, self._costs(currency, self.as_of)

    def claimed(self, currency: str) -> Fraction:
        """Return all that is claimed, less what was paid on it and what is in their favour."""
        return max(ZERO, self.before(currency) - self.offs.spare(currency))

    def before(self, currency: str) -> Fraction:
        """Return that before what is in the client's favour is set off."""
        return sum(self.claim(currency), ZERO) - self.charges_paid(currency)


def set_off(account: Account, currency: str) -> Fraction:
    """Return what of a claim is set off by what is in the client's favour."""
    return max(ZERO, min(account.before(currency), account.offs.spare(currency)))


def _extend(rows: list[Row], new: Row) -> None:
    last = rows[-1] if rows else None
    same = last and (last.owed, last.percent, last.last + DAY) == (new.owed, new.percent, new.first)
    if last and same:
        rows[-1] = Row(last.invoice, last.first, new.last, new.owed, new.percent)
    else:
        rows.append(new)
