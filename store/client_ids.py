"""Which client a name means, and which id a new client gets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from store.errors import UsageError
from store.text import fold, slug

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a client: a-z, 0-9 and hyphens, at most 40."""
    return _ID.fullmatch(text) is not None


def meant(text: str, names: Mapping[str, str | None]) -> str:
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
    raise UsageError(
        f"No client fits '{_short(text)}'",
        f"the name of {', '.join(unread[:6])} cannot be read" if unread else "",
        "See `docket clients`, or add one: docket new",
    )


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
