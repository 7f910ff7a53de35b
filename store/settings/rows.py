"""What a setting is: one row beside its name, which reading, printing and the README go by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from store.working_days import is_place, parse_week

if TYPE_CHECKING:
    from decimal import Decimal

_MOST = 10**12


class Setting(NamedTuple):
    """What a setting does, what its value has to be, and how that is read.

    `read` returns the value as the config has it, or None for one that does not fit. A table of
    TOML holds settings of its own, or words of the user's.
    """

    what: str
    fits: str
    read: Callable[[Any], Any]
    example: str = ""
    low: float = 0
    high: float = 0
    table: bool = False


class Told:
    """What there is to say of settings: what was passed over, and what is wrong."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.wrong: list[str] = []


def rows_of(plan: type) -> dict[str, Setting]:
    """Return the rows that stand beside the names of a NamedTuple."""
    return {name: kind.__metadata__[0] for name, kind in plan.__annotations__.items()}


def fitting(
    found: Mapping[str, Any], rows: Mapping[str, Setting], told: Told, within: str = ""
) -> dict[str, Any]:
    """Return of `found` what `rows` know and what fits them, as read; `told` takes up the rest."""
    kept = {}
    for name, value in found.items():
        row, called = rows.get(name), f"{within}{name[:40]}"
        if row is None:
            what = "table" if isinstance(value, dict) else "number" if within else "setting"
            told.passed.append(f"{called}: there is no such {what}")
        elif (read := row.read(value)) is None:
            told.wrong.append(f"{called}: it is not {row.fits}")
        else:
            kept[name] = read
    return kept


def _kept(kind: type, fits: Callable[[Any], object] = lambda value: True) -> Callable[[Any], Any]:
    """Return what reads a value of that kind as it is, and nothing else."""
    return lambda value: value if isinstance(value, kind) and fits(value) else None


def text(most: int, what: str, example: str) -> Setting:
    """Return the row of a text of at most `most` characters."""
    read = _kept(str, lambda value: len(value) <= most)
    return Setting(what, f"a text of at most {most} characters", read, example)


def currency(what: str, example: str) -> Setting:
    """Return the row of a currency."""
    read = _kept(str, lambda value: re.fullmatch("[A-Z]{3}", value))
    return Setting(what, f"three capital letters, such as {example}", read, example)


def week(what: str, example: str) -> Setting:
    """Return the row of the days of a week."""

    def read(value: Any) -> str | None:
        return value if isinstance(value, str) and parse_week(value) else None

    return Setting(what, "days such as mon-fri, sun-thu or mon,tue,thu", read, example)


def place_row(what: str, example: str) -> Setting:
    """Return the row of a country, or of a part of one."""

    def read(value: Any) -> str | None:
        return value if isinstance(value, str) and (not value or is_place(value)) else None

    return Setting(what, "a country such as NO, or a part of one such as DE-BY", read, example)


def choice(what: str, *words: str) -> Setting:
    """Return the row of one word of several; the first is what holds without it."""
    read = _kept(str, lambda value: value in words)
    said = ", ".join(f'"{word}"' for word in words[:-1])
    return Setting(what, f'{said} or "{words[-1]}"', read, f'"{words[0]}"')


def flag(what: str, example: str) -> Setting:
    """Return the row of a yes or no."""
    return Setting(what, "true or false", _kept(bool), example)


def table_row(what: str, fits: str, example: str = "") -> Setting:
    """Return the row of a table of TOML."""
    return Setting(what, fits, _kept(dict), example, table=True)


def amount(what: str, example: str, *, none: bool = False) -> Setting:
    """Return the row of a sum, kept as it was written; `none` says that it may be nothing."""

    def read(value: Any) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        from decimal import Decimal, InvalidOperation

        try:
            found = Decimal(str(value))
        except InvalidOperation:
            return None
        fits = found.is_finite() and (found > 0 or (none and found == 0))
        return found if fits and found < _MOST else None

    return Setting(what, "a number, 0 or more" if none else "a number above 0", read, example)


def number(low: float, high: float, what: str, *, whole: bool = False) -> Setting:
    """Return the row of a number from `low` to `high`."""

    def read(value: Any) -> float | None:
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        return value if fits and low <= value <= high else None

    said = f"a {'whole ' if whole else ''}number, {low:g} to {high:g}"
    return Setting(what, said, read, low=low, high=high)
