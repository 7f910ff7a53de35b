"""Money: decimal amounts with an ISO 4217 currency; two currencies are never added together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from store.errors import UsageError

CURRENCIES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS
    VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG""".split()
)
# Digits after the point where ISO 4217 differs from two.
_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_PLAIN = re.compile(r"\d{1,12}(\.\d{1,3})?")
_COMMA = re.compile(r"\d{1,12},\d{1,2}")
# Thousands: 1 200 1'200 1,200.50 1.200,50 1,200,000 1.200.000, and 12,00,000 as in India.
_BLANKS = re.compile(r"\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d{1,3})?")
_COMMAS = re.compile(
    r"\d{1,3}(?:(?:,\d{3})+\.\d{1,3}|(?:,\d{3}){2,})"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"
)
_POINTS = re.compile(r"\d{1,3}(?:(?:\.\d{3})+,\d{1,3}|(?:\.\d{3}){2,})")
_NOTHING_MORE = re.compile(r"[.,][-–—]{1,2}$")  # 1200.- and 1200,--
_MINUS = re.compile(r"[-–−(]\s*\W?\s*\d.*|.*\d\s*[-−]")
LARGEST_SUM = Decimal(10) ** 12


def digits(currency: str) -> int:
    """Return how many digits follow the point in `currency`."""
    return _DIGITS.get(currency, 2)


def parse_currency(text: str) -> str:
    """Return an ISO 4217 code in capitals, or raise UsageError."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise UsageError(
            f"'{text.strip()[:12]}' is not a currency", "", "Use its ISO code, such as EUR or KHR"
        )
    return code


def parse_amount(text: str, currency: str) -> Decimal:
    """Return the positive amount a person typed, as `1200`, `1,200.50`, `1.200,50` or `1200,50`.

    Raises UsageError for zero, a minus, too many digits for the currency, or an ambiguous `1,200`.
    """
    typed = "".join(str(unicodedata.decimal(sign, sign)) for sign in text.strip())
    typed = _NOTHING_MORE.sub("", typed)
    if _MINUS.fullmatch(typed):
        raise UsageError(
            f"'{text.strip()[:24]}' has a minus",
            "a sum is logged without one",
            "To take a sum back, amend or void the entry that has it",
        )
    typed = _with_a_point(typed)
    if re.fullmatch(r"\d{1,3},\d{3}", typed) or (
        _PLAIN.fullmatch(typed) and len(typed.partition(".")[2]) == 3 != digits(currency)
    ):
        raise UsageError(
            f"'{text.strip()[:24]}' could be thousands or a fraction",
            "",
            "Write it like 1200 or 1.20",
        )
    if not _PLAIN.fullmatch(typed):
        raise UsageError(
            f"'{text.strip()[:24]}' is not an amount", "", "Write it like 1200 or 1200.50"
        )
    amount = Decimal(typed)
    if not 0 < amount < LARGEST_SUM:
        raise UsageError(f"The amount {typed} cannot be", "it must be above zero", "Check the sum")
    if -int(amount.normalize().as_tuple().exponent) > digits(currency):
        raise UsageError(
            f"{typed} {currency} has too many digits after the point",
            f"{currency} has {digits(currency)}",
            "Round it the way the invoice does",
        )
    return amount.quantize(Decimal(1).scaleb(-digits(currency)))


def _with_a_point(typed: str) -> str:
    """Return a sum without marks between thousands, and with a point before its fraction."""
    if _BLANKS.fullmatch(typed):
        typed = re.sub(r"[\s'’]", "", typed).replace(",", ".")
    if _COMMAS.fullmatch(typed):
        return typed.replace(",", "")
    if _POINTS.fullmatch(typed):
        return typed.replace(".", "").replace(",", ".")
    return typed.replace(",", ".") if _COMMA.fullmatch(typed) else typed


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; adding another currency raises ValueError."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {self.rounded():,}"

    @property
    def or_none(self) -> Money | None:
        """The same; None where it is nothing, as a text that leaves it out then asks for it."""
        return self if self.amount else None

    def rounded(self) -> Decimal:
        """Return the amount at the currency's digits, halves away from zero."""
        return self.amount.quantize(Decimal(1).scaleb(-digits(self.currency)), ROUND_HALF_UP)

    def _same(self, other: Money) -> None:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")


def totals(sums: Iterable[Money]) -> list[Money]:
    """Return one sum per currency, in order of code; an empty list where there is no money."""
    by_currency: dict[str, Decimal] = {}
    for money in sums:
        by_currency[money.currency] = by_currency.get(money.currency, Decimal(0)) + money.amount
    return [Money(amount, code) for code, amount in sorted(by_currency.items())]


_SUM = re.compile(r"(?P<before>[A-Za-z]{3})? ?(?P<amount>[^A-Za-z]+?) ?(?P<after>[A-Za-z]{3})?")


def parse_sum(text: str) -> Money:
    """Return the sum in `1300 USD` or `USD 1,300.50`, or raise UsageError."""
    found = _SUM.fullmatch(text.strip())
    codes = [code for code in (found["before"], found["after"]) if code] if found else []
    if found is None or len(codes) != 1:
        raise UsageError(
            f"'{text.strip()[:24]}' is no sum with a currency", "", "Write it like 1300 USD"
        )
    currency = parse_currency(codes[0])
    return Money(parse_amount(found["amount"], currency), currency)


def parse_part(text: str, currency: str) -> Decimal:
    """Return the amount of a part of something, which may be none of it: `0`."""
    return Decimal(0) if _is_nothing(text) else parse_amount(text, currency)


def parse_bands(text: str, currency: str) -> list[dict[str, Decimal]]:
    """Return the bands in `40,1000:70,10000:100`: 40, from 1000 on 70, from 10000 on 100."""
    bands = []
    for part in text.split(","):
        start, colon, amount = part.rpartition(":")
        at_least = Decimal(0) if not colon or _is_nothing(start) else parse_amount(start, currency)
        bands.append({"at_least": at_least, "amount": parse_amount(amount, currency)})
    return bands


def _is_nothing(text: str) -> bool:
    return re.fullmatch(r" *0+(\.0+)? *", text) is not None
