"""Dockets of any length, fast: chained lines made by the journal's own pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from store.journal.chain import Header, Line, dump_header, dump_line, entry_hash, genesis
from store.journal.drafts import journal_time
from store.workspace import Workspace

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
_SPAN = timedelta(days=1_000)
_TEXT = (
    "INV-42 is still unpaid; asked again by phone, was told that the accountant is away until "
    "Monday and that the rest of the pages should be ready before then"
)
_SAID: tuple[tuple[str, dict[str, Any]], ...] = (
    ("late-payment", {"severity": 2, "my_share": False}),
    ("note", {}),
    ("thanks", {}),
    ("no-reply", {"severity": 1, "hours": "0.50", "my_share": False}),
    ("hours", {"hours": "1.50", "spent": "chase"}),
    ("scope-creep", {"severity": 3, "my_share": False}),
    ("reminder", {}),
)


def entry_fields(number: int, client: str, step: timedelta) -> dict[str, Any]:
    """Return the fields of entry `number` as a person says them: about 400 bytes on their line."""
    if number == 1:
        kind, data, text = "client", {"name": client.title()}, ""
    else:
        (kind, data), text = _SAID[number % len(_SAID)], f"{number}: {_TEXT}"
    said = {
        "author": "me",
        "client": client,
        "kind": kind,
        "occurred_at": (START + number * step).isoformat(timespec="seconds"),
        "precision": "minute",
        "source": "witnessed",
        "statement": text,
        "visibility": "record",
        "zone": "Europe/Paris",
        "data": data,
    }
    return {name: value for name, value in said.items() if value not in ("", {})}


def documents(entries: int, client: str = "acme") -> Iterator[dict[str, Any]]:
    """Yield the fields of `entries` entries, spread over 1,000 days."""
    step = _SPAN / max(entries, 1)
    for number in range(1, entries + 1):
        yield entry_fields(number, client, step)


def write_docket(path: Path, entries: int) -> Path:
    """Write a whole journal of `entries` entries at `path` in one go and return `path`."""
    path.write_bytes(_journal(path.stem, entries))
    path.chmod(0o600)
    return path


@cache
def _journal(client: str, entries: int) -> bytes:
    """Return the bytes of a journal, made once for all that are measured with it."""
    step = _SPAN / max(entries, 1)
    header = Header(client, journal_time(START), "0" * 32)
    prev, rows = genesis(header), [dump_header(header)]
    for seq, fields in enumerate(documents(entries, client), start=1):
        seed = f"{seq:032x}"
        recorded = journal_time(START + seq * step + timedelta(minutes=5))
        fields |= {"id": seed, "recorded_at": recorded}
        here = entry_hash(prev, seq, seed, fields)
        rows.append(dump_line(Line(seq, fields, seed, prev, here)))
        prev = here
    return b"\n".join([*rows, b""])


def write_workspace(root: Path, dockets: dict[str, int]) -> Workspace:
    """Make a workspace at `root` with a docket of so many entries for each client."""
    made = Workspace.create(root)
    for client, entries in dockets.items():
        write_docket(made.path(client), entries)
    return made


def write_tinydb(path: Path, entries: int) -> Path:
    """Write the file that stock TinyDB keeps the same documents in, and return `path`."""
    path.write_text(_table(entries))
    return path


@cache
def _table(entries: int) -> str:
    table = {str(number): said for number, said in enumerate(documents(entries), start=1)}
    return json.dumps({"_default": table})


def write_import(path: Path, entries: int) -> Path:
    """Write a file for `docket import` with the same entries but the first, and return `path`."""
    lines = (json.dumps(said) for said in documents(entries + 1) if said["kind"] != "client")
    path.write_text("\n".join(lines) + "\n")
    return path
