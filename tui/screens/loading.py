"""Screens whose program is loaded when they are first asked for, beside the one that is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.docket import Standing
    from store.docket.corrections import Mode
    from store.workspace import Workspace
    from tui.shell.shell import Shell


def screen_module(place: str) -> ModuleType:
    """Return the module of a screen; the first time that takes a tenth of a second."""
    return import_module(f"tui.screens.{place}")


def once_loaded(shell: Shell, place: str, then: Callable[[], object]) -> None:
    """Do something once the module of a screen is loaded: beside the screen, the first time.

    It is short, so `esc` waits for it: it is meant for what the screen then holds.
    """
    if shell.is_headless or f"tui.screens.{place}" in sys.modules:
        then()
    else:
        load = partial(screen_module, place)
        shell.dockets.beside("Loading", load, lambda _: then(), at_esc=False)


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
