"""What the user may set, in `config.toml` of the workspace; a missing file means the defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import DocketError

if TYPE_CHECKING:
    from decimal import Decimal


class Config(NamedTuple):
    """User settings; every name is a key of `config.toml`.

    Plain, not a model: `docket log` reads the author from here and must start fast.
    """

    author: str = ""
    """Who writes the entries; printed in records. Default: the login name."""
    currency: str = "EUR"
    """Currency of clients whose terms name none."""
    target_rate: Decimal | None = None
    """What an hour should earn, in `currency`."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Keys of your own, by action id (`docket keys` lists them)."""


_FITTING = {
    "author": "a text of at most 120 characters",
    "currency": 'three capital letters, such as "EUR"',
    "target_rate": "a number above 0",
    "keys": 'a table of keys by what they do, such as log = "l"',
}


def load_config(path: Path) -> Config:
    """Read the config at `path`; DocketError names the file and the key that is wrong."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise DocketError(
            f"{path} cannot be read", error.strerror or str(error), "Check its rights"
        ) from error
    import tomllib

    try:
        found = tomllib.loads(raw.decode("utf-8"))
    except ValueError as error:  # neither TOML, nor UTF-8, nor a number anybody could mean
        raise DocketError(f"{path} is not valid TOML", str(error), "Correct that line") from error
    if wrong := "; ".join(filter(None, (_wrong(name, value) for name, value in found.items()))):
        raise DocketError(f"{path} has a wrong setting", wrong, "Correct or remove it")
    return Config(**{**found, "target_rate": _rate(found.get("target_rate"))})


def _wrong(name: str, value: Any) -> str:
    """Return what is wrong with one setting, or an empty string."""
    if name not in _FITTING:
        return f"{name}: there is no such setting"
    if name == "target_rate":
        fits = _rate(value) is not None
    elif name == "keys":
        fits = isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
    elif name == "currency":
        fits = isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None
    else:
        fits = isinstance(value, str) and len(value) <= 120
    return "" if fits else f"{name}: it is not {_FITTING[name]}"


def _rate(value: Any) -> Decimal | None:
    """Return a number above 0 as it was written, or None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    from decimal import Decimal, InvalidOperation

    try:
        rate = Decimal(str(value))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate > 0 else None
