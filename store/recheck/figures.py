"""How figures and days are written, and the numbers found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

_NO_CENTS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_TOKEN = re.compile(r"\d{4}-\d{2}-\d{2}|\d[\d,]*(?:\.\d+)?")
_WITHHELD = re.compile(r"\[withheld: .*?, digest ([0-9a-f]{8})\]")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_WORD = re.compile(rf"(?i)\b({'|'.join(NUMBERS[2:])})\b")
_LONG_DAY = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(f'{one}|{one[:3]}' for one in _MONTHS)}) (\d{{4}})\b"
)


def rounded(value: Fraction, digits: int) -> Fraction:
    """Return the nearest value of so many digits, a half away from zero."""
    scale = 10**digits
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def minor(currency: str) -> int:
    """Return the digits after the point by ISO 4217."""
    return 0 if currency in _NO_CENTS else 3 if currency in _THREE else 2


def spelled(value: Fraction, digits: int) -> str:
    """Return `1,234.50`."""
    scaled = int(rounded(abs(value), digits) * 10**digits)
    whole, part = divmod(scaled, 10**digits)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{part:0{digits}}" if digits else "")


def plain(value: Fraction) -> str:
    """Return an exact decimal without needless zeros, such as `3.25`."""
    text = spelled(value, 6).rstrip("0").rstrip(".")
    return text.replace(",", "")


def hours(value: Fraction) -> str:
    """Return `3.25 h`."""
    return f"{plain(value)} h"


def days(count: int) -> str:
    """Return `1 day` or `18 days`."""
    return counted(count, "day", "days")


def counted(count: int, one: str, many: str) -> str:
    """Return `1 entry` or `2 entries`."""
    return f"{count} {one if count == 1 else many}"


def numbered(count: int, one: str, many: str) -> str:
    """Return `one entry` or `twelve entries`: small numbers are written out in a sentence."""
    word = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{word} {one if count == 1 else many}"


def long_day(day: date) -> str:
    """Return `2 April 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month(day: date) -> str:
    """Return `April 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def entries(numbers: Iterable[int]) -> str:
    """Return `entry 5`, `entries 5, 35`, or `-`."""
    listed = sorted(numbers)
    if not listed:
        return "-"
    return ("entry " if len(listed) == 1 else "entries ") + ", ".join(map(str, listed))


def joined(parts: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def tokens(text: str) -> list[str]:
    """Return every number and day in a text, spelled in one way; what is withheld is not in it.

    Two to twelve count where they are written out; one is too common a word.
    """
    text = _LONG_DAY.sub(_iso, _WITHHELD.sub(" ", text))
    found = _TOKEN.findall(_WORD.sub(lambda word: str(NUMBERS.index(word[1].lower())), text))
    return [one if "-" in one else _plain_token(one.replace(",", "")) for one in found]


def _iso(day: re.Match[str]) -> str:
    month = next(at for at, name in enumerate(_MONTHS, 1) if name.startswith(day[2]))
    return f"{day[3]}-{month:02}-{int(day[1]):02}"


def withheld(text: str) -> list[str]:
    """Return the digests that stand for what a text withholds."""
    return _WITHHELD.findall(text)


def span(first: date, last: date) -> set[date]:
    """Return every day from `first` to `last`, both inside."""
    return {first + timedelta(n) for n in range((last - first).days + 1)}


def _plain_token(text: str) -> str:
    return plain(Fraction(text)) if len(text) < 30 else text
