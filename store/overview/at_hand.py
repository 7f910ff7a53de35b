"""Whether all that screens ask of a docket is at hand, and having it so, which takes a while."""

from __future__ import annotations

from typing import Final

from store.overview.standing import scene_kept, scene_of
from store.stopping import piece_by_piece, turn_to
from store.workspace import Workspace

_LONG: Final = 250_000
"""Bytes of a docket from which on it is not read, nor worked out, while somebody waits for a key:
about 600 entries, which take a few hundredths of a second."""


def is_long(workspace: Workspace, client: str) -> bool:
    """Whether what is asked of the whole docket of a client takes longer than a key may."""
    try:
        return workspace.path(client).stat().st_size > _LONG
    except OSError:  # whoever reads it will say why it cannot be read
        return False


def logs_slowly(workspace: Workspace, client: str | None) -> bool:
    """Whether logging about a client may take longer than a key may: its docket is long, or on a
    server, and nobody knows how long the line there takes."""
    return workspace.journals.shared is not None or bool(client and is_long(workspace, client))


def is_at_hand(workspace: Workspace, client: str) -> bool:
    """Whether what screens ask of a docket, as it is now, is known, or worked out in no time."""
    if not is_long(workspace, client):
        return True
    before = workspace.at_hand(client)
    if before is None or "counted" not in vars(before):
        return False
    return workspace.docket(client) is before and scene_kept(before, workspace) is not None


def work_through(workspace: Workspace, client: str) -> None:
    """Have all that screens ask of a docket at hand; for a thread, as pieces of work under way."""
    from store.playbook.next_steps import next_steps  # of no use before a screen is opened

    turn_to("Reading", workspace.path(client).stat().st_size, "MB", 10**6)
    docket = workspace.docket(client)
    turn_to("Reading", len(docket.entries))
    for _ in piece_by_piece(docket.entries):
        pass
    turn_to("Working out how it stands")
    _ = docket.log, docket.counted, docket.terms
    next_steps(scene_of(docket, workspace))
