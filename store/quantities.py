"""Hours, rounds and payment terms as people type them, and when an invoice is due by them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from store.dates import day_words
from store.errors import UsageError
from store.text import plural

_H, _M = r" ?(?:h|hrs?|hours?)", r" ?(?:m|mins?|minutes?)"
_DECIMAL = re.compile(rf"(\d{{0,4}})(?:[.,](\d{{1,2}}))?(?:{_H})?")
_PARTS = re.compile(rf"(\d{{0,3}}) ?([¼½¾])(?:{_H})?")
_CLOCK = re.compile(rf"(\d{{1,3}}):([0-5]\d)(?:{_H})?")
_BOTH = re.compile(rf"(\d{{1,3}}){_H} ?([0-5]?\d)(?:{_M})?")
_MINUTES = re.compile(rf"(\d{{1,5}}){_M}")
_MOST = 1000
PAYMENT_TERMS = r"net\d{1,3}(?:eom)?|eom\d{1,3}|day([1-9]|[12]\d|3[01])|receipt"
"""How payment terms are written: days, to or from the end of a month, its day, or at once."""
HOW_TERMS = "net14 (14 days), net30eom (30 days, then the end of that month), "
HOW_TERMS += "eom30 (30 days from the end of the month), day1 (the next 1st) or receipt (at once)"
"""What to write for payment terms."""


_N, _D, _END = r"(\d{1,3})", r" ?d(?:ays?)?", r"(?:eom|end of (?:the )?month)"
_OWED = r"(?:due|payable|payment)"
_SPOKEN = (
    (rf"{_OWED} (?:in|within) {_N}{_D}|{_N}{_D} net|net ?{_N}{_D}|net (\d\d?)", "net{}", True),
    (rf"(?:net ?)?{_N}{_D},? (?:to |then )?(?:the )?{_END}|(?:net )?{_N} eom", "net{}eom", True),
    (rf"{_N}{_D} (?:from|after) (?:the )?{_END}", "eom{}", True),
    (rf"{_OWED} (?:on|upon|at) receipt", "receipt", True),
    (rf"{_OWED} (?:at|by|at the|by the)? ?{_END}", "eom0", True),
    (rf"(?:in |within )?{_N}{_D}", "net{}", False),
    (r"(?:on|upon|at) receipt", "receipt", False),
)
"""How payment terms are said, how they are kept, and whether such words say them in any text."""
WORDS_OF_TERMS = 7
"""As many words as payment terms may be: `30 days after the end of the month`."""


def spoken_terms(text: str, *, sure: bool = False) -> str:
    """Return the payment terms in `net14`, `14 days` or `30 days end of month`, or nothing.

    With `sure` only of words that are about payment wherever they stand: `14 days` may be of work.
    """
    said = text.strip().lower()
    if is_payment_terms(said):
        return said if not sure or said.startswith(("net", "eom")) else ""
    if not re.search(r"\d|receipt|month|eom", said):
        return ""
    for pattern, kept, always in _SPOKEN:
        if (always or not sure) and (found := re.fullmatch(pattern, said)):
            return kept.format(*filter(None, found.groups()))
    return ""


def parse_hours(text: str) -> Decimal:
    """Return the hours in `0.5`, `1,25`, `1½`, `1:30`, `2h`, `1h30` or `45m`, up to 1000."""
    typed = text.strip().lower()
    if (match := _DECIMAL.fullmatch(typed)) and (match[1] or match[2]):
        hours = Decimal(f"{match[1] or 0}.{match[2] or 0}")
    elif match := _PARTS.fullmatch(typed):
        hours = Decimal(match[1] or 0) + Decimal(" ¼½¾".index(match[2])) / 4
    elif match := _CLOCK.fullmatch(typed) or _BOTH.fullmatch(typed):
        hours = Decimal(match[1]) + Decimal(match[2]) / 60
    elif match := _MINUTES.fullmatch(typed):
        hours = Decimal(match[1]) / 60
    else:
        raise UsageError(
            f"'{text.strip()[:24]}' is not a number of hours", "", "Write 0.5, 1:30 or 45m"
        )
    hours = hours.quantize(Decimal("0.01"))
    if not 0 < hours <= _MOST:
        raise UsageError(
            f"{text.strip()[:24]} hours cannot be", f"above 0 and up to {_MOST} fit", "Check it"
        )
    return hours


def hours_words(hours: Decimal) -> str:
    """Return hours without needless zeros: `2.5 h`."""
    return f"{hours.normalize():f} h"


def is_payment_terms(text: str) -> bool:
    """Return whether `text` is written as payment terms are: `net14`, `day1` or `receipt`."""
    return re.fullmatch(PAYMENT_TERMS, text) is not None


def parse_payment_terms(text: str) -> str:
    """Return payment terms as a docket keeps them, or raise UsageError."""
    terms = spoken_terms(text)
    if not terms:
        raise UsageError(
            f"'{text.strip()[:24]}' are no payment terms",
            "",
            f"Write {HOW_TERMS}",
        )
    return terms


def payment_words(terms: str) -> str:
    """Return in words when a bill is due under payment terms: `14 days after the invoice`."""
    if terms == "receipt":
        return "on receipt of the invoice"
    if terms.startswith("eom"):
        days = f"{plural(int(terms[3:]), 'day')} after" if int(terms[3:]) else "at"
        return f"{days} the end of the invoice's month"
    if terms.startswith("net"):
        to_end = ", then at the end of that month" if terms.endswith("eom") else ""
        return f"{plural(int(terms[3:].removesuffix('eom')), 'day')} after the invoice{to_end}"
    return f"on day {terms[3:]} of the month"


def parse_rounds(text: str) -> int:
    """Return how many rounds of changes were agreed, 0 to 99, or raise UsageError."""
    if not re.fullmatch(r"\d{1,2}", text.strip()):
        raise UsageError(f"'{text.strip()[:24]}' is no number of rounds", "", "Write 0 to 99")
    return int(text)


def parse_of_ten(text: str) -> int:
    """Return a number of 0 to 10, or raise UsageError."""
    if not re.fullmatch(r"\d|10", text.strip()):
        raise UsageError(f"'{text.strip()[:24]}' is not 0 to 10", "", "Write a number of 0 to 10")
    return int(text)


def due_date(payment: str, issued: date) -> date:
    """Return the day a bill issued on `issued` is due under payment terms.

    `netN` is N days later, `netNeom` the end of the month that day is in, `eomN` N days after the
    end of the month of the bill, `receipt` the same day, `dayN` the next Nth of a month after it
    (the last day of a month that is shorter).
    """
    if payment == "receipt":
        return issued
    if payment.startswith("eom"):
        return _month_end(issued) + timedelta(days=int(payment[3:]))
    if payment.startswith("net"):
        due = issued + timedelta(days=int(payment[3:].removesuffix("eom")))
        return _month_end(due) if payment.endswith("eom") else due
    wanted = int(payment[3:])
    for months in (0, 1):
        year, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
        due = date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))
        if due > issued:
            return due
    raise AssertionError("the next month has a later day")  # unreachable: months=1 is always later


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def due_day(typed: str, issued: date, today: date) -> date:
    """Return the due day typed: `+14d`, `30 Nov`, `net14` count from the bill, `fri` from today."""
    from store.dates import parse_day

    if terms := spoken_terms(typed):
        return due_date(terms, issued)
    return parse_day(typed, issued if any(map(str.isdecimal, typed)) else today)


def check_due(number: str, due: date, issued: date) -> None:
    """Raise UsageError where the invoice `number` would be due before it was issued."""
    if due < issued:
        raise UsageError(
            f"{number} would be due {day_words(due)}",
            f"that is before it was issued, {day_words(issued)}",
            "Correct one of the two",
        )


def percent_of(part: int, whole: int) -> int:
    """Return how many of a hundred a part is, a half rounded up."""
    return (200 * part + whole) // (2 * whole)


_RATE = re.compile(r"(\d{1,12})(?:[.,](\d{1,8}))?")
_DISCOUNT = re.compile(
    r"(?P<percent>[\d.,]+) ?%? ?(?:/|within|in|by|until|if paid (?:within|by)|)? ?(?P<when>\S.*)",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(\d{1,3}) ?(?:d|days?)?", re.IGNORECASE)


def parse_rate(text: str) -> Decimal:
    """Return a rate of exchange, such as `0.9423` or `0,9423`, or raise UsageError."""
    found = _RATE.fullmatch(text.strip())
    digits = f"{found[1]}.{found[2]}" if found and found[2] else found[1] if found else "0"
    rate = Decimal(digits)
    if not rate:
        raise UsageError(
            f"'{text.strip()[:24]}' is no rate",
            "it says how much of the account's currency 1 of the other is",
            "Write it like 0.9423",
        )
    return rate


def parse_share(text: str) -> Decimal:
    """Return the per cent of a tax in `25`, `7,7 %` or `0`, up to 100."""
    bare = text.strip().rstrip("%").strip()
    if re.fullmatch(r"0+(?:[.,]0+)?", bare):
        return Decimal(0)
    return parse_percent(bare, "rate of VAT")


def parse_discount(text: str, issued: date, today: date) -> tuple[Decimal, date]:
    """Return per cent and last day of `2% within 10 days`, `2%/10d` or `2% by 11 May`."""
    found = _DISCOUNT.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"'{text.strip()[:24]}' is no discount",
            "it has per cent and the days, or the last day",
            'Write it like 2%/10d, "2% within 10 days" or "2% by 11 May"',
        )
    days = _DAYS.fullmatch(found["when"].strip())
    if days:
        return parse_percent(found["percent"]), issued + timedelta(days=int(days[1]))
    return parse_percent(found["percent"]), due_day(found["when"].strip(), issued, today)


_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))? ?%?")


def parse_percent(text: str, what: str = "yearly rate") -> Decimal:
    """Return the yearly rate in `8`, `10.15`, `10,15` or `8 %`, above 0 and up to 100."""
    found = _PERCENT.fullmatch(text.strip())
    percent = Decimal(f"{found[1]}.{found[2]}" if found[2] else found[1]) if found else Decimal(0)
    if not 0 < percent <= 100:
        raise UsageError(
            f"'{text.strip()[:24]}' is no {what}",
            "above 0 and up to 100 per cent fit, with four digits after the point",
            "Write it like 8 or 10.15",
        )
    return percent
