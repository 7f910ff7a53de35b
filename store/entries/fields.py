"""The fields that entries are made of: what each may hold, checked and cleaned as it comes in."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from store import money
from store.entries.plainly import changed_values, cleaned, exact
from store.languages import parse_language
from store.quantities import HOW_TERMS, PAYMENT_TERMS, is_payment_terms
from store.text import clean, clean_line

_line, _text = cleaned(clean_line), cleaned(clean)


def _terms(text: str) -> str:
    if not is_payment_terms(text):
        raise ValueError(f"write {HOW_TERMS}")
    return text


_Of = TypeVar("_Of")
PlanParts = Annotated[tuple[_Of, ...], Field(min_length=1, max_length=120)]
Bands = Annotated[tuple[_Of, ...], Field(min_length=1, max_length=20)]
Position = Annotated[int, Field(ge=1)]
Severity = Annotated[int, Field(ge=1, le=3)]
Likelihood = Annotated[int, Field(ge=0, le=10)]
RoundCount = Annotated[int, Field(ge=0, le=99)]
DaysToReply = Annotated[int, Field(ge=1, le=365)]
DaysOfNotice = Annotated[int, Field(ge=0, le=365)]
RuleNumber = Annotated[str, Field(pattern=r"^R[1-9][0-9]?$")]
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
    BeforeValidator(exact),
    Field(gt=0, lt=money.LARGEST_SUM, max_digits=15, decimal_places=3),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"}),
]
HourCount = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(gt=0, le=1000, max_digits=6, decimal_places=2),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"}),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(gt=0, le=100, max_digits=7, decimal_places=4),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$"}),
]
Share = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(ge=0, le=100, max_digits=7, decimal_places=4),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$"}),
]
ExchangeRate = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(gt=0, lt=money.LARGEST_SUM, max_digits=20, decimal_places=8),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,8})?$"}),
]
Stated = Annotated[str, BeforeValidator(_line), Field(min_length=1, max_length=1_000)]
Threshold = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(ge=0, lt=money.LARGEST_SUM, max_digits=15, decimal_places=3),
    _AS_STRING,
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"}),
]
Changes = Annotated[dict[str, Any], BeforeValidator(changed_values), Field(min_length=1)]
PaymentTerms = Annotated[
    str,
    AfterValidator(_terms),
    WithJsonSchema({"type": "string", "pattern": f"^({PAYMENT_TERMS})$"}),
]
