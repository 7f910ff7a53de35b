"""The fields that entries are made of: what each may hold, checked and cleaned as it comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from store import money
from store.errors import UsageError
from store.languages import parse_language
from store.quantities import HOW_TERMS, PAYMENT_TERMS, is_payment_terms
from store.text import clean, clean_line


def cleaned(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    """Return a validator that cleans text, and leaves everything else to pydantic."""

    def read(raw: Any) -> Any:
        try:
            return clean(raw) if isinstance(raw, str) else raw
        except UsageError as error:
            raise ValueError(str(error)) from None

    return read


_line, _text = cleaned(clean_line), cleaned(clean)


def _terms(text: str) -> str:
    if not is_payment_terms(text):
        raise ValueError(f"write {HOW_TERMS}")
    return text


def _decimal(raw: Any) -> Any:
    # A float has already lost the cents it could not hold, so only exact forms may enter.
    if isinstance(raw, bool | float):
        raise ValueError('write it as a string, such as "1200.50"')
    return raw


_DEPTH = 3  # the deepest a field goes: what a payment settles is a list of small objects


def _changes(raw: Any) -> Any:
    return _told(raw, _DEPTH) if isinstance(raw, dict) else raw


def _told(raw: Any, depth: int) -> Any:
    """Return a value as a journal can hold it, with all text in it cleaned."""
    if isinstance(raw, str):
        return _text(raw)
    if raw is None or isinstance(raw, bool | int):
        return raw
    if isinstance(raw, Decimal | date):
        return raw.isoformat() if isinstance(raw, date) else str(raw)
    if isinstance(raw, float):
        return _decimal(raw)
    if not isinstance(raw, dict | list | tuple):
        raise ValueError(f"a {type(raw).__name__} is no value")
    if not depth:
        raise ValueError("no field holds lists so deep inside each other")
    if not isinstance(raw, dict):
        return [_told(item, depth - 1) for item in raw]
    named = {_line(str(name)): _told(item, depth - 1) for name, item in raw.items()}
    if len(named) < len(raw):
        raise ValueError("it says the same field twice")
    return named


_AS_STRING = PlainSerializer(str, return_type=str)
Text = Annotated[str, BeforeValidator(_text)]
OneLine = Annotated[str, BeforeValidator(_line), Field(max_length=1_000)]
Currency = Annotated[
    str, AfterValidator(cleaned(money.parse_currency)), WithJsonSchema({"type": "string"})
]
LanguageCode = Annotated[
    str,
    AfterValidator(cleaned(parse_language)),
    WithJsonSchema({"type": "string", "pattern": r"^[a-z]{2,3}$"}),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(gt=0, lt=money.LARGEST_SUM, max_digits=15, decimal_places=3),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"}),
]
HourCount = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(gt=0, le=1000, max_digits=6, decimal_places=2),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"}),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(gt=0, le=100, max_digits=7, decimal_places=4),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$"}),
]
Share = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(ge=0, le=100, max_digits=7, decimal_places=4),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$"}),
]
ExchangeRate = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(gt=0, lt=money.LARGEST_SUM, max_digits=20, decimal_places=8),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,8})?$"}),
]
Stated = Annotated[str, BeforeValidator(_line), Field(min_length=1, max_length=1_000)]
Threshold = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(ge=0, lt=money.LARGEST_SUM, max_digits=15, decimal_places=3),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"}),
]
Changes = Annotated[dict[str, Any], BeforeValidator(_changes), Field(min_length=1)]
PaymentTerms = Annotated[
    str,
    AfterValidator(_terms),
    WithJsonSchema({"type": "string", "pattern": f"^({PAYMENT_TERMS})$"}),
]
