"""How every client stands today, with what to do next: worked out anew only where that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from store.index.summary import Summaries, Summary
from store.stopping import piece_by_piece, turn_to
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.docket import Docket
    from store.playbook.ladder import Ladder
    from store.playbook.scene import Scene
    from store.playbook.step import NextStep
    from store.private.model import Private
    from store.settings.config import Config

_T = TypeVar("_T")


def all_standing(
    workspace: Workspace,
    today: date,
    told: Callable[[int, int], object] = lambda *_: None,
    *,
    several: bool = False,
) -> dict[str, Summary]:
    """Return the summary of every client whose docket can be read, by id.

    `told` is told how many of how many were worked out anew, `several` lets processes do that.
    """
    kept, clients = Summaries(workspace.root, today), workspace.client_ids()
    states = {client: kept.state(client) for client in clients}
    found = {client: kept.get(client, states[client]) for client in clients}
    stale = [client for client in clients if found[client] is None]
    done = 0
    turn_to("Working out how they stand", len(stale), "clients")
    try:
        for client, summary in piece_by_piece(_anew(workspace, today, stale, several=several)):
            if summary is not None:
                kept.put(client, states[client], summary)
            found[client] = summary
            done += 1
            told(done, len(stale))
    finally:  # it may have been interrupted: what is done need not be done again
        kept.save()
    return {one: kept.with_anchor(one, summary) for one in clients if (summary := found[one])}


def _anew(
    workspace: Workspace, today: date, clients: Sequence[str], *, several: bool
) -> Iterator[tuple[str, Summary | None]]:
    return of_each(
        workspace, today, clients, lambda docket: summed_up(docket, workspace), several=several
    )


def of_each(
    workspace: Workspace,
    today: date,
    clients: Sequence[str],
    work: Callable[[Docket], _T],
    *,
    several: bool = False,
) -> Iterator[tuple[str, _T | None]]:
    """Yield what `work` makes of the docket of each client, which is let go of again.

    None where a docket cannot be read: `skipped` says why. `several` lets processes do that.
    """

    def read(client: str) -> _T | None:
        docket = copied_workspace(workspace).readable(client, today)
        return work(docket) if docket else None

    if several:
        from store.overview.crew import by_several

        done = by_several(read, clients)
    else:
        done = ((client, read(client)) for client in clients)
    for client, found in done:
        if found is None:
            workspace.readable(client, today)  # to know why
        else:
            workspace.skipped.pop(client, None)
        yield client, found


def copied_workspace(workspace: Workspace) -> Workspace:
    """Return the same workspace, to read a docket in that nobody looks at afterwards."""
    found = type(workspace)(workspace.root, clock=workspace.clock)
    vars(found).update(private=workspace.private, settings=workspace.settings)
    return found


def steps_of(docket: Docket, workspace: Workspace) -> tuple[NextStep, ...]:
    """Return what to do next about a client, worked out."""
    kept = Summaries(workspace.root, docket.today)
    return kept.with_anchor(docket.client, summed_up(docket, workspace)).steps


def summed_up(docket: Docket, workspace: Workspace) -> Summary:
    """Return the summary of a docket, worked out."""
    return Summary.of(scene_of(docket, workspace))


_SCENES: WeakKeyDictionary[Workspace, dict[str, Scene]] = WeakKeyDictionary()
"""The scene of each docket that a workspace has at hand: screens ask one after the other."""


def scene_of(docket: Docket, workspace: Workspace, assessment: Assessment | None = None) -> Scene:
    """Return what the next steps of a client are found in; `assessment` where it is known."""
    from store.decision import assess
    from store.playbook.scene import Scene

    if kept := scene_kept(docket, workspace):
        return kept
    private, config, ladder = _beside(docket.client, workspace)
    found = assessment or assess(docket, private, config)
    scene = Scene(docket, found, config, private, ladder)
    if workspace.at_hand(docket.client) is docket:
        _SCENES.setdefault(workspace, {})[docket.client] = scene
    return scene


def scene_kept(docket: Docket, workspace: Workspace) -> Scene | None:
    """Return the scene that was made last, where it is that of this docket and all beside it."""
    kept = _SCENES.get(workspace, {}).get(docket.client)
    if kept is None or kept.docket is not docket:
        return None
    now = _beside(docket.client, workspace)
    return kept if (kept.private, kept.config, kept.ladder) == now else None


def _beside(client: str, workspace: Workspace) -> tuple[Private, Config, Ladder]:
    from store.playbook.ladders import chosen_for_all, ladder_by

    private = workspace.private.of(client)
    choice = (private.ladders or (chosen_for_all(workspace.places.ladder),))[-1]
    return private, workspace.config, ladder_by(choice)


def asked_to_leave(docket: Docket, workspace: Workspace) -> bool:
    """Whether the verdict is to leave while work is stopped, which a payment does not change."""
    return docket.stopped is not None and scene_of(docket, workspace).leaving
