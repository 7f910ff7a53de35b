"""The screens that a key leads to from more than one place, by the name of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from textual.screen import Screen

from store.drafts import Kept
from store.workspace import Workspace
from tui.screens.loading import screen_module


def _one(workspace: Workspace, client: str) -> tuple[Any, ...]:
    return workspace, client


def _all(workspace: Workspace, client: str) -> tuple[Any, ...]:
    return (workspace,)


def _nobody(workspace: Workspace, client: str) -> tuple[Any, ...]:
    return ()


def _step(workspace: Workspace, client: str) -> tuple[Any, ...]:
    from tui.screens.letter import step_of

    return workspace, step_of(workspace, client)


_SCREENS: Final = {
    "portfolio": ("PortfolioScreen", _all),
    "steps": ("StepsScreen", _all),
    "find": ("FindScreen", _all),
    "decision": ("DecisionScreen", _one),
    "card": ("CardScreen", _one),
    "past": ("PastScreen", _one),
    "record": ("RecordScreen", _one),
    "welcome": ("WelcomeScreen", _one),
    "leaving": ("LeavingScreen", _one),
    "checkin": ("CheckInScreen", _one),
    "letter": ("LetterScreen", _step),
    "vent": ("VentScreen", _nobody),
    "cover": ("CoverScreen", _all),
}
"""The class of each place and what it is about; its module is called as the place."""


def screen_of(place: str, workspace: Workspace, client: str) -> Screen[Any]:
    """Return a screen about `client`, or about all; loaded only now, so that the app starts soon.

    `place` is what the registry calls it.
    """
    name, about = _SCREENS[place]
    found: Screen[Any] = getattr(screen_module(place), name)(*about(workspace, client))
    return found


def entry_screen(workspace: Workspace, client: str, seq: int, among: Sequence[int]) -> Screen[Any]:
    """Return an entry whole; the next and the previous are those it is `among`."""
    from tui.screens.entry import EntryScreen

    return EntryScreen(workspace, client, seq, among)


def reopened(workspace: Workspace, kept: Kept) -> Screen[Any] | None:
    """Return the form of first contact, a repair or a letter with what was kept; else None."""
    form, client = kept.slot
    if form == "welcome":
        from tui.screens.welcome import WelcomeScreen

        return WelcomeScreen(workspace, client, kept)
    if form.startswith("repair-"):
        from tui.screens.repair import RepairScreen

        return RepairScreen(workspace, client, kept.slot.number, kept)
    if form.startswith("letter-"):
        from tui.screens.letter import LetterScreen, step_of

        return LetterScreen(workspace, step_of(workspace, client, form.partition("-")[2]), kept)
    return None
