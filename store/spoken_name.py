"""A client's name as the file of the docket has it, found without loading the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.files import read_plain

_MOST = 2**20  # bytes: a millisecond
CLIENT = b'"kind":"client"'
CORRECTIONS = (b'"kind":"amendment"', b'"kind":"void"')


def name_at_hand(path: Path) -> str:
    """Return the name that the journal at `path` gives its client last.

    Empty where only the docket itself can tell: a name was corrected, nothing can be read, or
    the file is too long to be searched on the way.
    """
    try:
        if too_long(path):
            return ""
        raw = read_plain(path)
        told = {row["seq"]: str(row["fields"]["data"]["name"]) for row in lines_with(raw, CLIENT)}
        corrected = {
            link["seq"]
            for kind in CORRECTIONS
            for row in lines_with(raw, kind)
            for link in row["fields"]["links"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return "" if not told or corrected & told.keys() else told[max(told)]


def too_long(path: Path) -> bool:
    """Whether searching the journal at `path` for a name takes longer than it is worth."""
    return path.stat().st_size > _MOST


def lines_with(raw: bytes, mark: bytes) -> Iterator[dict[str, Any]]:
    """Yield the lines that hold `mark`, which no text can: its quotes would be escaped."""
    place = raw.find(mark)
    while place >= 0:
        start, end = raw.rfind(b"\n", 0, place) + 1, raw.find(b"\n", place)
        if end < 0:
            return  # nobody finished it
        yield json.loads(raw[start:end])
        place = raw.find(mark, end)
