"""Days, spans of days, sums and lists of them, as a language says them within a sentence.

Babel knows how, and is loaded only here, once something is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from store.languages import ENGLISH, Language, language

if TYPE_CHECKING:
    from store.money import Money


@dataclass(frozen=True, slots=True)
class DayCount:
    """So many days."""

    days: int


Value: TypeAlias = "str | date | Money | DayCount | tuple[date, ...]"
DAY_FORMS: Final = ("on", "by", "from", "count")
"""What may stand behind the name of a fact: on, until or from a day; the mere count of days.

Only a language whose days take endings tells the first three apart.
"""
_UNCOUNTED: Final = ("HUF", "KHR")
"""Currencies that have a hundredth part, which nobody uses."""
_BACK_VOWEL: Final = frozenset({2, 3, 6, 8, 13, 16, 18, 20, 23, 26, 28, 30})


def in_language(value: Value, code: str, form: str = "") -> str:
    """Return a value in the words of a language; a text is what it is in all of them."""
    if isinstance(value, str):
        return value
    spoken = language(code)
    if isinstance(value, date):
        told = _day(value, spoken, form)
    elif isinstance(value, DayCount):
        told = str(value.days) if form == "count" else _days(value.days, spoken)
    elif isinstance(value, tuple):
        told = _listed([in_language(one, code, form) for one in value], spoken)
    else:
        told = _sum(value, spoken)
    return _figures(told, spoken)


def _locale(spoken: Language) -> Any:
    """Return what Babel knows of a language; English for one that it does not know."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(spoken.locale)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language(ENGLISH).locale)


def _day(day: date, spoken: Language, form: str) -> str:
    from babel.dates import format_date

    if spoken.code == "hu" and form in ("on", "by", "from"):
        month = format_date(day, "y. MMMM", locale="hu")
        return f"{month} {day.day}-{_hungarian(day.day, form)}"
    return format_date(day, spoken.day, locale=_locale(spoken))


def _hungarian(number: int, form: str) -> str:
    """Return the ending of the day of a month: 1-jén, 9-éig, 6-ától."""
    back = number in _BACK_VOWEL
    vowel = "á" if back else "é"
    start = "j" if number == 1 else ""
    end = {"on": "n", "by": "ig", "from": "tól" if back else "től"}[form]
    return f"{start}{vowel}{end}"


def _days(count: int, spoken: Language) -> str:
    from babel.units import format_unit

    return format_unit(count, "duration-day", locale=_locale(spoken), numbering_system="latn")


def _listed(parts: list[str], spoken: Language) -> str:
    from babel.lists import format_list

    return format_list(parts, locale=_locale(spoken))


def _sum(money: Money, spoken: Language) -> str:
    from babel.numbers import format_currency, format_decimal, get_currency_name

    if spoken.code == ENGLISH or not _known(spoken):
        return str(money)
    whole = money.amount == money.amount.to_integral_value()
    plain = whole and money.currency in _UNCOUNTED
    if spoken.code in ("ar", "km"):  # the name in full: their signs bring marks of direction
        places = 0 if plain else max(0, -int(money.amount.as_tuple().exponent))
        pattern = "#,##0" + (f".{'0' * places}" if places else "")
        number = format_decimal(money.amount, pattern, locale="de" if spoken.figures else "en")
        name = get_currency_name(money.currency, locale=_locale(spoken))
        return f"{number} {_CALLED.get((spoken.code, money.currency), name)}"
    return format_currency(
        money.amount,
        money.currency,
        format="#,##0 ¤" if plain else None,
        currency_digits=money.currency not in _UNCOUNTED,
        locale=_locale(spoken),
    )


_CALLED: Final = {("km", "KHR"): "រៀល"}
"""What a currency is called where the table of names has another word."""


def _known(spoken: Language) -> bool:
    return str(_locale(spoken)).partition("_")[0] == spoken.code


def _figures(told: str, spoken: Language) -> str:
    told = told.replace("\u200b", "")  # a place to break a line, which is nothing to see
    return told.translate(str.maketrans("0123456789", spoken.figures)) if spoken.figures else told
