"""Days, spans of days, numbers, sums and lists of them, as a language says them in a sentence.

Babel knows how, and is loaded only here, once something is said in another language than English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from store.languages import ENGLISH, Language, language

if TYPE_CHECKING:
    from store.money import Money


@dataclass(frozen=True, slots=True)
class DayCount:
    """So many days."""

    days: int


Single: TypeAlias = "str | date | Money | DayCount | Decimal | int"
Value: TypeAlias = "Single | Sequence[Single]"
FACT_FORMS: Final = (
    "on",
    "by",
    "from",
    "short",
    "iso",
    "month",
    "count",
    "word",
    "Word",
    "exact",
    "bare",
)
"""What may stand behind the name of a fact.

On, until or from a day, which only a language whose days take endings tells apart; the day as a
table has it, by ISO 8601, or its month; the mere count of days. A small number as a `word`, and
one that opens a sentence; a number with `exact` its own digits. A sum `bare` of its currency, and
a text of the full stop it ends with.
"""
_WORDS: Final = "no one two three four five six seven eight nine ten eleven twelve".split()
"""Numbers that English writes out; no other language does, as they take the gender of a noun."""
_UNCOUNTED: Final = ("HUF", "KHR")
"""Currencies that have a hundredth part, which nobody uses."""
_ENGLISH_DAYS: Final = {"short": "%-d %b %Y", "month": "%B %Y"}
_BACK_VOWEL: Final = frozenset({2, 3, 6, 8, 13, 16, 18, 20, 23, 26, 28, 30})


def in_language(value: Value, code: str, form: str = "") -> str:
    """Return a value in the words of a language; a text is what it is in all of them."""
    if isinstance(value, str):
        return _without_stop(value) if form == "bare" else value
    spoken = language(code)
    if isinstance(value, date):
        told = _day(value, spoken, form)
    elif isinstance(value, int | Decimal):
        told = _number(value, spoken, form)
    elif isinstance(value, DayCount):
        told = str(value.days) if form == "count" else _days(value.days, spoken)
    elif isinstance(value, Sequence):  # what stands in it has its figures, and a name keeps its own
        forms = _each_form(value, form)
        return _listed(
            [in_language(one, code, form) for one, form in zip(value, forms, strict=True)], spoken
        )
    else:
        told = _bare_sum(value, spoken) if form == "bare" else _sum(value, spoken)
    return _figures(told, spoken)


def _each_form(values: Sequence[Single], form: str) -> list[str]:
    """Return the form of each part of a list: of several spans, the last alone names the days."""
    spans = bool(values) and all(isinstance(one, DayCount) for one in values)
    return [form or "count"] * (len(values) - 1) + [form] if spans else [form] * len(values)


def plural_form(count: Decimal | int, code: str) -> str:
    """Return which form of a counted sentence a number asks for: `one`, `few`, `other`."""
    if code == ENGLISH:
        return "one" if count == 1 else "other"
    return str(_locale(language(code)).plural_form(count))


def plural_forms(code: str) -> frozenset[str]:
    """Return every form that a counted sentence has in a language."""
    return frozenset(_locale(language(code)).plural_form.tags) | {"other"}


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _locale(spoken: Language) -> Any:
    """Return what Babel knows of a language; English for one that it does not know."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(spoken.locale)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language(ENGLISH).locale)


def _number(number: Decimal | int, spoken: Language, form: str) -> str:
    if spoken.code == ENGLISH:
        if form in ("word", "Word") and isinstance(number, int) and number < len(_WORDS):
            return _WORDS[number].capitalize() if form == "Word" else _WORDS[number]
        if isinstance(number, int) or form == "exact":
            return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
        return f"{number.normalize():,f}"
    from babel.numbers import format_decimal

    places = -int(number.as_tuple().exponent) if isinstance(number, Decimal) else 0
    digits = ("0" if form == "exact" else "#") * max(0, places)
    return format_decimal(
        number, f"#,##0{f'.{digits}' if digits else ''}", locale=_figures_of(spoken)
    )


def _figures_of(spoken: Language) -> Any:
    """Return whose marks a number has in a language: one with figures of its own has the point."""
    return "de" if spoken.figures else _locale(spoken)


def _day(day: date, spoken: Language, form: str) -> str:
    if form == "iso":
        return day.isoformat()
    if spoken.code == ENGLISH:
        return day.strftime(_ENGLISH_DAYS.get(form, "%-d %B %Y"))
    from babel.dates import format_date, format_skeleton

    if form == "month":
        return format_skeleton("yMMMM", day, locale=_locale(spoken))

    if spoken.code == "hu" and form in ("on", "by", "from"):
        month = format_date(day, "y. MMMM", locale="hu")
        return f"{month} {day.day}-{_hungarian(day.day, form)}"
    asked = spoken.short_day if form == "short" else spoken.day
    return format_date(day, asked, locale=_locale(spoken))


def _hungarian(number: int, form: str) -> str:
    """Return the ending of the day of a month: 1-jén, 9-éig, 6-ától."""
    back = number in _BACK_VOWEL
    vowel = "á" if back else "é"
    start = "j" if number == 1 else ""
    end = {"on": "n", "by": "ig", "from": "tól" if back else "től"}[form]
    return f"{start}{vowel}{end}"


def _days(count: int, spoken: Language) -> str:
    if spoken.code == ENGLISH:
        return f"{count:,} {'day' if count == 1 else 'days'}"
    from babel.units import format_unit

    return format_unit(count, "duration-day", locale=_locale(spoken), numbering_system="latn")


def _listed(parts: list[str], spoken: Language) -> str:
    if spoken.code == ENGLISH:
        return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
    from babel.lists import format_list

    told = format_list(parts, locale=_locale(spoken))
    return str(told).replace("\u200b", " ")  # Khmer has there a place to break a line


def _sum(money: Money, spoken: Language) -> str:
    from babel.numbers import format_currency, get_currency_name

    if spoken.code == ENGLISH or not _known(spoken):
        return str(money)
    amount = money.rounded()
    plain = money.currency in _UNCOUNTED and amount == amount.to_integral_value()
    if spoken.code in ("ar", "km"):  # the name in full: their signs bring marks of direction
        name = get_currency_name(money.currency, locale=_locale(spoken))
        return f"{_bare_sum(money, spoken)} {_CALLED.get((spoken.code, money.currency), name)}"
    return format_currency(
        amount,
        money.currency,
        format="#,##0 ¤" if plain else None,
        currency_digits=money.currency not in _UNCOUNTED,
        locale=_locale(spoken),
    )


def _bare_sum(money: Money, spoken: Language) -> str:
    """Return a sum without its currency, where all sums of a table are in one."""
    amount = money.rounded()
    if spoken.code == ENGLISH or not _known(spoken):
        return f"{amount:,}"
    from babel.numbers import format_decimal

    whole = money.currency in _UNCOUNTED and amount == amount.to_integral_value()
    places = 0 if whole else max(0, -int(amount.as_tuple().exponent))
    pattern = "#,##0" + (f".{'0' * places}" if places else "")
    return format_decimal(amount, pattern, locale=_figures_of(spoken))


_CALLED: Final = {("km", "KHR"): "រៀល"}
"""What a currency is called where the table of names has another word."""


def _known(spoken: Language) -> bool:
    return str(_locale(spoken)).partition("_")[0] == spoken.code


def _figures(told: str, spoken: Language) -> str:
    told = told.replace("\u200b", "")  # a place to break a line, which is nothing to see
    return told.translate(str.maketrans("0123456789", spoken.figures)) if spoken.figures else told
