"""The quiet check behind the first paint: are the dockets still what was written?"""

from __future__ import annotations

from store.anchors import check_workspace
from store.workspace import Workspace


def damage(workspace: Workspace) -> str:
    """Return in one line what is wrong with the dockets, or an empty string; fit for a thread.

    Only what is new since the last check is read (`check_workspace`), so it costs little.
    """
    broken = [checked for checked in check_workspace(workspace, quick=True) if not checked.ok]
    if not broken:
        return ""
    first, more = broken[0], len(broken) - 1
    others = f", and {more} more docket{'s' if more > 1 else ''}" if more else ""
    return f"Docket {first.client}, {first.findings[0]}{others}. Run `docket verify` for all of it."
