"""What lies among the drafts of a workspace, whoever typed it."""

from __future__ import annotations

from store.drafts import Slot, text_in
from store.workspace import Workspace


def drafted(workspace: Workspace, form: str, client: str = "") -> list[str]:
    """Return the texts of a form, of sessions that live and of those that are over.

    What a kill left half-made, under a name with a dot before it, is no text.
    """
    slot = Slot(form, client)
    found = [one for one in workspace.drafts.named() if one.slot == slot and not one.others]
    return [text_in(one.path) or "" for one in found if not one.path.name.startswith(".")]
