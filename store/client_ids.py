"""Which client a name means, what a client is called, and which id a new client gets."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from store.errors import UsageError
from store.files import read_plain
from store.text import NAME_LIMIT, fold, slug

_NEAR: Final = 70.0
"""Of a hundred: `hrcrt` is near to harcourt (77), `amce` to acme (75), `login` not to london."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a client: a-z, 0-9 and hyphens, at most 40."""
    return _ID.fullmatch(text) is not None


def meant_client(text: str, names: Mapping[str, str | None]) -> str:
    """Return the id that `text` means: the whole of one name, or any unambiguous part of one.

    `names` gives each id its name, or None where that cannot be read. Raises UsageError if none
    or several fit.
    """
    wanted = fold(text.strip())
    folded = {client: fold(name or "") for client, name in names.items()}
    exact = [client for client, name in folded.items() if wanted and name == wanted]
    part = [c for c, name in folded.items() if wanted and (wanted in name or wanted in c)]
    found = exact if len(exact) == 1 else part
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"'{_short(text)}' could be several clients", ", ".join(found[:6]), "Use one id"
        )
    unread = [client for client, name in names.items() if name is None]
    near = near_names([text], names)[:1]
    raise UsageError(
        f"No client fits '{_short(text)}'",
        f"the name of {', '.join(unread[:6])} cannot be read" if unread else "",
        f"Did you mean {near[0]}? See `docket clients`"
        if near
        else "See `docket clients`, or add one: docket new",
    )


def near_names(words: Iterable[str], names: Mapping[str, str | None]) -> list[str]:
    """Return the ids of the clients that a word is near to, the nearest first.

    It is a part of their name, or one word of that, or the id, misspelt; two letters are too few.
    """
    from rapidfuzz.fuzz import ratio

    wanted = [word for word in (fold(text.strip()[:NAME_LIMIT]) for text in words) if len(word) > 2]
    near: dict[str, float] = {}
    for client, name in names.items():
        told = fold(name or "")
        near[client] = max(
            (
                100.0 if word in told or word in client else ratio(word, one)
                for word in wanted
                for one in (client, told, *told.split())
            ),
            default=0.0,
        )
    found = [client for client, nearness in near.items() if nearness >= _NEAR]
    return sorted(found, key=lambda client: (-near[client], client))


def free_id(name: str, wanted: str, taken: Collection[str]) -> str:
    """Return an id for `name` that is not `taken`, or check the one that is `wanted`."""
    if wanted:
        if not is_id(wanted):
            raise UsageError(
                f"'{_short(wanted)}' cannot be an id", "", "Use a-z, 0-9 and hyphens, at most 40"
            )
        if wanted in taken:
            raise UsageError(f"There is a client {wanted} already", "", "Choose another --id")
        return wanted
    base = slug(name) or "client"
    numbered = (f"{base[:36]}-{number}" for number in range(2, 10_000))
    return base if base not in taken else next(n for n in numbered if n not in taken)


def _short(text: str) -> str:
    return text.strip()[:40]


_MOST = 2**20  # bytes: a millisecond
_CLIENT = b'"kind":"client"'
_CORRECTIONS = (b'"kind":"amendment"', b'"kind":"void"')


ToldName = tuple[str | None, tuple[int, ...], bool]
"""What the lines of a journal tell of the name of its client.

The name, None where only the docket itself can tell it; the numbers of the entries that tell it
or correct one that does; and whether any of them does correct.
"""
UNTOLD: Final[ToldName] = (None, (), False)


def name_after(raw: bytes, told: ToldName = UNTOLD) -> ToldName:
    """Return what is told once the lines in `raw` are read as well."""
    name, about, corrected = told
    rows = [row for mark in (_CLIENT, *_CORRECTIONS) for row in _lines_with(raw, mark)]
    for row in sorted(rows, key=lambda row: row["seq"]):
        fields = row["fields"]
        if fields["kind"] == "client":
            name = None if corrected else str(fields["data"]["name"])
        elif any(link["seq"] in about for link in fields["links"]):
            name, corrected = None, True
        else:
            continue
        about = (*about, row["seq"])
    return name, about, corrected


def name_at_hand(path: Path) -> str:
    """Return the name that the journal at `path` gives its client last.

    Empty where only the docket itself can tell: a name was corrected, nothing can be read, or
    the file is too long to be searched on the way.
    """
    try:
        return "" if too_long(path) else name_after(read_plain(path))[0] or ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def too_long(path: Path) -> bool:
    """Whether searching the journal at `path` for a name takes longer than it is worth."""
    return path.stat().st_size > _MOST


def _lines_with(raw: bytes, mark: bytes) -> Iterator[dict[str, Any]]:
    """Yield the lines that hold `mark`, which no text can: its quotes would be escaped."""
    place = raw.find(mark)
    while place >= 0:
        start, end = raw.rfind(b"\n", 0, place) + 1, raw.find(b"\n", place)
        if end < 0:
            return  # nobody finished it
        yield json.loads(raw[start:end])
        place = raw.find(mark, end)
