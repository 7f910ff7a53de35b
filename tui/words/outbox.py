"""What is said of the outbox: how much waits, why it does, and what to do where it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from store.entries.words import entry_named
from store.journal.chain import NOT_YET

if TYPE_CHECKING:
    from store.journal.outbox import WaitingLine
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
    if refused:
        yield f"{refused} refused"


def state_words(one: WaitingLine) -> str:
    """Return why an entry is not on record."""
    return f"refused: {one.why}" if one.why else "waits for the server"


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
