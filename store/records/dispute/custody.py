"""`custody.jsonl` of a record: the custody journal disclosed, and read back the same way."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from store.entries import Entry
from store.evidence.custody import CustodyLine
from store.journal import (
    Header,
    Line,
    disclose,
    disclose_leaf,
    dump_disclosed,
    verify_disclosed,
)

CUSTODY_FILE: Final = "custody.jsonl"
"""The file's name in the folder of a record."""

_PRIVATE: Final = frozenset({"where", "obtained"})
"""Fields that no record shows: paths of the user's, and words told with an entry left out."""

Shown = Mapping[str, Collection[int]]
"""By SHA-256, the exhibits a record shows, each with the numbers of the shown entries it is of."""


@dataclass(frozen=True, slots=True)
class ShownCustody:
    """What a record tells of custody; `count` and `head` are of the whole journal.

    `head` is empty where there is no custody journal: nothing was handled since there is one.
    """

    client: str = ""
    lines: tuple[CustodyLine, ...] = ()
    count: int = 0
    head: str = ""

    def of(self, sha256: str) -> list[CustodyLine]:
        """Return the lines about one exhibit, oldest first."""
        return [line for line in self.lines if line.sha256 == sha256]


def shown_exhibits(entries: Iterable[Entry]) -> dict[str, set[int]]:
    """Return which exhibits `entries`, those that a record shows, have (see Shown)."""
    shown: dict[str, set[int]] = {}
    for entry in entries:
        for exhibit in entry.exhibits:
            shown.setdefault(exhibit.sha256, set()).add(entry.seq)
    return shown


def custody_file(header: Header, lines: Sequence[Line], shown: Shown) -> bytes:
    """Return the custody journal of a docket as a record discloses it (journal/FORMAT.md).

    Lines about exhibits that the record shows are shown without PRIVATE fields; of all others,
    and of one that was added with an entry that is left out, only the leaf.
    """
    items = [
        disclose(line, _PRIVATE) if _is_shown(line, shown) else disclose_leaf(line)
        for line in lines
    ]
    return dump_disclosed(header, items)


def shown_custody(header: Header, lines: Sequence[Line], shown: Shown) -> ShownCustody:
    """Return what `read_custody` reads of `custody_file` with these arguments."""
    told = tuple(
        CustodyLine.read(line.seq, _public(line.fields)) for line in lines if _is_shown(line, shown)
    )
    return ShownCustody(header.docket, told, len(lines), lines[-1].hash if lines else "")


def _public(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in _PRIVATE}


def read_custody(data: bytes) -> ShownCustody:
    """Return what `custody_file` wrote, its chain recomputed from what it shows.

    Raises ValueError where the chain is not whole, or a line shows or withholds what no record
    does.
    """
    report = verify_disclosed(data)
    if report.first:
        raise ValueError(report.first.what)
    items = [json.loads(row) for row in data.split(b"\n")[1:-1]]
    shown = [item for item in items if "fields" in item]
    if any(
        item["withheld"].keys() - _PRIVATE or item["fields"].keys() & _PRIVATE for item in shown
    ):
        raise ValueError("a custody line shows or withholds what no record does")
    lines = tuple(CustodyLine.read(item["seq"], item["fields"]) for item in shown)
    return ShownCustody(report.name, lines, report.count, report.head)


def _is_shown(line: Line, shown: Shown) -> bool:
    numbers = shown.get(str(line.fields.get("sha256")), ())
    entry = line.fields.get("entry")
    return entry in numbers if entry else bool(numbers)
