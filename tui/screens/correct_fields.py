"""What a correction form starts with, and the entry that it logs; the rules are the store's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from store.docket import Docket
from store.docket.corrections import Field, Mode, changes, correction
from store.docket.corrections import fields_of as all_fields
from store.entries import Entry, find_kind
from store.errors import UsageError
from store.intake.moves import move
from store.workspace import Workspace

_FIRST: Final = ("text", "when", "severity")
REASON: Final = Field("reason", "reason", "")


def fields_of(entry: Entry, mode: Mode, docket: Docket) -> list[Field]:
    """Return what the form starts with: for an amendment, the entry as it stands.

    What is corrected most comes first, then the reason, without which nothing is saved.
    """
    if mode == "add":
        return [Field("text", "what", "")]
    if mode == "void":
        return [REASON]
    known = all_fields(entry, docket)
    first = [one for name in _FIRST for one in known if one.name == name]
    rest = [one for one in known if one.name not in _FIRST]
    place = [Field("kind", "kind", entry.kind), Field("client", "client", entry.client)]
    return [*first, REASON, *rest, *place]


def save(
    workspace: Workspace, entry: Entry, mode: Mode, typed: Mapping[str, str]
) -> tuple[Entry, str]:
    """Log the correction that `typed` makes of `entry`; return it, and what there is to tell.

    Another kind or client withdraws the entry and logs it anew there. UsageError says in one line
    what is missing.
    """
    if mode != "amend":
        reason, text = typed.get("reason", ""), typed.get("text", "")
        return workspace.enter(**correction(entry, mode, reason, text=text)), ""
    docket = workspace.docket(entry.client)
    starts = {one.name: one.value for one in fields_of(entry, mode, docket)}
    said = {name: text for name, text in typed.items() if name in starts and name != "reason"}
    kind, client = said.pop("kind", entry.kind).strip(), said.pop("client", entry.client).strip()
    kind = kind if kind == entry.kind else find_kind(kind).id
    client = client if client == entry.client else workspace.find(client)
    if kind != entry.kind or client != entry.client:
        return _moved(workspace, entry, kind, client, typed["reason"], said, starts)
    currency = workspace.currency(entry.client)
    changed = changes(entry, said, docket, workspace.clock(), currency)
    fields = correction(entry, mode, typed["reason"], changed=changed)
    return workspace.enter(**fields), ""


def _moved(
    workspace: Workspace,
    entry: Entry,
    kind: str,
    client: str,
    reason: str,
    said: Mapping[str, str],
    starts: Mapping[str, str],
) -> tuple[Entry, str]:
    """Move the entry; what else was typed has to wait, as the entry keeps its words."""
    data = find_kind(kind).data.model_fields
    other = [name for name, text in said.items() if text.strip() != starts[name].strip()]
    if beside := [name for name in other if name not in data]:
        raise UsageError(
            f"It moves with its {beside[0]} as it was",
            "a move keeps the words, and says where they went",
            "Correct that first, and move it then",
        )
    moved = move(
        workspace,
        entry.client,
        entry.seq,
        reason=reason,
        to=client,
        kind=kind,
        typed={name: said[name] for name in other},
    )
    told = f"{entry.client}#{entry.seq} is void; it stands anew as {client}#{moved.entry.seq}."
    return moved.entry, " ".join([told, *moved.notices])


def when_in_full(at: datetime, precision: str) -> str:
    """Return a moment in words, such as `Sat 21 Nov 2026, 14:30`."""
    day = day_in_full(at.date())
    if precision in ("minute", "hour"):
        return f"{day}, {at:%H:%M}"
    return f"about {day}" if precision == "about" else day


def day_in_full(day: date) -> str:
    """Return a day in words, such as `Sat 21 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"
