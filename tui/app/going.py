"""Where the app goes: back to the main screen, to an entry on it, and to where one was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from textual.screen import Screen

from store.workspace import Workspace
from tui.screens.loading import once_loaded
from tui.screens.main import MainScreen
from tui.screens.places import entry_screen, screen_of
from tui.shell.history import Spot
from tui.shell.shell import Shell

_OF_ALL: Final = ("letter", "leaving", "welcome")
"""The places that ask all of a docket before there is anything to show."""


class Going:
    """Leads to a place over whatever is shown, without that being a step to come back from."""

    def __init__(self, app: Shell, workspace: Workspace, main: MainScreen) -> None:
        self._app, self._workspace, self._main = app, workspace, main

    def back_to(self, spot: Spot) -> bool:
        """Go where one was before, and return whether it is still there."""
        if spot.client and spot.client not in self._workspace.client_ids():
            return False
        with self._app.history.moving():
            self._home()
            if spot.place == "main":
                self._main.select(spot.client, spot.seq)
                self._main.action_go_to(spot.pane)
            else:
                screen = self._screen_of(spot)
                vars(screen).update(cursor_wanted=spot.cursor, words_wanted=spot.looked_for)
                self._app.push_screen(screen)
        return True

    def _screen_of(self, spot: Spot) -> Screen[Any]:
        if spot.place == "entry" and spot.seq:
            return entry_screen(self._workspace, spot.client, spot.seq, spot.among)
        if spot.place == "entries":
            from tui.screens.behind import EntriesScreen

            return EntriesScreen(self._workspace, spot.client, spot.about, spot.among)
        return screen_of(spot.place, self._workspace, spot.client)

    def open(self, place: str, client: str, then: Callable[[Any], None] | None) -> None:
        """Open the screen of a place, once its program is loaded and the docket at hand."""

        def push() -> None:
            self._app.push_screen(screen_of(place, self._workspace, client), then)

        def show() -> None:
            if client and (place in _OF_ALL or self._workspace.at_hand(client) is None):
                self._app.dockets.with_one(client, push)
            else:
                push()

        once_loaded(self._app, place, show)

    def found(self, client: str, seq: int | None) -> None:
        """Show entry `seq` of `client` on the main screen; nothing for None."""
        if seq is not None:
            with self._app.history.moving():
                self._home()
                self._main.look_at(client, seq)

    def _home(self) -> None:
        while self._app.screen is not self._main:
            self._app.pop_screen()
