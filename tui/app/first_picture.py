"""The first picture of the app: the one that was kept goes once the real one is there."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from store.errors import DocketError
from tui.app.terminal import Terminal
from tui.screens.main import MainScreen

if TYPE_CHECKING:
    from tui.opening import Opening
    from tui.shell.shell import Shell

_LONGEST: Final = 2.0
"""Seconds that a picture that was kept may stand for one that is not there yet."""
_MOMENT: Final = 0.1
"""Seconds that leaving waits for the picture that it keeps."""
_SOON: Final = 0.02
"""Seconds after which it is looked again whether the log was read."""
_DRAWS: Final = 3
"""Times that the screen is drawn until it is as it stays: panes learn their sizes by it."""


class FirstPicture:
    """Lets go of the picture that was kept, and keeps the one that the next start begins with."""

    def __init__(self, app: Shell, main: MainScreen, opening: Opening | None) -> None:
        self._app, self._main, self._opening = app, main, opening

    def begin(self) -> None:
        """Let go of what was kept once the log is there, or after a while."""
        if self._driver and self._driver.wire.holds:
            self._app.set_timer(_LONGEST, self.let_go)
            self._app.call_after_refresh(self._once_drawn, _DRAWS)

    def let_go(self) -> None:
        """Draw what is really there over what was kept."""
        if self._driver and not self._driver.let_go():
            self._app.action_redraw()

    async def leave(self) -> None:
        """Leave the app, with its next first picture kept."""
        try:
            await self._keep()
        finally:
            self._app.leave()

    async def _keep(self) -> None:
        """Draw what the next start begins with, unseen, and keep that."""
        driver, opening = self._driver, self._opening
        if not (driver and opening) or self._app.screen is not self._main:
            return
        if self._app.has_bar or self._app.eyes.on or not self._main.all_known:
            return
        if self._app.workspace.journals.shared:  # whether there is a line is told anew each time
            return
        today, size = self._main.book.today, driver.size
        key = opening.key(today, size)
        if not key or opening.holds(key):
            return
        driver.wire.fall_silent()
        with suppress(TimeoutError, DocketError):
            async with asyncio.timeout(_MOMENT):
                self._app.hush()
                self._main.begin_anew()
                for _ in range(_DRAWS):
                    await self._drawn()
            if (picture := driver.wire.kept()) and opening.key(today, size) == key:
                opening.keep(key, picture)

    async def _drawn(self) -> None:
        drawn = asyncio.Event()
        self._main.call_after_refresh(drawn.set)
        await drawn.wait()

    def _once_drawn(self, more: int) -> None:
        if not (self._driver and self._driver.wire.holds):
            return
        if not self._main.client or self._main.reads:
            self._app.set_timer(_SOON, lambda: self._once_drawn(more))
        elif more:
            self._app.call_after_refresh(self._once_drawn, more - 1)
        else:
            self.let_go()

    @property
    def _driver(self) -> Terminal | None:
        driver = self._app._driver
        return driver if isinstance(driver, Terminal) else None
