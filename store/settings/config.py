"""What the user may set, in `config.toml` of the workspace; a missing file means the defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import DocketError, UsageError
from store.files import locked, read_plain, write_atomic
from store.settings.policy import Policy, policy_of

if TYPE_CHECKING:
    from decimal import Decimal


class Config(NamedTuple):
    """User settings; every name is a key of `config.toml`.

    Plain, not a model: `docket log` reads the author from here and must start fast.
    """

    author: str = ""
    """Who writes the entries; printed in records. Default: the login name."""
    currency: str = "EUR"
    """Currency of clients whose terms name none, and of all sums below."""
    target_rate: Decimal | None = None
    """What an hour should earn, in `currency`."""
    savings: Decimal | None = None
    """What you could live on if nothing came in, in `currency`."""
    monthly_costs: Decimal | None = None
    """What a month costs you, in `currency`."""
    payment_details: str = ""
    """How to pay you, in a few lines: statements of account print it."""
    ask_checkin: bool = True
    """Whether the app now and then asks how a client makes you feel."""
    policy: Policy = Policy()
    """The numbers of the assessment (policy.py has them with their bounds)."""
    kinds: Mapping[str, str] = MappingProxyType({})
    """Kinds of incident of your own: the word you log by, and the kind it counts as."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Keys of your own, by action id (`docket keys` lists them)."""
    address: str = ""
    """Your address."""
    email: str = ""
    """Your e-mail address."""
    tax_id: str = ""
    """Your tax number."""


_FITTING = {
    "author": "a text of at most 120 characters",
    "address": "a text of at most 300 characters",
    "email": "a text of at most 120 characters",
    "tax_id": "a text of at most 60 characters",
    "currency": 'three capital letters, such as "EUR"',
    "target_rate": "a number above 0",
    "savings": "a number, 0 or more",
    "monthly_costs": "a number above 0",
    "payment_details": "a text of at most 500 characters",
    "ask_checkin": "true or false",
    "policy": "a table of numbers; see `docket policy`",
    "kinds": 'a table of kinds of incident, such as seagull = "micro-change"',
    "keys": 'a table of keys by what they do, such as log = "l"',
}
_MOST = 10**12
_LONGEST = 1 << 20  # bytes: no settings are as long
# Names nested as deeply take tomllib for ever.
_NESTED = re.compile(rb"(?<![\w\"'-])(?:[\w\"'-]+[ \t]*\.[ \t]*){50}")
_TEXTS = {"author": 120, "address": 300, "email": 120, "tax_id": 60, "payment_details": 500}
_SUMS = ("target_rate", "savings", "monthly_costs")
_OWN_KIND = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def load_config(path: Path) -> Config:
    """Read the config at `path`; DocketError names the file and the key that is wrong."""
    try:
        raw = read_plain(path, _LONGEST)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise DocketError(
            f"{path} cannot be read", error.strerror or str(error), "Check its rights"
        ) from error
    import tomllib

    try:
        if _NESTED.search(raw):
            raise RecursionError
        found = tomllib.loads(raw.decode("utf-8"))
    except RecursionError:
        why = "it nests too deeply"
        raise DocketError(f"{path} is not valid TOML", why, "Correct that line") from None
    except ValueError as error:  # neither TOML, nor UTF-8, nor a number anybody could mean
        raise DocketError(f"{path} is not valid TOML", str(error), "Correct that line") from error
    if wrong := "; ".join(filter(None, (_wrong(name, value) for name, value in found.items()))):
        raise DocketError(f"{path} has a wrong setting", wrong, "Correct or remove it")
    sums = {name: _sum(name, found[name]) for name in _SUMS if name in found}
    return Config(**{**found, **sums, "policy": policy_of(found.get("policy", {}))})


def set_texts(path: Path, texts: Mapping[str, str]) -> None:
    """Set texts in the config at `path`, blank ones to nothing; all else in it stays as it is.

    Raises UsageError for one that does not fit, DocketError where the file cannot be read or
    written.
    """
    from tomlkit import parse

    for name, text in texts.items():
        if wrong := _wrong(name, text):
            raise UsageError("That cannot be set", wrong, "Shorten it")
    if path.is_symlink():
        raise DocketError(f"{path} is a symbolic link", "", "Edit the file it points to")
    with locked(path):
        load_config(path)  # what is wrong in it already is said first
        document = parse(read_plain(path, _LONGEST) if path.exists() else b"")
        for name, text in texts.items():
            if text.strip():
                document[name] = text
            else:
                document.pop(name, None)
        write_atomic(path, document.as_string().encode())


def _wrong(name: str, value: Any) -> str:
    """Return what is wrong with one setting, or an empty string."""
    if name not in _FITTING:
        return f"{name}: there is no such setting"
    if name in ("policy", "kinds") and isinstance(value, dict):
        return _wrong_policy(value) if name == "policy" else _wrong_kinds(value)
    if name in _SUMS:
        fits = _sum(name, value) is not None
    elif name == "keys":
        fits = isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
    elif name == "currency":
        fits = isinstance(value, str) and re.fullmatch("[A-Z]{3}", value) is not None
    elif name == "ask_checkin":
        fits = isinstance(value, bool)
    else:
        fits = isinstance(value, str) and len(value) <= _TEXTS[name]
    return "" if fits else f"{name}: it is not {_FITTING[name]}"


def _wrong_policy(given: Mapping[str, object]) -> str:
    try:
        policy_of(given)
    except ValueError as error:
        return str(error)
    return ""


def _wrong_kinds(given: Mapping[str, object]) -> str:
    """An own kind is a new word for a kind of incident there is: that one says what it weighs."""
    from store.entries import KINDS, kind_named

    for word, like in given.items():
        if not _OWN_KIND.fullmatch(word) or len(word) > 40:
            return f"kinds.{word[:40]}: write it in small letters, with hyphens between words"
        if kind_named(word):
            return f"kinds.{word}: Docket has that kind already"
        known = KINDS.get(like) if isinstance(like, str) else None
        if known is None or known.group != "incident":
            return f"kinds.{word}: '{str(like)[:40]}' is no kind of incident"
    return ""


def _sum(name: str, value: Any) -> Decimal | None:
    """Return a sum as it was written, or None for anything else; only savings may be nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    fits = amount.is_finite() and (amount > 0 or (amount == 0 and name == "savings"))
    return amount if fits and amount < _MOST else None
