"""How every client stands today, with what to do next: worked out anew only where that changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.index.summary import Summaries, Summary
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.docket import Docket


def all_standing(workspace: Workspace, today: date) -> dict[str, Summary]:
    """Return the summary of every client whose docket can be read, by id."""
    kept = Summaries(workspace.root, today)
    standing = {}
    for client in workspace.client_ids():
        state = kept.state(client)
        summary = kept.get(client, state)
        if summary is None:
            docket = workspace.readable(client, today)
            if docket is None:
                continue
            summary = summed_up(docket, workspace)
            kept.put(client, state, summary)
        standing[client] = summary
    kept.save()
    return standing


def summed_up(docket: Docket, workspace: Workspace) -> Summary:
    """Return the summary of a docket, worked out."""
    from store.decision import assess

    private, config = workspace.private.of(docket.client), workspace.config
    return Summary.of(docket, assess(docket, private, config), private, config)
