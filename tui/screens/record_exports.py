"""The last exports about a client, as they are found in a folder: nothing else notes them all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.journal import Line
from store.records.folder.contents import MANIFEST
from store.text import plural
from tui.screens.correct_fields import day_in_full
from tui.screens.lines import BLANK, paragraph
from tui.screens.rows import Row

_MOST: Final = 50
"""Exports read and listed; the newest by the day in their names."""
_LARGEST: Final = 8 << 20
"""Bytes of a manifest; one of thousands of exhibits has a tenth of that."""


class Export(NamedTuple):
    """One export: its name, its day, and of a record what its manifest says.

    `chained` and `head` are those of the docket it was made from, `entries` how many it shows.
    """

    name: str
    day: str
    what: str
    entries: int = 0
    chained: int = 0
    head: str = ""


def exports_in(folder: Path, client: str) -> list[Export]:
    """Return the records and documents about `client` that lie in `folder`, newest first.

    What cannot be read is no export; a folder that cannot be listed has none.
    """
    try:
        found = sorted(folder.glob(f"*_{client}_*"), key=lambda path: path.name, reverse=True)
    except OSError:
        return []
    read = (_record(path, client) or _single(path, client) for path in found[:_MOST])
    return sorted(filter(None, read), key=lambda one: one.day, reverse=True)


def export_rows(exports: Sequence[Export], lines: Sequence[Line], width: int) -> list[Row]:
    """Return each export with its day and whether the docket has grown since."""
    if not exports:
        words = "None of this client in the folder above. Another folder shows those in it."
        return paragraph(words, width)
    rows: list[Row] = []
    for one in exports:
        rows += [BLANK] if rows else []
        rows += paragraph(f"{_day(one.day)}  {one.what}", width, style="bold")
        if one.head:
            shown = plural(one.entries, "entry", "entries")
            rows += paragraph(f"{shown}, head {one.head[:8]}; {since(one, lines)}", width, indent=2)
        rows += paragraph(one.name, width, indent=2, style="dim")
    return rows


def since(one: Export, lines: Sequence[Line]) -> str:
    """Return whether the docket, whose journal has `lines`, is still what a record was made of."""
    if not 0 < one.chained <= len(lines) or lines[one.chained - 1].hash != one.head:
        return "this docket never had that head: `docket verify` both"
    more = len(lines) - one.chained
    return f"{plural(more, 'entry', 'entries')} logged since" if more else "nothing logged since"


def _record(folder: Path, client: str) -> Export | None:
    """Return what the manifest of a record folder says, if there is one about `client`."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST:
            return None
        said: dict[str, Any] = json.loads(path.read_bytes())
        if said["client"] != client:
            return None
        head, left = said["head"], said["left_out"]
        count = int(head["count"])
        return Export(
            folder.name,
            str(said["made_at"]),
            _what(str(said["options"]["purpose"]), said["options"]["kinds"]),
            count - sum(int(number) for number in left.values()),
            count,
            str(head["hash"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _what(purpose: str, kinds: Iterable[object]) -> str:
    if purpose == "public":
        return "facts sheet"
    return f"{'extract' if kinds else 'record'} for {'own files' if purpose == 'own' else purpose}"


def _single(path: Path, client: str) -> Export | None:
    """Return a statement or a report, which its name tells."""
    day, _, rest = path.name.partition(f"_{client}_")
    what = {"statement": "statement of account", "final-report": "final report"}
    kind = next((words for start, words in what.items() if rest.startswith(start)), "")
    if not kind or path.suffix != ".md" or not path.is_file():
        return None
    return Export(path.name, day, kind)


def _day(text: str) -> str:
    try:
        return day_in_full(date.fromisoformat(text[:10]))
    except ValueError:
        return text[:10]
