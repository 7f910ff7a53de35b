"""What the keys of the record screen do: choose, open, write, copy, go back."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from textual.app import App, SuspendNotSupported

from store.errors import DocketError
from store.records.review.look_over import Noticed
from store.text import plural
from tui.screens.parts import Say
from tui.screens.record_done import done_rows
from tui.screens.record_drawing import RecordDrawing
from tui.screens.record_making import Asked, Copied, Done, Profile, verified, write
from tui.screens.record_view import WRITE, refusal

_EVERY = 0.2
_PATIENCE = 5
"""Ticks of `_EVERY` seconds before a copy is worth a number."""


class RecordActions(RecordDrawing):
    """Actions of RecordScreen, one method per command of the registry."""

    done: Done | None = None
    """What was written last."""
    _copied: Copied | None = None
    _waved: frozenset[Noticed] = frozenset()

    @property
    def writes(self) -> bool:
        """Whether something is being written."""
        return self._copied is not None

    def _tell(self, text: str, *, error: bool = False) -> None:
        self._screen().query_one(Say).tell(text, error=error)

    def action_html_page(self) -> None:
        """Have a page to print written beside it, or not."""
        screen = self._screen()
        screen.html = not screen.html
        self.action_make_for(screen.profile)

    def action_sign(self) -> None:
        """Have it signed, or not."""
        screen = self._screen()
        screen.sign = not screen.sign
        self.action_make_for(screen.profile)

    def action_make_for(self, profile: Profile) -> None:
        """Make the document for somebody."""
        screen = self._screen()
        screen.profile = profile
        screen.keep_draft()
        screen.remake()
        screen.draw()

    def action_period(self) -> None:
        """Go to the fields."""
        screen = self._screen()
        screen.add_class("-typing")
        screen.fields.first().focus()

    def action_open(self) -> None:
        """Read what the line is about, go to the entry of a finding, or write it."""
        screen = self._screen()
        row = screen.reading.current
        if row is None:
            return
        if screen.preview.has_focus:
            if row.evidence:
                self._leave(row.evidence[0])
        elif row.leads == WRITE:
            self.action_write()
        else:
            screen.preview.focus()

    def action_write(self) -> None:
        """Write it and verify it; with something to look at again, only the second time."""
        screen = self._screen()
        if self._copied is not None:
            return  # the message line says how far it is
        noticed = frozenset(screen.made.noticed if screen.made else ())
        if noticed - self._waved:
            self._waved = noticed
            places = plural(len(noticed), "place")
            self._tell(f"{places} to look at again: w again writes it all the same.")
            return
        screen.run_worker(self._write(), group="write")

    def action_copy(self) -> None:
        """Copy the path of what was written to the user's own clipboard."""
        if self.done is None:
            self._tell("Nothing is written yet: w writes it.", error=True)
            return
        self._screen().app.copy_to_clipboard(str(self.done.path))
        self._tell("The path is copied.")

    def action_back(self) -> None:
        """Go back to the sections; then leave, but not while something is written."""
        screen = self._screen()
        if not screen.sections.has_focus:
            screen.sections.focus()
        elif self._copied is None:
            self._leave(None)

    def _leave(self, entry: int | None) -> None:
        screen = self._screen()
        if entry is not None:  # one comes back to go on with it
            screen.keep_draft(whole=True)
        if screen.draft.closed(screen.query_one(Say)):
            screen.dismiss(entry)

    async def _write(self) -> None:
        """Write what the fields say, and show what came of it; the app stays alive meanwhile."""
        screen = self._screen()
        now = screen.workspace.clock()
        self._copied = Copied()
        self._tell(self._copied.words)
        ticks = screen.set_interval(_EVERY, self._tick)
        self._ticked = 0
        try:
            asked = screen.fields.asked(screen.profile, now, html=screen.html, sign=screen.sign)
            done = await self._written(asked, screen.fields.folder, self._copied)
            self._show(await asyncio.to_thread(verified, done))
        except DocketError as error:
            self._tell(refusal(error), error=True)
        finally:
            ticks.stop()
            self._copied = None

    async def _written(self, asked: Asked, folder: Path, copied: Copied) -> Done:
        screen = self._screen()
        work = partial(write, screen.workspace, screen.client, asked, folder, copied)
        if asked.sign and not screen.app.is_headless:  # where nobody is there to be asked
            return _outside(screen.app, work)
        return await asyncio.to_thread(work)

    def _tick(self) -> None:
        self._ticked += 1
        if self._copied is not None and self._ticked >= _PATIENCE:
            self._tell(self._copied.words)

    def _show(self, done: Done) -> None:
        screen = self._screen()
        self.done = done
        whole = done.report is None or done.report.ok
        written = "Written and verified." if done.report else "Written."
        self._tell(
            f"{written} y copies the path." if whole else "It does not verify.", error=not whole
        )
        screen.draft.clear()
        screen.shown = done_rows(done, screen.preview.room)
        screen.draw()
        screen.list_exports()


def _outside(app: App[object], work: Callable[[], Done]) -> Done:
    """Do the work with the app suspended, so that ssh-keygen can ask for a passphrase."""
    outcome: Done | DocketError
    try:
        with app.suspend(), _ctrl_c_is_for_ssh():
            sys.stderr.write("Writing and signing. ssh-keygen may ask about your key.\n")
            try:
                outcome = work()
            except DocketError as error:  # raised in here, it would not give the terminal back
                outcome = error
    except SuspendNotSupported:
        outcome = DocketError(
            "It cannot be signed from here",
            "this terminal cannot be handed to ssh-keygen",
            "Use `docket record --sign`, or write it without a signature",
        )
    if isinstance(outcome, DocketError):
        raise outcome
    return outcome


@contextmanager
def _ctrl_c_is_for_ssh() -> Iterator[None]:
    """Let ctrl+c refuse the passphrase without ending the app behind it."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
