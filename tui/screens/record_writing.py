"""Writing a record behind the screen, how far it is, and handing over the terminal to sign it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from textual.screen import Screen

from store.errors import DocketError
from store.records import RecordRequest, Written
from store.stopping import GivenUpError
from store.workspace import Workspace
from tui.shell.long_work import LongWork
from tui.shell.shell import Shell, shell_of
from tui.widgets.aside import aside

_PIECES: Final = 4
"""Times that an entry is looked at for a record: read, taken in, told and disclosed."""


class Writer:
    """Writes one document at a time."""

    def __init__(self, workspace: Workspace, client: str) -> None:
        self._workspace, self._client = workspace, client
        self._work: LongWork | None = None

    @property
    def busy(self) -> bool:
        """Whether one is being written."""
        return self._work is not None

    def stop(self) -> bool:
        """Stop what is being written, if something is; return whether it was."""
        return self._work is not None and self._work.stop()

    async def _verified(self, screen: Screen[Any], done: Written, entries: int) -> Written:
        """Return it verified, or as it is where that is given up: it is written all the same."""
        self._work = told = LongWork("Verifying what was written", entries)
        with suppress(GivenUpError), told.told_in(shell_of(screen)):
            return await aside(done.verified)
        return done

    async def write(self, screen: Screen[Any], asked: RecordRequest, folder: Path) -> Written:
        """Return what was written in `folder`, verified; the app stays alive meanwhile."""
        entries = len(self._workspace.docket(self._client).log)
        self._work = writing = LongWork("Writing the record", _PIECES * entries, each=_PIECES)
        try:
            where = (self._workspace, self._client, folder)
            work = partial(asked.write, *where, copying=writing.begin_copy)
            with writing.told_in(shell_of(screen)):
                if asked.signing and not screen.app.is_headless:  # somebody is there to be asked
                    done = _signed(shell_of(screen), work)
                else:
                    done = await aside(work, writes=True)
            return await self._verified(screen, done, entries)
        finally:
            self._work = None


def _signed(shell: Shell, work: Callable[[], Written]) -> Written:
    """Write and sign with the terminal handed over, so that ssh-keygen can ask there."""

    def ask() -> Written:
        sys.stderr.write("Writing and signing. ssh-keygen may ask about your key.\n")
        return work()

    why = "this terminal cannot be handed to ssh-keygen"
    remedy = "Use `docket record --sign`, or write it without a signature"
    return shell.outside(ask, DocketError("It cannot be signed from here", why, remedy))
