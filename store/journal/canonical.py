"""The canonical form: the one way, byte for byte, that a value is spelled in a journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from .errors import NotCanonicalError

MAX_INT: Final = 2**53 - 1
"""Largest whole number every JSON reader keeps exactly."""

MAX_DEPTH: Final = 32
"""How many lists and objects may stand inside each other."""

_AROUND: Final = 2
"""How deep a field stands: in the fields of a line."""

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(value: object) -> bytes:
    """Return the canonical JSON of `value` as UTF-8, without a newline.

    Keys sorted, no spaces, text unescaped but for what JSON must escape. Raises
    NotCanonicalError for floats, whole numbers beyond 2**53 - 1 either way, keys that are
    not ASCII text, lone surrogates, nesting beyond MAX_DEPTH and anything JSON has no word for.
    """
    if type(value) is not str:  # as most are, and one is always right but for its characters
        _check(value, MAX_DEPTH)
    return spelled(value)


def spelled(value: object) -> bytes:
    """Return what `canonical` does of a value that is known to have a canonical form."""
    try:
        return _encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError("a piece of text holds half a character") from error


def spelled_parts(fields: Mapping[str, Any]) -> dict[str, bytes]:
    """Return how each field of an entry is spelled on its line; NotCanonicalError as `canonical`.

    A line is put together of these, and each is hashed by itself.
    """
    for name, value in fields.items():
        if not isinstance(name, str) or not name.isascii():
            raise NotCanonicalError(f"the name {name!r} is not plain ASCII text")
        if type(value) is not str:
            _check(value, MAX_DEPTH - _AROUND)
    return {name: spelled(value) for name, value in fields.items()}


def parse(raw: bytes) -> Any:
    """Return the value spelled by `raw`, refusing floats; its spelling is not judged here."""
    try:
        return _decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotCanonicalError("it is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("it is not JSON") from error


def _check(value: object, depth: int) -> None:
    if value is None or isinstance(value, str):
        return
    if isinstance(value, (int, float)):
        _check_number(value)
    elif depth == 0:
        raise NotCanonicalError(f"lists stand more than {MAX_DEPTH} deep inside each other")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonicalError(f"the name {key!r} is not plain ASCII text")
            if type(item) is not str:
                _check(item, depth - 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item, depth - 1)
    else:
        raise NotCanonicalError(f"JSON has no word for a {type(value).__name__}")


def _check_number(value: float) -> None:
    if isinstance(value, float):
        raise NotCanonicalError("a number has a decimal point; write it as text, such as '12.50'")
    if not -MAX_INT <= value <= MAX_INT:
        raise NotCanonicalError("a whole number is too large; write it as text")


def _refuse(token: str) -> NoReturn:
    raise ValueError(token)


_decoder = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
_decode, scan = _decoder.decode, _decoder.raw_decode
"""`scan(text, start)` gives the value spelled from `start` on and where it ends, or ValueError."""
