"""What members' machines have seen of a docket on a server, held against the chain it shows now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.errors import DocketError
from store.journal import Head
from store.journal.errors import NotShownError
from store.workspace import Workspace

Seen = list[tuple[str, str, Head]]
"""Who saw which head, and when."""


def seen_by_members(workspace: Workspace, client: str) -> Seen:
    """Return what members left word of; nothing for a docket in a file, or if none can be asked."""
    if workspace.journals.shared is None or workspace.journals.begun_here(client):
        return []
    try:
        return workspace.journals.shared.backend.seen(workspace.path(client).name)
    except DocketError:  # that the server is away is said once, for all
        return []


def contradictions(
    workspace: Workspace, client: str, seen: Seen, count: int, hashes: Mapping[int, str]
) -> Iterator[str]:
    """Yield where the server, or the copy at hand, is not what was seen: by whom, what and when."""
    if workspace.journals.shared is None:
        return
    trouble = workspace.journals.shared.trouble.get(workspace.path(client).name)
    if trouble and not isinstance(trouble, NotShownError):  # no more is shown to who left: is said
        yield f"{trouble.what}: {trouble.why}" if trouble.why else trouble.what
    for who, at, head in seen:
        told = f"{who} saw entry {head.count} ({head.hash[:16]}…) on {at}"
        if head.count > count:
            yield f"{told}, and the chain here ends at {count}"
        elif hashes.get(head.count) != head.hash:
            yield f"{told}, and the chain here has another one"


def leave_word(workspace: Workspace, client: str, head: Head) -> None:
    """Let the other members know that this head was seen here, found whole."""
    if workspace.journals.shared is None or not head.count:
        return
    if workspace.journals.begun_here(client):  # the server may have another of that name
        return
    try:
        workspace.journals.shared.backend.saw(workspace.path(client).name, head)
    except DocketError:  # it is known here all the same
        return
