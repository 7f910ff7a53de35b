"""Dockets as the lines that `docket import` reads: every entry as it was written, none left out."""

from __future__ import annotations

import json
from collections.abc import Iterable

from store.docket import Docket
from store.entries.schema import NEVER_TAKEN

_STAY = (*NEVER_TAKEN, "exhibits")


def as_import_lines(dockets: Iterable[Docket]) -> str:
    """Return a JSON object a line, each docket in order of number, corrections among them.

    Imported into an empty workspace they get the numbers they have, so links stay true. Times of
    recording, hashes and exhibits stay behind: these a backup has.
    """
    said = [
        {
            "statement": entry.statement,
            **{name: value for name, value in entry.fields().items() if name not in _STAY},
        }
        for docket in dockets
        for entry in docket.entries
    ]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said)
