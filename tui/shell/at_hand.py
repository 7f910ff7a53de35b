"""What screens ask of a docket, and log on it: at once where that is quick, else beside them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, TypeVar

from store.errors import DocketError
from store.overview.at_hand import is_at_hand, is_long, logs_slowly, work_through
from store.stopping import GivenUpError
from store.workspace import Workspace
from tui.shell.long_work import LongWork
from tui.shell.messages import SaysMessages
from tui.widgets.aside import aside

_Found = TypeVar("_Found")
_SAID_AFTER: Final = 0.3
_STOPPED: Final = "Stopped. The same key begins anew."


class DocketsAtHand:
    """Does one thing at a time, says how far it is, and gives it up at `esc`."""

    def __init__(
        self,
        app: SaysMessages,
        workspace: Workspace,
        saying: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the app it is said in, and what says there what is refused inside."""
        self._app, self._workspace, self._saying = app, workspace, saying
        self._work: LongWork | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def stop(self) -> bool:
        """Give up what is under way, if that may be; return whether it was."""
        return self.at_esc and self._work is not None and self._work.stop()

    @property
    def at_esc(self) -> bool:
        """Whether something is under way that `esc` gives up."""
        return self._work is not None and self._work.at_esc

    def about(
        self,
        client: str,
        work: Callable[[], _Found],
        then: Callable[[_Found], object],
        given_up: Callable[[], object] = lambda: None,
    ) -> None:
        """Do `work`, which asks for all of a docket, and `then` something with what it found.

        At once where that is short; else keys wait for it, or give it up. What was under way is
        stopped: what is asked for now stands for it.
        """

        def through() -> _Found:
            work_through(self._workspace, client)
            return work()

        if not is_long(self._workspace, client):
            then(work())
            return
        self.beside("Reading", through, then, given_up)

    def beside(
        self,
        what: str,
        work: Callable[[], _Found],
        then: Callable[[_Found], object],
        given_up: Callable[[], object] = lambda: None,
        *,
        at_esc: bool = True,
    ) -> None:
        """Do `work` in a thread, and `then` something with what it found; keys wait for it."""
        self.stop()
        self._work = LongWork(what, at_esc=at_esc)
        doing = self._do(self._work, work, then, given_up)
        self._app.run_worker(doing, group="at hand", exclusive=True, exit_on_error=False)

    def with_one(self, client: str, then: Callable[[], object]) -> None:
        """Do something once all that may be asked of a docket is at hand."""
        if is_at_hand(self._workspace, client):
            then()
        else:
            self.about(client, lambda: None, lambda _: then())

    async def _do(
        self,
        told: LongWork,
        work: Callable[[], _Found],
        then: Callable[[_Found], object],
        given_up: Callable[[], object],
    ) -> None:
        try:
            with told.told_in(self._app):
                found = await aside(work)
        except GivenUpError:
            given_up()
            self._app.say(_STOPPED)
            return
        except DocketError as error:
            given_up()
            self._app.say(str(error), error=True)
            return
        finally:
            if self._work is told:
                self._work = None
        if told.effort.stopped:  # too late to end it, and not for what comes of it
            given_up()
            self._app.say(_STOPPED)
            return
        with self._saying():
            then(found)


class Saving:
    """Keeps the screen alive while a long docket is read, or a line to a server dies."""

    def __init__(
        self,
        app: SaysMessages,
        workspace: Workspace,
        saying: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Take the app it is said in, and what says there what is refused inside."""
        self._app, self._workspace, self._saying = app, workspace, saying
        self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether something is being saved."""
        return self._under_way > 0

    def do(
        self,
        client: str | None,
        work: Callable[[], _Found],
        then: Callable[[_Found], object],
        refused: Callable[[DocketError], object] | None = None,
    ) -> None:
        """Do `work`, which logs about a client, and `then` something with what it returned.

        Keys wait for it. What is refused is told to `refused`, or said. `work` shows nothing: it
        may be in a thread.
        """
        if logs_slowly(self._workspace, client):
            self._under_way += 1
            doing = self._beside(work, then, refused)
            self._app.run_worker(doing, group="saving", exit_on_error=False)
            return
        try:
            done = work()
        except DocketError as error:
            if refused is None:
                raise
            refused(error)
        else:
            then(done)

    async def _beside(
        self,
        work: Callable[[], _Found],
        then: Callable[[_Found], object],
        refused: Callable[[DocketError], object] | None,
    ) -> None:
        timer = self._app.set_timer(_SAID_AFTER, lambda: self._app.say("Saving…", passing=True))
        try:
            with self._saying():
                try:
                    done = await aside(work, writes=True)
                except DocketError as error:
                    if refused is None:
                        raise
                    refused(error)
                else:
                    then(done)
        finally:
            timer.stop()
            self._app.hush_passing()
            self._under_way -= 1
