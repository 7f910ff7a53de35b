"""The private file as it lies on disk: tables of small documents, each about one client.

`{"format":3,"checkins":{"1":{"client":"acme","at":…}},"guts":…,"decisions":…,"referrals":…}`.
Formats 1 and 2 held lists by client under `clients`; they are read as the tables they become.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from store.errors import DocketError
from store.files import json_of

PRIVATE_FORMAT: Final = 3
REFERRALS: Final = "referrals"
"""The table whose documents hold `referred_by`; the other tables are lists of Private."""
Tables = dict[str, dict[str, dict[str, Any]]]
"""Documents by number, as text, by table."""


def tables_in(raw: bytes, path: Path) -> Tables:
    """Return the tables in the bytes of the private file at `path`, none where it holds nothing.

    DocketError where a newer Docket wrote them, or where they are no such file.
    """
    said = re.match(rb'\s*\{\s*"format"\s*:\s*(\d{1,9})\b', raw)
    if said and int(said[1]) > PRIVATE_FORMAT:  # the rest may be anything
        raise DocketError(
            f"{path} was written by a newer Docket", "", "Update Docket, then try again"
        )
    try:
        content = json_of(raw)
        number = content.pop("format", 1)
        tables: Tables = content if number == PRIVATE_FORMAT else _by_table(**content)
        if number not in range(1, PRIVATE_FORMAT + 1) or not all(map(_is_table, tables.values())):
            raise unreadable(path)
    except (ValueError, TypeError, AttributeError):
        raise unreadable(path) from None
    return tables


def by_client(tables: Tables) -> dict[str, dict[str, Any]]:
    """Return what the tables hold of each client, as Private takes it."""
    found: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        for document in table.values():
            told = {key: value for key, value in document.items() if key != "client"}
            own = found.setdefault(document["client"], {})
            if name == REFERRALS:
                own |= told
            else:
                own.setdefault(name, []).append(told)
    return found


def dumped(tables: Tables) -> bytes:
    """Return the bytes of the file: the format first, where an older Docket looks for it.

    Documents are numbered anew, so that no gap tells of one that was erased.
    """
    told = {
        name: {str(number): one for number, one in enumerate(table.values(), start=1)}
        for name, table in tables.items()
        if table
    }
    written = {"format": PRIVATE_FORMAT, **told}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def unreadable(path: Path) -> DocketError:
    """Return the error that says that this is no private file."""
    return DocketError(
        f"{path} is not a private file Docket can read",
        "its content fits no known form",
        "Move it away to start afresh; dockets are not affected",
    )


def _by_table(clients: Mapping[str, Mapping[str, Any]] = {}) -> Tables:
    """Return as tables what formats 1 and 2 held by client."""
    tables: Tables = {}
    for client, told in clients.items():
        for name, kept in told.items():
            of_one = name == "referred_by"
            table = tables.setdefault(REFERRALS if of_one else name, {})
            for one in [{name: kept}] if of_one else kept:
                table[str(len(table) + 1)] = {"client": client, **one}
    return tables


def _is_table(table: object) -> bool:
    return isinstance(table, dict) and all(
        number.isdecimal() and isinstance(one, dict) and isinstance(one.get("client"), str)
        for number, one in table.items()
    )
