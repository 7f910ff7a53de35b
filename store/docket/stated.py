"""What bills and payments state beside their sums, as it is typed: VAT, parts by day, exchange."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from store.entries import Entry, PaymentData
from store.errors import UsageError
from store.money import Money, parse_amount, parse_part
from store.quantities import due_day, parse_share


def parse_vat(text: str, whole: Money) -> dict[str, Decimal]:
    """Return the VAT of a paper over `whole` in `250`, `25%=250`, or worked out of `25%`.

    Under the names of an entry's fields, or UsageError.
    """
    percent, sign, amount = text.rpartition("=")
    if not sign and text.strip().endswith("%"):
        rate = parse_share(text)
        vat = Money(whole.amount * rate / (100 + rate), whole.currency).rounded()
        return {"vat_percent": rate, "vat": vat, "net": whole.amount - vat}
    said = {"vat": parse_part(amount, whole.currency)}
    return {"vat_percent": parse_share(percent), **said} if sign else said


def parse_instalments(
    typed: Sequence[str], currency: str, today: date
) -> list[tuple[date, Decimal]]:
    """Return day and sum of each part in `1 Mar=300`, by their days, or raise UsageError."""
    parts = []
    for part in typed:
        day, sign, amount = part.rpartition("=")
        if not (sign and day.strip()):
            raise UsageError(
                f"'{part.strip()[:24]}' does not say when how much is paid",
                "",
                "Write day and sum of each part, as in 2027-03-01=300",
            )
        parts.append((due_day(day.strip(), today, today), parse_amount(amount, currency)))
    days = [day for day, _ in parts]
    if len(set(days)) < len(days):
        raise UsageError("Two parts are for one day", "", "Put them together, or name another day")
    return sorted(parts)


def exchanged(entry: Entry) -> str:
    """Return what a payment comes to at the rate it states, where that is another sum.

    A rate is stated with so many digits: what the next one could be is no difference.
    """
    data = entry.data
    if not isinstance(data, PaymentData) or data.paid_as is None or data.paid_rate is None:
        return ""
    paid = Money(data.paid_as.amount, data.paid_as.currency)
    there = Money(data.amount + (data.fee or Decimal(0)), data.currency)
    comes_to = Money(paid.amount * data.paid_rate, data.currency)
    half = Decimal(5).scaleb(int(data.paid_rate.as_tuple().exponent) - 1)
    if abs(comes_to.amount - there.amount) <= paid.amount * half + Decimal("0.01"):
        return ""
    return f"{paid} at {data.paid_rate:f} is {comes_to}, not {there}."
