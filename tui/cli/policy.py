"""`docket policy`: every setting in force, as a `config.toml` with a word on what each does."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.errors import UsageError
from store.places import Places
from store.settings.config import Config, load_config
from store.settings.policy import SETTINGS, Policy
from tui.cli.output import say, say_json, tell
from tui.cli.parsing import Parser, Verb, add_json
from tui.text import wrap

if TYPE_CHECKING:
    from tui.cli.context import Context

_WIDE = 80
_EXACT = 15
"""So many digits of a decimal number come back from TOML as they were written."""


class _Said(NamedTuple):
    """What is said of one setting: what it does, and an example where nothing is set."""

    what: str
    example: str


_HEAD = (
    "Settings of Docket: `config.toml` in the workspace. Each may be left out, and its default "
    "holds then. A line such as `# name = value` is an example."
)
PLAIN: Final[Mapping[str, _Said]] = {
    "author": _Said("who writes the entries; records print it; default: the login name", '"Jo Ek"'),
    "address": _Said("your address", '"1 Main Street, Leeds"'),
    "email": _Said("your e-mail address", '"jo@ek.example"'),
    "tax_id": _Said("your tax number", '"GB 123 4567 89"'),
    "currency": _Said(
        'where a client\'s terms name none, and of the sums below; default "EUR"', '"EUR"'
    ),
    "target_rate": _Said("what an hour should earn; no default", "85"),
    "savings": _Said("what you could live on if nothing came in; no default", "9000"),
    "monthly_costs": _Said("what a month costs you; no default", "2400"),
    "payment_details": _Said(
        "how to pay you; statements of account print it; default: as the invoices say",
        '"Jo Ek, IBAN ..."',
    ),
    "ask_checkin": _Said(
        "whether the app now and then asks how a client makes you feel; default true", "true"
    ),
}
"""The settings that stand by themselves, in the order they are printed."""
TABLES: Final[Mapping[str, _Said]] = {
    "policy": _Said(
        "The numbers of the assessment: chosen, not fitted to outcomes, and yours to set. "
        "Weights are relative, scores 0 to 100, half-lives and spans in days.",
        "",
    ),
    "kinds": _Said(
        "Words of your own for kinds of incident (`docket keys --kinds`). An entry logged by one "
        "counts as the kind it stands for. The word stays with you: a record shows the kind, and "
        "of the word only that there is one.",
        'seagull = "micro-change"',
    ),
    "keys": _Said("Keys of your own, by what they do (`docket keys` lists the ids).", 'log = "l"'),
}
"""The settings that are tables of TOML: those come after the others."""


def _arguments(parser: Parser) -> None:
    parser.add_argument(
        "--write", action="store_true", help="write them to config.toml, where there is none yet"
    )
    add_json(parser)


def _run(args: Namespace, context: Context) -> int:
    if args.write:
        return _write(args, context)
    config = load_config(Places(context.root).config)
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
    for name, said in PLAIN.items():
        value = getattr(config, name)
        yield from _comment(said.what)
        yield f"# {name} = {said.example}" if value in (None, "") else f"{name} = {toml(value)}"
    for name, said in TABLES.items():
        yield ""
        yield from _comment(said.what)
        yield f"[{name}]"
        if name == "policy":
            yield from _policy(config.policy)
            continue
        table: Mapping[str, str] = getattr(config, name)
        yield from (f"{_key(key)} = {toml(value)}" for key, value in table.items())
        if not table:
            yield f"# {said.example}"


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
    plain = {name: getattr(config, name) for name in PLAIN}
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
