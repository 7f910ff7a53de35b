"""The screens that a key leads to from more than one place, by the name of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from store.docket import Standing
from store.drafts import Kept
from store.workspace import Workspace


def screen_of(place: str, workspace: Workspace, client: str) -> Screen[Any]:
    """Return a screen about `client`, or about all; loaded only now, so that the app starts soon.

    `place` is what the registry calls it.
    """
    if place == "portfolio":
        from tui.screens.portfolio import PortfolioScreen

        return PortfolioScreen(workspace)
    if place == "steps":
        from tui.screens.steps import StepsScreen

        return StepsScreen(workspace)
    if place == "decision":
        from tui.screens.decision import DecisionScreen

        return DecisionScreen(workspace, client)
    if place == "card":
        from tui.screens.card import CardScreen

        return CardScreen(workspace, client)
    if place == "past":
        from tui.screens.past import PastScreen

        return PastScreen(workspace, client)
    if place == "record":
        from tui.screens.record import RecordScreen

        return RecordScreen(workspace, client)
    if place == "welcome":
        from tui.screens.welcome import WelcomeScreen

        return WelcomeScreen(workspace, client)
    if place == "leaving":
        from tui.screens.leaving import LeavingScreen

        return LeavingScreen(workspace, client)
    if place == "vent":
        from tui.screens.vent import VentScreen

        return VentScreen()
    from tui.screens.checkin import CheckInScreen

    return CheckInScreen(workspace, client)


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
