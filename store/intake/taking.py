"""Logs what was taken of a file from elsewhere, all of it or none, and keeps what was confirmed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from store.errors import DocketError
from store.evidence.attach import note_added
from store.evidence.holds import claiming
from store.intake.columns import keep_columns
from store.intake.elsewhere import Foreign
from store.intake.importing import Brought, bring_all
from store.private.model import Alias
from store.text import fold_line
from store.workspace import Workspace

_OBTAINED = "the file these entries were imported from"


def take_in(workspace: Workspace, found: Foreign, path: Path, called: Mapping[str, str]) -> Brought:
    """Log the rows of the file at `path` that can be, and return what came of it.

    Where all of the file is about one client, it becomes an exhibit of the first entry. The columns
    of a table and the names in `called` are kept for the next file. Raises DocketError where
    anything cannot be written; nothing is logged then.
    """
    if not found.lines:
        return Brought()
    come = _of_one(workspace, found, path) if whole_of_one(found) else _of_all(workspace, found)
    if found.table:
        keep_columns(workspace.places.columns, found.table.heads, found.columns)
    keep_names(workspace, called)
    return come


def keep_names(workspace: Workspace, called: Mapping[str, str]) -> None:
    """Keep whom names from elsewhere mean, for the next file."""
    for name, client in called.items():
        known = {fold_line(one.name) for one in workspace.private.of(client).aliases}
        if fold_line(name) not in known:
            workspace.private.add(client, Alias(name=name))


def whole_of_one(found: Foreign) -> bool:
    """Whether all of a file is about one client who has a docket, so that it may be an exhibit."""
    mixed = not found.source.one and (found.table is not None or found.unknown or found.passed)
    return len(found.clients) == 1 and not found.begun and not mixed


def _of_one(workspace: Workspace, found: Foreign, path: Path) -> Brought:
    drafts = found.drafts()
    client = drafts[0].client
    with claiming(workspace.root, client) as exhibits:
        kept = exhibits.keep(path, obtained=_OBTAINED)
        if kept.sha256 != found.sha256:
            raise DocketError(f"{path} was changed meanwhile", "", "Nothing was logged; try again")
        drafts[0] = drafts[0].model_copy(update={"exhibits": (kept,)})
        entries = workspace.append(client, drafts)
    notices = note_added(workspace, entries[0], [os.path.realpath(path)])
    return Brought(logged=len(entries), notices=list(notices))


def _of_all(workspace: Workspace, found: Foreign) -> Brought:
    come = bring_all(workspace, found.lines, new_clients=bool(found.begun))
    if come.failure:
        raise come.failure
    if come.bad:
        number, why = come.bad[0]
        raise DocketError(f"Line {number} cannot be logged", why, "Nothing was logged")
    return come
