"""Which column of a table holds what, once somebody has confirmed it: `columns.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.errors import DocketError
from store.files import locked, read_plain, write_atomic

_LONGEST: Final = 1 << 20
_MOST: Final = 200


class _KeptTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    heads: tuple[str, ...]
    columns: dict[str, str]


class _KeptTables(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    table: Annotated[tuple[_KeptTable, ...], Field(max_length=_MOST)] = ()


def kept_columns(path: Path, heads: Sequence[str]) -> dict[str, str] | None:
    """Return what was confirmed of a table with these heads, None where nothing was."""
    return next((one.columns for one in _read(path).table if one.heads == tuple(heads)), None)


def columns_told(path: Path, text: str) -> tuple[tuple[str, str], ...]:
    """Return what was confirmed of a table whose heads all stand in the beginning of a text."""
    there = (one for one in _read(path).table if all(head in text for head in one.heads))
    return next((tuple(one.columns.items()) for one in there), ())


def keep_columns(path: Path, heads: Sequence[str], columns: Mapping[str, str]) -> None:
    """Keep which columns of a table with these heads hold what; the newest come first."""
    from tomlkit import dumps

    with locked(path):
        others = [one for one in _read(path).table if one.heads != tuple(heads)]
        now = _KeptTable(heads=tuple(heads), columns=dict(columns))
        kept = _KeptTables(table=(now, *others[: _MOST - 1]))
        write_atomic(path, dumps(kept.model_dump(mode="json")).encode())


def check_columns(path: Path) -> None:
    """Raise DocketError, which says in one line what is wrong, where the file cannot be read."""
    _read(path)


def _read(path: Path) -> _KeptTables:
    try:
        return _KeptTables.model_validate(tomllib.loads(read_plain(path, _LONGEST).decode("utf-8")))
    except FileNotFoundError:
        return _KeptTables()
    except ValidationError as error:
        why = error.errors()[0]["msg"]
        raise DocketError(f"{path} is wrong", why, "Correct it, or remove it") from None
    except (OSError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DocketError(f"{path} cannot be read", why, "Correct it, or remove it") from error
