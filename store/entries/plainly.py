"""How the fields of a shape are read where the journal spells them as this program writes them.

Each reader returns what pydantic makes of such a value by the annotation of the same name in
store/entries/fields.py, and raises where that has to judge. A property holds both to the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from store.errors import UsageError
from store.text import clean, clean_line

_Read = Callable[[Any], Any]
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class ToJudgeError(Exception):
    """A model must judge this."""


def cleaned(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    """Return a validator that cleans text, and leaves everything else to pydantic."""

    def read(raw: Any) -> Any:
        try:
            return clean(raw) if isinstance(raw, str) else raw
        except UsageError as error:
            raise ValueError(str(error)) from None

    return read


_CLEANED, _CLEANED_LINE = cleaned(clean), cleaned(clean_line)


def exact(raw: Any) -> Any:
    """Return a value as it is; ValueError for a float, which has lost the cents it cannot hold."""
    if isinstance(raw, bool | float):
        raise ValueError('write it as a string, such as "1200.50"')
    return raw


_DEPTH = 3  # the deepest a field goes: what a payment settles is a list of small objects


def changed_values(raw: Any) -> Any:
    """Return what an amendment changes as a journal can hold it; what is no object, as it is."""
    return _told(raw, _DEPTH) if isinstance(raw, dict) else raw


def _told(raw: Any, depth: int) -> Any:
    """Return a value as a journal can hold it, with all text in it cleaned."""
    if isinstance(raw, str):
        return _CLEANED(raw)
    if raw is None or isinstance(raw, bool | int):
        return raw
    if isinstance(raw, Decimal | date):
        return raw.isoformat() if isinstance(raw, date) else str(raw)
    if isinstance(raw, float):
        return exact(raw)
    if not isinstance(raw, dict | list | tuple):
        raise ValueError(f"a {type(raw).__name__} is no value")
    if not depth:
        raise ValueError("no field holds lists so deep inside each other")
    if not isinstance(raw, dict):
        return [_told(item, depth - 1) for item in raw]
    named = {_CLEANED_LINE(str(name)): _told(item, depth - 1) for name, item in raw.items()}
    if len(named) < len(raw):
        raise ValueError("it says the same field twice")
    return named


def plain_line(raw: Any) -> str:
    """Return a text on one line; TypeError where it is no text."""
    if type(raw) is not str:
        raise TypeError(raw)
    plain = not raw or (len(raw) < 99 and raw.isascii() and raw.isalnum())
    return raw if plain else clean_line(raw)


def _text(raw: Any) -> str:
    return clean(raw) if type(raw) is str else _judged(raw)


def _changes(raw: Any) -> dict[str, Any]:
    found: dict[str, Any] = changed_values(raw) if type(raw) is dict and raw else _judged(raw)
    return found


def _stated(raw: Any) -> str:
    return plain_line(raw) or _judged(raw)


def _day(raw: Any) -> date:
    return date.fromisoformat(raw) if _DAY.fullmatch(raw) else _judged(raw)


def _flag(raw: Any) -> bool:
    return raw if type(raw) is bool else _judged(raw)


def _currency(raw: Any) -> str:
    from store.money import CURRENCIES

    return raw if type(raw) is str and raw in CURRENCIES else _judged(raw)


def _language(raw: Any) -> str:
    from store.languages import LANGUAGES

    return raw if type(raw) is str and raw in LANGUAGES else _judged(raw)


def _payment_terms(raw: Any) -> Any:
    from store.quantities import is_payment_terms

    return raw if is_payment_terms(raw) else _judged(raw)


def _judged(raw: Any) -> Any:
    raise ToJudgeError(raw)


def _count(least: int, most: int) -> _Read:
    def read(raw: Any) -> Any:
        return raw if type(raw) is int and least <= raw <= most else _judged(raw)

    return read


def _decimal(before: int, places: int, *, most: int = 0, zero: bool = False) -> _Read:
    """Return the reader of sums of so many figures, up to `most`, and from 0 on if `zero`."""
    spelled = re.compile(rf"\d{{1,{before}}}(?:\.\d{{1,{places}}})?", re.ASCII)

    def read(raw: Any) -> Any:
        if not spelled.fullmatch(raw):
            raise ToJudgeError(raw)
        found = Decimal(raw)
        return found if (found or zero) and (not most or found <= most) else _judged(raw)

    return read


_READERS: Final[dict[str, _Read]] = {
    "OneLine": plain_line,
    "Text": _text,
    "Changes": _changes,
    "Stated": _stated,
    "Currency": _currency,
    "LanguageCode": _language,
    "PaymentTerms": _payment_terms,
    "Amount": _decimal(12, 3),
    "Threshold": _decimal(12, 3, zero=True),
    "HourCount": _decimal(4, 2, most=1000),
    "Percent": _decimal(3, 4, most=100),
    "Share": _decimal(3, 4, most=100, zero=True),
    "ExchangeRate": _decimal(12, 8),
    "date": _day,
    "bool": _flag,
    "Severity": _count(1, 3),
    "DaysToReply": _count(1, 365),
    "DaysOfNotice": _count(0, 365),
    "RoundCount": _count(0, 99),
    "Likelihood": _count(0, 10),
}


def reader_of(annotation: str, shape: type) -> _Read:
    """Return what reads a field of a shape that is annotated so."""
    if read := _READERS.get(annotation):
        return read
    known = vars(sys.modules[shape.__module__])
    if annotation.startswith("tuple[") and annotation.endswith(", ...]"):
        return _several(known[annotation[6:-6]])
    if choices := get_args(known.get(annotation)):
        return lambda raw: raw if type(raw) is str and raw in choices else _judged(raw)
    return _judged


def _several(shape: Any) -> _Read:
    def read(raw: Any) -> Any:
        found = tuple(map(shape.plain, raw)) if type(raw) is list else _judged(raw)
        return _judged(raw) if None in found else found

    return read
