"""What lies among the drafts of a workspace, whoever typed it."""

from __future__ import annotations

from store.drafts import Slot, text_in
from store.workspace import Workspace


def drafted(workspace: Workspace, form: str, client: str = "") -> list[str]:
    """Return the texts of a form, of sessions that live and of those that are over."""
    found = workspace.drafts.named()
    slot = Slot(form, client)
    return [text_in(one.path) or "" for one in found if one.slot == slot and not one.others]
