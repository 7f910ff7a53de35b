"""What is said of the outbox: how much waits, why it does, and what to do where it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from store.entries.words import entry_named
from store.errors import DocketError
from store.journal.chain import NOT_YET
from store.text import plural

if TYPE_CHECKING:
    from store.entries import Entry
    from store.journal.outbox import Begun, WaitingLine
    from store.journal.shared import Shared


def waiting_facts(shared: Shared | None) -> Iterator[str]:
    """Yield what the first line of a screen says: that there is no line, and what waits."""
    if shared is None:
        return
    entries = shared.outbox.entries() if shared.outbox else ()
    refused = sum(bool(one.why) for one in entries)
    if shared.away:
        yield f"no line, as of {shared.as_of}" if shared.as_of else "no line"
    if waiting := len(entries) - refused:
        yield f"{waiting} not on record"
    if begun := len(shared.outbox.begun) if shared.outbox else 0:
        yield f"{plural(begun, 'client')} not sent"
    if refused:
        yield f"{refused} refused"


def not_on_record(entry: Entry) -> DocketError:
    """Return why an entry that waits is not treated as one on record."""
    name = entry_named(entry.client, entry.seq)
    return DocketError(
        f"{name} is not on record yet",
        "it waits for the server",
        f"`docket server edit {name}` changes it, `docket server drop {name}` drops it",
    )


def why_words(one: WaitingLine) -> list[str]:
    """Return why an entry is not on record, and what to do where it was refused."""
    return list(filter(None, (f"Not on record: it {state_words(one)}", one.remedy)))


def state_words(one: WaitingLine) -> str:
    """Return why an entry is not on record."""
    return f"was refused: {one.why}" if one.why else "waits for the server"


def begun_json(one: Begun) -> dict[str, Any]:
    """Return a docket that was begun here, and is not on the server yet, as JSON values."""
    return {
        "name": one.client,
        "client": one.client,
        "docket": True,
        "refused": one.why or None,
        "remedy": one.remedy or None,
    }


def waiting_json(one: WaitingLine) -> dict[str, Any]:
    """Return what waits as JSON values."""
    return {
        "name": entry_named(one.client, NOT_YET + one.number),
        "client": one.client,
        "waiting": one.number,
        "id": one.id,
        "typed_at": one.typed_at,
        "refused": one.why or None,
        "remedy": one.remedy or None,
        "entry": one.fields,
    }
