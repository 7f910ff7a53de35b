"""The screens that a key leads to from more than one place, by the name of theirs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from store.drafts import Kept
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.docket import Standing
    from store.docket.corrections import Mode
    from tui.shell.shell import Shell


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


def screen_module(place: str) -> ModuleType:
    """Return the module of a screen; the first time that takes a tenth of a second."""
    return import_module(f"tui.screens.{place}")


def once_loaded(shell: Shell, place: str, then: Callable[[], object]) -> None:
    """Do something once the module of a screen is loaded: beside the screen, the first time."""
    if shell.is_headless or f"tui.screens.{place}" in sys.modules:
        then()
    else:
        shell.dockets.beside("Loading", partial(screen_module, place), lambda _: then())


def open_correction(shell: Shell, workspace: Workspace, one: Standing, mode: Mode) -> None:
    """Open the form that amends an entry, adds to it or withdraws it."""

    def show() -> None:
        from tui.screens.correct import correcting

        shell.push_screen(correcting(workspace, one.entry.client, one, mode))

    once_loaded(shell, "correct", show)


def open_repair(shell: Shell, workspace: Workspace, client: str, seq: int) -> None:
    """Open the form that puts an entry right, once what it says of the client is known."""

    def show() -> None:
        from tui.screens.repair import RepairScreen

        shell.push_screen(RepairScreen(workspace, client, seq))

    once_loaded(shell, "repair", lambda: shell.dockets.with_one(client, show))


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
