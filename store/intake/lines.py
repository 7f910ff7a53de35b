"""Reads JSON Lines into drafts: every line is one entry, or one reason why it is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from store.entries import Draft
from store.entries.schema import NEVER_TAKEN, REQUIRED
from store.errors import UsageError
from store.intake.formats import ENOUGH, other_format
from store.workspace.draft import parse_draft

LONGEST = 2 * 2**20
"""Bytes that one line may take."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line that is not blank: its draft, or what is wrong with it; `dropped` was passed over.

    `dropped` names fields that only a journal writes, such as `recorded_at`.
    """

    number: int
    draft: Draft | None = None
    problem: str = ""
    dropped: tuple[str, ...] = ()


def read_lines(stream: BinaryIO, name: str = "") -> Iterator[ReadLine]:
    """Yield every line of `stream`, counted from 1; blank ones are skipped.

    A line needs `client`, `kind`, `occurred_at` and `statement`; a line of more than LONGEST bytes
    is passed by without being held in memory. UsageError, which names the file as `name`, where it
    begins as another format does.
    """
    number, first = 0, list[bytes]()
    while sum(map(len, first)) < ENOUGH and (raw := stream.readline(LONGEST + 1)):
        first.append(raw)
    what, remedy = other_format(b"".join(first)[:ENOUGH])
    if what:
        raise UsageError(f"{name or 'The file'} is no JSON Lines", f"it is {what}", remedy)
    while raw := first.pop(0) if first else stream.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield ReadLine(number, problem=f"it is longer than {LONGEST:,} bytes")
        elif raw.strip():
            yield _read(number, raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)


def later(lines: Iterable[ReadLine], after: Mapping[str, int]) -> Iterator[ReadLine]:
    """Yield the lines that follow, of each client named, the line of that number."""
    for line in lines:
        if line.draft is None or line.number > after.get(line.draft.client, 0):
            yield line


def _read(number: int, raw: bytes) -> ReadLine:
    try:
        fields = parse_object(raw)
        missing = [name for name in REQUIRED if name not in fields]
        if missing:
            raise ValueError(f"it has no {', '.join(missing)}")
        dropped = tuple(name for name in NEVER_TAKEN if name in fields)
        kept = {name: value for name, value in fields.items() if name not in NEVER_TAKEN}
        occurred = kept["occurred_at"]
        if (
            "precision" not in kept
            and isinstance(occurred, str)
            and len(occurred) > len("2026-11-21")
        ):
            kept["precision"] = "minute"
        return ReadLine(number, parse_draft(kept), dropped=dropped)
    except UsageError as error:
        return ReadLine(number, problem=error.why or error.what)
    except ValueError as error:
        return ReadLine(number, problem=str(error))


def parse_object(raw: bytes) -> dict[str, Any]:
    """Return the JSON object in `raw`; ValueError says in words why it holds none.

    Doubled names, floats, NaN and infinities are refused: each would be read in two ways.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start + 1})") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it is no JSON object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it says {doubled[:40]} twice")
    return made


def _no_float(text: str) -> NoReturn:
    raise ValueError(f'{text[:24]} is inexact: write it as a string, "{text[:24]}"')


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
