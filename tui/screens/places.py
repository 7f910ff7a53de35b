"""The screens that a key leads to from more than one place, by the name of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from textual.screen import Screen

from store.docket import Standing
from store.drafts import Kept
from store.workspace import Workspace

_ABOUT_ALL: Final = {"portfolio": "PortfolioScreen", "steps": "StepsScreen", "find": "FindScreen"}
_ABOUT_ONE: Final = {
    "decision": "DecisionScreen",
    "card": "CardScreen",
    "past": "PastScreen",
    "record": "RecordScreen",
    "welcome": "WelcomeScreen",
    "leaving": "LeavingScreen",
    "checkin": "CheckInScreen",
}
"""The class of each place that is about all clients, or one; its module is called as the place."""


def screen_of(place: str, workspace: Workspace, client: str) -> Screen[Any]:
    """Return a screen about `client`, or about all; loaded only now, so that the app starts soon.

    `place` is what the registry calls it.
    """
    module = import_module(f"tui.screens.{place}")
    found: Screen[Any]
    if place == "letter":
        from tui.screens.letter import LetterScreen, step_of

        return LetterScreen(workspace, step_of(workspace, client))
    if place == "vent":
        found = module.VentScreen()
    elif name := _ABOUT_ALL.get(place):
        found = getattr(module, name)(workspace)
    else:
        found = getattr(module, _ABOUT_ONE[place])(workspace, client)
    return found


def entry_screen(
    workspace: Workspace, client: str, one: Standing, among: Sequence[int]
) -> Screen[Any]:
    """Return an entry whole; the next and the previous are those it is `among`."""
    from tui.screens.entry import EntryScreen

    return EntryScreen(workspace, client, one.seq, among)


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
