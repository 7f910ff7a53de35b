"""The name that entries are signed with: how it is asked for, when, and how it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.capture.reading import NEW_CLIENT, Reading
from store.text import clean_line

if TYPE_CHECKING:
    from store.workspace import Workspace

QUESTION: Final = "Your name, as it should stand in records"
WHY: Final = "Every entry is signed with it; `docket me` changes it later."


def asks_author(workspace: Workspace, reading: Reading) -> bool:
    """Return whether to ask before `reading` is saved: it is the first client, and unsigned."""
    if reading.kind != NEW_CLIENT or workspace.config.author:
        return False
    return not workspace.client_ids()


def empty_signs(workspace: Workspace) -> str:
    """Return what it means to leave the answer empty."""
    return f"leave it empty to sign '{workspace.author}'"


def set_author(workspace: Workspace, typed: str) -> None:
    """Set the name that was typed, if one was; DocketError if it cannot be set."""
    if name := clean_line(typed, what="the name"):
        workspace.set_texts({"author": name})
