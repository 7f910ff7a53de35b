"""What waits for the first picture: garbage is collected, the disk is followed, and checked."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import DocketError
from store.workspace import Workspace
from tui.screens.clients import ClientsPane
from tui.screens.main import MainScreen
from tui.shell.shell import Shell
from tui.widgets.aside import aside

if TYPE_CHECKING:
    from store.journal.shared import Shared
    from tui.app.changes import Watcher


class Behind:
    """Does all that behind what is on the screen."""

    def __init__(self, app: Shell, main: MainScreen) -> None:
        self._app, self._main = app, main
        self._watcher: Watcher | None = None

    def begin(self) -> None:
        """Begin, once the first picture is there."""
        gc.freeze()  # what is there by now stays: it need not be looked through ever again
        gc.enable()
        with suppress(OSError):  # then the main screen goes on looking by itself
            from tui.app.changes import Watcher

            places, looks = self._app.workspace.places, self._main.looks
            self._watcher = Watcher((places.root, places.clients), self._main.look, looks.often)
            looks.rarely()
        self._app.run_worker(self._check(), exit_on_error=False)
        if shared := self._app.workspace.journals.shared:
            self._app.run_worker(self._follow(shared), exit_on_error=False)

    def end(self) -> None:
        """Follow the disk no more."""
        if self._watcher:
            self._watcher.close()

    async def _follow(self, shared: Shared) -> None:
        """Have what others log on a server brought here, in a thread; it is seen on the disk."""
        loop, journals = asyncio.get_running_loop(), self._app.workspace.journals

        def say(said: str) -> None:
            loop.call_soon_threadsafe(self._app.say_once, said)
            loop.call_soon_threadsafe(self._main.clients.post_message, ClientsPane.Changed(()))

        def back() -> None:
            """Send what waited, now that the server is there."""
            if done := journals.deliver(self._app.workspace):
                say("\n".join(done.told))

        await aside(shared.follow, lambda: not self._app.is_running, say, back)

    async def _check(self) -> None:
        """Verify what is new in a thread, and say what is not whole."""
        try:
            found = await aside(_damage, self._app.workspace)
        except DocketError as error:
            found = str(error)
        if found:
            self._app.say_once(found)


def _damage(workspace: Workspace) -> str:
    from store.anchors import damage

    return damage(workspace)
