"""The last exports about a client as they lie in a folder, since nothing else notes them all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.journal import Line
from store.records.folder.contents import MANIFEST
from store.text import plural

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
