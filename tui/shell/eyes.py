"""What the app does while somebody looks along: which keys work, and what is said only later."""

from __future__ import annotations

from typing import Any, Final, Protocol, runtime_checkable

from textual.screen import Screen

from store.docket.discretion import names_others
from store.workspace import Workspace
from tui.commands import works_openly

OPEN_PLACES: Final = ("main", "card", "entry", "entries", "help", "cover")
"""The places that can show less than all; the others are covered whole."""


@runtime_checkable
class ShowsLess(Protocol):
    """A screen that can show anew what it shows, once more or less may be seen."""

    def show_anew(self) -> None:
        """Show what may be seen now."""


class Eyes:
    """Says what goes while the workspace is discreet, and keeps what is to be said afterwards."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.held: list[tuple[str, bool]] = []

    @property
    def on(self) -> bool:
        """Whether somebody looks along."""
        return self._workspace.discreet

    def allow(self, action: object) -> bool:
        """Whether an action may be done now."""
        return not self.on or not isinstance(action, str) or works_openly(action)

    def hold(self, text: str, names: dict[str, str], client: str | None, *, error: bool) -> bool:
        """Keep `text` for later if it names another client, and return whether it does."""
        held = self.on and names_others(text, names, client)
        if held:
            self.held.append((text, error))
        return held

    def taken(self) -> list[tuple[str, bool]]:
        """Return what was kept, which is kept no more."""
        held, self.held = self.held, []
        return held


def is_open(screen: Screen[Any]) -> bool:
    """Whether a screen can show less than all."""
    return getattr(screen, "PLACE", "main") in OPEN_PLACES
