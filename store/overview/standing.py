"""How every client stands today, with what to do next: worked out anew only where that changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.index.summary import Summaries, Summary
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.docket import Docket
    from store.playbook.scene import Scene
    from store.playbook.step import NextStep


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
        standing[client] = kept.with_anchor(client, summary)
    kept.save()
    return standing


def steps_of(docket: Docket, workspace: Workspace) -> tuple[NextStep, ...]:
    """Return what to do next about a client, worked out."""
    kept = Summaries(workspace.root, docket.today)
    return kept.with_anchor(docket.client, summed_up(docket, workspace)).steps


def summed_up(docket: Docket, workspace: Workspace) -> Summary:
    """Return the summary of a docket, worked out."""
    return Summary.of(scene_of(docket, workspace))


def scene_of(docket: Docket, workspace: Workspace, assessment: Assessment | None = None) -> Scene:
    """Return what the next steps of a client are found in; `assessment` where it is known."""
    from store.decision import assess
    from store.playbook.ladders import chosen_for_all, ladder_by
    from store.playbook.scene import Scene

    private, config = workspace.private.of(docket.client), workspace.config
    choice = (private.ladders or (chosen_for_all(workspace.places.ladder),))[-1]
    found = assessment or assess(docket, private, config)
    return Scene(docket, found, config, private, ladder_by(choice))


def asked_to_leave(docket: Docket, workspace: Workspace) -> bool:
    """Whether the verdict is to leave while work is stopped, which a payment does not change."""
    return docket.stopped is not None and scene_of(docket, workspace).leaving
