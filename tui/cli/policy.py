"""`docket policy`: every setting in force, as a `config.toml` with a word on what each does."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from store.errors import UsageError
from store.settings.config import ROWS, Config
from store.settings.policy import SETTINGS, Policy
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_flag, add_json
from tui.text import wrap

if TYPE_CHECKING:
    from tui.cli.context import Context

_WIDE = 80
_EXACT = 15
"""So many digits of a decimal number come back from TOML as they were written."""


_HEAD = (
    "Settings of Docket: `config.toml` in the workspace. Each may be left out, and its default "
    "holds then. A line such as `# name = value` is an example."
)


def _arguments(parser: Parser) -> None:
    add_flag(parser, "--write", "write them to config.toml, where there is none yet")
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.write:
        return _write(args, context)
    config = context.settings.checked()
    if args.json:
        say_json(_json(config))
    else:
        say(config_toml(config))
    return 0


def _write(args: Namespace, context: Context) -> int:
    from store.files import write_atomic

    path = context.workspace.places.config
    if os.path.lexists(path):
        raise UsageError(
            f"{path} is there already",
            "what you set in it would be lost",
            "Edit it; `docket policy` prints what may stand in it",
        )
    write_atomic(path, f"{config_toml(Config())}\n".encode())
    if args.json:
        say_json({"written": str(path)})
    else:
        say(str(path))
        tell("Every setting is in it, at its default. Change what you like, remove the rest.")
    return 0


def config_toml(config: Config) -> str:
    """Return `config` as TOML that `load_config` reads back, each setting with a comment on it."""
    return "\n".join(_lines(config))


def _lines(config: Config) -> Iterator[str]:
    yield from _comment(_HEAD)
    yield ""
    for name, row in sorted(ROWS.items(), key=lambda one: one[1].table):
        value = getattr(config, name)
        if row.table:
            yield from ("", *_comment(row.what), f"[{name}]")
            yield from _policy(value) if name == "policy" else _table(value, row.example)
        else:
            yield from _comment(row.what)
            yield f"# {name} = {row.example}" if value in (None, "") else f"{name} = {toml(value)}"


def _table(words: Mapping[str, str], example: str) -> Iterator[str]:
    yield from (f"{_key(key)} = {toml(value)}" for key, value in words.items())
    if not words:
        yield f"# {example}"


def _policy(policy: Policy) -> Iterator[str]:
    default = Policy()._asdict()
    for name, value in policy._asdict().items():
        bounds = f"{SETTINGS[name].low:g} to {SETTINGS[name].high:g}, default {default[name]:g}"
        yield from _comment(f"{SETTINGS[name].what}; {bounds}")
        yield f"{name} = {value}" + ("" if value == default[name] else "  # yours, not the default")


def _comment(text: str) -> list[str]:
    return wrap(text, _WIDE, "# ")


def toml(value: str | bool | Decimal) -> str:
    """Return a value as TOML has it; an amount too exact for a TOML number as a string."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        digits = f"{value:f}" if abs(value.adjusted()) < _EXACT else str(value)
        return digits if len(digits) <= _EXACT else f'"{value}"'
    return f'"{"".join(map(_letter, value))}"'


def _letter(letter: str) -> str:
    """Return one letter of a string of TOML; what cannot be seen is spelled out."""
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else toml(key)


def _json(config: Config) -> dict[str, Any]:
    """Return every setting as JSON values, amounts as strings; of each number all there is."""
    default = Policy()._asdict()
    numbers = {
        name: {
            "value": value,
            "default": default[name],
            "yours": value != default[name],
            "low": SETTINGS[name].low,
            "high": SETTINGS[name].high,
            "what": SETTINGS[name].what,
        }
        for name, value in config.policy._asdict().items()
    }
    plain = {name: getattr(config, name) for name, row in ROWS.items() if not row.table}
    amounts = {name: str(value) for name, value in plain.items() if isinstance(value, Decimal)}
    tables = {"kinds": dict(config.kinds), "keys": dict(config.keys)}
    return {**plain, **amounts, "policy": numbers, **tables}


VERBS = {
    "policy": Verb(
        _arguments,
        _run,
        """\
docket policy
docket policy --write""",
        notes="Prints the settings in force; what you paste into config.toml holds from then on.",
    )
}
