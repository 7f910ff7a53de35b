"""Files kept as exhibits of an entry, and copies taken of them, with the custody lines of both."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from store.docket.checks import check_against
from store.entries import Draft, Entry, Exhibit
from store.errors import UsageError
from store.evidence.at_hand import bring_exhibits
from store.evidence.custody import Custody, CustodyError, Handling
from store.evidence.exhibits import Exhibits, OnBytes, opened, taken
from store.evidence.holds import claiming
from store.workspace import Workspace
from store.workspace.exports import clear, noted


class Attached(NamedTuple):
    """The entry that was logged with its exhibits, and what there is to tell beside."""

    entry: Entry
    notices: tuple[str, ...] = ()


def attach(
    workspace: Workspace,
    draft: Draft,
    files: Sequence[Path],
    *,
    obtained: str = "",
    derived_from: str | None = None,
    on_bytes: OnBytes | None = None,
) -> Attached:
    """Keep `files` as the exhibits of `draft`, log it, and write down that they were added.

    `obtained` and `derived_from` hold for all of them: see Exhibit. What can be refused is refused
    before the first byte is copied. Raises UsageError and ExhibitError as `Exhibits.keep` does,
    JournalError where the entry cannot be written; for the custody lines see `note_added`.
    """
    check_against(draft, workspace.docket(draft.client))
    for file in files:
        with opened(file):
            pass
    with claiming(workspace.root, draft.client) as exhibits:
        kept = tuple(
            exhibits.keep(file, obtained=obtained, derived_from=derived_from, on_bytes=on_bytes)
            for file in files
        )
        if derived_from in {one.sha256 for one in kept}:
            raise UsageError(
                "A file is not made from itself", "these are the same bytes", "Leave it out"
            )
        entry = workspace.log(draft.model_copy(update={"exhibits": kept}))
    return Attached(entry, note_added(workspace, entry, [os.path.realpath(f) for f in files]))


def note_added(workspace: Workspace, entry: Entry, origins: Sequence[str] = ()) -> tuple[str, ...]:
    """Write a custody line for each exhibit of `entry`, which is logged; return what to tell.

    Whatever logs an entry with exhibits calls this next. `origins` are the paths they had, or
    other words on where they came from, in their order. A line that cannot be written is told and
    no error: the entry says itself who added the exhibit and when, so nothing is lost or untrue
    without it, and the entry cannot be taken back.
    """
    origins = [*origins, *[""] * (len(entry.exhibits) - len(origins))]
    custody = Custody(workspace, entry.client)
    try:
        custody.add(
            Handling("added", one.sha256, where, one.obtained, entry.seq)
            for one, where in zip(entry.exhibits, origins, strict=True)
        )
    except CustodyError as error:
        return (f"{entry.client}#{entry.seq} is logged with its exhibits, but: {error}",)
    return tuple(custody.notices)


def take_copy(
    workspace: Workspace,
    client: str,
    exhibit: Exhibit,
    target: Path,
    on_bytes: OnBytes | None = None,
) -> tuple[str, ...]:
    """Write a copy of an exhibit to the new file `target`, 0600; return what there is to tell.

    The custody line comes first, and without it there is no copy: nobody looked unnoticed. A copy
    that fails after it leaves a line too many, never one too few. Raises UsageError where something
    is at `target`, CustodyError or ExhibitError.
    """
    clear(workspace.root)
    if os.path.lexists(target):
        raise taken(target)
    bring_exhibits(workspace, [client])
    custody = Custody(workspace, client)
    with noted(workspace.root, target, client):
        custody.add([Handling("looked", exhibit.sha256, str(target.absolute()))])
        Exhibits(workspace.places.exhibits).copy_out(exhibit, target, on_bytes)
    return tuple(custody.notices)
