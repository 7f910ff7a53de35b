"""Moves an entry that has the wrong kind or client: withdrawn here, logged anew there, both tied.

Where the clients differ, neither docket names the other client in anything that goes out: each
keeps an internal note of where the entry went or came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from store.docket import Standing
from store.docket.checks import check_against, check_alone, standing_entry
from store.docket.corrections import correction, data_for
from store.entries import KINDS, Draft, Entry, Kind
from store.errors import DocketError, UsageError
from store.evidence.attach import note_added
from store.workspace import Workspace

_STAYS: Final = "Logged anew in place of this one."
_OTHER: Final = "It is about another client."
"""The reason that goes out where the clients differ: the user's own may name the other one."""


class Moved(NamedTuple):
    """The entry as it stands anew, the void of the old one, and what there is to tell beside."""

    entry: Entry
    void: Entry
    notices: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What became of both, a sentence each."""
        old = f"{self.void.client}#{self.void.links[0].seq}"
        new = f"{self.entry.client}#{self.entry.seq}"
        return (f"{old} is void (#{self.void.seq}); it stands anew as {new}.", *self.notices)


def move(
    workspace: Workspace,
    client: str,
    seq: int,
    *,
    reason: str,
    to: str = "",
    kind: str = "",
    visibility: str = "",
    typed: Mapping[str, str] = {},
) -> Moved:
    """Withdraw entry `seq` of `client` and log it anew, on `to` or as `kind`.

    It keeps its day, words, exhibits and what of its data fits; `typed` are other values for its
    data, by name. On one docket both are written or neither. Raises UsageError where it cannot be
    moved, with nothing written; DocketError that says what stands where the second half failed.
    """
    there = to or client
    found = _movable(workspace, client, seq)
    meant = KINDS[kind or found.entry.kind]
    if there == client and meant.id == found.entry.kind and not visibility and not typed:
        raise UsageError(
            f"{client}#{seq} is there already", "", "Name another kind with --kind, or client, --to"
        )
    if not reason.strip():
        raise UsageError("The reason is missing", "", "Say in a few words why")
    why, said = (reason, _STAYS) if there == client else (_OTHER, "")
    void = workspace.draft(**correction(found.entry, "void", why, text=said))
    anew = _anew(workspace, found, there, meant, visibility, typed)
    tied = _followers(workspace, found)
    if there == client:
        own = meant.follows.own and meant.follows.relation == "about"
        if not own:
            link = {"rel": "about", "seq": seq, "reason": f"in place of that one: {reason.strip()}"}
            links = [*map(asdict, anew.links), link]
            anew = workspace.draft(**{**_fields(anew), "links": links})
        voided, entry = workspace.append(client, [void, anew])
        return Moved(entry, voided, (*note_added(workspace, entry), *tied))
    return _across(workspace, found, void, anew, reason.strip(), tied)


def _across(
    workspace: Workspace,
    found: Standing,
    void: Draft,
    anew: Draft,
    reason: str,
    tied: tuple[str, ...],
) -> Moved:
    """Log it on the other docket, then withdraw it here; say what stands if that fails."""
    old = found.original
    check_against(void, workspace.docket(old.client))
    came = _note(workspace, anew.client, f"The next entry was logged as {old.client}#{old.seq}.")
    entry = workspace.append(anew.client, [came, anew])[-1]
    notices = note_added(workspace, entry)
    went = _note(
        workspace,
        old.client,
        f"It was logged anew as {entry.client}#{entry.seq}: {reason}",
        links=[{"rel": "about", "seq": old.seq}],
    )
    try:
        voided = workspace.append(old.client, [void, went])[0]
    except DocketError as error:
        raise DocketError(
            f"{entry.client}#{entry.seq} is logged, and {old.client}#{old.seq} still stands",
            str(error).rstrip("."),
            f"Withdraw one of them: docket void {old.client}#{old.seq} --reason WHY",
        ) from error
    return Moved(entry, voided, (*notices, *tied))


def _movable(workspace: Workspace, client: str, seq: int) -> Standing:
    found = standing_entry(workspace.docket(client), seq)
    if found.void is not None:
        raise UsageError(f"{client}#{seq} was voided", f"by #{found.void.seq}", "Log it anew")
    if KINDS[found.original.kind].fixed:
        raise UsageError(
            f"{client}#{seq} cannot be moved", f"it is {found.original.kind}", "Void it instead"
        )
    return found


def _anew(
    workspace: Workspace,
    found: Standing,
    there: str,
    kind: Kind,
    visibility: str,
    typed: Mapping[str, str],
) -> Draft:
    """Return the entry as it is to be logged: checked against the docket that it goes to."""
    entry, docket = found.entry, workspace.docket(there)
    if kind.fixed:
        raise UsageError(f"Nothing is moved to {kind.id}", "", "Name another kind")
    here = there == entry.client
    currency = workspace.currency(docket.client)
    fields = {
        **_fields(entry.whole),
        "client": there,
        "kind": kind.id,
        "called": entry.called if kind.group == "incident" else "",
        "author": workspace.author,
        "visibility": visibility or entry.visibility,
        "links": _kept_links(found, kind) if here else [],
        "refs": entry.refs.model_dump() if here else {},
        "data": data_for(kind, entry, typed, docket, workspace.clock(), currency),
    }
    draft = workspace.draft(**fields)
    check_alone(draft, workspace.clock())
    return draft if here else check_against(draft, docket)


def _fields(entry: Draft) -> dict[str, Any]:
    """Return what of an entry is said again when it is logged anew."""
    return entry.model_dump(include=set(Draft.model_fields))


def _kept_links(found: Standing, kind: Kind) -> list[dict[str, Any]]:
    """Return what it is about; a link that the other kind has not becomes one of the plain sort."""
    known = ("about", kind.follows.relation)
    return [
        asdict(link) | {"rel": link.rel if link.rel in known else "about"}
        for link in found.entry.links
    ]


def _note(workspace: Workspace, client: str, text: str, **fields: Any) -> Draft:
    return workspace.draft(client, "note", text, visibility="internal", **fields)


def _followers(workspace: Workspace, found: Standing) -> tuple[str, ...]:
    """Say which entries go on naming the old one: an answer to a request that was moved."""
    client, seq = found.original.client, found.seq
    named = [
        f"{client}#{one.seq} ({one.entry.kind})"
        for one in workspace.docket(client).standing
        if one.counts and one.entry.followed and one.entry.followed.seq == seq
    ]
    if not named:
        return ()
    return (f"Still naming {client}#{seq}: {', '.join(named)}. Amend them with --about.",)
