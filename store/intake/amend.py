"""Corrects an entry as it is typed, or several alike; what can be refused is, before any change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from store.docket import Docket
from store.docket.checks import check_against, check_alone, standing_entry
from store.docket.corrections import Field, Mode, changes, correction, fields_of, redirected
from store.entries import Entry, find_kind
from store.errors import DocketError, UsageError, about_field
from store.intake.moves import move
from store.text import plural
from store.workspace import Workspace

_FIRST: Final = ("text", "when", "severity")
REASON: Final = Field("reason", "reason", "")


def form_of(entry: Entry, mode: Mode, docket: Docket) -> list[Field]:
    """Return what the form starts with: for an amendment, the entry as it stands.

    What is corrected most comes first, then the reason, without which nothing is saved.
    """
    if mode == "add":
        return [Field("text", "what", "")]
    if mode == "void":
        return [REASON]
    known = fields_of(entry, docket)
    first = [one for name in _FIRST for one in known if one.name == name]
    rest = [one for one in known if one.name not in _FIRST]
    place = [Field("kind", "kind", entry.kind), Field("client", "client", entry.client)]
    return [*first, REASON, *rest, *place]


def correct(
    workspace: Workspace, entry: Entry, mode: Mode, typed: Mapping[str, str]
) -> tuple[Entry, str]:
    """Log the correction that `typed` makes of `entry`; return it, and what there is to tell.

    Another kind or client withdraws the entry and logs it anew there. UsageError says in one line
    what is missing.
    """
    if mode != "amend":
        reason, text = typed.get("reason", ""), typed.get("text", "")
        before = workspace.docket(entry.client)
        saved = workspace.enter(**correction(entry, mode, reason, text=text))
        paid = redirected(entry.seq, before, workspace.docket(entry.client))
        return saved, " ".join(paid) if mode == "void" else ""
    docket = workspace.docket(entry.client)
    starts = {one.name: one.value for one in form_of(entry, mode, docket)}
    said = {name: text for name, text in typed.items() if name in starts and name != "reason"}
    kind, client = said.pop("kind", entry.kind).strip(), said.pop("client", entry.client).strip()
    with about_field("kind"):
        kind = kind if kind == entry.kind else find_kind(kind).id
    with about_field("client"):
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
    return moved.entry, " ".join(moved.told)


def withdraw_all(
    workspace: Workspace, client: str, numbers: Sequence[int], reason: str
) -> tuple[list[Entry], list[str]]:
    """Withdraw entries for one reason; return what was logged, and what there is to tell."""
    docket = workspace.docket(client)
    meant = [correction(standing_entry(docket, n).entry, "void", reason) for n in numbers]
    logged = _log_all(workspace, meant)
    after = workspace.docket(client)
    told = [words for n in numbers for words in redirected(n, docket, after)]
    return logged, list(dict.fromkeys(told))


def amend_all(
    workspace: Workspace,
    client: str,
    numbers: Sequence[int],
    typed: Mapping[str, str],
    reason: str,
) -> list[Entry]:
    """Amend the same fields of entries; those that say so already are left as they are."""
    docket = workspace.docket(client)
    now, currency = workspace.clock(), workspace.currency(client)
    meant = []
    for number in numbers:
        entry = standing_entry(docket, number).entry
        if changed := changes(entry, typed, docket, now, currency):
            meant.append(correction(entry, "amend", reason, changed=changed))
    if not meant:
        raise DocketError("Nothing to amend", f"all {len(numbers)} say so already", "")
    return _log_all(workspace, meant)


def _log_all(workspace: Workspace, meant: Sequence[dict[str, Any]]) -> list[Entry]:
    docket = workspace.docket(meant[0]["client"])
    for fields in meant:
        draft = workspace.draft(**fields)
        check_alone(draft, workspace.clock())
        check_against(draft, docket)
    logged: list[Entry] = []
    for fields in meant:
        try:
            logged.append(workspace.enter(**fields))
        except DocketError as error:
            if not logged:
                raise
            done = f"{plural(len(logged), 'correction')} of {len(meant)} logged, then: {error.what}"
            raise DocketError(done, error.why, error.remedy) from error
    return logged
