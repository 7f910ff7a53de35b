"""Reads what was agreed with a client as people write it: `EUR 85/h net14 reply 2d`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from store.capture.amounts import SIGN, currency_meant, is_money
from store.dates import parse_days
from store.errors import UsageError
from store.money import CURRENCIES, parse_amount, parse_currency
from store.quantities import (
    PAYMENT_TERMS,
    WORDS_OF_TERMS,
    parse_payment_terms,
    parse_rounds,
    spoken_terms,
)
from store.text import Verbatim

OPTIONS: Final = frozenset("rate price reply revisions terms cur clause".split())

_SUM = rf"(?:({SIGN}) ?)?(\d[\d.,'’]*) ?({SIGN})?"
_AN_HOUR = r"(?: ?/ ?(?:h|hr|hour)| (?:per|an) hour)"
_SPAN = r"\d{1,4} ?(?:h|d|w|hours?|days?|weeks?)"
_TERMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("rate", rf"(?:rate )?{_SUM}{_AN_HOUR}"),
        ("rate", rf"rate {_SUM}"),
        ("price", rf"(?:fixed )?price {_SUM}"),
        ("price", rf"{_SUM} (?:fixed|flat)"),
        ("terms", PAYMENT_TERMS),
        ("reply", rf"repl(?:y|ies)(?: in| within)? ({_SPAN})"),
        ("revisions", r"(?:revisions?|rounds?) (\d{1,2})"),
        ("revisions", r"(\d{1,2}) (?:revisions?|rounds?)"),
        ("clause", r"(?:stop|suspension) clause (?:no\. ?)?(\w{1,6}(?:[.-]\w{1,4})*)"),
        ("mail", r"[^\s@:]+@[^\s@:]+\.[^\s@:.]{2,}"),
    )
)

_STRONG = re.compile(rf"\S*\d\S*{_AN_HOUR}|net\d{{1,3}}", re.IGNORECASE)
_OTHER_RATE = re.compile(r"\S*\d\S*/(?:d|day|wk|week|m|mo|month|page|word)", re.IGNORECASE)


def read_terms(words: Sequence[str], options: Mapping[str, str], assumed: str) -> dict[str, Any]:
    """Return the terms that `words` name, as far as `options` do not say them.

    `assumed` is the currency where none is said. Raises UsageError for what cannot be.
    """
    said: dict[str, str] = {}
    place = 0
    while place < len(words):
        name, value, count = _term_at(words[place:])
        if name:
            said.setdefault(name, value)
        place += count or 1
    said.pop("mail", None)
    return terms_of({**said, **options}, assumed)


def split_new(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the name of a new client and what was agreed, which stands behind it to the end."""
    for end in range(1, len(words)):
        if (said := _all_terms(words[end:])) is not None:
            return list(words[:end]), said
    return list(words), {}


def misplaced(name: Sequence[str]) -> str:
    """Return why a new client cannot be called so: there are terms in it; empty where it can."""
    shown = "new Acme Media EUR 85/h net14 reply 2d revisions 2"
    for number, word in enumerate(name):
        if isinstance(word, Verbatim) or not number:
            continue
        if _OTHER_RATE.fullmatch(word):
            return f"{word[:20]}: a rate is for an hour, and a whole price is: price 2000"
        if _STRONG.fullmatch(word):
            return f"what was agreed comes last: {shown}"
        if re.fullmatch(_SUM, " ".join(name[-2:]), re.IGNORECASE) and is_money(name[-2:]):
            said = " ".join(name[-2:])
            return f"is {said} the hour ({said}/h) or the whole price (price {said})?"
    return ""


def terms_of(said: Mapping[str, str], assumed: str) -> dict[str, Any]:
    """Return the data of the terms typed as text, by the names of the options."""
    data: dict[str, Any] = {}
    if "terms" in said:
        data["payment"] = parse_payment_terms(said["terms"])
    if "cur" in said:
        data["currency"] = parse_currency(said["cur"])
    for name in ("rate", "price"):
        if name in said:
            _set_sum(name, said[name], data, assumed or "EUR")
    if "reply" in said:
        data["reply_within_days"] = parse_days(said["reply"])
    if "revisions" in said:
        data["revisions"] = parse_rounds(said["revisions"])
    if "clause" in said:
        data["suspension_clause"] = _clause(said["clause"])
    return data


def _clause(typed: str) -> str:
    """Return the clause by which work may stop: `7` is Clause 7, and words are as they stand."""
    return f"Clause {typed}" if re.fullmatch(r"\d[\w.-]*", typed) else typed


def _set_sum(name: str, typed: str, data: dict[str, Any], assumed: str) -> None:
    found = re.fullmatch(_SUM, typed, re.IGNORECASE)
    signs = [sign for sign in found.group(1, 3) if sign] if found else []
    currency = currency_meant(signs, data.get("currency") or assumed)
    if data.get("currency", currency) != currency:
        raise UsageError(f"{currency} or {data['currency']}? one currency is agreed", "", "")
    data[name] = parse_amount(found[2] if found else typed, currency)
    data["currency"] = currency


def _all_terms(words: Sequence[str]) -> dict[str, str] | None:
    """Return what `words` say if they are terms and nothing else."""
    said: dict[str, str] = {}
    place = 0
    while place < len(words):
        name, value, count = _term_at(words[place:])
        if not count and words[place] in CURRENCIES:
            name, value, count = "cur", words[place], 1
        if not count or name in said:
            return None
        said[name] = value
        place += count
    return said


def _term_at(words: Sequence[str]) -> tuple[str, str, int]:
    """Return which term the first `words` are, its value, and of how many words; none is 0."""
    for count in range(min(len(words), WORDS_OF_TERMS), 0, -1):
        if any(isinstance(word, Verbatim) for word in words[:count]):
            continue
        text = " ".join(words[:count]).rstrip(",;")
        if terms := spoken_terms(text, sure=True):
            return "terms", terms, count
        for name, pattern in _TERMS:
            if (found := pattern.fullmatch(text)) and (value := _value(name, text, found)):
                return name, value, count
    return "", "", 0


def _value(name: str, text: str, found: re.Match[str]) -> str:
    if name in ("reply", "revisions", "clause"):
        return found[1]
    if name not in ("rate", "price"):
        return text.lower() if name == "terms" else text
    before, digits, after = found.group(1, 2, 3)
    if not is_money([sign for sign in (before, after) if sign]):
        return ""
    return " ".join(filter(None, (before, digits, after)))
